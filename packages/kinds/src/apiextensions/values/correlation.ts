/**
 * Which part of an old object a part of a new one was, so that an update is not refused for what it did not touch. Items of lists
 * are the same when their keys are; items of other lists are not the same as any.
 */
import type { JSONSchemaProps } from '@navarch/api/types/apiextensions/v1/json-schema';
import { jsonEqual } from '../json-equal.ts';
import { isMembers, itemsOf, propertyOf, valueSchema } from '../custom/schema-parts.ts';
import { itemKey } from './list-types.ts';

/** A value together with what it was. Everything is found when it is asked for, once. */
export interface Correlation {
  readonly value: unknown;
  /** Undefined when there was none. */
  readonly old: unknown;
  readonly schema: JSONSchemaProps;
  isUnchanged(): boolean;
  /** Undefined where nothing can be said. */
  member(name: string): Correlation | undefined;
  item(index: number): Correlation | undefined;
}

/** Relates two versions of a value. */
export function correlate(value: unknown, old: unknown, schema: JSONSchemaProps): Correlation {
  return new Pair(value, old, schema);
}

class Pair implements Correlation {
  readonly value: unknown;
  readonly old: unknown;
  readonly schema: JSONSchemaProps;
  readonly #children = new Map<string | number, Correlation | undefined>();
  #unchanged: boolean | undefined;
  #oldByKey: ReadonlyMap<string, unknown> | undefined;

  constructor(value: unknown, old: unknown, schema: JSONSchemaProps) {
    this.value = value;
    this.old = old;
    this.schema = schema;
  }

  isUnchanged(): boolean {
    return (this.#unchanged ??= jsonEqual(this.value, this.old));
  }

  member(name: string): Correlation | undefined {
    return this.#child(name, () => this.#findMember(name));
  }

  item(index: number): Correlation | undefined {
    return this.#child(index, () => this.#findItem(index));
  }

  #child(step: string | number, find: () => Correlation | undefined): Correlation | undefined {
    if (!this.#children.has(step)) this.#children.set(step, find());
    return this.#children.get(step);
  }

  #findMember(name: string): Correlation | undefined {
    const { value, old } = this;
    if (!isMembers(value) || !isMembers(old)) return undefined;
    if (!Object.hasOwn(value, name) && !Object.hasOwn(old, name)) return undefined;
    const schema = propertyOf(this.schema, name) ?? valueSchema(this.schema);
    return schema && new Pair(own(value, name), own(old, name), schema);
  }

  #findItem(index: number): Correlation | undefined {
    const { value, old, schema } = this;
    const items = itemsOf(schema);
    if (!items || schema['x-kubernetes-list-type'] !== 'map') return undefined;
    if (!Array.isArray(value) || !Array.isArray(old)) return undefined;
    const keys = schema['x-kubernetes-list-map-keys'] ?? [];
    this.#oldByKey ??= byKey(old, keys);
    const key = itemKey(value[index], keys);
    return new Pair(value[index], key === undefined ? undefined : this.#oldByKey.get(key), items);
  }
}

function own(members: Readonly<Record<string, unknown>>, name: string): unknown {
  return Object.hasOwn(members, name) ? members[name] : undefined;
}

/** The first of several with one key counts. */
function byKey(items: readonly unknown[], keys: readonly string[]): ReadonlyMap<string, unknown> {
  const found = new Map<string, unknown>();
  for (const item of items) {
    const key = itemKey(item, keys);
    if (key !== undefined && !found.has(key)) found.set(key, item);
  }
  return found;
}
