/**
 * JSON as expressions see it through a schema. Nothing is copied: what an expression does not look at is never wrapped.
 *
 * Lists that are sets or maps are equal whatever their order, and adding to them keeps them so.
 */
import type { JSONSchemaProps } from '@navarch/api/types/apiextensions/v1/json-schema';
import { CelError, noSuchOverload } from '@navarch/cel/errors';
import { equalValues } from '@navarch/cel/evaluate/compare';
import { parseDuration, parseTimestamp } from '@navarch/cel/functions/time';
import { dynType, mapType } from '@navarch/cel/types';
import {
  asMap,
  type CelList,
  type CelMap,
  type CelObject,
  elementsOf,
  kindOf,
  type Value,
} from '@navarch/cel/values';
import { decodeBase64 } from '@navarch/codec/base64';
import {
  isEmbedded,
  isMembers,
  itemsOf,
  propertyOf,
  valueSchema,
} from '../apiextensions/custom/schema-parts.ts';
import { sortedJson } from '../apiextensions/json-equal.ts';
import { withObjectFields } from './declared-type.ts';
import { escapeProperty } from './property-names.ts';

/** Throws CelError for text that is not in its format. */
export function schemaValue(json: unknown, schema: JSONSchemaProps, isObject = false): Value {
  if (json === null || json === undefined) return null;
  if (schema['x-kubernetes-int-or-string'] === true) {
    return isNumber(json) ? numberValue(json) : textOf(json);
  }
  const declared = isObject ? withObjectFields(schema) : schema;
  if (Array.isArray(json)) return listValue(json, declared);
  if (isMembers(json)) {
    const values = valueSchema(declared);
    return values ? new MapValue(json, values) : new ObjectValue(json, declared);
  }
  if (isNumber(json)) return declared.type === 'number' ? Number(json) : numberValue(json);
  if (typeof json === 'boolean') return json;
  return formattedValue(textOf(json), declared.format);
}

function isNumber(json: unknown): json is number | bigint {
  return typeof json === 'number' || typeof json === 'bigint';
}

function numberValue(json: number | bigint): Value {
  return Number.isInteger(json) ? BigInt(json) : json;
}

function textOf(json: unknown): string {
  return typeof json === 'string' ? json : '';
}

function formattedValue(text: string, format: string | undefined): Value {
  switch (format) {
    case 'byte':
      return decodeBase64(text);
    case 'duration':
      return orFail(parseDuration(text), 'duration', text);
    case 'date':
      return orFail(parseTimestamp(`${text}T00:00:00Z`), 'date', text);
    case 'date-time':
      return orFail(parseTimestamp(text.toUpperCase()), 'date-time', text);
    default:
      return text;
  }
}

function orFail<T>(value: T | undefined, format: string, text: string): T {
  if (value === undefined) throw new CelError(`Invalid ${format} ${text}`);
  return value;
}

class MapValue implements CelMap {
  readonly kind = 'map';
  readonly isZero = false;
  readonly members: Readonly<Record<string, unknown>>;
  readonly #schema: JSONSchemaProps;
  readonly #keys: readonly string[];

  constructor(members: Readonly<Record<string, unknown>>, schema: JSONSchemaProps) {
    this.members = members;
    this.#schema = schema;
    this.#keys = Object.keys(members);
  }

  get size(): number {
    return this.#keys.length;
  }

  get(key: Value): Value | undefined {
    if (typeof key !== 'string') throw noSuchOverload();
    if (!Object.hasOwn(this.members, key)) return undefined;
    return schemaValue(this.members[key], this.#schema, isEmbedded(this.#schema));
  }

  keys(): Iterable<Value> {
    return this.#keys;
  }
}

class ObjectValue implements CelObject {
  readonly kind = 'object';
  /** Expressions that ask find a map. */
  readonly type = mapType(dynType, dynType);
  readonly members: Readonly<Record<string, unknown>>;
  readonly #schema: JSONSchemaProps;

  constructor(members: Readonly<Record<string, unknown>>, schema: JSONSchemaProps) {
    this.members = members;
    this.#schema = schema;
  }

  /** Members that the schema does not know count, too. */
  get size(): number {
    return Object.keys(this.members).length;
  }

  get(field: string): Value | undefined {
    const name = this.#nameOf(field);
    return name === undefined ? undefined : this.#member(name);
  }

  has(field: string): boolean {
    return this.get(field) !== undefined;
  }

  *fields(): Iterable<string> {
    for (const name of Object.keys(this.members)) {
      const escaped = propertyOf(this.#schema, name) && escapeProperty(name);
      if (escaped !== undefined) yield escaped;
    }
  }

  /** Members that the schema does not know count, too. */
  equals(other: Value): boolean {
    const map = asMap(other);
    if (map === undefined) return false;
    const theirs = other instanceof ObjectValue ? other : undefined;
    const names = Object.keys(this.members);
    if (names.length !== (theirs ? Object.keys(theirs.members).length : map.size)) return false;
    return names.every((name) => {
      if (!propertyOf(this.#schema, name))
        return theirs !== undefined && this.#agrees(theirs, name);
      const own = this.#member(name);
      const value = theirs ? theirs.#member(name) : map.get(escapeProperty(name) ?? name);
      if (own === undefined || value === undefined) return own === value;
      return equalValues(own, value);
    });
  }

  #agrees({ members }: ObjectValue, name: string): boolean {
    return (
      !Object.hasOwn(members, name) || sortedJson(members[name]) === sortedJson(this.members[name])
    );
  }

  /** What is null is not there. */
  #member(name: string): Value | undefined {
    const property = propertyOf(this.#schema, name);
    const json = this.members[name];
    if (!property || json === null || json === undefined) return undefined;
    return schemaValue(json, property, isEmbedded(property));
  }

  /** The member that an expression means. */
  #nameOf(field: string): string | undefined {
    if (Object.hasOwn(this.members, field) && propertyOf(this.#schema, field)) return field;
    if (!field.includes('__')) return undefined;
    const names = Object.keys(this.members);
    return names.find((name) => propertyOf(this.#schema, name) && escapeProperty(name) === field);
  }
}

function listValue(items: readonly unknown[], schema: JSONSchemaProps): CelList {
  const item = itemsOf(schema) ?? {};
  switch (schema['x-kubernetes-list-type']) {
    case 'set':
      return new KeyedList(items, item, (json) => sortedJson(json));
    case 'map': {
      const keys = schema['x-kubernetes-list-map-keys'] ?? [];
      return new KeyedList(items, item, (json) =>
        sortedJson(isMembers(json) ? keys.map((key) => json[key] ?? null) : json),
      );
    }
    default:
      return new PlainList(items, item);
  }
}

class PlainList implements CelList {
  readonly kind = 'list';
  readonly isZero = false;
  readonly items: readonly unknown[];
  readonly item: JSONSchemaProps;

  constructor(items: readonly unknown[], item: JSONSchemaProps) {
    this.items = items;
    this.item = item;
  }

  get size(): number {
    return this.items.length;
  }

  get(index: number): Value {
    return schemaValue(this.items[index], this.item, isEmbedded(this.item));
  }
}

/** Its items are told apart by keys, which are text. */
class KeyedList extends PlainList {
  readonly #keyOf: (json: unknown) => string;

  constructor(items: readonly unknown[], item: JSONSchemaProps, keyOf: (json: unknown) => string) {
    super(items, item);
    this.#keyOf = keyOf;
  }

  equals(other: Value): boolean {
    if (kindOf(other) !== 'list') return false;
    const list = other as CelList;
    if (list.size !== this.size) return false;
    const indexes = new Map(this.items.map((json, index) => [this.#keyOf(json), index]));
    return Array.from(elementsOf(list)).every((value) => {
      const json = jsonOf(value);
      if (json === undefined)
        return Array.from(elementsOf(this)).some((own) => equalValues(own, value));
      const index = indexes.get(this.#keyOf(json));
      return index !== undefined && equalValues(this.get(index), value);
    });
  }

  /** What is there already is replaced where it is; the rest follows. */
  concat(other: CelList): CelList {
    const added =
      other instanceof PlainList
        ? other.items
        : Array.from(elementsOf(other), (item) => jsonOf(item));
    if (added.includes(undefined)) return joined(this, other);
    const merged = new Map(this.items.map((json) => [this.#keyOf(json), json]));
    for (const json of added) merged.set(this.#keyOf(json), json);
    return new KeyedList([...merged.values()], this.item, this.#keyOf);
  }
}

/** The JSON that a value is wrapped around; undefined for scalars, and for what expressions made. */
function jsonOf(value: Value): unknown {
  return value instanceof ObjectValue || value instanceof MapValue ? value.members : undefined;
}

/** Lists that expressions made have no keys: what equals an item is not added again. */
function joined(list: CelList, other: CelList): CelList {
  const values = Array.from({ length: list.size }, (_, i) => list.get(i));
  for (let i = 0; i < other.size; i++) {
    const value = other.get(i);
    if (!values.some((known) => equalValues(known, value))) values.push(value);
  }
  return { kind: 'list', size: values.length, get: (index) => values[index] ?? null };
}
