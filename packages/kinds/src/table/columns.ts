/** Columns of printed tables. The texts of the first three are what every client has always seen with them. */
import type { KubernetesObject } from '@navarch/api/extension/object';
import type { TableColumn, TableDefinition } from '@navarch/api/extension/resource';

export const nameColumn: TableColumn = {
  name: 'Name',
  type: 'string',
  format: 'name',
  description:
    'Name must be unique within a namespace. Is required when creating resources, although some resources may allow a client to request the generation of an appropriate name automatically. Name is primarily intended for creation idempotence and configuration definition. Cannot be updated. More info: https://kubernetes.io/docs/concepts/overview/working-with-objects/names#names',
};

const creationText =
  'CreationTimestamp is a timestamp representing the server time when this object was created. It is not guaranteed to be set in happens-before order across separate operations. Clients may not set this value. It is represented in RFC3339 form and is in UTC.\n\nPopulated by the system. Read-only. Null for lists. More info: https://git.k8s.io/community/contributors/devel/sig-architecture/api-conventions.md#metadata';

export const ageColumn: TableColumn = { name: 'Age', type: 'string', description: creationText };

export const createdAtColumn: TableColumn = {
  name: 'Created At',
  type: 'date',
  description: creationText,
};

/** A column of text that is always shown. */
export function column(name: string, description: string, type = 'string'): TableColumn {
  return { name, type, description };
}

/** A column that only wide output shows. */
export function wide(name: string, description: string, type = 'string'): TableColumn {
  return { name, type, priority: 1, description };
}

export const containersColumn = wide('Containers', 'Names of the containers in the pod template.');
export const imagesColumn = wide('Images', 'Images of the containers in the pod template.');
export const selectorColumn = wide('Selector', 'Labels by which the object finds its pods.');

/** What is printed of a kind that has no columns of its own: name and creation time. */
export const plainTable: TableDefinition<KubernetesObject> = {
  columns: [nameColumn, createdAtColumn],
  row: ({ metadata }) => [metadata.name ?? '', metadata.creationTimestamp ?? '<unknown>'],
};
