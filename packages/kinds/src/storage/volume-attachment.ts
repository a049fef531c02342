/** Volume attachments: a volume that is, or should be, attached to a node. */
import type { VolumeAttachment } from '@navarch/api/types/storage/v1';
import { defineResource } from '../define.ts';
import { specAndStatus, statusSubresource } from '../strategy.ts';
import { age } from '../table/age.ts';
import { ageColumn, column, nameColumn } from '../table/columns.ts';

const kind = { group: 'storage.k8s.io', version: 'v1', kind: 'VolumeAttachment' };

export const volumeAttachments = defineResource<VolumeAttachment>({
  ...kind,
  plural: 'volumeattachments',
  scope: 'Cluster',
  requireResourceVersion: true,
  deleteAnswersObject: true,
  ...specAndStatus<VolumeAttachment>({ emptyStatus: { attached: false }, newGeneration: 'never' }),
  subresources: [
    statusSubresource<VolumeAttachment>(kind, {
      keepsMetadata: 'all',
    }),
  ],
  table: {
    columns: [
      nameColumn,
      { ...column('Attacher', 'The driver that attaches.'), format: 'name' },
      column('PV', 'The volume.'),
      column('Node', 'The node.'),
      column('Attached', 'Whether it is attached now.', 'boolean'),
      ageColumn,
    ],
    row: ({ metadata, spec, status }, nowMs) => [
      metadata.name ?? '',
      spec.attacher,
      spec.source.persistentVolumeName ?? '',
      spec.nodeName,
      status?.attached ?? false,
      age(nowMs, metadata.creationTimestamp),
    ],
  },
});
