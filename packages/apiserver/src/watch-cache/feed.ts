/**
 * Brings the store's changes to the caches: one watch for all of them, so that they agree on what the latest revision is.
 *
 * Invariants: F1 caches receive changes in the order of revisions, each exactly once. F2 `revision` moves only after every cache
 * has everything up to it. F3 when the store cannot go on from where we were, all watches end and everything is read again. F4 once
 * stopped, nobody waits for what will not come: a write that was under way is durable, and is answered.
 */
import { Lifetime } from '@navarch/runtime/lifetime';
import { errorText } from '@navarch/runtime/log';
import type { Runtime } from '@navarch/runtime/runtime';
import {
  prefixRange,
  StoreClosed,
  type Change,
  type Entry as StoreEntry,
  type Revision,
  type Store,
  type Subscription,
} from '@navarch/store/store';
import type { WatchCache } from './watch-cache.ts';

const root = '/registry/';
const retryMs = 1000;

type Route = WatchCache | Map<string, WatchCache>;

export class StoreFeed {
  readonly #store: Store;
  readonly #runtime: Runtime;
  readonly #lifetime: Lifetime;
  /** By the first segment under the root, and where kinds share it, by the second. */
  readonly #routes = new Map<string, Route>();
  readonly #caches = new Set<WatchCache>();
  /** Caches that are being filled while the feed runs, and what happened to them meanwhile. */
  readonly #filling = new Map<WatchCache, Change[]>();
  #revision = 0 as Revision;
  #subscription: Subscription | undefined;
  #ready: Promise<void> | undefined;
  #isStopped = false;
  #waiting: { readonly revision: Revision; readonly resolve: () => void }[] = [];

  constructor(store: Store, runtime: Runtime) {
    this.#store = store;
    this.#runtime = runtime;
    this.#lifetime = new Lifetime(runtime.log);
  }

  get revision(): Revision {
    return this.#revision;
  }

  get caches(): Iterable<WatchCache> {
    return this.#caches;
  }

  /** Before `start`; later, `fill` has to follow. */
  add(cache: WatchCache): void {
    this.#caches.add(cache);
    const [first = '', second = ''] = segments(cache.options.prefix);
    if (second === '') {
      this.#routes.set(first, cache);
      return;
    }
    const shared = this.#routes.get(first);
    if (shared instanceof Map) shared.set(second, cache);
    else this.#routes.set(first, new Map([[second, cache]]));
  }

  remove(cache: WatchCache): void {
    this.#caches.delete(cache);
    const [first = '', second = ''] = segments(cache.options.prefix);
    const route = this.#routes.get(first);
    // Another cache of the same objects may have come meanwhile.
    if (route instanceof Map) {
      if (route.get(second) === cache) route.delete(second);
    } else if (route === cache) this.#routes.delete(first);
    cache.endWatches();
    cache.load([], this.#revision); // Whoever still knows the cache must not keep the memory.
  }

  /** Reads what the store holds for a cache that was added while the feed runs. */
  async fill(cache: WatchCache): Promise<void> {
    const meanwhile: Change[] = [];
    this.#filling.set(cache, meanwhile);
    try {
      const { entries, revision } = await this.#store.range(prefixRange(cache.options.prefix));
      cache.load(entries, revision);
      for (const change of meanwhile) if (change.revision > revision) cache.apply(change); // F1
    } finally {
      this.#filling.delete(cache);
    }
  }

  /** Resolves when every cache has been filled. */
  start(): Promise<void> {
    this.#ready ??= this.#load();
    return this.#ready;
  }

  async stop(): Promise<void> {
    this.#subscription?.stop();
    this.#isStopped = true;
    for (const { resolve } of this.#waiting.splice(0)) resolve(); // F4
    await this.#lifetime.stop();
    for (const cache of this.#caches) cache.endWatches();
  }

  async #load(): Promise<void> {
    const { entries, revision } = await this.#store.range(prefixRange(root));
    const byCache = new Map<WatchCache, StoreEntry[]>();
    for (const cache of this.#caches) byCache.set(cache, []);
    for (const entry of entries) {
      const cache = this.#cacheOf(entry.key);
      if (cache) byCache.get(cache)?.push(entry);
    }
    for (const [cache, own] of byCache) cache.load(own, revision);
    this.#revision = revision;
    this.#subscription = this.#store.watch(prefixRange(root), revision, {
      onChanges: (changes) => this.#apply(changes),
      onProgress: (reached) => this.#reach(reached),
      onEnd: (error) => this.#onLost(error),
    });
  }

  #apply(changes: readonly Change[]): void {
    for (const change of changes) {
      const cache = this.#cacheOf(change.key);
      const meanwhile = cache && this.#filling.get(cache);
      if (meanwhile) meanwhile.push(change);
      else cache?.apply(change);
      this.#reach(change.revision);
    }
  }

  /** Resolves when the caches show `revision`. An embedded store never makes anybody wait here. */
  reached(revision: Revision): Promise<void> {
    if (this.#revision >= revision || this.#isStopped) return Promise.resolve();
    return new Promise((resolve) => this.#waiting.push({ revision, resolve }));
  }

  /** F2 holds because deliveries are synchronous: nobody reads between two changes of one revision. */
  #reach(revision: Revision): void {
    if (revision <= this.#revision) return;
    this.#revision = revision;
    if (this.#waiting.length === 0) return;
    const reached = this.#waiting.filter((waiter) => waiter.revision <= revision);
    this.#waiting = this.#waiting.filter((waiter) => waiter.revision > revision);
    for (const waiter of reached) waiter.resolve();
  }

  #onLost(error: Error): void {
    this.#subscription = undefined;
    for (const cache of this.#caches) cache.endWatches(); // F3
    if (error instanceof StoreClosed || this.#lifetime.signal.aborted) return;
    this.#runtime.log.warn('the watch of the store ended', { error: errorText(error) });
    this.#lifetime.run('reading the store again', (signal) => this.#reload(signal));
  }

  async #reload(signal: AbortSignal): Promise<void> {
    while (!signal.aborted) {
      try {
        await this.#load();
        return;
      } catch (error) {
        this.#runtime.log.error('the store cannot be read', { error: errorText(error) });
        await this.#runtime.clock.sleep(retryMs, signal);
      }
    }
  }

  #cacheOf(key: string): WatchCache | undefined {
    const firstEnd = key.indexOf('/', root.length);
    const route = this.#routes.get(key.slice(root.length, firstEnd));
    if (!(route instanceof Map)) return route;
    return route.get(key.slice(firstEnd + 1, key.indexOf('/', firstEnd + 1)));
  }
}

function segments(prefix: string): readonly string[] {
  return prefix.slice(root.length, -1).split('/');
}
