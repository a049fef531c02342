/** Persistent volume claims: a request for storage, and what it got. */
import type { PersistentVolumeClaim } from '@navarch/api/types/core/v1/persistent-volume';
import { defineResource } from '../../define.ts';
import { statusSubresource, withMember } from '../../strategy.ts';
import { age } from '../../table/age.ts';
import { unset } from '../../table/cells.ts';
import { ageColumn, column, nameColumn, wide } from '../../table/columns.ts';
import { accessModesText } from '../persistent-volume/access-modes.ts';
import { classAnnotation } from '../persistent-volume/warnings.ts';
import { normaliseSources } from './data-source.ts';
import { setClaimDefaults } from './defaults.ts';
import { claimWarnings, validateClaim } from './validate.ts';
import { validateClaimStatus, validateClaimUpdate } from './validate-update.ts';

const kind = { group: '', version: 'v1', kind: 'PersistentVolumeClaim' };

export const persistentVolumeClaims = defineResource<PersistentVolumeClaim>({
  ...kind,
  plural: 'persistentvolumeclaims',
  shortNames: ['pvc'],
  metadataChecksOnUpdate: { asNew: 2, asChanged: 1 },
  scope: 'Namespaced',
  deleteAnswersObject: true,
  setDefaults: setClaimDefaults,
  resetFields: ['status'],
  prepareForCreate: (submitted) => ({
    ...submitted,
    spec: normaliseSources(submitted.spec),
    status: { phase: 'Pending' },
  }),
  prepareForUpdate: (submitted, stored) =>
    withMember(
      { ...submitted, spec: normaliseSources(submitted.spec, stored.spec) },
      'status',
      stored.status,
    ),
  validate: validateClaim,
  validateUpdate: validateClaimUpdate,
  warnings: claimWarnings,
  subresources: [
    statusSubresource<PersistentVolumeClaim>(kind, { validateUpdate: validateClaimStatus }),
  ],
  table: {
    columns: [
      nameColumn,
      column('Status', 'Its phase.'),
      column('Volume', 'The volume that it is bound to.'),
      column('Capacity', 'The size of that volume.'),
      column('Access Modes', 'How it can be mounted.'),
      column('StorageClass', 'Its storage class.'),
      column('VolumeAttributesClass', 'The class of its attributes.'),
      ageColumn,
      wide('VolumeMode', 'Whether it has a file system.'),
    ],
    row: (claim, nowMs) => {
      const { metadata, spec, status } = claim;
      const bound = (spec.volumeName ?? '') !== '';
      return [
        metadata.name ?? '',
        metadata.deletionTimestamp === undefined ? (status?.phase ?? '') : 'Terminating',
        spec.volumeName ?? '',
        bound ? (status?.capacity?.['storage'] ?? '0') : '',
        bound ? accessModesText(status?.accessModes) : '',
        metadata.annotations?.[classAnnotation] ?? spec.storageClassName ?? '',
        spec.volumeAttributesClassName ?? unset,
        age(nowMs, metadata.creationTimestamp),
        spec.volumeMode ?? unset,
      ];
    },
  },
});
