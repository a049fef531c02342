/** Device classes: kinds of devices that can be asked for by name. */
import { type FieldError, Path, tooMany } from '@navarch/api/field-error';
import type { DeviceClass } from '@navarch/api/types/resource/v1/device-class';
import { defineResource } from '../define.ts';
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
  validate: validateDeviceClass,
  validateUpdate: validateDeviceClass,
  table: {
    columns: [nameColumn, ageColumn],
    row: ({ metadata }, nowMs) => [metadata.name ?? '', age(nowMs, metadata.creationTimestamp)],
  },
});

const configurationsMax = 32;

function validateDeviceClass({ spec }: DeviceClass): FieldError[] {
  const path = Path.of('spec');
  const at = path.child('config');
  const config = listOf(spec.config);
  return [
    ...validateSelectors(spec.selectors, path.child('selectors')),
    ...(config.length > configurationsMax
      ? [tooMany(at, config.length, configurationsMax)]
      : config.flatMap((each, i) => validateConfiguration(each, at.index(i)))),
  ];
}
