/** The scale subresource: one number, for whoever makes things larger or smaller without knowing what they are. */
import type { KubernetesObject } from '@navarch/api/extension/object';
import type { ScaleSubresource } from '@navarch/api/extension/resource';

interface Scalable extends KubernetesObject {
  readonly spec: { readonly replicas?: number };
  readonly status?: { readonly replicas?: number };
}

export function scaleSubresource<T extends Scalable>(
  selector: (object: T) => string,
  newGeneration: (object: T) => T,
): ScaleSubresource<T> {
  return {
    type: 'scale',
    name: 'scale',
    kind: { group: 'autoscaling', version: 'v1', kind: 'Scale' },
    verbs: ['get', 'patch', 'update'],
    read: (object) => ({
      specReplicas: object.spec.replicas ?? 0,
      statusReplicas: object.status?.replicas ?? 0,
      selector: selector(object),
    }),
    write: (object, replicas) =>
      object.spec.replicas === replicas
        ? object
        : newGeneration({ ...object, spec: { ...object.spec, replicas } }),
  };
}
