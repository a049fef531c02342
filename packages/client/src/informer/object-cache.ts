/** Objects by namespace and name, and by indexes. Pure data; `shared-informer.ts` keeps it current. */
import type { KubernetesObject } from '@navarch/api/extension/object';
import type { IndexFunction } from '../informer.ts';
import { keyOf } from '../keys.ts';

export class ObjectCache<T extends KubernetesObject> {
  readonly #all = new Group<T>();
  readonly #namespaces = new Map<string, Group<T>>();
  readonly #indexes = new Map<string, Index<T>>();

  get size(): number {
    return this.#all.size;
  }

  get(namespace: string, name: string): T | undefined {
    return this.#namespaces.get(namespace)?.get(name);
  }

  list(): readonly T[] {
    return this.#all.list();
  }

  listNamespace(namespace: string): readonly T[] {
    return this.#namespaces.get(namespace)?.list() ?? [];
  }

  byIndex(index: string, value: string): readonly T[] {
    const found = this.#indexes.get(index);
    if (!found) throw new TypeError(`there is no index ${index}`);
    return found.get(value);
  }

  addIndex(name: string, values: IndexFunction<T>): void {
    if (this.#indexes.has(name)) return;
    const index = new Index(values);
    for (const object of this.list()) index.replace(keyOf(object), undefined, object);
    this.#indexes.set(name, index);
  }

  /** Returns what was there before. */
  set(object: T): T | undefined {
    const { namespace = '', name = '' } = object.metadata;
    const old = this.get(namespace, name);
    const key = keyOf(object);
    this.#all.set(key, object);
    this.#namespace(namespace).set(name, object);
    for (const index of this.#indexes.values()) index.replace(key, old, object);
    return old;
  }

  /** Returns what was removed. */
  remove(namespace: string, name: string): T | undefined {
    const group = this.#namespaces.get(namespace);
    const old = group?.get(name);
    if (!group || !old) return undefined;
    const key = keyOf(old);
    this.#all.delete(key);
    group.delete(name);
    if (group.size === 0) this.#namespaces.delete(namespace);
    for (const index of this.#indexes.values()) index.replace(key, old, undefined);
    return old;
  }

  #namespace(namespace: string): Group<T> {
    let group = this.#namespaces.get(namespace);
    if (!group) {
      group = new Group();
      this.#namespaces.set(namespace, group);
    }
    return group;
  }
}

/** A map whose values are often asked for as an array: made when asked for, kept until something changes. */
class Group<T> {
  readonly #objects = new Map<string, T>();
  #list: readonly T[] | undefined;

  get size(): number {
    return this.#objects.size;
  }

  get(key: string): T | undefined {
    return this.#objects.get(key);
  }

  set(key: string, object: T): void {
    this.#objects.set(key, object);
    this.#list = undefined;
  }

  delete(key: string): void {
    this.#objects.delete(key);
    this.#list = undefined;
  }

  list(): readonly T[] {
    this.#list ??= [...this.#objects.values()];
    return this.#list;
  }
}

class Index<T> {
  readonly #valuesOf: IndexFunction<T>;
  readonly #groups = new Map<string, Group<T>>();

  constructor(valuesOf: IndexFunction<T>) {
    this.#valuesOf = valuesOf;
  }

  get(value: string): readonly T[] {
    return this.#groups.get(value)?.list() ?? [];
  }

  /** `old` or `current` is undefined when the object appears or goes away. */
  replace(key: string, old: T | undefined, current: T | undefined): void {
    const newValues = current === undefined ? [] : this.#valuesOf(current);
    const oldValues = old === undefined ? [] : this.#valuesOf(old);
    for (const value of oldValues) if (!newValues.includes(value)) this.#remove(value, key);
    if (current === undefined) return;
    for (const value of newValues) this.#group(value).set(key, current);
  }

  #remove(value: string, key: string): void {
    const group = this.#groups.get(value);
    group?.delete(key);
    if (group?.size === 0) this.#groups.delete(value);
  }

  #group(value: string): Group<T> {
    let group = this.#groups.get(value);
    if (!group) {
      group = new Group();
      this.#groups.set(value, group);
    }
    return group;
  }
}
