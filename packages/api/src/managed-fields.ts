/**
 * Keeps metadata.managedFields on creates, updates and patches, as upstream does: a writer owns what it set or changed,
 * and nobody owns any longer what somebody else changed or removed. Server-side apply builds on the same parts.
 */
import { compareValues, type Comparison } from './managed-fields/compare.ts';
import {
  capUpdateOwners,
  formatOwners,
  isSameOwner,
  parseOwners,
  trustedOwners,
  withoutEmpty,
  type Owner,
} from './managed-fields/entries.ts';
import { fitSchema } from './managed-fields/fit-schema.ts';
import {
  difference,
  emptySet,
  isEmptySet,
  leaf,
  recursiveDifference,
  setOfPaths,
  union,
  type FieldSet,
} from './managed-fields/field-set.ts';
import { filledFields } from './managed-fields/field-set-of.ts';
import { fieldStep } from './managed-fields/path-step.ts';
import type { StructSchema } from './schema/schema.ts';
import type { ManagedFieldsEntry } from './types/meta/v1/object.ts';

type Members = Readonly<Record<string, unknown>>;

export interface Writer {
  readonly manager: string;
  readonly apiVersion: string;
  /** Empty for the object itself. */
  readonly subresource?: string;
  /** RFC 3339, whole seconds. */
  readonly time: string;
  /** Fields that this kind of write does not change, whatever is sent: `status`, `metadata.labels`. */
  readonly resetFields?: readonly string[];
}

export interface CreateWrite extends Writer {
  readonly schema: StructSchema;
  /** The object as sent, with defaults. */
  readonly object: Members;
}

export interface UpdateWrite extends Writer {
  readonly schema: StructSchema;
  readonly live: Members;
  /** The object as sent or patched, with defaults; system fields may be missing. */
  readonly updated: Members;
  /** Both objects in another version that has an entry; undefined when we do not know that version. */
  readonly convert?: (apiVersion: string) => VersionedPair | undefined;
}

export interface VersionedPair {
  readonly schema: StructSchema;
  readonly live: Members;
  readonly updated: Members;
}

/** Metadata that belongs to the server, or names the object, and so has no owner. */
const ownerlessMetadata = [
  'name',
  'namespace',
  'creationTimestamp',
  'selfLink',
  'uid',
  'clusterName',
  'generation',
  'managedFields',
  'resourceVersion',
];
/** As a set. */
export const ownerless: FieldSet = setOfPaths([
  ['f:apiVersion'],
  ['f:kind'],
  ['f:metadata'],
  ...ownerlessMetadata.map((name) => ['f:metadata', fieldStep(name)]),
]);
const skipOnCreate: ReadonlySet<string> = new Set(['apiVersion', 'kind', 'metadata']);
const skipInMetadata: ReadonlySet<string> = new Set(ownerlessMetadata);
const nobody: readonly ManagedFieldsEntry[] = Object.freeze([]);

/** Entries that came with the object are ignored. Empty when there is nothing to own. */
export function managedFieldsForCreate(write: CreateWrite): readonly ManagedFieldsEntry[] {
  const fields = withoutReset(createdFields(write), write.resetFields);
  return isEmptySet(fields) ? nobody : formatOwners([ownerFor(write, fields)]);
}

function createdFields({ schema, object }: CreateWrite): FieldSet {
  const fields = filledFields(schema, object, skipOnCreate);
  const metadata = schema.byName.get('metadata')?.schema;
  const value = object['metadata'];
  if (metadata?.kind !== 'struct' || typeof value !== 'object' || value === null) return fields;
  const inMetadata = filledFields(metadata, value as Members, skipInMetadata);
  return isEmptySet(inMetadata) ? fields : withMetadata(fields, inMetadata);
}

const metadataStep = fieldStep('metadata');

/** With the metadata's set at its place among the others, of which it is none yet. */
function withMetadata(fields: FieldSet, inMetadata: FieldSet): FieldSet {
  const all: Record<string, FieldSet> = {};
  let placed = false;
  for (const step in fields) {
    if (!placed && step > metadataStep) {
      all[metadataStep] = inMetadata;
      placed = true;
    }
    all[step] = fields[step] ?? leaf;
  }
  if (!placed) all[metadataStep] = inMetadata;
  return all;
}

function ownerFor(write: Writer, fields: FieldSet): Owner {
  return {
    manager: write.manager === '' ? 'unknown' : write.manager,
    operation: 'Update',
    apiVersion: write.apiVersion,
    time: write.time,
    subresource: write.subresource ?? '',
    fields,
  };
}

/** The new list for an update or patch. Empty when nobody owns anything, which also stops keeping track. */
export function managedFieldsForUpdate(write: UpdateWrite): readonly ManagedFieldsEntry[] {
  const owners = fittingOwners(write, startingOwners(write));
  if (owners.length === 0) return nobody;
  const comparison = compareValues(write.schema, write.live, write.updated);
  const others = withoutEmpty(loseChanged(owners, write, comparison));
  const taken = takenFields(write, comparison);
  const next = isEmptySet(taken) ? others : addOwner(others, ownerFor(write, taken));
  return formatOwners(capUpdateOwners(next));
}

/**
 * A client may send its own list, which replaces ours, except through a subresource; a list with one empty entry clears
 * it. A list that is missing, empty or malformed changes nothing.
 */
function startingOwners(write: UpdateWrite): readonly Owner[] {
  const live = trustedOwners(entriesOf(write.live));
  const sent = entriesOf(write.updated);
  if (sent.length === 0 || (write.subresource ?? '') !== '') return live;
  if (isReset(sent)) return [];
  const owners = parseOwners(sent);
  return owners === undefined || owners.length === 0 ? live : owners;
}

/** Only schemas of custom kinds change while there are objects. */
function fittingOwners(
  { schema, apiVersion }: UpdateWrite,
  owners: readonly Owner[],
): readonly Owner[] {
  if (!schema.isCustom) return owners;
  return owners.map((owner) =>
    owner.apiVersion === apiVersion ? { ...owner, fields: fitSchema(schema, owner.fields) } : owner,
  );
}

function entriesOf(object: Members): readonly ManagedFieldsEntry[] {
  const metadata = object['metadata'] as
    | { managedFields?: readonly ManagedFieldsEntry[] }
    | undefined;
  return metadata?.managedFields ?? nobody;
}

function isReset(entries: readonly ManagedFieldsEntry[]): boolean {
  return entries.length === 1 && Object.keys(entries[0] ?? {}).length === 0;
}

function loseChanged(
  owners: readonly Owner[],
  write: UpdateWrite,
  comparison: Comparison,
): readonly Owner[] {
  const losses = new Map([[write.apiVersion, lossOf(comparison)]]);
  return owners.flatMap((owner) => {
    const lost = losses.get(owner.apiVersion) ?? lossIn(owner.apiVersion, write, losses);
    if (lost === undefined) return []; // A version that we do not know any longer.
    return [{ ...owner, fields: difference(owner.fields, lost) }];
  });
}

function lossIn(
  apiVersion: string,
  write: UpdateWrite,
  losses: Map<string, FieldSet>,
): FieldSet | undefined {
  const pair = write.convert?.(apiVersion);
  if (!pair) return undefined;
  const lost = lossOf(compareValues(pair.schema, pair.live, pair.updated));
  losses.set(apiVersion, lost);
  return lost;
}

function lossOf({ added, modified, removed }: Comparison): FieldSet {
  return union(union(modified, added), removed);
}

/** What the writer owns from now on by this write. */
function takenFields(write: UpdateWrite, { added, modified }: Comparison): FieldSet {
  const fields = withoutReset(union(modified, added), write.resetFields);
  return difference(fields, ownerless);
}

function addOwner(owners: readonly Owner[], owner: Owner): readonly Owner[] {
  const previous = owners.find((other) => isSameOwner(other, owner));
  if (!previous) return [...owners, owner];
  const merged = { ...owner, fields: union(previous.fields, owner.fields) };
  return owners.map((other) => (other === previous ? merged : other));
}

function withoutReset(fields: FieldSet, resetFields: readonly string[] | undefined): FieldSet {
  if (resetFields === undefined || resetFields.length === 0) return fields;
  return recursiveDifference(fields, resetSet(resetFields));
}

/** Fields that a write does not change, as a set. */
export function resetSet(resetFields: readonly string[]): FieldSet {
  if (resetFields.length === 0) return emptySet;
  return setOfPaths(resetFields.map((path) => path.split('.').map(fieldStep)));
}

export { equalButForTimes } from './managed-fields/entries.ts';
export type { ManagedFieldsEntry } from './types/meta/v1/object.ts';
