/** What a client must get right for an update to be carried out at all. Each throws what the client reads. */
import { type FieldError, invalid as invalidField } from '@navarch/api/field-error';
import type { KubernetesObject } from '@navarch/api/extension/object';
import { isPathSegmentName } from '@navarch/api/names';
import { conflict, invalid, modifiedMessage, unknownReason } from '@navarch/api/status';
import { goQuote } from '@navarch/codec/go/text';
import { forbiddenBy } from '../authorize/attributes.ts';
import type { Entry } from '../watch-cache/entry.ts';
import {
  finalizerErrors,
  metadataErrors,
  metadataUpdateErrors,
  repeatedErrors,
} from './metadata-rules.ts';
import type { Resource } from './resource.ts';
import type { Current, Storage } from './storage.ts';
import type { Update } from './update.ts';
import { checkType } from './write.ts';

export function checkUid(
  resource: Resource,
  storage: Storage,
  key: string,
  current: Current,
  wanted: string | undefined,
): void {
  if (wanted === undefined) return;
  const uid = current.entry?.value().metadata.uid ?? '';
  if (uid === wanted) return;
  const reason = `Precondition failed: UID in precondition: ${wanted}, UID in object meta: ${uid}`;
  const message = `StorageError: invalid object, Code: 4, Key: ${storage.storeKey(key)}, ResourceVersion: 0, AdditionalErrorMsg: ${reason}`;
  throw conflict(resource.groupResource, nameIn(key), message);
}

function nameIn(key: string): string {
  return key.slice(key.indexOf('/') + 1);
}

/** Who may update need not be allowed to create. */
export async function checkMayCreate(
  { definition: { group, version, plural } }: Resource,
  { name, namespace, context }: Update,
): Promise<void> {
  const attributes = {
    user: context.user,
    verb: 'create',
    path: '',
    resource: { group, version, resource: plural, subresource: '', namespace, name },
  };
  const { decision, reason } = await context.services.authorize(attributes);
  if (decision !== 'allow') throw forbiddenBy(attributes, reason);
}

/** No version, or zero, means the latest, unless the kind insists on one. */
export function checkVersion(
  resource: Resource,
  object: KubernetesObject,
  entry: Entry,
  update: Update,
): void {
  const { resourceVersion = '' } = object.metadata;
  const { plural, group } = resource.definition;
  if (resourceVersion === '' || resourceVersion === '0') {
    if (!resource.definition.requireResourceVersion || update.unconditional) return;
    const error = invalidField('metadata.resourceVersion', 0, 'must be specified for an update');
    throw invalid({ group, kind: plural }, update.name, [error]);
  }
  if (resourceVersion === String(entry.revision)) return;
  if (!/^\d+$/.test(resourceVersion)) {
    throw unknownReason(`strconv.ParseUint: parsing ${goQuote(resourceVersion)}: invalid syntax`);
  }
  throw conflict(resource.groupResource, update.name, modifiedMessage);
}

/** Upstream checks metadata for all kinds, and then its kinds check it again, each in its own way: clients see all of it. */
export function checkChanged(
  resource: Resource,
  object: KubernetesObject,
  stored: KubernetesObject,
  { rules, context, subresource }: Pick<Update, 'rules' | 'context' | 'subresource'>,
): void {
  const { metadata } = object;
  checkType(resource, object);
  const updateErrors = metadataUpdateErrors(metadata, stored.metadata);
  const metaErrors = metadataErrors(metadata, resource.isNamespaced, isPathSegmentName);
  const finalizers = resource.definition.allowsAnyFinalizer ? [] : finalizerErrors(metadata);
  const kindErrors = rules.validateUpdate?.(object, stored, (text) => context.warn(text)) ?? [];
  const found = updateErrors.length + metaErrors.length + finalizers.length + kindErrors.length;
  if (found === 0) return;
  const partErrors = repeatedErrors(metadata);
  const generic = [...metaErrors, ...updateErrors, ...partErrors];
  // Those of subresources check metadata as changed, once.
  const own = subresource === '' ? resource.definition.metadataChecksOnUpdate : undefined;
  const { asNew, asChanged } = own ?? { asNew: 0, asChanged: 1 };
  const errors = [
    ...generic,
    ...repeat([...updateErrors, ...partErrors, ...finalizers], asChanged),
    ...repeat([...metaErrors, ...finalizers], asNew),
    ...kindErrors,
  ];
  throw invalid(resource.groupKind, metadata.name ?? '', errors);
}

function repeat(errors: readonly FieldError[], times: number): readonly FieldError[] {
  return Array.from({ length: times }, () => errors).flat();
}
