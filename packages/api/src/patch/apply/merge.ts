/**
 * Lays a configuration over an object: what the configuration says counts, what it does not mention stays. Both are left alone; the
 * result shares with them what did not change.
 *
 * Items of lists that have keys are merged by them. Their order is the configuration's; items that only the object has keep their
 * place among those that both have, and stand before new ones.
 */
import { setOwn } from '@navarch/codec/set-own';
import { isRecord } from '../../managed-fields/field-set-of.ts';
import { itemStep } from '../../managed-fields/list-steps.ts';
import { memberSchema, type ListSchema, type Schema } from '../../schema/schema.ts';

type Members = Readonly<Record<string, unknown>>;

/** Undefined stands for a value that is not there; null is one that is there and empty. */
export function mergeValues(schema: Schema, live: unknown, config: unknown): unknown {
  if (config === undefined) return live;
  if (live === undefined) return config;
  switch (schema.kind) {
    case 'struct':
      if (schema.atomic) return config;
      return mergeMembers(live, config, (name) => memberSchema(schema, name));
    case 'map':
      if (schema.atomic || (schema.deduced && !(isRecord(live) && isRecord(config)))) return config;
      return mergeMembers(live, config, () => schema.value);
    case 'list':
      return schema.type === 'atomic' ? config : mergeLists(schema, live, config);
    default:
      return config;
  }
}

function mergeMembers(
  live: unknown,
  config: unknown,
  schemaOf: (name: string) => Schema | undefined,
): unknown {
  const before: Members = isRecord(live) ? live : {};
  const wanted: Members = isRecord(config) ? config : {};
  // With nothing in either, the configuration says whether it is empty or null.
  if (Object.keys(before).length + Object.keys(wanted).length === 0) return config;
  const merged: Record<string, unknown> = { ...before };
  for (const [name, value] of Object.entries(wanted)) {
    const schema = schemaOf(name);
    const old = Object.hasOwn(before, name) ? before[name] : undefined;
    setOwn(merged, name, schema ? mergeValues(schema, old, value) : value);
  }
  return merged;
}

interface Item {
  readonly value: unknown;
  /** Undefined for items that have no key: nothing is ever the same as they are. */
  readonly step: string | undefined;
}

function itemsOf(schema: ListSchema, value: unknown): readonly Item[] {
  if (!Array.isArray(value)) return [];
  return value.map((item: unknown) => ({ value: item, step: itemStep(schema, item) }));
}

/** The items by their steps. Of those that repeat none is the one to merge with. */
function unique(items: readonly Item[]): ReadonlyMap<string, unknown> {
  const found = new Map<string, unknown>();
  for (const { step, value } of items) {
    if (step !== undefined) found.set(step, found.has(step) ? undefined : value);
  }
  return found;
}

function mergeLists(schema: ListSchema, live: unknown, config: unknown): unknown {
  const before = itemsOf(schema, live);
  const wanted = itemsOf(schema, config);
  if (before.length + wanted.length === 0) return config;
  const liveByStep = unique(before);
  const isWanted = new Set(wanted.map(({ step }) => step).filter((step) => step !== undefined));
  const shared = wanted.filter(({ step }) => step !== undefined && liveByStep.has(step));
  const merged: unknown[] = [];
  const done = new Set<string | undefined>();
  const take = ({ step, value }: Item): void => {
    const old = step === undefined ? undefined : liveByStep.get(step);
    merged.push(mergeValues(schema.item, old, value));
    done.add(step);
  };
  let left = 0;
  let right = 0;
  while (left < before.length || right < wanted.length) {
    const kept = before[left];
    const item = wanted[right];
    const isKept = kept !== undefined && (kept.step === undefined || !isWanted.has(kept.step));
    if (kept && item && kept.step !== undefined && kept.step === item.step) {
      take(item);
      left++;
      right++;
      shared.shift();
    } else if (kept && item && !isKept && shared[0] && shared[0].step !== kept.step) {
      left++; // It has its place in the configuration's order, before or after this.
    } else if (isKept) {
      merged.push(kept.value);
      left++;
    } else {
      if (kept && done.has(kept.step)) left++; // One that repeats.
      if (!item) continue;
      take(item);
      right++;
      if (item === shared[0]) shared.shift();
    }
  }
  return merged;
}
