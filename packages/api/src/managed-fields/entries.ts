/** The entries of metadata.managedFields: who owns what, in which version, since when. */
import type { ManagedFieldsEntry } from '../types/meta/v1/object.ts';
import { sameJson } from './compare.ts';
import { emptySet, isEmptySet, union, type FieldSet } from './field-set.ts';
import { parseFieldSet } from './parse.ts';

/** An entry whose fields are known to be a proper set. */
export interface Owner {
  readonly manager: string;
  readonly operation: 'Apply' | 'Update';
  readonly apiVersion: string;
  readonly time: string | undefined;
  readonly subresource: string;
  readonly fields: FieldSet;
}

export const updateManagersMax = 10;
const bucketManager = 'ancient-changes';

/** One entry per manager, operation, version and subresource; whoever applies has one for all versions. */
export function isSameOwner(a: Owner, b: Owner): boolean {
  return (
    a.manager === b.manager &&
    a.operation === b.operation &&
    a.subresource === b.subresource &&
    (a.operation === 'Apply' || a.apiVersion === b.apiVersion)
  );
}

/** Reads entries that a client sent. Undefined when one of them is malformed. */
export function parseOwners(entries: readonly ManagedFieldsEntry[]): readonly Owner[] | undefined {
  return readOwners(entries, parseFieldSet);
}

/** Reads entries that we wrote ourselves, without checking the sets again. */
export function trustedOwners(entries: readonly ManagedFieldsEntry[]): readonly Owner[] {
  return readOwners(entries, (fields) => (fields ?? emptySet) as FieldSet) ?? [];
}

function readOwners(
  entries: readonly ManagedFieldsEntry[],
  read: (fields: unknown) => FieldSet | undefined,
): readonly Owner[] | undefined {
  const owners: Owner[] = [];
  for (const entry of entries) {
    const { operation, fieldsType } = entry;
    const fields = read(entry.fieldsV1);
    if (fieldsType !== 'FieldsV1' || fields === undefined) return undefined;
    if (operation !== 'Apply' && operation !== 'Update') return undefined;
    putOwner(owners, ownerOf(entry, operation, fields));
  }
  return owners;
}

function ownerOf(
  entry: ManagedFieldsEntry,
  operation: 'Apply' | 'Update',
  fields: FieldSet,
): Owner {
  const { manager = '', apiVersion = '', time, subresource = '' } = entry;
  return { manager, operation, apiVersion, time, subresource, fields };
}

/** A later entry of the same owner takes the place of the earlier one. */
function putOwner(owners: Owner[], owner: Owner): void {
  const at = owners.findIndex((other) => isSameOwner(other, owner));
  if (at < 0) owners.push(owner);
  else owners[at] = owner;
}

export function formatOwners(owners: readonly Owner[]): readonly ManagedFieldsEntry[] {
  return [...owners].sort(compareOwners).map((owner) => ({
    ...(owner.manager === '' ? undefined : { manager: owner.manager }),
    operation: owner.operation,
    ...(owner.apiVersion === '' ? undefined : { apiVersion: owner.apiVersion }),
    ...(owner.time === undefined ? undefined : { time: owner.time }),
    fieldsType: 'FieldsV1',
    fieldsV1: owner.fields,
    ...(owner.subresource === '' ? undefined : { subresource: owner.subresource }),
  }));
}

/** Those who apply first; then the oldest first. RFC 3339 in UTC sorts as text. */
function compareOwners(a: Owner, b: Owner): number {
  return (
    compareText(a.operation, b.operation) ||
    compareText(a.time ?? '', b.time ?? '') ||
    compareText(a.manager, b.manager) ||
    compareText(a.apiVersion, b.apiVersion) ||
    compareText(a.subresource, b.subresource)
  );
}

function compareText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

/**
 * Keeps the number of update entries bounded: the oldest are merged into one entry per version, until there are few
 * enough. Entries of subresources do not count.
 */
export function capUpdateOwners(owners: readonly Owner[]): readonly Owner[] {
  const updaters = owners.filter(
    (owner) => owner.operation === 'Update' && owner.subresource === '',
  );
  if (updaters.length <= updateManagersMax) return owners;
  const kept = new Set(owners);
  const buckets = new Map<string, Owner>();
  let count = updaters.length;
  for (const owner of updaters.sort(compareOwners)) {
    if (count <= updateManagersMax) break;
    const { apiVersion } = owner;
    const bucket = buckets.get(apiVersion);
    if (bucket) {
      kept.delete(bucket);
      kept.delete(owner);
      const merged = {
        ...owner,
        manager: bucketManager,
        fields: union(bucket.fields, owner.fields),
      };
      kept.add(merged);
      buckets.set(apiVersion, merged);
      count--;
    } else buckets.set(apiVersion, owner);
  }
  return [...kept];
}

export function withoutEmpty(owners: readonly Owner[]): readonly Owner[] {
  return owners.filter((owner) => !isEmptySet(owner.fields));
}

/** Whether two lists of entries say the same, but for when. */
export function equalButForTimes(
  a: readonly ManagedFieldsEntry[],
  b: readonly ManagedFieldsEntry[],
): boolean {
  return a.length === b.length && a.every((entry, i) => sameJson(timeless(entry), timeless(b[i])));
}

function timeless(entry: ManagedFieldsEntry | undefined): unknown {
  return { ...entry, time: '' };
}
