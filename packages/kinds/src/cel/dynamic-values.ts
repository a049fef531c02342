/**
 * JSON as expressions without types see it: objects are maps with text keys, whole numbers ints. Nothing is copied; what an
 * expression does not look at is never wrapped.
 */
import type { CelList, CelMap, Value } from '@navarch/cel/values';

/** `undefined` becomes null. Numbers that were sent as `1.0` are ints here, as they are after upstream's decoding. */
export function dynamicValue(json: unknown): Value {
  switch (typeof json) {
    case 'string':
    case 'boolean':
      return json;
    case 'number':
      return Number.isInteger(json) ? BigInt(json) : json;
    case 'bigint':
      return json;
    case 'object':
      if (json === null) return null;
      return Array.isArray(json) ? new JsonList(json) : new JsonMap(json as Members);
    default:
      return null;
  }
}

type Members = Readonly<Record<string, unknown>>;

class JsonList implements CelList {
  readonly kind = 'list';
  readonly #items: readonly unknown[];

  constructor(items: readonly unknown[]) {
    this.#items = items;
  }

  get size(): number {
    return this.#items.length;
  }

  get(index: number): Value {
    return dynamicValue(this.#items[index]);
  }
}

class JsonMap implements CelMap {
  readonly kind = 'map';
  readonly #members: Members;
  #keys: readonly string[] | undefined;

  constructor(members: Members) {
    this.#members = members;
  }

  get size(): number {
    return this.#ownKeys().length;
  }

  get(key: Value): Value | undefined {
    if (typeof key !== 'string' || !Object.hasOwn(this.#members, key)) return undefined;
    const member = this.#members[key];
    return member === undefined ? undefined : dynamicValue(member);
  }

  keys(): Iterable<Value> {
    return this.#ownKeys();
  }

  #ownKeys(): readonly string[] {
    this.#keys ??= Object.keys(this.#members).filter((key) => this.#members[key] !== undefined);
    return this.#keys;
  }
}
