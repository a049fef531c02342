/**
 * The watchers of a resource, found by what they watch: an event is offered only to those that it may concern.
 *
 * Invariant: N1 each watcher is in exactly one bucket, so that no event reaches it twice.
 */
import type { CacheEvent } from './event.ts';
import { objectKey } from './tree.ts';
import type { Watcher } from './watcher.ts';

type Buckets = Map<string, Set<Watcher>>;

export class WatcherIndex {
  /** Those of all namespaces under ''. */
  readonly #byNamespace: Buckets = new Map();
  readonly #byKey: Buckets = new Map();
  /** By the number of an indexed field, then by its value. */
  readonly #byField: ReadonlyMap<number, Buckets>;
  readonly #isNamespaced: boolean;
  #count = 0;

  constructor(indexedFields: readonly number[], isNamespaced: boolean) {
    this.#byField = new Map(indexedFields.map((field) => [field, new Map()]));
    this.#isNamespaced = isNamespaced;
  }

  get size(): number {
    return this.#count;
  }

  add(watcher: Watcher): void {
    const { buckets, key } = this.#placeOf(watcher);
    const bucket = buckets.get(key);
    if (bucket) bucket.add(watcher);
    else buckets.set(key, new Set([watcher]));
    this.#count++;
  }

  remove(watcher: Watcher): void {
    const { buckets, key } = this.#placeOf(watcher);
    const bucket = buckets.get(key);
    if (!bucket?.delete(watcher)) return;
    if (bucket.size === 0) buckets.delete(key);
    this.#count--;
  }

  /** Those of all buckets, to end them. */
  all(): readonly Watcher[] {
    const buckets = [this.#byNamespace, this.#byKey, ...this.#byField.values()];
    return buckets.flatMap((each) => [...each.values()]).flatMap((watchers) => [...watchers]);
  }

  dispatch(event: CacheEvent): void {
    if (this.#count === 0) return;
    const { entry, previous } = event;
    offer(this.#byNamespace.get(''), event);
    if (this.#isNamespaced) offer(this.#byNamespace.get(entry.namespace), event);
    offer(this.#byKey.get(entry.key), event);
    for (const [field, buckets] of this.#byField) {
      if (buckets.size === 0) continue;
      const value = entry.field(field);
      offer(buckets.get(value), event);
      const before = previous?.field(field);
      if (before !== undefined && before !== value) offer(buckets.get(before), event);
    }
  }

  #placeOf(watcher: Watcher): { readonly buckets: Buckets; readonly key: string } {
    const { selection } = watcher.options;
    const { namespace, name } = selection;
    if (name !== '' && (namespace !== '' || !this.#isNamespaced)) {
      return { buckets: this.#byKey, key: objectKey(namespace, name) };
    }
    for (const term of selection.fields) {
      const buckets = this.#byField.get(term.field);
      if (buckets && !term.negated) return { buckets, key: term.value };
    }
    return { buckets: this.#byNamespace, key: namespace };
  }
}

function offer(watchers: Set<Watcher> | undefined, event: CacheEvent): void {
  if (!watchers) return;
  for (const watcher of watchers) watcher.offer(event);
}
