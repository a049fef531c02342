/** Resource slices: the devices that a driver offers. */
import type { ResourceSlice } from '@navarch/api/types/resource/v1/slice';
import { defineResource } from '../define.ts';
import { specGenerations } from '../strategy.ts';
import { age } from '../table/age.ts';
import { unset } from '../table/cells.ts';
import { ageColumn, column, nameColumn } from '../table/columns.ts';
import { validateSlice, validateSliceUpdate } from './validate-slice.ts';

export const resourceSlices = defineResource<ResourceSlice>({
  group: 'resource.k8s.io',
  version: 'v1',
  kind: 'ResourceSlice',
  plural: 'resourceslices',
  scope: 'Cluster',
  deleteAnswersObject: true,
  ...specGenerations<ResourceSlice>(),
  validate: validateSlice,
  validateUpdate: validateSliceUpdate,
  selectableFields: {
    'spec.nodeName': ({ spec }) => spec.nodeName ?? '',
    'spec.driver': ({ spec }) => spec.driver,
  },
  describeUnselectableField: (field) =>
    `field label not supported for resource.k8s.io/v1, Kind=ResourceSlice: ${field}`,
  table: {
    columns: [
      nameColumn,
      column('Node', 'The node that has the devices.'),
      column('Driver', 'The driver of the devices.'),
      column('Pool', 'The pool that the slice is part of.'),
      ageColumn,
    ],
    row: ({ metadata, spec }, nowMs) => [
      metadata.name ?? '',
      spec.nodeName || unset,
      spec.driver,
      spec.pool.name,
      age(nowMs, metadata.creationTimestamp),
    ],
  },
});
