/** What changed between two values of a type, as sets of fields. Parts that both values share are not walked. */
import {
  memberSchema,
  type ListSchema,
  type MapSchema,
  type Schema,
  type StructSchema,
} from '../schema/schema.ts';
import { emptySet, NodeBuilder, leaf, type FieldSet } from './field-set.ts';
import {
  isRecord,
  itemNode,
  itemsByStep,
  newItems,
  newNode,
  RepeatedItems,
} from './field-set-of.ts';
import { fieldStep } from './path-step.ts';
import { stepsOf } from './struct-steps.ts';

export interface Comparison {
  readonly added: FieldSet;
  readonly modified: FieldSet;
  readonly removed: FieldSet;
}

type Members = Readonly<Record<string, unknown>>;

/** `live` may be empty: an object that is not there yet. */
export function compareValues(schema: StructSchema, live: Members, updated: Members): Comparison {
  const change = compareStructs(schema, live, updated);
  return {
    added: change?.added ?? emptySet,
    modified: change?.modified ?? emptySet,
    removed: change?.removed ?? emptySet,
  };
}

interface Change {
  readonly added?: FieldSet | undefined;
  readonly modified?: FieldSet | undefined;
  readonly removed?: FieldSet | undefined;
}

const isModified: Change = { modified: leaf };

/** Gathers the changes of children below one node. */
class Changes {
  #added: NodeBuilder | undefined;
  #modified: NodeBuilder | undefined;
  #removed: NodeBuilder | undefined;

  at(step: string, change: Change | undefined): void {
    if (change === undefined) return;
    if (change.added) (this.#added ??= new NodeBuilder()).add(step, change.added);
    if (change.modified) (this.#modified ??= new NodeBuilder()).add(step, change.modified);
    if (change.removed) (this.#removed ??= new NodeBuilder()).add(step, change.removed);
  }

  finish(): Change | undefined {
    if (!this.#added && !this.#modified && !this.#removed) return undefined;
    return {
      added: this.#added?.finish(false),
      modified: this.#modified?.finish(false),
      removed: this.#removed?.finish(false),
    };
  }
}

function compareAny(schema: Schema, live: unknown, updated: unknown): Change | undefined {
  if (live === updated) return undefined;
  if (live === undefined) return { added: newNode(schema, updated) };
  if (updated === undefined) return { removed: newNode(schema, live) };
  switch (schema.kind) {
    case 'struct':
      if (schema.atomic) return compareLeaves(live, updated);
      return compareContainers(schema, live, updated, compareStructs);
    case 'map':
      if (schema.atomic || (schema.deduced && !(isRecord(live) && isRecord(updated)))) {
        return compareLeaves(live, updated);
      }
      return compareContainers(schema, live, updated, compareMaps);
    case 'list':
      return schema.type === 'atomic'
        ? compareLeaves(live, updated)
        : compareLists(schema, live, updated);
    default:
      return compareLeaves(live, updated);
  }
}

function compareLeaves(live: unknown, updated: unknown): Change | undefined {
  return sameJson(live, updated) ? undefined : isModified;
}

/** Empty on both sides, a container is a leaf: that keeps null and empty apart. */
function compareContainers<S extends Schema>(
  schema: S,
  live: unknown,
  updated: unknown,
  compare: (schema: S, live: Members, updated: Members) => Change | undefined,
): Change | undefined {
  const before = isRecord(live) ? live : undefined;
  const after = isRecord(updated) ? updated : undefined;
  if (isEmptyRecord(before) && isEmptyRecord(after)) return compareLeaves(live, updated);
  return compare(schema, before ?? {}, after ?? {});
}

function compareStructs(schema: StructSchema, live: Members, updated: Members): Change | undefined {
  const changes = new Changes();
  for (const { step, field } of stepsOf(schema).steps) {
    const before = live[field.name];
    const after = updated[field.name];
    if (before !== after) changes.at(step, compareAny(field.schema, before, after));
  }
  if (schema.others) {
    for (const name of Object.keys({ ...live, ...updated })) {
      const member = schema.byName.has(name) ? undefined : memberSchema(schema, name);
      if (!member) continue;
      changes.at(fieldStep(name), compareAny(member, own(live, name), own(updated, name)));
    }
  }
  return changes.finish();
}

function compareMaps(schema: MapSchema, live: Members, updated: Members): Change | undefined {
  const changes = new Changes();
  for (const key of Object.keys({ ...live, ...updated }).sort()) {
    changes.at(fieldStep(key), compareAny(schema.value, own(live, key), own(updated, key)));
  }
  return changes.finish();
}

function own(members: Members, key: string): unknown {
  return Object.hasOwn(members, key) ? members[key] : undefined;
}

function compareLists(schema: ListSchema, live: unknown, updated: unknown): Change | undefined {
  const before = Array.isArray(live) ? live : [];
  const after = Array.isArray(updated) ? updated : [];
  if (before.length === 0 && after.length === 0) return compareLeaves(live, updated);
  if (before.length === 0) return { added: newItems(schema, after) };
  if (after.length === 0) return { removed: newItems(schema, before) };
  const changes = new Changes();
  const left = itemsByStep(schema, before);
  const right = itemsByStep(schema, after);
  for (const [step, item] of left) {
    changes.at(step, compareItems(schema, item, right.get(step)));
  }
  for (const [step, item] of right) {
    if (!left.has(step)) changes.at(step, { added: itemNode(schema, item) });
  }
  return changes.finish();
}

/** Where items begin or cease to repeat, those that do not come or go besides. */
function compareItems(schema: ListSchema, live: unknown, updated: unknown): Change | undefined {
  const repeated = live instanceof RepeatedItems;
  if (repeated && updated instanceof RepeatedItems) {
    return compareLeaves(live.values, updated.values);
  }
  if (repeated) {
    return { removed: leaf, added: updated === undefined ? undefined : itemNode(schema, updated) };
  }
  if (updated instanceof RepeatedItems) return { removed: itemNode(schema, live), added: leaf };
  return compareAny(schema.item, live, updated);
}

function isEmptyRecord(value: Members | undefined): boolean {
  for (const _ in value) return false;
  return true;
}

/** Equal as JSON, whatever the order of members. */
export function sameJson(a: unknown, b: unknown): boolean {
  if (a === b) return true;
  if (Array.isArray(a)) {
    return Array.isArray(b) && a.length === b.length && a.every((item, i) => sameJson(item, b[i]));
  }
  if (!isRecord(a) || !isRecord(b)) return false;
  let members = 0;
  for (const key in a) {
    if (!Object.hasOwn(b, key) || !sameJson(a[key], b[key])) return false;
    members++;
  }
  for (const _ in b) members--;
  return members === 0;
}
