/** Device classes: kinds of devices that can be asked for by name. */
import { type FieldError, invalid, Path, tooMany } from '@navarch/api/field-error';
import { isExtendedResource } from '@navarch/api/quota/resource-names';
import type { DeviceClass } from '@navarch/api/types/resource/v1/device-class';
import { defineResource } from '../define.ts';
import { semanticallyEqual } from '../equal.ts';
import { listOf } from '../nil.ts';
import { specGenerations } from '../strategy.ts';
import { age } from '../table/age.ts';
import { ageColumn, nameColumn } from '../table/columns.ts';
import { validateConfiguration, validateSelectors } from './validate-devices.ts';

export const deviceClasses = defineResource<DeviceClass>({
  group: 'resource.k8s.io',
  version: 'v1',
  kind: 'DeviceClass',
  plural: 'deviceclasses',
  metadataChecksOnUpdate: { asNew: 1, asChanged: 1 },
  scope: 'Cluster',
  deleteAnswersObject: true,
  ...specGenerations<DeviceClass>(),
  validate: (object) => validateDeviceClass(object),
  validateUpdate: validateDeviceClass,
  table: {
    columns: [nameColumn, ageColumn],
    row: ({ metadata }, nowMs) => [metadata.name ?? '', age(nowMs, metadata.creationTimestamp)],
  },
});

const configurationsMax = 32;

export function validateDeviceClass({ spec }: DeviceClass, stored?: DeviceClass): FieldError[] {
  const path = Path.of('spec');
  const at = path.child('config');
  const config = listOf(spec.config);
  const stateOf = (name: 'selectors' | 'config') =>
    stored && semanticallyEqual(spec[name], stored.spec[name]) ? 'stored' : 'new';
  const errors = validateSelectors(spec.selectors, path.child('selectors'), stateOf('selectors'));
  if (config.length > configurationsMax) {
    errors.push(tooMany(at, config.length, configurationsMax));
  } else {
    const state = stateOf('config');
    errors.push(...config.flatMap((each, i) => validateConfiguration(each, at.index(i), state)));
  }
  const { extendedResourceName: name } = spec;
  if (name !== undefined && !isExtendedResource(name)) {
    const detail = 'must be a valid extended resource name';
    errors.push(invalid(path.child('extendedResourceName'), name, detail));
  }
  return errors;
}
