/** The scale subresource: one number, for whoever makes things larger or smaller without knowing what they are. */
import type { KubernetesObject } from '@navarch/api/extension/object';
import type { ScaleSubresource, TableDefinition } from '@navarch/api/extension/resource';
import type { Scale } from '@navarch/api/types/autoscaling/v1';
import { age } from './table/age.ts';
import { ageColumn, column, nameColumn } from './table/columns.ts';

interface Scalable extends KubernetesObject {
  readonly spec: { readonly replicas?: number };
  readonly status?: { readonly replicas?: number };
}

/** Of all kinds' scales. Their names are no link to anything: the column says no format. */
export const scaleTable: TableDefinition<KubernetesObject> = {
  columns: [
    { ...nameColumn, format: '' },
    column('Desired', 'How many were asked for.', 'integer'),
    column('Available', 'How many there are.', 'integer'),
    ageColumn,
  ],
  row: (object, nowMs) => {
    const { metadata, spec, status } = object as Scale;
    const { name = '', creationTimestamp } = metadata;
    return [name, spec?.replicas ?? 0, status?.replicas ?? 0, age(nowMs, creationTimestamp)];
  },
};

export function scaleSubresource<T extends Scalable>(
  selector: (object: T) => string,
  newGeneration: (object: T) => T,
): ScaleSubresource<T> {
  return {
    type: 'scale',
    name: 'scale',
    kind: { group: 'autoscaling', version: 'v1', kind: 'Scale' },
    verbs: ['get', 'patch', 'update'],
    table: scaleTable,
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
