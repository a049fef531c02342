/** Volume attachments: a volume that is, or should be, attached to a node. */
import type { VolumeAttachment } from '@navarch/api/types/storage/v1';
import { defineResource } from '../define.ts';
import { specAndStatus, statusSubresource } from '../strategy.ts';
import { age } from '../table/age.ts';
import { ageColumn, column, nameColumn } from '../table/columns.ts';
import { validateAttachment, validateAttachmentUpdate } from './validate-attachment.ts';

const kind = { group: 'storage.k8s.io', version: 'v1', kind: 'VolumeAttachment' };

export const volumeAttachments = defineResource<VolumeAttachment>({
  ...kind,
  plural: 'volumeattachments',
  metadataChecksOnUpdate: { asNew: 2, asChanged: 0 },
  scope: 'Cluster',
  requireResourceVersion: true,
  deleteAnswersObject: true,
  ...specAndStatus<VolumeAttachment>({ emptyStatus: { attached: false }, newGeneration: 'never' }),
  validate: validateAttachment,
  validateUpdate: validateAttachmentUpdate,
  subresources: [
    statusSubresource<VolumeAttachment>(kind, {
      keepsMetadata: 'all',
      prepare: withoutErrorCodes,
      validateUpdate: validateAttachmentUpdate,
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

/** Codes of errors are a feature that is off: they are dropped where they are not in use already. */
function withoutErrorCodes(object: VolumeAttachment, stored: VolumeAttachment): VolumeAttachment {
  const { status } = object;
  if (!status) return object;
  let kept = status;
  for (const name of ['attachError', 'detachError'] as const) {
    const error = status[name];
    if (error?.errorCode === undefined || stored.status?.[name]?.errorCode !== undefined) continue;
    const { errorCode: _, ...rest } = error;
    kept = { ...kept, [name]: rest };
  }
  return { ...object, status: kept };
}
