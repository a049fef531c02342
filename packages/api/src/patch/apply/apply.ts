/**
 * Server-side apply (KEP-555): a manager says which fields it wants to have which values. It owns those, gives up what it owned and no
 * longer mentions, and may not change what others own unless it insists. Pure; the names of the steps are those of the KEP.
 *
 * Invariants: applying the same configuration again changes nothing. A field that its manager leaves out goes when nobody else owns it, and
 * stays when somebody does. Without `force`, no other manager loses a field whose value changes.
 */
import { compareValues, sameJson, type Comparison } from '../../managed-fields/compare.ts';
import {
  formatOwners,
  isSameOwner,
  trustedOwners,
  withoutEmpty,
  type Owner,
} from '../../managed-fields/entries.ts';
import { fitSchema } from '../../managed-fields/fit-schema.ts';
import {
  difference,
  intersection,
  isEmptySet,
  recursiveDifference,
  union,
  type FieldSet,
} from '../../managed-fields/field-set.ts';
import {
  managedFieldsForCreate,
  ownerless,
  resetSet,
  type ManagedFieldsEntry,
  type Writer,
} from '../../managed-fields.ts';
import { decodeObject } from '../../schema/decode.ts';
import type { StructSchema } from '../../schema/schema.ts';
import { conflictError, type Conflict } from './conflict.ts';
import { fieldsOf } from './fields.ts';
import { mergeValues } from './merge.ts';
import { pruneFields } from './prune.ts';
import { inVersion, type Members, type OtherVersion, type Versions } from './versions.ts';

export interface Application extends Writer {
  readonly schema: StructSchema;
  /** The object as it is; undefined when there is none. */
  readonly live: Members | undefined;
  /** Checked by `checkConfiguration`. */
  readonly config: Members;
  /** Takes what others own. */
  readonly force: boolean;
  /** Fields that may be taken from others without force. */
  readonly mayTake?: FieldSet;
  readonly otherVersion?: (apiVersion: string) => OtherVersion | undefined;
}

export interface Applied {
  /** Not decoded yet: without defaults, and null where something became empty. Without managed fields. */
  readonly object: Members;
  readonly managedFields: readonly ManagedFieldsEntry[];
}

/** Throws the 409 with all conflicts. */
export function applyConfiguration(application: Application): Applied {
  const { schema, config, apiVersion, resetFields = [] } = application;
  const other = application.otherVersion ?? (() => undefined);
  const versions: Versions = { apiVersion, schema, other };
  const live = withoutOwners(application.live ?? {});
  const owners = ownersBefore(application).map((owner) => fitting(versions, owner));
  const reset = resetSet(resetFields);
  const mine: Owner = {
    manager: application.manager,
    operation: 'Apply',
    apiVersion,
    time: undefined,
    subresource: application.subresource ?? '',
    fields: recursiveDifference(fieldsOf(schema, config), reset),
  };
  const last = owners.find((owner) => isSameOwner(owner, mine));
  const others = owners.filter((owner) => owner !== last);
  const merged = mergeValues(schema, live, config) as Members;
  const object = pruneFields(versions, merged, [...others, mine], last);
  const kept = settle(application, versions, { live, object, others, reset });
  const change = filtered(compareValues(schema, live, object), reset);
  const owned = difference(mine.fields, ownerless);
  const isSame = isNothing(change) || hasSameContent(schema, live, object);
  const time = isSame ? last?.time : application.time;
  const next = withoutEmpty([...kept, { ...mine, fields: owned, time }]);
  return { object, managedFields: formatOwners(next) };
}

function withoutOwners(object: Members): Members {
  const { metadata } = object;
  if (typeof metadata !== 'object' || metadata === null) return object;
  const { managedFields: _, ...rest } = metadata as Members;
  return { ...object, metadata: rest };
}

/** Only schemas of custom kinds change while there are objects. */
function fitting({ apiVersion, schema, other }: Versions, owner: Owner): Owner {
  if (!schema.isCustom) return owner;
  const known = owner.apiVersion === apiVersion ? schema : other(owner.apiVersion)?.schema;
  return known ? { ...owner, fields: fitSchema(known, owner.fields) } : owner;
}

const beforeFirst = 'before-first-apply';

/** An object that nobody owns anything of gets an owner for all that is there: it must not look as if it were free to take. */
function ownersBefore(application: Application): readonly Owner[] {
  const { live, schema, apiVersion, time, resetFields = [] } = application;
  if (!live) return [];
  const { managedFields = [] } = (live['metadata'] ?? {}) as {
    managedFields?: readonly ManagedFieldsEntry[];
  };
  const owners = trustedOwners(managedFields);
  if (owners.length > 0) return owners;
  const object = withoutOwners(live);
  return trustedOwners(
    managedFieldsForCreate({ manager: beforeFirst, apiVersion, time, resetFields, schema, object }),
  );
}

interface Outcome {
  readonly live: Members;
  readonly object: Members;
  readonly others: readonly Owner[];
  readonly reset: FieldSet;
}

/** The other owners with what they keep. */
function settle(
  { force, mayTake }: Application,
  versions: Versions,
  { live, object, others, reset }: Outcome,
): readonly Owner[] {
  const conflicts: Conflict[] = [];
  const changes = new Map<string, Comparison | undefined>();
  const kept = others.flatMap((owner) => {
    const { apiVersion } = owner;
    if (!changes.has(apiVersion)) {
      changes.set(apiVersion, changeIn(versions, apiVersion, live, object, reset));
    }
    const change = changes.get(apiVersion);
    if (!change) return []; // A version that we do not know any longer.
    const taken = intersection(owner.fields, union(change.modified, change.added));
    const fields = force || !mayTake ? taken : difference(taken, mayTake);
    if (!isEmptySet(fields) && !force) conflicts.push({ owner, fields });
    return [{ ...owner, fields: difference(difference(owner.fields, taken), change.removed) }];
  });
  if (conflicts.length > 0) throw conflictError(conflicts);
  return kept;
}

function changeIn(
  versions: Versions,
  apiVersion: string,
  live: Members,
  object: Members,
  reset: FieldSet,
): Comparison | undefined {
  const before = inVersion(versions, apiVersion, live);
  const after = inVersion(versions, apiVersion, object);
  if (!before || !after) return undefined;
  return filtered(compareValues(before.schema, before.value, after.value), reset);
}

/** What this kind of write does not change, whatever is sent, is no change. */
function filtered(change: Comparison, reset: FieldSet): Comparison {
  if (isEmptySet(reset)) return change;
  return {
    added: recursiveDifference(change.added, reset),
    modified: recursiveDifference(change.modified, reset),
    removed: recursiveDifference(change.removed, reset),
  };
}

/** What is empty or zero is often not stored, and so it is added each time that it is applied: that is no change. */
function hasSameContent(schema: StructSchema, live: Members, object: Members): boolean {
  const stored = (value: Members): Members =>
    schema.isCustom ? value : decodeObject(schema, value, { asStored: true }).value;
  return sameJson(stored(live), stored(object));
}

function isNothing({ added, modified, removed }: Comparison): boolean {
  return [added, modified, removed].every(isEmptySet);
}
