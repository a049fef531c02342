/** Objects by the value of one selectable field. Built when somebody first asks, kept up to date from then on. */
import type { Entry } from './entry.ts';
import type { EntryTree } from './tree.ts';

export class FieldIndex {
  readonly #number: number;
  #byValue: Map<string, Map<string, Entry>> | undefined;

  /** `number` is the field's in the resource's shape. */
  constructor(number: number) {
    this.#number = number;
  }

  /** In the order of their keys. */
  find(value: string, tree: EntryTree): readonly Entry[] {
    this.#byValue ??= this.#build(tree);
    const found = this.#byValue.get(value);
    if (!found) return [];
    return [...found.values()].sort((a, b) => (a.key < b.key ? -1 : 1));
  }

  replace(previous: Entry | undefined, entry: Entry | undefined): void {
    const index = this.#byValue;
    if (!index) return;
    if (previous) remove(index, previous.field(this.#number), previous.key);
    if (entry) add(index, entry.field(this.#number), entry);
  }

  clear(): void {
    this.#byValue = undefined;
  }

  #build(tree: EntryTree): Map<string, Map<string, Entry>> {
    const index = new Map<string, Map<string, Entry>>();
    tree.forEach((entry) => add(index, entry.field(this.#number), entry));
    return index;
  }
}

function add(index: Map<string, Map<string, Entry>>, value: string, entry: Entry): void {
  const found = index.get(value);
  if (found) found.set(entry.key, entry);
  else index.set(value, new Map([[entry.key, entry]]));
}

function remove(index: Map<string, Map<string, Entry>>, value: string, key: string): void {
  const found = index.get(value);
  if (!found) return;
  found.delete(key);
  if (found.size === 0) index.delete(value);
}
