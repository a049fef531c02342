/** Controller revisions: what a controller's template once was. */
import { type FieldError, invalid, Path, required } from '@navarch/api/field-error';
import type { ControllerRevision } from '@navarch/api/types/apps/v1/controller-revision';
import { defineResource } from '../define.ts';
import { semanticallyEqual } from '../equal.ts';
import { age } from '../table/age.ts';
import { none } from '../table/cells.ts';
import { ageColumn, column, nameColumn } from '../table/columns.ts';

export const controllerRevisions = defineResource<ControllerRevision>({
  group: 'apps',
  version: 'v1',
  kind: 'ControllerRevision',
  plural: 'controllerrevisions',
  scope: 'Namespaced',
  validate: validateControllerRevision,
  validateUpdate: (object, stored) => [
    ...validateControllerRevision(object),
    ...(semanticallyEqual(object.data, stored.data)
      ? []
      : [invalid(Path.of('data'), object.data, 'field is immutable')]),
  ],
  table: {
    columns: [
      nameColumn,
      column('Controller', 'The object whose template this is.'),
      column('Revision', 'The number of the revision.'),
      ageColumn,
    ],
    row: ({ metadata, revision }, nowMs) => [
      metadata.name ?? '',
      controllerCell(metadata.ownerReferences),
      revision,
      age(nowMs, metadata.creationTimestamp),
    ],
  },
});

function validateControllerRevision(object: ControllerRevision): FieldError[] {
  const errors: FieldError[] = [];
  const data: unknown = object.data;
  if (data === undefined || data === null) {
    errors.push(required(Path.of('data'), 'data is mandatory'));
  } else if (typeof data !== 'object' || Array.isArray(data)) {
    errors.push(required(Path.of('data'), 'data must be a valid JSON object'));
  }
  if (object.revision < 0) {
    errors.push(
      invalid(Path.of('revision'), object.revision, 'must be greater than or equal to 0'),
    );
  }
  return errors;
}

/** `daemonset.apps/name`, as kubectl names a thing. */
function controllerCell(owners: ControllerRevision['metadata']['ownerReferences']): string {
  const owner = owners?.find((reference) => reference.controller);
  if (!owner) return none;
  const slash = owner.apiVersion.indexOf('/');
  const group = slash < 0 ? '' : `.${owner.apiVersion.slice(0, slash)}`;
  return `${owner.kind.toLowerCase()}${group}/${owner.name}`;
}
