/**
 * What an expression computes with.
 *
 * int is bigint, double is number; everything that is not a JavaScript primitive or Uint8Array says
 * its `kind`. Lists, maps and objects are interfaces, so that JSON can be wrapped where it lies.
 * Values never change.
 */
import { CelError } from './errors.ts';
import { type Type, typeName } from './types.ts';

/** Any value. */
export type Value =
  | bigint
  | Uint
  | number
  | string
  | boolean
  | null
  | Uint8Array
  | CelList
  | CelMap
  | CelObject
  | Duration
  | Timestamp
  | Optional
  | TypeValue
  | OpaqueValue;

/** An unsigned 64 bit integer. */
export class Uint {
  readonly kind = 'uint';
  readonly value: bigint;

  constructor(value: bigint) {
    this.value = value;
  }
}

/** A list. */
export interface CelList {
  readonly kind: 'list';
  readonly size: number;
  /** The element at an index in 0..size-1. */
  get(index: number): Value;
  /** Equality other than element by element (Kubernetes' `x-kubernetes-list-type: set`). */
  readonly equals?: (other: Value) => boolean;
  /** What `+` gives when this is on the left; element after element when absent. */
  readonly concat?: (other: CelList) => CelList;
  /** Whether `optional.ofNonZeroValue` drops it; whether it is empty when absent. */
  readonly isZero?: boolean;
}

/** A map. Keys are bool, int, uint, string, double or null; 1, 1u and 1.0 are one key. */
export interface CelMap {
  readonly kind: 'map';
  readonly size: number;
  /** The value, undefined when the key is absent. */
  get(key: Value): Value | undefined;
  keys(): Iterable<Value>;
  /** Whether `optional.ofNonZeroValue` drops it; whether it is empty when absent. */
  readonly isZero?: boolean;
}

/** A value with named fields. */
export interface CelObject {
  readonly kind: 'object';
  readonly type: Type;
  /** The field's value; undefined when it is absent and reading it is an error. */
  get(field: string): Value | undefined;
  /** What `has(x.field)` says. */
  has(field: string): boolean;
  /** The names of the fields that are set, for equality. */
  fields(): Iterable<string>;
  /** What `size()` says where it is a map; the number of fields that are set when absent. */
  readonly size?: number;
  /** Whether the type has such a field; without it every name is one. */
  readonly knows?: (field: string) => boolean;
  /** Whether `optional.ofNonZeroValue` drops it; no when absent. */
  readonly isZero?: boolean;
  readonly equals?: (other: Value) => boolean;
}

/** A span of time, in nanoseconds. */
export class Duration {
  readonly kind = 'duration';
  readonly nanos: bigint;

  constructor(nanos: bigint) {
    this.nanos = nanos;
  }
}

/** A point in time, in nanoseconds since 1970-01-01T00:00:00Z. */
export class Timestamp {
  readonly kind = 'timestamp';
  readonly nanos: bigint;
  /** East of UTC: how it was written, and is written again; nothing else depends on it. */
  readonly offsetMinutes: number;

  constructor(nanos: bigint, offsetMinutes = 0) {
    this.nanos = nanos;
    this.offsetMinutes = offsetMinutes;
  }
}

/** A value that may be absent. */
export class Optional {
  static readonly none = new Optional(undefined);
  readonly kind = 'optional';
  readonly value: Value | undefined;

  constructor(value: Value | undefined) {
    this.value = value;
  }

  /** An optional with a value. */
  static of(value: Value): Optional {
    return new Optional(value);
  }
}

/** A type as a value. */
export class TypeValue {
  readonly kind = 'type';
  readonly type: Type;

  constructor(type: Type) {
    this.type = type;
  }
}

/** A value only library functions look into (a quantity, an IP address). */
export interface OpaqueValue {
  readonly kind: 'opaque';
  /** An opaque or object type. */
  readonly type: Type;
  equals(other: Value): boolean;
  /** What `size()` would say, for costs; 1 when absent. */
  readonly size?: number;
}

const minInt = -(2n ** 63n);
const maxInt = 2n ** 63n - 1n;
const maxUint = 2n ** 64n - 1n;

/** The bigint if it fits 64 bits signed, else cel-go's overflow error. */
export function checkInt(value: bigint): bigint {
  if (value < minInt || value > maxInt) throw new CelError('integer overflow');
  return value;
}

/** A uint if the bigint fits 64 bits unsigned, else cel-go's overflow error. */
export function checkUint(value: bigint): Uint {
  if (value < 0n || value > maxUint) throw new CelError('unsigned integer overflow');
  return new Uint(value);
}

/** Whether a bigint fits an int. */
export const fitsInt = (value: bigint): boolean => value >= minInt && value <= maxInt;

/** Whether a bigint fits a uint. */
export const fitsUint = (value: bigint): boolean => value >= 0n && value <= maxUint;

/** Whether a value is a list. */
export const isList = (value: Value): value is CelList => kindOf(value) === 'list';

/** Whether a value is a map. */
export const isMap = (value: Value): value is CelMap => kindOf(value) === 'map';

/** A map, or an object as one; undefined for everything else. Where types are dynamic, objects are maps. */
export function asMap(value: Value): CelMap | undefined {
  if (isMap(value)) return value;
  return kindOf(value) === 'object' ? new FieldMap(value as CelObject) : undefined;
}

class FieldMap implements CelMap {
  readonly kind = 'map';
  readonly #object: CelObject;

  constructor(object: CelObject) {
    this.#object = object;
  }

  get size(): number {
    return this.#object.size ?? [...this.#object.fields()].length;
  }

  get(key: Value): Value | undefined {
    return typeof key === 'string' ? this.#object.get(key) : undefined;
  }

  keys(): Iterable<Value> {
    return this.#object.fields();
  }
}

/** The kind of every value, primitives named as their CEL types. */
export type ValueKind =
  | 'bool'
  | 'bytes'
  | 'double'
  | 'duration'
  | 'int'
  | 'list'
  | 'map'
  | 'null'
  | 'object'
  | 'opaque'
  | 'optional'
  | 'string'
  | 'timestamp'
  | 'type'
  | 'uint';

/** What a value is. */
export function kindOf(value: Value): ValueKind {
  switch (typeof value) {
    case 'bigint':
      return 'int';
    case 'number':
      return 'double';
    case 'string':
      return 'string';
    case 'boolean':
      return 'bool';
    default:
      if (value === null) return 'null';
      return value instanceof Uint8Array ? 'bytes' : value.kind;
  }
}

/** What `type(value)` names. */
export function typeOf(value: Value): Type {
  const kind = kindOf(value);
  switch (kind) {
    case 'list':
      return { kind: 'list', element: { kind: 'dyn' } };
    case 'map':
      return { kind: 'map', key: { kind: 'dyn' }, value: { kind: 'dyn' } };
    case 'optional':
      return { kind: 'opaque', name: 'optional_type', parameters: [{ kind: 'dyn' }] };
    case 'object':
    case 'opaque':
      return (value as CelObject | OpaqueValue).type;
    default:
      return { kind };
  }
}

/** The name of a value's type, as messages print it. */
export const typeNameOf = (value: Value): string => typeName(typeOf(value));

/** A list of values already at hand. */
export function listOf(items: readonly Value[]): CelList {
  return new ArrayList(items);
}

/** The elements of a list, in order. */
export function* elementsOf(list: CelList): Iterable<Value> {
  for (let index = 0; index < list.size; index += 1) yield list.get(index);
}

class ArrayList implements CelList {
  readonly kind = 'list';
  readonly #items: readonly Value[];

  constructor(items: readonly Value[]) {
    this.#items = items;
  }

  get size(): number {
    return this.#items.length;
  }

  get(index: number): Value {
    const item = this.#items[index];
    if (item === undefined) throw new CelError(`index out of bounds: ${index}`);
    return item;
  }
}

/** A map of entries already at hand. Later entries win. */
export function mapOf(entries: Iterable<readonly [Value, Value]>): CelMap {
  const byKey = new Map<MapKey, readonly [Value, Value]>();
  for (const entry of entries) {
    const key = mapKey(entry[0]);
    if (key === undefined) throw new CelError(`unsupported key type: ${typeNameOf(entry[0])}`);
    byKey.set(key, entry);
  }
  return new EntryMap(byKey);
}

class EntryMap implements CelMap {
  readonly kind = 'map';
  readonly #entries: ReadonlyMap<MapKey, readonly [Value, Value]>;

  constructor(entries: ReadonlyMap<MapKey, readonly [Value, Value]>) {
    this.#entries = entries;
  }

  get size(): number {
    return this.#entries.size;
  }

  get(key: Value): Value | undefined {
    const found = mapKey(key);
    return found === undefined ? undefined : this.#entries.get(found)?.[1];
  }

  *keys(): Iterable<Value> {
    for (const [key] of this.#entries.values()) yield key;
  }
}

type MapKey = bigint | string | boolean | number | null;

/** The JavaScript key under which equal CEL keys meet; undefined for what cannot be a key. */
export function mapKey(key: Value): MapKey | undefined {
  switch (typeof key) {
    case 'bigint':
    case 'string':
    case 'boolean':
      return key;
    case 'number':
      return Number.isInteger(key) ? BigInt(key) : key;
    default:
      if (key === null) return null;
      return key instanceof Uint ? key.value : undefined;
  }
}
