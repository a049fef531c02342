/** What holds for a volume attachment: one volume, one node, one driver, for good. */
import {
  type FieldError,
  forbidden,
  invalid,
  Path,
  required,
  tooLong,
} from '@navarch/api/field-error';
import { isDns1123Subdomain } from '@navarch/api/names';
import type { VolumeAttachment, VolumeAttachmentSource } from '@navarch/api/types/storage/v1';
import { immutableText } from '../checks.ts';
import { validateVolumeSpec } from '../core/persistent-volume/validate.ts';
import { textSize } from '../core/sizes.ts';
import { semanticallyEqual } from '../equal.ts';
import { validateDriverName } from './validate.ts';

const path = Path.of('spec');
const metadataBytesMax = 256 * 1024;
const messageBytesMax = 1024;

/** A new attachment; names are held to stricter rules than they once were. */
export function validateAttachment(object: VolumeAttachment): FieldError[] {
  const { attacher, source } = object.spec;
  const name = source.persistentVolumeName ?? '';
  const at = path.child('source', 'persistentVolumeName');
  return [
    ...formErrors(object),
    ...validateDriverName(attacher, path.child('attacher')),
    ...(name === '' ? [] : isDns1123Subdomain(name).map((detail) => invalid(at, name, detail))),
  ];
}

function formErrors({ spec, status }: VolumeAttachment): FieldError[] {
  const { attacher, source, nodeName } = spec;
  const node = path.child('nodeName');
  return [
    ...(attacher === '' ? [required(path.child('attacher'))] : []),
    ...sourceErrors(source, path.child('source')),
    ...isDns1123Subdomain(nodeName).map((detail) => invalid(node, nodeName, detail)),
    ...statusErrors(status),
  ];
}

function statusErrors(status: VolumeAttachment['status']): FieldError[] {
  const at = Path.of('status');
  let size = 0;
  for (const [key, value] of Object.entries(status?.attachmentMetadata ?? {})) {
    size += textSize(key) + textSize(value);
  }
  const errors =
    size > metadataBytesMax ? [tooLong(at.child('attachmentMetadata'), '', metadataBytesMax)] : [];
  for (const name of ['attachError', 'detachError'] as const) {
    if (textSize(status?.[name]?.message ?? '') <= messageBytesMax) continue;
    // The length that is told is that of the metadata.
    errors.push(tooLong(at.child(name, 'message'), '', metadataBytesMax));
  }
  return errors;
}

function sourceErrors(source: VolumeAttachmentSource, at: Path): FieldError[] {
  const { persistentVolumeName: name, inlineVolumeSpec: inline } = source;
  const detail = 'must specify exactly one of inlineVolumeSpec and persistentVolumeName';
  if (name !== undefined && inline) return [forbidden(at, detail)];
  if (inline) return validateVolumeSpec(inline, at.child('inlineVolumeSpec'), true);
  if (name === undefined) return [required(at, detail)];
  return name === ''
    ? [required(at.child('persistentVolumeName'), 'must specify non empty persistentVolumeName')]
    : [];
}

export function validateAttachmentUpdate(
  object: VolumeAttachment,
  stored: VolumeAttachment,
): FieldError[] {
  // Upstream looks at all of it twice.
  const errors = [...formErrors(object), ...formErrors(object)];
  if (semanticallyEqual(object.spec, stored.spec)) return errors;
  const { attacher, source, nodeName } = object.spec;
  // As upstream prints it: with the names of its Go fields.
  const shown = {
    Attacher: attacher,
    Source: {
      PersistentVolumeName: source.persistentVolumeName ?? null,
      InlineVolumeSpec: source.inlineVolumeSpec ?? null,
    },
    NodeName: nodeName,
  };
  return [...errors, invalid(path, shown, immutableText)];
}
