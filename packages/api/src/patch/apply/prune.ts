/**
 * What a manager applied before and leaves out now goes, unless somebody else owns it. Upstream's rule, KEP-555: a field is taken
 * out if the manager owned it, and nobody does now.
 */
import type { Owner } from '../../managed-fields/entries.ts';
import {
  difference,
  emptySet,
  intersection,
  isEmptySet,
  union,
  type FieldSet,
} from '../../managed-fields/field-set.ts';
import type { StructSchema } from '../../schema/schema.ts';
import { fieldsOf, withNamedFields } from './fields.ts';
import { removeFields } from './remove.ts';
import { fromVersion, inVersion, type Members, type Versions } from './versions.ts';

/** `owners` are those after the application; `last` is what the manager owned before it. */
export function pruneFields(
  versions: Versions,
  merged: Members,
  owners: readonly Owner[],
  last: Owner | undefined,
): Members {
  if (!last || isEmptySet(last.fields)) return merged;
  const at = inVersion(versions, last.apiVersion, merged);
  if (!at) return merged;
  const { schema, value } = at;
  const named = withNamedFields(schema, last.fields);
  let pruned = removed(schema, value, named);
  pruned = withOwned(schema, value, pruned, ownedAt(schema, owners, last.apiVersion));
  for (const apiVersion of new Set(owners.map((owner) => owner.apiVersion))) {
    if (apiVersion === last.apiVersion) continue;
    pruned = withOwnedElsewhere(versions, last.apiVersion, { value, pruned }, owners, apiVersion);
  }
  // What went only because something around it went was never the manager's: it stays.
  const gone = intersection(lost(schema, value, pruned), named);
  return fromVersion(versions, last.apiVersion, removed(schema, value, gone));
}

function removed(schema: StructSchema, value: Members, set: FieldSet): Members {
  return (removeFields(schema, value, set) ?? {}) as Members;
}

function lost(schema: StructSchema, value: Members, pruned: Members): FieldSet {
  const before = withNamedFields(schema, fieldsOf(schema, value));
  return difference(before, withNamedFields(schema, fieldsOf(schema, pruned)));
}

function ownedAt(schema: StructSchema, owners: readonly Owner[], apiVersion: string): FieldSet {
  const sets = owners.filter((owner) => owner.apiVersion === apiVersion);
  return withNamedFields(
    schema,
    sets.reduce((all, { fields }) => union(all, fields), emptySet),
  );
}

/** Brings back what is owned. */
function withOwned(
  schema: StructSchema,
  value: Members,
  pruned: Members,
  owned: FieldSet,
): Members {
  return removed(schema, value, difference(lost(schema, value, pruned), owned));
}

function withOwnedElsewhere(
  versions: Versions,
  home: string,
  { value, pruned }: { readonly value: Members; readonly pruned: Members },
  owners: readonly Owner[],
  apiVersion: string,
): Members {
  const whole = inVersion(versions, apiVersion, fromVersion(versions, home, value));
  const part = inVersion(versions, apiVersion, fromVersion(versions, home, pruned));
  if (!whole || !part) return pruned;
  const { schema } = whole;
  const kept = withOwned(schema, whole.value, part.value, ownedAt(schema, owners, apiVersion));
  return inVersion(versions, home, fromVersion(versions, apiVersion, kept))?.value ?? pruned;
}
