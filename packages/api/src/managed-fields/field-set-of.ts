/**
 * The fields of a value, as a set: all of them, or those that make it differ from an empty object. Both in one walk that
 * builds the result in its final form, since every create does it.
 */
import {
  memberSchema,
  type FieldSchema,
  type ListSchema,
  type Schema,
  type StructSchema,
} from '../schema/schema.ts';
import { emptySet, leaf, NodeBuilder, type FieldSet } from './field-set.ts';
import { itemStep } from './list-steps.ts';
import { fieldStep } from './path-step.ts';
import { encodeJson } from '@navarch/codec/json';
import { stepsOf, type FieldStep } from './struct-steps.ts';

type Members = Readonly<Record<string, unknown>>;

/** Every path of an object, containers included. */
export function fieldSetOf(schema: StructSchema, value: Members): FieldSet {
  return structNode(schema, value, 'new') ?? emptySet;
}

/** The node of a value that was not there before: it is a member itself, and so is everything in it. */
export function newNode(schema: Schema, value: unknown): FieldSet {
  switch (schema.kind) {
    case 'struct':
      if (schema.atomic || !isRecord(value)) return leaf;
      return structNode(schema, value, 'new') ?? leaf;
    case 'map':
      return schema.atomic || !isRecord(value) ? leaf : mapNode(schema.value, value, true);
    case 'list':
      return schema.type === 'atomic' || !Array.isArray(value)
        ? leaf
        : listNode(schema, value, true);
    default:
      return leaf;
  }
}

/** What a list or map holds, when the list or map itself was there before, empty. */
export function newItems(schema: Schema, value: unknown): FieldSet | undefined {
  if (schema.kind === 'map' && !schema.atomic && isRecord(value)) {
    return hasMembers(value) ? mapNode(schema.value, value, false) : leaf;
  }
  if (schema.kind === 'list' && schema.type !== 'atomic' && Array.isArray(value)) {
    return value.length > 0 ? listNode(schema, value, false) : leaf;
  }
  return leaf;
}

/**
 * The fields in which an object differs from one of its kind that nobody filled in: there, what is always written is
 * present with its zero value. `skip` names members of the object that are left out.
 */
export function filledFields(
  schema: StructSchema,
  value: Members,
  skip?: ReadonlySet<string>,
): FieldSet {
  return structNode(schema, value, 'zero', skip) ?? emptySet;
}

/** How the value of a struct was before: not there, or there with nothing but zero values. */
type Before = 'new' | 'zero';

function structNode(
  schema: StructSchema,
  value: Members,
  before: Before,
  skip?: ReadonlySet<string>,
): FieldSet | undefined {
  if (schema.others) return openNode(schema, value, before, skip);
  const steps = orderedSteps(schema, value);
  let node: Record<string, FieldSet> | undefined;
  for (const { step, field } of steps) {
    if (skip?.has(field.name)) continue;
    const child = fieldNode(field, value[field.name], before);
    if (child === undefined) continue;
    node ??= before === 'new' ? { '.': leaf } : {};
    node[step] = child;
  }
  return node ?? (before === 'new' ? leaf : undefined);
}

/** Of a struct that takes other members as well: in the order of all names. */
function openNode(
  schema: StructSchema,
  value: Members,
  before: Before,
  skip: ReadonlySet<string> | undefined,
): FieldSet | undefined {
  const builder = new NodeBuilder();
  for (const name of Object.keys(value).sort()) {
    const member = memberSchema(schema, name);
    if (member && !skip?.has(name)) builder.add(fieldStep(name), newNode(member, value[name]));
  }
  return builder.finish(before === 'new') ?? (before === 'new' ? leaf : undefined);
}

function fieldNode(field: FieldSchema, value: unknown, before: Before): FieldSet | undefined {
  if (value === undefined) return undefined;
  if (before === 'new' || field.presence !== 'always') return newNode(field.schema, value);
  return fromZero(field, value);
}

/** A field that was there before, with its zero value. */
function fromZero(field: FieldSchema, value: unknown): FieldSet | undefined {
  const { schema, zero } = field;
  if (value === zero) return undefined;
  if (schema.kind === 'struct' && !schema.atomic && zero !== null && isRecord(value)) {
    return structNode(schema, value, 'zero');
  }
  if (typeof value !== 'object' || value === null) return leaf;
  if (schema.kind === 'struct') return isZeroLike(zero, value) ? undefined : newNode(schema, value);
  return newItems(schema, value);
}

/** Atomic structs are compared as a whole. */
function isZeroLike(zero: unknown, value: object): boolean {
  return encodeJson(zero) === encodeJson(value);
}

/** The steps of the fields that the value has, in the order of the set. */
function orderedSteps(schema: StructSchema, value: Members): readonly FieldStep[] {
  const { byName } = stepsOf(schema);
  const found: FieldStep[] = [];
  for (const name in value) {
    const step = byName.get(name);
    if (step === undefined) continue;
    let at = found.length;
    for (; at > 0 && (found[at - 1]?.rank ?? -1) > step.rank; at--) {
      found[at] = found[at - 1] ?? step;
    }
    found[at] = step;
  }
  return found;
}

function mapNode(item: Schema, value: Members, member: boolean): FieldSet {
  const node: Record<string, FieldSet> = member ? { '.': leaf } : {};
  const keys = Object.keys(value);
  if (keys.length === 0) return leaf;
  if (keys.length > 1) sortTexts(keys);
  for (const key of keys) node[fieldStep(key)] = newNode(item, value[key]);
  return node;
}

const fewMax = 16;

/** As `sort`, which prepares itself at a length that few need. */
function sortTexts(texts: string[]): void {
  if (texts.length > fewMax) {
    texts.sort();
    return;
  }
  for (let i = 1; i < texts.length; i++) {
    const text = texts[i] ?? '';
    let at = i;
    for (; at > 0 && (texts[at - 1] ?? '') > text; at--) texts[at] = texts[at - 1] ?? '';
    texts[at] = text;
  }
}

function listNode(schema: ListSchema, value: readonly unknown[], member: boolean): FieldSet {
  if (value.length === 1) return oneItem(schema, value[0], member);
  const builder = new NodeBuilder();
  for (const [step, item] of itemsByStep(schema, value)) {
    builder.add(step, itemNode(schema, item));
  }
  return builder.finish(member) ?? leaf;
}

function oneItem(schema: ListSchema, item: unknown, member: boolean): FieldSet {
  const step = itemStep(schema, item);
  if (step === undefined) return leaf;
  const node = itemNode(schema, item);
  return member ? { '.': leaf, [step]: node } : { [step]: node };
}

export function itemNode(schema: ListSchema, item: unknown): FieldSet {
  if (schema.type === 'set' || item instanceof RepeatedItems) return leaf;
  return newNode(schema.item, item);
}

/** Items that cannot be told apart: they are owned as one, without what is in them. */
export class RepeatedItems {
  readonly values: unknown[];

  constructor(first: unknown) {
    this.values = [first];
  }
}

/** Items by their steps, those that share one together. */
export function itemsByStep(
  schema: ListSchema,
  value: readonly unknown[],
): ReadonlyMap<string, unknown> {
  const items = new Map<string, unknown>();
  for (const item of value) {
    const step = itemStep(schema, item);
    if (step === undefined) continue;
    if (!items.has(step)) {
      items.set(step, item);
      continue;
    }
    const held = items.get(step);
    const repeated = held instanceof RepeatedItems ? held : new RepeatedItems(held);
    repeated.values.push(item);
    items.set(step, repeated);
  }
  return items;
}

export function isRecord(value: unknown): value is Members {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function hasMembers(value: Members): boolean {
  for (const _ in value) return true;
  return false;
}
