/**
 * Lists in strategic merge patches. The order of the result: what `$setElementOrder` says, or else the order in the patch;
 * items that only the live list has keep their places among those they share with it.
 */
import { goValue } from '@navarch/codec/go/text';
import { isObject, type Members } from './read.ts';
import { dropDirectives } from './strategic-directives.ts';
import {
  badArgument,
  badPatchType,
  listOfLists,
  noMergeKey,
  patchFailed,
} from './strategic-error.ts';
import { typeName } from './strategic-type.ts';

type List = readonly unknown[];

export interface ListRule {
  /** False when the patch takes the place of the list. */
  readonly merges: boolean;
  /** The merge key; empty for lists of scalars. */
  readonly key: string;
}

type MergeItems = (live: Members, change: Members) => Members;

export interface ListMerge {
  readonly live: List;
  readonly change: List;
  readonly rule: ListRule;
  /** The change lists scalars to remove. */
  readonly deletes: boolean;
  readonly mergeItems: MergeItems;
}

export function mergeList({ live, change, rule, deletes, mergeItems }: ListMerge): List {
  if (live.length === 0 && change.length === 0) return live;
  const type = elementType(live, change);
  if (!type.startsWith('map')) {
    if (deletes) return live.filter((item) => !change.includes(item));
    const both = [...new Set([...live, ...change])];
    return inOrder(both, change, live, '');
  }
  if (rule.key === '') throw patchFailed('cannot merge lists without merge key for struct');
  return mergeObjects(
    live as readonly Members[],
    change as readonly Members[],
    rule.key,
    mergeItems,
  );
}

function mergeObjects(
  live: readonly Members[],
  change: readonly Members[],
  key: string,
  mergeItems: MergeItems,
): List {
  const { start, changes } = applyItemDirectives(live, change, key);
  const merged = [...start];
  for (const item of changes) {
    const id = keyOf(item, key);
    const at = merged.findIndex((other) => other[key] === id);
    const before = merged[at];
    if (before === undefined) merged.push(item);
    else merged[at] = mergeItems(before, item);
  }
  return inOrder(merged, changes, start, key);
}

interface Directed {
  readonly start: readonly Members[];
  readonly changes: readonly Members[];
}

/** Items with `$patch` delete their match, or replace the whole list by the items without. */
function applyItemDirectives(
  live: readonly Members[],
  change: readonly Members[],
  key: string,
): Directed {
  const changes = change.filter((item) => item['$patch'] === undefined);
  let start = live;
  let replaces = false;
  for (const item of change) {
    const directive = item['$patch'];
    if (directive === undefined) continue;
    if (directive === 'delete') {
      const id = keyOf(item, key);
      start = start.filter((other) => other[key] !== id);
    } else if (directive === 'replace') replaces = true;
    else if (directive === 'merge') {
      throw patchFailed('merging lists cannot yet be specified in the patch');
    } else throw badPatchType(directive, item);
  }
  return replaces ? { start: changes, changes: [] } : { start, changes };
}

function keyOf(item: unknown, key: string): unknown {
  if (!isObject(item)) throw badArgument('map[string]interface {}', item);
  if (item[key] === undefined) throw noMergeKey(item, key);
  return item[key];
}

export interface OrderedMerge {
  readonly live: List | undefined;
  readonly change: List | undefined;
  /** The value of `$setElementOrder`. */
  readonly order: List;
  readonly rule: ListRule;
  readonly mergeItems: MergeItems;
}

/** Merges a list whose order the patch gives. Undefined when there is no list on either side. */
export function orderList(merge: OrderedMerge): List | undefined {
  const { live, change, order, rule } = merge;
  checkOrder(change ?? [], order, rule.key);
  const merged = mergedItems(merge);
  if (merged === undefined) return undefined;
  elementType(live ?? [], change ?? []);
  return inOrder(merged, order, live ?? [], rule.key);
}

function mergedItems({ live, change, rule, mergeItems }: OrderedMerge): List | undefined {
  if (live === undefined)
    return change === undefined ? undefined : (dropDirectives(change) as List);
  if (change === undefined) return live;
  if (!rule.merges) return change;
  return mergeList({ live, change, rule, deletes: false, mergeItems });
}

/** The items of the patch must come in the order that the patch itself gives. */
function checkOrder(change: List, order: List, key: string): void {
  if (order.length === 0) return;
  const kept = key === '' ? change : change.filter((item) => !isDeletion(item));
  let at = 0;
  for (const item of order) {
    while (at < kept.length && isDirected(kept[at])) at++;
    if (at < kept.length && sameItem(kept[at], item, key)) at++;
  }
  if (at >= kept.length) return;
  const parts = [
    'The order in patch list:',
    goValue(change),
    " doesn't match $setElementOrder list:",
    goValue(order),
    '',
  ];
  throw patchFailed(parts.join('\n'));
}

function isDirected(item: unknown): boolean {
  return isObject(item) && item['$patch'] !== undefined;
}

function isDeletion(item: unknown): boolean {
  return isObject(item) && item['$patch'] === 'delete';
}

function sameItem(a: unknown, b: unknown, key: string): boolean {
  return key === '' ? a === b : keyOf(a, key) === keyOf(b, key);
}

/** The Go type that all items share. */
export function elementType(...lists: readonly List[]): string {
  const [first, ...others] = lists.flat();
  const type = typeName(first);
  if (type.startsWith('[]')) throw listOfLists();
  if (lists.every((list) => list.length === 0)) {
    throw patchFailed('no elements in any of the given slices');
  }
  if (others.every((item) => typeName(item) === type)) return type;
  throw patchFailed(`list element types are not identical: ${goValue(lists)}`);
}

/** Items that `order` names come in its order; the others in the order of `live`, and both are merged. */
function inOrder(items: List, order: List, live: List, key: string): List {
  const wanted = placesOf(order, key);
  const before = placesOf(live, key);
  const id = (item: unknown): unknown => (key === '' ? item : keyOf(item, key));
  const named = items.filter((item) => wanted.has(id(item)));
  const rest = items.filter((item) => !wanted.has(id(item)));
  const place = (places: ReadonlyMap<unknown, number>, item: unknown): number =>
    places.get(id(item)) ?? Number.POSITIVE_INFINITY;
  named.sort((a, b) => place(wanted, a) - place(wanted, b));
  rest.sort((a, b) => compare(place(before, a), place(before, b)));
  return interleave(rest, named, (item) => before.get(id(item)));
}

function compare(a: number, b: number): number {
  return a === b ? 0 : a < b ? -1 : 1;
}

function placesOf(list: List, key: string): ReadonlyMap<unknown, number> {
  const places = new Map<unknown, number>();
  list.forEach((item, i) => {
    const id = key === '' ? item : isObject(item) ? item[key] : undefined;
    if (id !== undefined && !places.has(id)) places.set(id, i);
  });
  return places;
}

/** An item of `rest` goes first only where both have places in the live list and its own is earlier. */
function interleave(rest: List, named: List, placeOf: (item: unknown) => number | undefined): List {
  const result: unknown[] = [];
  let i = 0;
  for (const item of named) {
    const place = placeOf(item);
    for (; i < rest.length; i++) {
      const other = placeOf(rest[i]);
      if (other === undefined || place === undefined || other >= place) break;
      result.push(rest[i]);
    }
    result.push(item);
  }
  return [...result, ...rest.slice(i)];
}
