/**
 * Finds keys: by name through a hash, in order through a tree.
 *
 * Order is that of the keys' UTF-8 bytes. JavaScript compares UTF-16 units, which differs only where surrogates meet the units
 * above them; `sortable` maps such keys so that the cheap native comparison gives the right order.
 */
import btree from 'sorted-btree';
import type { KeyRange } from '../store.ts';
import type { Slot } from './version.ts';

export class KeyIndex {
  readonly #byKey = new Map<string, Slot>();
  readonly #inOrder = new btree.default<string, Slot>(undefined, compare);

  get size(): number {
    return this.#byKey.size;
  }

  get(key: string): Slot | undefined {
    return this.#byKey.get(key);
  }

  add(slot: Slot): void {
    this.#byKey.set(slot.key, slot);
    this.#inOrder.set(sortable(slot.key), slot);
  }

  /** Adds many at once, cheaper than one by one. Those added so far can be looked up meanwhile, not visited. */
  addAll(produce: (add: (slot: Slot) => void) => void): void {
    const added: { readonly order: string; readonly slot: Slot }[] = [];
    produce((slot) => {
      this.#byKey.set(slot.key, slot);
      added.push({ order: sortable(slot.key), slot });
    });
    added.sort((a, b) => compare(a.order, b.order));
    for (const { order, slot } of added) this.#inOrder.set(order, slot);
  }

  remove(slot: Slot): void {
    if (this.#byKey.get(slot.key) !== slot) return;
    this.#byKey.delete(slot.key);
    this.#inOrder.delete(sortable(slot.key));
  }

  /** Calls `visit` for each key of the range, in order, until it returns false. */
  visit(range: KeyRange, visit: (slot: Slot) => boolean): void {
    const start = sortable(range.start);
    const end = sortable(range.end);
    this.#inOrder.forRange(start, end, false, (_, slot) =>
      visit(slot) ? undefined : { break: true },
    );
  }
}

function compare(a: string, b: string): number {
  if (a < b) return -1;
  return a > b ? 1 : 0;
}

const needsMapping = /[\ud800-\uffff]/;

/** Maps a key to one whose native order is the order of the key's UTF-8 bytes. Almost always the key itself. */
export function sortable(key: string): string {
  return needsMapping.test(key) ? key.replace(/[\ud800-\uffff]/g, moveUnit) : key;
}

/** Surrogates stand for code points above U+FFFF, so they go last; what was above them moves down. */
function moveUnit(unit: string): string {
  const code = unit.charCodeAt(0);
  return String.fromCharCode(code < 0xe000 ? code + 0x2000 : code - 0x800);
}
