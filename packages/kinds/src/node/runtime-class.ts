/** Runtime classes: how a pod's containers are run. */
import { type FieldError, invalid, Path } from '@navarch/api/field-error';
import { isDns1123Label } from '@navarch/api/names';
import type { RuntimeClass } from '@navarch/api/types/node/v1';
import { defineResource } from '../define.ts';
import { age } from '../table/age.ts';
import { ageColumn, column, nameColumn } from '../table/columns.ts';

export const runtimeClasses = defineResource<RuntimeClass>({
  group: 'node.k8s.io',
  version: 'v1',
  kind: 'RuntimeClass',
  plural: 'runtimeclasses',
  scope: 'Cluster',
  createOnUpdate: true,
  requireResourceVersion: true,
  validate: validateRuntimeClass,
  validateUpdate: (object, stored) => [
    ...(object.handler === stored.handler
      ? []
      : [invalid(Path.of('handler'), object.handler, 'field is immutable')]),
    ...validateRuntimeClass(object),
  ],
  table: {
    columns: [
      nameColumn,
      column('Handler', 'The configuration of the container runtime that is used.'),
      ageColumn,
    ],
    row: ({ metadata, handler }, nowMs) => [
      metadata.name ?? '',
      handler,
      age(nowMs, metadata.creationTimestamp),
    ],
  },
});

function validateRuntimeClass({ handler }: RuntimeClass): FieldError[] {
  return isDns1123Label(handler).map((detail) => invalid(Path.of('handler'), handler, detail));
}
