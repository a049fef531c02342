/** Storage classes: kinds of volumes that can be made on demand. */
import type { StorageClass } from '@navarch/api/types/storage/v1';
import { defineResource } from '../define.ts';
import { age } from '../table/age.ts';
import { ageColumn, column, nameColumn } from '../table/columns.ts';
import { unset } from '../table/cells.ts';
import { validateStorageClass, validateStorageClassUpdate } from './validate.ts';
import { oldNodeLabels } from '../core/node-labels.ts';
import { listOf } from '../nil.ts';
import { Path } from '@navarch/api/field-error';

export const storageClasses = defineResource<StorageClass>({
  group: 'storage.k8s.io',
  version: 'v1',
  kind: 'StorageClass',
  plural: 'storageclasses',
  shortNames: ['sc'],
  metadataChecksOnUpdate: { asNew: 1, asChanged: 1 },
  scope: 'Cluster',
  deleteAnswersObject: true,
  setDefaults: (draft) => {
    draft.reclaimPolicy ??= 'Delete';
    draft.volumeBindingMode ??= 'Immediate';
  },
  validate: validateStorageClass,
  validateUpdate: validateStorageClassUpdate,
  warnings: topologyWarnings,
  table: {
    columns: [
      nameColumn,
      column('Provisioner', 'What makes the volumes.'),
      column('ReclaimPolicy', 'What becomes of a volume when its claim is gone.'),
      column('VolumeBindingMode', 'When claims are bound.'),
      column('AllowVolumeExpansion', 'Whether claims may grow.'),
      ageColumn,
    ],
    row: (object, nowMs) => [
      nameCell(object),
      object.provisioner,
      object.reclaimPolicy ?? 'Delete',
      object.volumeBindingMode ?? unset,
      object.allowVolumeExpansion ?? false,
      age(nowMs, object.metadata.creationTimestamp),
    ],
  },
});

const defaultAnnotations = [
  'storageclass.kubernetes.io/is-default-class',
  'storageclass.beta.kubernetes.io/is-default-class',
];

export function isDefaultStorageClass({ metadata }: StorageClass): boolean {
  return defaultAnnotations.some((key) => metadata.annotations?.[key] === 'true');
}

function nameCell(object: StorageClass): string {
  const { name = '' } = object.metadata;
  return isDefaultStorageClass(object) ? `${name} (default)` : name;
}

function topologyWarnings({ allowedTopologies }: StorageClass): string[] {
  return listOf(allowedTopologies).flatMap(({ matchLabelExpressions }, i) =>
    listOf(matchLabelExpressions).flatMap(({ key }, j) => {
      const text = oldNodeLabels.get(key);
      const at = Path.of('allowedTopologies').index(i).child('matchLabelExpressions').index(j);
      return text === undefined ? [] : [`${String(at.child('key'))}: ${text}`];
    }),
  );
}
