/** One informer: the cache a reflector feeds, and those who hear of its changes. See `informer.ts` for its invariants I1-I4. */
import type { KubernetesObject } from '@navarch/api/extension/object';
import type { ResourceReference } from '@navarch/api/resources';
import { errorText, type Log } from '@navarch/runtime/log';
import type { ChangeHandler, IndexFunction, Informer } from '../informer.ts';
import { keyOf } from '../keys.ts';
import type { ChangeEvent, ReflectorSink } from '../reflector/reflector.ts';
import { ObjectCache } from './object-cache.ts';

export class SharedInformer<T extends KubernetesObject> implements Informer<T>, ReflectorSink<T> {
  readonly reference: ResourceReference<T>;
  readonly #log: Log;
  readonly #cache = new ObjectCache<T>();
  readonly #synced = Promise.withResolvers<void>();
  /** Replaced, never changed: a handler may come or go while others are being told. */
  #handlers: readonly ChangeHandler<T>[] = [];
  #hasSynced = false;
  #version = '';
  #isTelling = false;
  /** What came while handlers ran: an in-process write made by a handler comes back before it returns. */
  readonly #backlog: (() => void)[] = [];

  constructor(reference: ResourceReference<T>, log: Log) {
    this.reference = reference;
    this.#log = log;
  }

  get(namespace: string, name: string): T | undefined {
    return this.#cache.get(namespace, name);
  }

  list(): readonly T[] {
    return this.#cache.list();
  }

  listNamespace(namespace: string): readonly T[] {
    return this.#cache.listNamespace(namespace);
  }

  byIndex(index: string, value: string): readonly T[] {
    return this.#cache.byIndex(index, value);
  }

  addIndex(index: string, values: IndexFunction<T>): void {
    this.#cache.addIndex(index, values);
  }

  hasSynced(): boolean {
    return this.#hasSynced;
  }

  resourceVersion(): string {
    return this.#version;
  }

  /** Resolves when `hasSynced` becomes true. */
  whenSynced(): Promise<void> {
    return this.#synced.promise;
  }

  onChange(handler: ChangeHandler<T>): () => void {
    for (const object of this.#cache.list()) this.#tell(() => handler.added?.(object));
    this.#handlers = [...this.#handlers, handler];
    return () => {
      this.#handlers = this.#handlers.filter((other) => other !== handler);
    };
  }

  replace(items: readonly T[], resourceVersion: string): void {
    this.#inTurn(() => {
      const present = new Set(items.map(keyOf));
      for (const old of this.#cache.list()) if (!present.has(keyOf(old))) this.#remove(old);
      for (const object of items) this.#set(object);
      this.#version = resourceVersion;
      if (this.#hasSynced) return;
      this.#hasSynced = true;
      this.#synced.resolve();
    });
  }

  apply(events: readonly ChangeEvent<T>[]): void {
    this.#inTurn(() => {
      for (const { type, object } of events) {
        this.#version = object.metadata.resourceVersion ?? this.#version; // I2
        if (type === 'DELETED') this.#remove(object);
        else if (type !== 'BOOKMARK') this.#set(object);
      }
    });
  }

  #set(object: T): void {
    const { namespace = '', name = '', uid, resourceVersion } = object.metadata;
    const old = this.#cache.get(namespace, name);
    if (old && old.metadata.uid !== uid) this.#remove(old); // Deleted and made anew during a gap.
    const before = this.#cache.set(object);
    if (!before) for (const handler of this.#handlers) this.#tell(() => handler.added?.(object));
    else if (before.metadata.resourceVersion !== resourceVersion) this.#updated(before, object);
  }

  #updated(old: T, current: T): void {
    for (const handler of this.#handlers) this.#tell(() => handler.updated?.(old, current));
  }

  #remove(object: T): void {
    const { namespace = '', name = '' } = object.metadata;
    if (!this.#cache.remove(namespace, name)) return;
    for (const handler of this.#handlers) this.#tell(() => handler.deleted?.(object));
  }

  /** I3 */
  #tell(call: () => void): void {
    try {
      call();
    } catch (error) {
      const resource = this.reference.plural;
      this.#log.error('a change handler failed', { resource, error: errorText(error) });
    }
  }

  /** I2: changes that a handler causes wait until all have heard the present one. */
  #inTurn(change: () => void): void {
    this.#backlog.push(change);
    if (this.#isTelling) return;
    this.#isTelling = true;
    try {
      for (let run = this.#backlog.shift(); run; run = this.#backlog.shift()) run();
    } finally {
      this.#isTelling = false;
    }
  }
}
