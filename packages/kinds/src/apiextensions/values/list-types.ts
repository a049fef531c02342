/** Lists that are sets or maps: no item may come twice. */
import { duplicate, type FieldError, type Path } from '@navarch/api/field-error';
import type { JSONSchemaProps } from '@navarch/api/types/apiextensions/v1/json-schema';
import { sortedJson } from '../json-equal.ts';
import { decodeJson } from '@navarch/codec/json';
import { isMembers, itemsOf, propertyOf, valueSchema } from '../custom/schema-parts.ts';

/** A repeated value is named once, however often it comes. */
export function listTypeErrors(
  value: unknown,
  schema: JSONSchemaProps | undefined,
  path: Path,
): FieldError[] {
  if (!schema) return [];
  if (Array.isArray(value)) {
    const items = itemsOf(schema);
    return [
      ...duplicates(value, schema, path),
      ...value.flatMap((item, i) => listTypeErrors(item, items, path.index(i))),
    ];
  }
  if (!isMembers(value)) return [];
  return Object.entries(value).flatMap(([name, member]) => {
    const property = propertyOf(schema, name);
    if (property) return listTypeErrors(member, property, path.child(name));
    return listTypeErrors(member, valueSchema(schema), path.key(name));
  });
}

function duplicates(items: readonly unknown[], schema: JSONSchemaProps, path: Path): FieldError[] {
  const keys = schema['x-kubernetes-list-map-keys'] ?? [];
  switch (schema['x-kubernetes-list-type']) {
    case 'set':
      return repeated(items, path, (item) => item);
    case 'map':
      return repeated(items, path, (item) => identity(item, keys));
    default:
      return [];
  }
}

function repeated(
  items: readonly unknown[],
  path: Path,
  identityOf: (item: unknown) => unknown,
): FieldError[] {
  const seen = new Map<string, number>();
  return items.flatMap((item, i) => {
    const value = identityOf(item);
    if (value === undefined) return [];
    const text = sortedJson(value);
    const times = (seen.get(text) ?? 0) + 1;
    seen.set(text, times);
    return times === 2 ? [duplicate(path.index(i), shown(value, text))] : [];
  });
}

/** Objects are shown with their keys in order. */
function shown(value: unknown, text: string): unknown {
  return typeof value === 'object' ? decodeJson(text) : value;
}

/** The keys of an item of a map; undefined for what is no object. */
function identity(
  item: unknown,
  keys: readonly string[],
): Readonly<Record<string, unknown>> | undefined {
  if (!isMembers(item)) return undefined;
  const present = keys.filter((key) => Object.hasOwn(item, key));
  return Object.fromEntries(present.map((key) => [key, item[key]]));
}

/** What tells an item of a map from the others, as text. */
export function itemKey(item: unknown, keys: readonly string[]): string | undefined {
  const found = identity(item, keys);
  return found && sortedJson(found);
}
