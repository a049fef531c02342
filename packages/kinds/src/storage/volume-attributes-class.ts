/** Volume attributes classes: properties of volumes that may change while they are in use. */
import { type FieldError, forbidden, Path, required } from '@navarch/api/field-error';
import type { VolumeAttributesClass } from '@navarch/api/types/storage/v1';
import { defineResource } from '../define.ts';
import { semanticallyEqual } from '../equal.ts';
import { age } from '../table/age.ts';
import { ageColumn, column, nameColumn } from '../table/columns.ts';
import { validateParameters, validateProvisioner } from './validate.ts';

export const volumeAttributesClasses = defineResource<VolumeAttributesClass>({
  group: 'storage.k8s.io',
  version: 'v1',
  kind: 'VolumeAttributesClass',
  plural: 'volumeattributesclasses',
  shortNames: ['vac'],
  metadataChecksOnUpdate: { asNew: 1, asChanged: 1 },
  scope: 'Cluster',
  deleteAnswersObject: true,
  validate: validateClass,
  validateUpdate: (object, stored) => [...immutable(object, stored), ...validateClass(object)],
  table: {
    columns: [nameColumn, column('DriverName', 'The driver that knows the parameters.'), ageColumn],
    row: (object, nowMs) => [
      nameCell(object),
      object.driverName,
      age(nowMs, object.metadata.creationTimestamp),
    ],
  },
});

const defaultAnnotation = 'volumeattributesclass.alpha.kubernetes.io/is-default-class';

function nameCell({ metadata }: VolumeAttributesClass): string {
  const { name = '', annotations } = metadata;
  return annotations?.[defaultAnnotation] === 'true' ? `${name} (default)` : name;
}

function validateClass({ driverName, parameters }: VolumeAttributesClass): FieldError[] {
  const errors = validateProvisioner(driverName, Path.of('driverName'));
  const at = Path.of('parameters');
  if (parameters === undefined || Object.keys(parameters).length === 0) {
    return [...errors, required(at, 'must contain at least one key/value pair')];
  }
  return [...errors, ...validateParameters(parameters, at)];
}

function immutable(object: VolumeAttributesClass, stored: VolumeAttributesClass): FieldError[] {
  const errors: FieldError[] = [];
  if (object.driverName !== stored.driverName) {
    errors.push(forbidden(Path.of('driverName'), 'updates to driverName are forbidden.'));
  }
  if (!semanticallyEqual(object.parameters, stored.parameters)) {
    errors.push(forbidden(Path.of('parameters'), 'updates to parameters are forbidden.'));
  }
  return errors;
}
