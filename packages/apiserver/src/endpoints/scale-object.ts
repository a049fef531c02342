/** The scale of an object as an object of its own, and the object with another scale. */
import type { KubernetesObject } from '@navarch/api/extension/object';
import type { ScaleSubresource } from '@navarch/api/extension/resource';
import { invalid as invalidField } from '@navarch/api/field-error';
import { decodeObject } from '@navarch/api/schema/decode';
import { structOf } from '@navarch/api/schema/registry';
import { invalid } from '@navarch/api/status';
import type { Scale } from '@navarch/api/types/autoscaling/v1';
import { encodedValue } from '../registry/view.ts';
import type { Encoded } from '../request/request.ts';

export const scaleSchema = 'autoscaling/v1.Scale';

/** The object with the number that was asked for, and the version that the client believes to change. */
export function scaled(
  scale: ScaleSubresource<KubernetesObject>,
  current: KubernetesObject,
  submitted: KubernetesObject,
): KubernetesObject {
  const { spec, metadata } = submitted as Scale;
  const replicas = spec.replicas ?? 0;
  if (replicas < 0) {
    const detail = 'must be greater than or equal to 0';
    const error = invalidField('spec.replicas', replicas, detail);
    const kind = { group: 'autoscaling', kind: 'Scale' };
    throw invalid(kind, metadata.name ?? '', [error]);
  }
  const object = scale.write(current, replicas);
  const { resourceVersion = '', uid = '' } = metadata;
  const { resourceVersion: _, ...rest } = object.metadata;
  return {
    ...object,
    metadata: {
      ...rest,
      ...(uid === '' ? undefined : { uid }),
      ...(resourceVersion === '' ? undefined : { resourceVersion }),
    },
  };
}

export function scaleOf(
  scale: ScaleSubresource<KubernetesObject>,
  object: KubernetesObject,
  missing?: 'zero',
): Encoded {
  const { name, namespace, uid, resourceVersion, creationTimestamp } = object.metadata;
  const { specReplicas, statusReplicas, selector } = scale.read(object, missing);
  const made = {
    kind: 'Scale',
    apiVersion: 'autoscaling/v1',
    metadata: { name, namespace, uid, resourceVersion, creationTimestamp },
    spec: { replicas: specReplicas },
    status: { replicas: statusReplicas, selector },
  };
  const { value } = decodeObject(structOf(scaleSchema), made);
  return encodedValue(value as unknown as KubernetesObject);
}
