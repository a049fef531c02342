/** Persistent volumes: storage that outlives pods. */
import { formatTime } from '@navarch/api/time';
import type { PersistentVolume } from '@navarch/api/types/core/v1/persistent-volume';
import { defineResource } from '../../define.ts';
import { statusSubresource, withMember } from '../../strategy.ts';
import { age } from '../../table/age.ts';
import { unset } from '../../table/cells.ts';
import { ageColumn, column, nameColumn, wide } from '../../table/columns.ts';
import { accessModesText } from './access-modes.ts';
import { setVolumeDefaults } from './defaults.ts';
import { validateVolume, validateVolumeUpdate } from './validate.ts';
import { classAnnotation, volumeWarnings } from './warnings.ts';

const kind = { group: '', version: 'v1', kind: 'PersistentVolume' };

export const persistentVolumes = defineResource<PersistentVolume>({
  ...kind,
  plural: 'persistentvolumes',
  shortNames: ['pv'],
  scope: 'Cluster',
  metadataChecksOnUpdate: { asNew: 2, asChanged: 0 },
  deleteAnswersObject: true,
  setDefaults: setVolumeDefaults,
  resetFields: ['status'],
  prepareForCreate: (submitted, { nowMs }) => ({
    ...submitted,
    status: { phase: 'Pending', lastPhaseTransitionTime: formatTime(nowMs) },
  }),
  prepareForUpdate: (submitted, stored) => withMember(submitted, 'status', stored.status),
  validate: validateVolume,
  validateUpdate: validateVolumeUpdate,
  warnings: volumeWarnings,
  subresources: [
    statusSubresource<PersistentVolume>(kind, {
      prepare: (object, stored, { nowMs }) => withTransition(object, stored, formatTime(nowMs)),
    }),
  ],
  table: {
    columns: [
      nameColumn,
      column('Capacity', 'Its size.'),
      column('Access Modes', 'How it can be mounted.'),
      column('Reclaim Policy', 'What becomes of it when its claim is gone.'),
      column('Status', 'Its phase.'),
      column('Claim', 'The claim that it is bound to.'),
      column('StorageClass', 'Its storage class.'),
      column('VolumeAttributesClass', 'The class of its attributes.'),
      column('Reason', 'Why it is in its phase.'),
      ageColumn,
      wide('VolumeMode', 'Whether it has a file system.'),
    ],
    row: (volume, nowMs) => {
      const { metadata, spec, status } = volume;
      return [
        metadata.name ?? '',
        spec.capacity?.['storage'] ?? '0',
        accessModesText(spec.accessModes),
        spec.persistentVolumeReclaimPolicy ?? '',
        phaseCell(volume),
        claimCell(volume),
        classCell(volume),
        spec.volumeAttributesClassName ?? unset,
        status?.reason ?? '',
        age(nowMs, metadata.creationTimestamp),
        spec.volumeMode ?? unset,
      ];
    },
  },
});

/** A phase that changes gets the time of its change, unless the writer knows better. */
function withTransition(
  object: PersistentVolume,
  stored: PersistentVolume,
  now: string,
): PersistentVolume {
  const { status } = object;
  const before = stored.status?.lastPhaseTransitionTime;
  if (status?.phase === stored.status?.phase) return object;
  if (status?.lastPhaseTransitionTime !== undefined && status.lastPhaseTransitionTime !== before) {
    return object;
  }
  return { ...object, status: { ...status, lastPhaseTransitionTime: now } };
}

function phaseCell({ metadata, status }: PersistentVolume): string {
  return metadata.deletionTimestamp === undefined ? (status?.phase ?? '') : 'Terminating';
}

function claimCell({ spec }: PersistentVolume): string {
  return spec.claimRef ? `${spec.claimRef.namespace ?? ''}/${spec.claimRef.name ?? ''}` : '';
}

function classCell({ metadata, spec }: PersistentVolume): string {
  return metadata.annotations?.[classAnnotation] ?? spec.storageClassName ?? '';
}
