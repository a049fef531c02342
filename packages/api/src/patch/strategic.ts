/**
 * Strategic merge patch: a merge patch that knows from the schema which lists merge, and by which key. Directives in the
 * patch say more: `$patch` (delete, replace), `$retainKeys`, `$setElementOrder/LIST`, `$deleteFromPrimitiveList/LIST`.
 * Never changes its arguments.
 */
import { goQuote } from '@navarch/codec/go/text';
import { setOwn } from '@navarch/codec/set-own';
import { goTypeOf, type PatchRule, type Schema, type StructSchema } from '../schema/schema.ts';
import { asObjectPatch, isObject, readPatch, type Members } from './read.ts';
import {
  badArgument,
  badPatchType,
  badPrimitiveList,
  badRetainKeys,
  badSetElementOrder,
  patchFailed,
} from './strategic-error.ts';
import { mergeList, orderList, type ListRule } from './strategic-list.ts';
import { typeName } from './strategic-type.ts';
import { dropDirectives } from './strategic-directives.ts';

export interface StrategicPatch {
  readonly patch: Members;
  /** What strict validation refuses in the patch itself. */
  readonly problems: readonly string[];
}

/** Reads a patch. Throws a StatusError. */
export function readStrategicPatch(text: string): StrategicPatch {
  const { value, duplicates } = readPatch(text);
  const problems = duplicates.map((path) => `duplicate field "${path}"`);
  return { patch: asObjectPatch(value, ''), problems };
}

/** Throws a StatusError when a directive is wrong. */
export function applyStrategicPatch(
  schema: StructSchema,
  document: Members,
  patch: Members,
): Members {
  return mergeMembers(document, patch, schema);
}

const orderPrefix = '$setElementOrder';
const deletePrefix = '$deleteFromPrimitiveList';

/** Merges the members of an object. `schema` is undefined inside values that have none. */
function mergeMembers(original: Members, patch: Members, schema: Schema | undefined): Members {
  if (patch['$patch'] !== undefined) return directed(patch);
  const { $retainKeys: retained, ...rest } = patch;
  const start = retained === undefined ? original : retain(original, rest, retained);
  const merged: Record<string, unknown> = { ...start };
  const done = mergeOrdered(merged, rest, schema);
  for (const key of Object.keys(rest)) {
    if (!done.has(key)) mergeMember(merged, key, rest[key], schema);
  }
  return merged;
}

function directed(patch: Members): Members {
  const { $patch: directive, ...rest } = patch;
  if (directive === 'replace') return rest;
  if (directive === 'delete') return {};
  throw badPatchType(directive, patch);
}

/** Keeps only the named members; the patch may not set others. */
function retain(original: Members, patch: Members, retained: unknown): Members {
  if (!Array.isArray(retained)) throw badRetainKeys();
  const names = new Set<unknown>(retained);
  for (const [key, value] of Object.entries(patch)) {
    const directive = key.startsWith(deletePrefix) || key.startsWith(orderPrefix);
    if (value !== null && !directive && !names.has(key)) throw badRetainKeys();
  }
  return Object.fromEntries(Object.entries(original).filter(([key]) => names.has(key)));
}

/** Merges the lists whose order the patch gives. Returns the keys of the patch that are dealt with. */
function mergeOrdered(
  merged: Record<string, unknown>,
  patch: Members,
  schema: Schema | undefined,
): ReadonlySet<string> {
  const done = new Set<string>();
  for (const key of Object.keys(patch)) {
    if (!key.startsWith(orderPrefix)) continue;
    const order = asList(patch[key]);
    const name = nameAfter(key, orderPrefix);
    done.add(key).add(name);
    const live = merged[name] === undefined ? undefined : asList(merged[name]);
    const change = patch[name] === undefined ? undefined : asList(patch[name]);
    const field = lookUp(schema, name);
    const list = orderList({
      live,
      change,
      order,
      rule: ruleFor(field),
      mergeItems: merging(field),
    });
    if (list !== undefined) merged[name] = list;
  }
  return done;
}

function asList(value: unknown): readonly unknown[] {
  if (Array.isArray(value)) return value;
  throw badArgument('[]interface {}', value);
}

function nameAfter(key: string, prefix: string): string {
  if (key.startsWith(`${prefix}/`)) return key.slice(prefix.length + 1);
  if (prefix === orderPrefix) throw badSetElementOrder();
  throw badPrimitiveList();
}

function mergeMember(
  merged: Record<string, unknown>,
  patchKey: string,
  value: unknown,
  schema: Schema | undefined,
): void {
  const deletes = patchKey.startsWith(deletePrefix);
  const key = deletes ? nameAfter(patchKey, deletePrefix) : patchKey;
  if (value === null) {
    delete merged[key];
    return;
  }
  const before = Object.hasOwn(merged, key) ? merged[key] : undefined;
  if (before === undefined || typeName(before) !== typeName(value)) {
    if (!deletes) setOrRemove(merged, key, dropDirectives(value));
    return;
  }
  setOwn(merged, key, mergeValue(before, value, key, schema, deletes));
}

/** A map that is deleted or replaced where there was none leaves nothing. */
function setOrRemove(merged: Record<string, unknown>, key: string, value: unknown): void {
  if (value === undefined) delete merged[key];
  else setOwn(merged, key, value);
}

function mergeValue(
  before: unknown,
  value: unknown,
  key: string,
  schema: Schema | undefined,
  deletes: boolean,
): unknown {
  if (isObject(before) && isObject(value)) {
    const field = lookUp(schema, key);
    if (ruleFor(field).replaces) return value;
    return mergeMembers(before, value, field?.schema);
  }
  if (!Array.isArray(before) || !Array.isArray(value)) return value;
  const field = lookUp(schema, key);
  const rule = ruleFor(field);
  if (!rule.merges && !deletes) return value;
  return mergeList({ live: before, change: value, rule, deletes, mergeItems: merging(field) });
}

interface Field {
  readonly schema: Schema | undefined;
  readonly patch: PatchRule | undefined;
}

/** What the schema says of one member that has members or items of its own: only structs tell. */
function lookUp(schema: Schema | undefined, key: string): Field | undefined {
  if (schema === undefined) return undefined;
  if (schema.kind === 'map') {
    throw patchFailed('merging an object in json but data type is not struct, instead is: map');
  }
  const field = schema.kind === 'struct' ? schema.byName.get(key) : undefined;
  if (field) return { schema: field.schema, patch: field.patch };
  throw patchFailed(
    `unable to find api field in struct ${structName(schema)} for the json field ${goQuote(key)}`,
  );
}

/** Values of any form are structs without such fields, too. */
function structName(schema: Schema): string {
  return schema.kind === 'struct' ? schema.typeName : goTypeOf(schema).replace(/^.*\./, '');
}

interface FieldRule extends ListRule {
  readonly replaces: boolean;
}

function ruleFor(field: Field | undefined): FieldRule {
  const strategy = field?.patch?.strategy ?? [];
  return {
    merges: strategy.includes('merge'),
    replaces: strategy.includes('replace'),
    key: field?.patch?.key ?? '',
  };
}

function merging(field: Field | undefined): (live: Members, change: Members) => Members {
  const list = field?.schema;
  const item = list?.kind === 'list' ? list.item : undefined;
  return (live, change) => mergeMembers(live, change, item);
}
