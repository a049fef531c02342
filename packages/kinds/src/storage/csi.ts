/** What volume drivers say about themselves: the driver, its presence on nodes, the room it has left. */
import type { CSIDriver, CSINode, CSIStorageCapacity } from '@navarch/api/types/storage/v1';
import type { Draft } from '@navarch/api/types/scalars';
import { defineResource } from '../define.ts';
import { semanticallyEqual } from '../equal.ts';
import { listOf } from '../nil.ts';
import { nextGeneration, withMember } from '../strategy.ts';
import { age } from '../table/age.ts';
import { ageColumn, column, nameColumn, plainTable } from '../table/columns.ts';
import { unset } from '../table/cells.ts';

import {
  validateCapacity,
  validateCapacityUpdate,
  validateCsiNode,
  validateCsiNodeUpdate,
  validateDriver,
  validateDriverUpdate,
} from './validate-csi.ts';
import { nodeTopologyWarnings } from '../core/node-labels.ts';
import { Path } from '@navarch/api/field-error';

const group = { group: 'storage.k8s.io', version: 'v1' };

export const csiDrivers = defineResource<CSIDriver>({
  ...group,
  kind: 'CSIDriver',
  plural: 'csidrivers',
  scope: 'Cluster',
  requireResourceVersion: true,
  deleteAnswersObject: true,
  setDefaults: setDriverDefaults,
  prepareForCreate: (submitted) => withoutUpdatePeriod(submitted),
  prepareForUpdate: (submitted, stored) => {
    const kept = withoutUpdatePeriod(submitted, stored);
    return driverChanged(kept, stored) ? nextGeneration(kept, stored) : kept;
  },
  validate: validateDriver,
  validateUpdate: validateDriverUpdate,
  table: {
    columns: [
      nameColumn,
      column(
        'AttachRequired',
        'Whether volumes must be attached before they are mounted.',
        'boolean',
      ),
      column('PodInfoOnMount', 'Whether mounting is told of the pod.', 'boolean'),
      column('StorageCapacity', 'Whether the driver says how much room it has.', 'boolean'),
      column('TokenRequests', 'Audiences of the tokens that the driver needs.'),
      column('RequiresRepublish', 'Whether mounting is repeated.', 'boolean'),
      column('Modes', 'The lives that volumes may have.'),
      ageColumn,
    ],
    row: ({ metadata, spec }, nowMs) => [
      metadata.name ?? '',
      spec.attachRequired ?? true,
      spec.podInfoOnMount ?? false,
      spec.storageCapacity ?? false,
      spec.tokenRequests?.map((request) => request.audience).join(',') ?? unset,
      spec.requiresRepublish ?? false,
      listOf(spec.volumeLifecycleModes).join(',') || 'Persistent',
      age(nowMs, metadata.creationTimestamp),
    ],
  },
});

/** Asking nodes anew how much they can hold is a feature that is off: dropped where it is not in use already. */
function withoutUpdatePeriod(driver: CSIDriver, stored?: CSIDriver): CSIDriver {
  if (stored?.spec.nodeAllocatableUpdatePeriodSeconds !== undefined) return driver;
  const spec = withMember(driver.spec, 'nodeAllocatableUpdatePeriodSeconds', undefined);
  return { ...driver, spec };
}

/** Only what may change later counts. */
function driverChanged({ spec: a }: CSIDriver, { spec: b }: CSIDriver): boolean {
  return !(
    semanticallyEqual(a.tokenRequests, b.tokenRequests) &&
    a.requiresRepublish === b.requiresRepublish &&
    a.seLinuxMount === b.seLinuxMount &&
    a.nodeAllocatableUpdatePeriodSeconds === b.nodeAllocatableUpdatePeriodSeconds
  );
}

function setDriverDefaults({ spec }: Draft<CSIDriver>): void {
  spec.attachRequired ??= true;
  spec.podInfoOnMount ??= false;
  spec.storageCapacity ??= false;
  spec.fsGroupPolicy ??= 'ReadWriteOnceWithFSType';
  if (listOf(spec.volumeLifecycleModes).length === 0) spec.volumeLifecycleModes = ['Persistent'];
  spec.requiresRepublish ??= false;
  spec.seLinuxMount ??= false;
}

export const csiNodes = defineResource<CSINode>({
  ...group,
  kind: 'CSINode',
  plural: 'csinodes',
  metadataChecksOnUpdate: { asNew: 2, asChanged: 0 },
  scope: 'Cluster',
  requireResourceVersion: true,
  deleteAnswersObject: true,
  validate: validateCsiNode,
  validateUpdate: validateCsiNodeUpdate,
  table: {
    columns: [nameColumn, column('Drivers', 'Drivers on the node.', 'integer'), ageColumn],
    row: ({ metadata, spec }, nowMs) => [
      metadata.name ?? '',
      listOf(spec.drivers).length,
      age(nowMs, metadata.creationTimestamp),
    ],
  },
});

export const csiStorageCapacities = defineResource<CSIStorageCapacity>({
  ...group,
  kind: 'CSIStorageCapacity',
  plural: 'csistoragecapacities',
  metadataChecksOnUpdate: { asNew: 1, asChanged: 1 },
  scope: 'Namespaced',
  requireResourceVersion: true,
  validate: validateCapacity,
  validateUpdate: validateCapacityUpdate,
  warnings: ({ nodeTopology }) => nodeTopologyWarnings(nodeTopology, Path.of('nodeTopology')),
  table: plainTable,
});
