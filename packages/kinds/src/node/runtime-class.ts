/** Runtime classes: how a pod's containers are run. */
import { duplicate, type FieldError, invalid, Path } from '@navarch/api/field-error';
import { structOf } from '@navarch/api/schema/registry';
import { isDns1123Label } from '@navarch/api/names';
import type { Toleration } from '@navarch/api/types/core/v1/scheduling';
import type { RuntimeClass } from '@navarch/api/types/node/v1';
import { goStruct } from '../core/go-value.ts';
import { checkOverhead } from '../core/pod/resources.ts';
import { checkTolerations } from '../core/pod/scheduling.ts';
import { defineResource } from '../define.ts';
import { semanticallyEqual } from '../equal.ts';
import { labelErrors } from '../label-selector.ts';
import { listOf } from '../nil.ts';
import { age } from '../table/age.ts';
import { ageColumn, column, nameColumn } from '../table/columns.ts';
import { keysAmong } from '../core/node-labels.ts';

export const runtimeClasses = defineResource<RuntimeClass>({
  group: 'node.k8s.io',
  version: 'v1',
  kind: 'RuntimeClass',
  plural: 'runtimeclasses',
  metadataChecksOnUpdate: { asNew: 1, asChanged: 1 },
  scope: 'Cluster',
  createOnUpdate: true,
  requireResourceVersion: true,
  validate: validateRuntimeClass,
  validateUpdate: (object, stored) => [
    ...validateRuntimeClass(object),
    ...(object.handler === stored.handler
      ? []
      : [invalid(Path.of('handler'), object.handler, 'field is immutable')]),
  ],
  warnings: ({ scheduling }) =>
    keysAmong(scheduling?.nodeSelector).map(([, text]) => `scheduling.nodeSelector: ${text}`),
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

function validateRuntimeClass({ handler, overhead, scheduling }: RuntimeClass): FieldError[] {
  const path = Path.of('handler');
  const errors = isDns1123Label(handler).map((detail) => invalid(path, handler, detail));
  if (overhead?.podFixed) checkOverhead(overhead.podFixed, Path.of('overhead'), errors);
  const at = Path.of('scheduling');
  errors.push(...labelErrors(scheduling?.nodeSelector, at.child('nodeSelector')));
  const tolerations = listOf(scheduling?.tolerations);
  const list = at.child('tolerations');
  // The doubled name is upstream's.
  checkTolerations(tolerations, list.child('tolerations'), errors);
  return [...errors, ...repeated(tolerations, list)];
}

function repeated(tolerations: readonly Toleration[], path: Path): FieldError[] {
  return tolerations.flatMap((toleration, i) =>
    tolerations.slice(0, i).some((earlier) => semanticallyEqual(earlier, toleration))
      ? [duplicate(path.index(i), goStruct(structOf('core/v1.Toleration'), toleration))]
      : [],
  );
}
