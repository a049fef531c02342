/**
 * Shared informers: one cache per resource, kept current by one reflector, read by everybody in the component.
 *
 *     const informers = createInformers(client, runtime, lifetime);
 *     const cachedPods = informers.of(pods, { indexes: { node: nodeNameOf } });
 *     cachedPods.onChange({ added: (pod) => queue.add(keyOf(pod)) });
 *     await informers.waitForSync(lifetime.signal);
 *
 * Invariants: I1 what a cache gives out is readonly (frozen and shared with the server in-process) and of one version at a time.
 * I2 the cache shows a change before the handlers hear of it, and handlers hear changes in order. I3 a handler that throws is logged;
 * the others still hear. I4 objects from lists may lack `kind` and `apiVersion`: the reference says them.
 */
import type { KubernetesObject } from '@navarch/api/extension/object';
import type { ResourceReference } from '@navarch/api/resources';
import type { Lifetime } from '@navarch/runtime/lifetime';
import { limits } from '@navarch/runtime/limits';
import type { Runtime } from '@navarch/runtime/runtime';
import type { Client, Selection } from './client.ts';
import { Gate } from './gate.ts';
import { InformerSet } from './informer/informer-set.ts';

/** Under which values an object is found. Pure and cheap: it runs on each change. */
export type IndexFunction<T> = (object: T) => readonly string[];

export interface ChangeHandler<T> {
  /** Also called for what was there when the handler was registered. */
  added?(object: T): void;
  updated?(old: T, current: T): void;
  /** The last state known; after a gap in the watch, not necessarily the last state there was. */
  deleted?(object: T): void;
}

export interface Informer<T> {
  readonly reference: ResourceReference<T>;
  /** '' as namespace for cluster scope. */
  get(namespace: string, name: string): T | undefined;
  /** Everything cached. The same array until something changes; do not keep it. */
  list(): readonly T[];
  listNamespace(namespace: string): readonly T[];
  /** What the index function of that name put under `value`. Throws when there is no such index. */
  byIndex(index: string, value: string): readonly T[];
  /** An index that exists under the name is kept: users of one name must mean the same function. */
  addIndex(index: string, values: IndexFunction<T>): void;
  /** Whether the first list is complete in the cache and its handlers have run. */
  hasSynced(): boolean;
  /** How far the cache has come: everything the server did up to this version shows. '' before the first list. */
  resourceVersion(): string;
  /** Returns what ends it. */
  onChange(handler: ChangeHandler<T>): () => void;
}

export interface InformerOptions<T> extends Selection {
  readonly indexes?: Readonly<Record<string, IndexFunction<T>>>;
  /** How the first state is read: `list` (when omitted), or `stream`, as the beginning of the watch, where the server offers it. */
  readonly initial?: 'list' | 'stream';
}

export interface Informers {
  /** The informer of a resource and selection; the same one for all who ask. Asking starts it. */
  of<T extends KubernetesObject>(
    reference: ResourceReference<T>,
    options?: InformerOptions<T>,
  ): Informer<T>;
  hasSynced(): boolean;
  /** Resolves once all informers asked for so far have synced; rejects with the signal's reason. */
  waitForSync(signal: AbortSignal): Promise<void>;
  /** What each reflector is doing, for logs and debug pages. */
  describe(): readonly string[];
}

/** How many first lists a component asks for at a time: for all of its informers, where they have several lifetimes. */
export const firstLists = (): Gate => new Gate(limits.clientRequestsAtOnce);

/** Informers that live as long as `lifetime`. */
export function createInformers(
  client: Client,
  runtime: Runtime,
  lifetime: Lifetime,
  lists: Gate = firstLists(),
): Informers {
  return new InformerSet(client, runtime, lifetime, lists);
}
