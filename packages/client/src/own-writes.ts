/**
 * Own writes: keeps a controller from acting on a cache that does not show yet what the controller itself did.
 *
 *     if (!ownWrites.hasSeen(key)) return; // The event that completes the cache queues the key again.
 *     ...
 *     ownWrites.wrote(key, podInformer, await client.resource(pods).create(pod));
 *     ownWrites.deleted(key, podInformer, pod);
 *
 * This replaces upstream's expectations (counts of creates and deletes to come): versions say it exactly. A write whose answer was lost
 * is not tracked; the next reconcile may repeat it, and names or preconditions make that harmless.
 *
 * Invariants: W1 `hasSeen` is false from `wrote`/`deleted` until the informer shows it. W2 never longer than `patienceMs`, so that a
 * lost event delays a controller and does not stop it. W3 a key that has seen everything takes no memory.
 */
import type { KubernetesObject } from '@navarch/api/extension/object';
import type { Runtime } from '@navarch/runtime/runtime';
import type { Informer } from './informer.ts';

export interface OwnWrites {
  /** `written` is what the server answered to a create, an update or a patch. */
  wrote<T extends KubernetesObject>(key: string, informer: Informer<T>, written: T): void;
  /** `object` was deleted: seen once the cache has it no more, or shows that it is being deleted. */
  deleted<T extends KubernetesObject>(key: string, informer: Informer<T>, object: T): void;
  /** Whether the caches show all that was written for `key`. */
  hasSeen(key: string): boolean;
  /** Drops what is known of `key`, for when its object is gone. */
  forget(key: string): void;
}

export interface OwnWritesOptions {
  /** 5 minutes when omitted. */
  readonly patienceMs?: number;
}

export function createOwnWrites(runtime: Runtime, options: OwnWritesOptions = {}): OwnWrites {
  return new VersionTracker(runtime, options.patienceMs ?? 5 * 60_000);
}

interface Unseen {
  /** The latest version written, per informer. */
  readonly writes: Map<Pick<Informer<unknown>, 'resourceVersion'>, bigint>;
  /** Each says whether the cache shows one deletion. */
  readonly deletions: Set<() => boolean>;
  untilMs: number;
}

class VersionTracker implements OwnWrites {
  readonly #runtime: Runtime;
  readonly #patienceMs: number;
  readonly #unseen = new Map<string, Unseen>();

  constructor(runtime: Runtime, patienceMs: number) {
    this.#runtime = runtime;
    this.#patienceMs = patienceMs;
  }

  wrote<T extends KubernetesObject>(key: string, informer: Informer<T>, written: T): void {
    const version = versionOf(written.metadata.resourceVersion);
    if (version === undefined || version <= (versionOf(informer.resourceVersion()) ?? -1n)) return;
    const { writes } = this.#entry(key);
    const before = writes.get(informer);
    if (before === undefined || before < version) writes.set(informer, version);
  }

  deleted<T extends KubernetesObject>(key: string, informer: Informer<T>, object: T): void {
    const { namespace = '', name = '', uid } = object.metadata;
    const isShown = (): boolean => {
      const cached = informer.get(namespace, name);
      return !cached || cached.metadata.uid !== uid || Boolean(cached.metadata.deletionTimestamp);
    };
    if (!isShown()) this.#entry(key).deletions.add(isShown);
  }

  hasSeen(key: string): boolean {
    const unseen = this.#unseen.get(key);
    if (!unseen) return true;
    if (this.#runtime.clock.monotonicMs() >= unseen.untilMs) {
      this.#runtime.log.warn('own writes never showed in the cache; going on without them', {
        key,
      });
      this.#unseen.delete(key);
      return true; // W2
    }
    return this.#dropSeen(key, unseen);
  }

  forget(key: string): void {
    this.#unseen.delete(key);
  }

  #entry(key: string): Unseen {
    const untilMs = this.#runtime.clock.monotonicMs() + this.#patienceMs;
    const known = this.#unseen.get(key);
    if (known) {
      known.untilMs = untilMs;
      return known;
    }
    const made = { writes: new Map(), deletions: new Set<() => boolean>(), untilMs };
    this.#unseen.set(key, made);
    return made;
  }

  #dropSeen(key: string, { writes, deletions }: Unseen): boolean {
    for (const [informer, version] of writes) {
      if ((versionOf(informer.resourceVersion()) ?? -1n) >= version) writes.delete(informer);
    }
    for (const isShown of deletions) if (isShown()) deletions.delete(isShown);
    if (writes.size + deletions.size > 0) return false;
    this.#unseen.delete(key); // W3
    return true;
  }
}

/** Resource versions are decimal numbers that one store counts up. Undefined for what is none. */
function versionOf(text: string | undefined): bigint | undefined {
  return text && /^\d+$/.test(text) ? BigInt(text) : undefined;
}
