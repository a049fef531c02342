/** Device classes: kinds of devices that can be asked for by name. */
import type { DeviceClass } from '@navarch/api/types/resource/v1/device-class';
import { defineResource } from '../define.ts';
import { specGenerations } from '../strategy.ts';
import { age } from '../table/age.ts';
import { ageColumn, nameColumn } from '../table/columns.ts';

export const deviceClasses = defineResource<DeviceClass>({
  group: 'resource.k8s.io',
  version: 'v1',
  kind: 'DeviceClass',
  plural: 'deviceclasses',
  scope: 'Cluster',
  deleteAnswersObject: true,
  ...specGenerations<DeviceClass>(),
  table: {
    columns: [nameColumn, ageColumn],
    row: ({ metadata }, nowMs) => [metadata.name ?? '', age(nowMs, metadata.creationTimestamp)],
  },
});
