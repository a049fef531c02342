/** The scale of custom objects: their definition says where its numbers are. */
import type { KubernetesObject } from '@navarch/api/extension/object';
import type { ScaleSubresource } from '@navarch/api/extension/resource';
import { internalError } from '@navarch/api/status';
import type { CustomResourceSubresourceScale } from '@navarch/api/types/apiextensions/v1/custom-resource-definition';
import { scaleTable } from '../../scale.ts';
import { isMembers, type Members } from './schema-parts.ts';

export function scaleOf(paths: CustomResourceSubresourceScale): ScaleSubresource<KubernetesObject> {
  const spec = simplePath(paths.specReplicasPath);
  const status = simplePath(paths.statusReplicasPath);
  const selector = paths.labelSelectorPath ? simplePath(paths.labelSelectorPath) : undefined;
  return {
    type: 'scale',
    name: 'scale',
    kind: { group: 'autoscaling', version: 'v1', kind: 'Scale' },
    verbs: ['get', 'patch', 'update'],
    table: scaleTable,
    replicasPath: spec,
    read(object, missing) {
      const specReplicas = valueAt(object, spec) ?? (missing === 'zero' ? 0 : undefined);
      if (typeof specReplicas !== 'number') {
        const message = `the spec replicas field "${paths.specReplicasPath}" does not exist`;
        throw internalError(new Error(message));
      }
      const statusReplicas = valueAt(object, status);
      const text = selector && valueAt(object, selector);
      return {
        specReplicas,
        statusReplicas: typeof statusReplicas === 'number' ? statusReplicas : 0,
        selector: typeof text === 'string' ? text : '',
      };
    },
    write: (object, replicas) =>
      withValue({ ...object }, spec, replicas) as unknown as KubernetesObject,
  };
}

/** Only paths of names are allowed here: `.spec.replicas`. */
function simplePath(path: string): readonly string[] {
  return path.split('.').filter((name) => name !== '');
}

function valueAt(object: unknown, path: readonly string[]): unknown {
  return path.reduce<unknown>(
    (value, name) => (isMembers(value) ? value[name] : undefined),
    object,
  );
}

function withValue(
  object: Members,
  [name = '', ...rest]: readonly string[],
  value: unknown,
): Members {
  const inner = object[name];
  const next = rest.length === 0 ? value : withValue(isMembers(inner) ? inner : {}, rest, value);
  return { ...object, [name]: next };
}
