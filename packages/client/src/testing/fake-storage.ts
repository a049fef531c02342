/** The objects of the fake server: one version per change, and the history of changes that watches resume from. */
import type { KubernetesObject } from '@navarch/api/extension/object';
import type { RawWatchEvent } from '../transport.ts';

export interface StoredChange {
  readonly version: number;
  /** Such as `apps/replicasets`. */
  readonly resource: string;
  readonly old: KubernetesObject | undefined;
  readonly current: KubernetesObject | undefined;
}

export class FakeStorage {
  readonly #objects = new Map<string, KubernetesObject>();
  readonly #listeners = new Set<(change: StoredChange) => void>();
  #history: StoredChange[] = [];
  #version = 1;
  #compacted = 0;

  get version(): number {
    return this.#version;
  }

  /** The oldest version that a watch can begin after. */
  get compacted(): number {
    return this.#compacted;
  }

  get(resource: string, namespace: string, name: string): KubernetesObject | undefined {
    return this.#objects.get(storageKey(resource, namespace, name));
  }

  /** In the order of namespaces and names. */
  list(resource: string): KubernetesObject[] {
    const keys = [...this.#objects.keys()].filter((key) => key.startsWith(`${resource}\0`));
    return keys.sort().flatMap((key) => this.#objects.get(key) ?? []);
  }

  /** Stores a frozen copy with the next version; returns it. */
  put(resource: string, object: KubernetesObject): KubernetesObject {
    const { namespace = '', name = '' } = object.metadata;
    const old = this.get(resource, namespace, name);
    const version = ++this.#version;
    const current = freeze(withVersion(structuredClone(object), version));
    this.#objects.set(storageKey(resource, namespace, name), current);
    this.#publish({ version, resource, old, current });
    return current;
  }

  /** Returns the object as it was, with the version of its deletion. */
  remove(resource: string, object: KubernetesObject): KubernetesObject {
    const { namespace = '', name = '' } = object.metadata;
    const version = ++this.#version;
    this.#objects.delete(storageKey(resource, namespace, name));
    const old = freeze(withVersion(object, version));
    this.#publish({ version, resource, old, current: undefined });
    return old;
  }

  after(version: number): readonly StoredChange[] {
    return this.#history.filter((change) => change.version > version);
  }

  /** Forgets the history so far. */
  compact(): void {
    this.#history = [];
    this.#compacted = this.#version;
  }

  /** Starts anew with the objects that are there and a history of its own: a store restored from a backup. */
  rewind(version: number): void {
    this.#version = version;
    this.#history = [];
    this.#compacted = version;
  }

  subscribe(listener: (change: StoredChange) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  #publish(change: StoredChange): void {
    this.#history.push(change);
    for (const listener of this.#listeners) listener(change);
  }
}

/** What a watcher whose selection is `matches` sees of a change, if anything. */
export function eventOf(
  change: StoredChange,
  matches: (object: KubernetesObject) => boolean,
): RawWatchEvent | undefined {
  const { old, current, version } = change;
  const matched = old !== undefined && matches(old);
  const isMatching = current !== undefined && matches(current);
  if (isMatching) return { type: matched ? 'MODIFIED' : 'ADDED', object: current };
  if (matched) return { type: 'DELETED', object: freeze(withVersion(old, version)) };
  return undefined;
}

export function withVersion(object: KubernetesObject, version: number): KubernetesObject {
  return { ...object, metadata: { ...object.metadata, resourceVersion: String(version) } };
}

export function freeze<Value>(value: Value): Value {
  if (typeof value !== 'object' || value === null || Object.isFrozen(value)) return value;
  for (const member of Object.values(value)) freeze(member);
  return Object.freeze(value);
}

function storageKey(resource: string, namespace: string, name: string): string {
  return `${resource}\0${namespace}\0${name}`;
}
