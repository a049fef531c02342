/** Resource slices: the devices that a driver offers. */
import type { Device, DeviceAttribute, ResourceSlice } from '@navarch/api/types/resource/v1/slice';
import type { StringMap } from '@navarch/api/types/scalars';
import { formatTime } from '@navarch/api/time';
import { defineResource } from '../define.ts';
import { listOf } from '../nil.ts';
import { nextGeneration, specChanged, withGeneration } from '../strategy.ts';
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
  prepareForCreate: (submitted, { nowMs }) =>
    withGeneration(withTaintTimes(withoutDisabled(submitted), nowMs), 1),
  prepareForUpdate: (submitted, stored, { nowMs }) => {
    const kept = withTaintTimes(withoutDisabled(submitted), nowMs);
    return specChanged(kept, stored) ? nextGeneration(kept, stored) : kept;
  },
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

/** A taint is as old as the write that brings it, unless it says since when it is there. */
function withTaintTimes(slice: ResourceSlice, nowMs: number): ResourceSlice {
  const { devices } = slice.spec;
  const isUndated = ({ taints }: Device) =>
    listOf(taints).some(({ timeAdded }) => timeAdded === undefined);
  if (!devices?.some(isUndated)) return slice;
  const timeAdded = formatTime(nowMs);
  const dated = devices.map((device) =>
    device.taints
      ? { ...device, taints: device.taints.map((taint) => ({ timeAdded, ...taint })) }
      : device,
  );
  return { ...slice, spec: { ...slice.spec, devices: dated } };
}

const lists = ['ints', 'bools', 'strings', 'versions'] as const;

/** The types know attributes with several values and resources of nodes; no cluster of this version does unless told to. */
function withoutDisabled(slice: ResourceSlice): ResourceSlice {
  const { devices } = slice.spec;
  if (!devices?.some(hasDisabled)) return slice;
  const kept = devices.map((device) => {
    const { nodeAllocatableResourceMappings: _, ...rest } = device;
    return device.attributes ? { ...rest, attributes: withoutLists(device.attributes) } : rest;
  });
  return { ...slice, spec: { ...slice.spec, devices: kept } };
}

function hasDisabled({ nodeAllocatableResourceMappings, attributes }: Device): boolean {
  return (
    nodeAllocatableResourceMappings !== undefined ||
    Object.values(attributes ?? {}).some((attribute) =>
      lists.some((name) => attribute[name] !== undefined),
    )
  );
}

function withoutLists(attributes: StringMap<DeviceAttribute>): StringMap<DeviceAttribute> {
  return Object.fromEntries(
    Object.entries(attributes).map(([name, attribute]) => {
      const { ints: _i, bools: _b, strings: _s, versions: _v, ...single } = attribute;
      return [name, single];
    }),
  );
}
