/**
 * Delivers what became durable to whoever watches its key.
 *
 * Invariants: W1 a watcher sees each revision after its start once, whole and in order. W2 who watches is settled before the first
 * listener is called, so a listener may start and stop watches. W3 finding a key's watchers costs the logarithm of their number.
 */
import type { Change, KeyRange, Revision, Subscription, WatchListener } from '../store.ts';
import { sortable } from './key-index.ts';
import type { Version } from './version.ts';

interface Watcher {
  readonly start: string;
  readonly end: string;
  /** Nothing at or before it is delivered. */
  readonly after: Revision;
  readonly listener: WatchListener;
}

export class WatchHub {
  readonly #watchers = new Set<Watcher>();
  /** Rebuilt when it is next needed after a watch came or went. */
  #intervals: Intervals | undefined;

  get size(): number {
    return this.#watchers.size;
  }

  add(range: KeyRange, after: Revision, listener: WatchListener): Subscription {
    const watcher = { start: sortable(range.start), end: sortable(range.end), after, listener };
    this.#watchers.add(watcher);
    this.#intervals = undefined;
    return { stop: () => this.#remove(watcher) };
  }

  /** Offers `versions`, which end with `revision`. `describe` is called once for each version that somebody watches. */
  publish(
    versions: readonly Version[],
    revision: Revision,
    describe: (version: Version) => Change,
  ): void {
    if (this.#watchers.size === 0) return;
    const watchers = [...this.#watchers]; // W2
    for (const [watcher, changes] of this.#collect(versions, describe)) {
      if (this.#watchers.has(watcher)) watcher.listener.onChanges(changes);
    }
    for (const watcher of watchers) {
      if (revision >= watcher.after && this.#watchers.has(watcher))
        watcher.listener.onProgress?.(revision);
    }
  }

  endAll(error: Error): void {
    for (const watcher of this.#watchers) this.#end(watcher, error);
  }

  #collect(
    versions: readonly Version[],
    describe: (version: Version) => Change,
  ): Map<Watcher, Change[]> {
    const deliveries = new Map<Watcher, Change[]>();
    this.#intervals ??= new Intervals([...this.#watchers]);
    for (const version of versions) {
      const watchers = this.#intervals.containing(sortable(version.slot.key));
      if (watchers.length === 0) continue;
      this.#describeTo(watchers, version, describe, deliveries);
    }
    return deliveries;
  }

  #describeTo(
    watchers: readonly Watcher[],
    version: Version,
    describe: (version: Version) => Change,
    deliveries: Map<Watcher, Change[]>,
  ): void {
    try {
      const change = describe(version);
      for (const watcher of watchers) {
        if (version.revision <= watcher.after) continue; // W1
        const changes = deliveries.get(watcher);
        if (changes) changes.push(change);
        else deliveries.set(watcher, [change]);
      }
    } catch (error) {
      // What was replaced cannot be read any more. Leaving the change out would be a gap.
      for (const watcher of watchers) {
        deliveries.delete(watcher);
        this.#end(watcher, error as Error);
      }
    }
  }

  #remove(watcher: Watcher): void {
    if (this.#watchers.delete(watcher)) this.#intervals = undefined;
  }

  #end(watcher: Watcher, error: Error): void {
    if (!this.#watchers.has(watcher)) return;
    this.#remove(watcher);
    watcher.listener.onEnd(error);
  }
}

/** The key space, cut wherever a watched range starts or ends; each piece knows who watches it. */
class Intervals {
  readonly #starts: readonly string[];
  readonly #watchers: readonly Watcher[][];

  constructor(watchers: readonly Watcher[]) {
    const cuts = new Set(watchers.flatMap(({ start, end }) => [start, end]));
    this.#starts = [...cuts].sort();
    this.#watchers = this.#starts.map(() => []);
    for (const watcher of watchers) {
      for (let i = this.#find(watcher.start); i < this.#find(watcher.end); i++)
        this.#watchers[i]?.push(watcher);
    }
  }

  containing(key: string): readonly Watcher[] {
    return this.#watchers[this.#find(key)] ?? [];
  }

  /** The piece that `key` is in; -1 when it is before all. */
  #find(key: string): number {
    let low = 0;
    let high = this.#starts.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      const start = this.#starts[middle];
      if (start !== undefined && start <= key) low = middle + 1;
      else high = middle;
    }
    return low - 1;
  }
}
