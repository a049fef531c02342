/**
 * The objects of one resource in the store: reads from the cache, writes with a condition.
 *
 * Invariants: S1 a write is decided before `put` or `remove` first waits, when the store is embedded: what was read and what is
 * written on top of it are one step. S2 a write's answer comes after the write is durable and the cache shows it.
 */
import type { KubernetesObject } from '@navarch/api/extension/object';
import { internalError } from '@navarch/api/status';
import {
  noRevision,
  type LeaseId,
  type Operation,
  type Outcome,
  type Revision,
  type Store,
} from '@navarch/store/store';
import { encodeStored, Entry, type EntryShape } from '../watch-cache/entry.ts';
import type { StoreFeed } from '../watch-cache/feed.ts';
import type { WatchCache } from '../watch-cache/watch-cache.ts';

/** What an object is right now, for somebody who wants to write it. */
export interface Current {
  /** Undefined when there is no such object. */
  readonly entry: Entry | undefined;
  /** What a write must name as its condition. */
  readonly revision: Revision;
  /** Set while this state is decided and not yet durable. */
  readonly durable: Promise<unknown> | undefined;
}

export type WriteResult =
  | { readonly kind: 'written'; readonly entry: Entry }
  /** Somebody else was quicker; this is what there is now. */
  | { readonly kind: 'stale'; readonly current: Current };

export class Storage {
  readonly cache: WatchCache;
  readonly #store: Store;
  readonly #feed: StoreFeed;
  readonly #lease: (() => Promise<LeaseId>) | undefined;

  /** `lease` gives what new values are bound to when they shall vanish by themselves. */
  constructor(
    cache: WatchCache,
    store: Store,
    feed: StoreFeed,
    lease: (() => Promise<LeaseId>) | undefined,
  ) {
    this.cache = cache;
    this.#store = store;
    this.#feed = feed;
    this.#lease = lease;
  }

  get shape(): EntryShape {
    return this.cache.options.shape;
  }

  storeKey(key: string): string {
    return this.cache.options.prefix + key;
  }

  /** The latest decided state. */
  current(key: string): Current {
    const decided = this.cache.decided.latest(key);
    if (decided) {
      const { entry, durable } = decided;
      return { entry, revision: entry ? decided.revision : noRevision, durable };
    }
    const entry = this.cache.get(key);
    return { entry, revision: entry?.revision ?? noRevision, durable: undefined };
  }

  /** The bytes that `put` would store. */
  encode(object: KubernetesObject): Buffer {
    return encodeStored(this.shape, object);
  }

  async put(
    key: string,
    object: KubernetesObject,
    stored: Buffer,
    expected: Revision,
  ): Promise<WriteResult> {
    const lease = this.#lease && (await this.#lease());
    const storeKey = this.storeKey(key);
    const operation: Operation = {
      kind: 'put',
      key: storeKey,
      value: stored,
      ...(lease && { lease }),
    };
    return this.#transact(key, operation, expected, (revision) =>
      Entry.written(this.shape, { key, revision }, stored, object),
    );
  }

  /** Resolves with the object as it was, at the revision of its deletion. */
  remove(key: string, current: Entry): Promise<WriteResult> {
    const operation: Operation = { kind: 'delete', key: this.storeKey(key) };
    return this.#transact(key, operation, current.revision, (revision) => current.at(revision));
  }

  async #transact(
    key: string,
    operation: Operation,
    expected: Revision,
    entryAt: (revision: Revision) => Entry,
  ): Promise<WriteResult> {
    let decided: Entry | undefined;
    const conditions = [{ key: operation.key, modRevision: expected }];
    const durable = this.#store.transact({ conditions, operations: [operation] }, (outcome) => {
      if (outcome.succeeded) decided = entryAt(outcome.revision);
    });
    if (decided && decided.revision > this.#feed.revision) {
      const entry = operation.kind === 'put' ? decided : undefined; // S1
      this.cache.decided.add(key, { revision: decided.revision, entry, durable });
    }
    const outcome = await this.#settled(key, durable, decided);
    if (!outcome.succeeded) return { kind: 'stale', current: this.#adopt(key, outcome) };
    if (outcome.revision > this.#feed.revision) await this.#feed.reached(outcome.revision); // S2
    return { kind: 'written', entry: decided ?? entryAt(outcome.revision) };
  }

  async #settled(
    key: string,
    durable: Promise<Outcome>,
    decided: Entry | undefined,
  ): Promise<Outcome> {
    try {
      return await durable;
    } catch (error) {
      if (decided) this.cache.decided.drop(key, decided.revision);
      throw internalError(error);
    }
  }

  /** What the store holds instead, which the cache may not know yet when others write to the store as well. */
  #adopt(key: string, outcome: Extract<Outcome, { succeeded: false }>): Current {
    const [found] = outcome.current;
    if (!found) return { entry: undefined, revision: noRevision, durable: undefined };
    const entry = Entry.stored(this.shape, key, found.modRevision, found.value);
    return { entry, revision: found.modRevision, durable: undefined };
  }
}
