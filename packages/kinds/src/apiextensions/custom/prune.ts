/** Drops what a schema does not have (upstream's pruning), and null where a schema has no place for it. */
import type { JSONSchemaProps } from '@navarch/api/types/apiextensions/v1/json-schema';
import { pathText } from './path-text.ts';
import {
  isEmbedded,
  isMembers,
  itemsOf,
  preservesUnknown,
  propertyOf,
  typeAndMetadata,
  valueSchema,
  valuesOf,
  type Members,
} from './schema-parts.ts';

type Path = readonly (string | number)[];

/** Changes `root`; returns the paths of what it dropped, sorted. */
export function prune(root: Members, schema: JSONSchemaProps): readonly string[] {
  const dropped: string[] = [];
  if (preservesUnknown(schema)) keep(root, schema, true, [], dropped);
  else pruneMembers(root, schema, true, [], dropped);
  return dropped.sort();
}

function pruneValue(
  value: unknown,
  schema: JSONSchemaProps | undefined,
  path: Path,
  dropped: string[],
): void {
  if (Array.isArray(value)) {
    if (preservesUnknown(schema)) keepItems(value, schema, path, dropped);
    else value.forEach((item, i) => pruneValue(item, itemsOf(schema), [...path, i], dropped));
  } else if (isMembers(value)) {
    if (preservesUnknown(schema)) keep(value, schema, isEmbedded(schema), path, dropped);
    else pruneMembers(value, schema, isEmbedded(schema), path, dropped);
  }
}

function pruneMembers(
  value: Members,
  schema: JSONSchemaProps | undefined,
  embedded: boolean,
  path: Path,
  dropped: string[],
): void {
  for (const name of Object.keys(value)) {
    if (embedded && typeAndMetadata.has(name)) continue;
    const property = propertyOf(schema, name);
    const at = [...path, name];
    if (property ?? valuesOf(schema)) {
      pruneValue(value[name], property ?? valueSchema(schema), at, dropped);
      continue;
    }
    delete value[name];
    dropped.push(pathText(at));
  }
}

/** Where everything may stay, what has a schema is pruned by it all the same. */
function keep(
  value: Members,
  schema: JSONSchemaProps | undefined,
  embedded: boolean,
  path: Path,
  dropped: string[],
): void {
  for (const name of Object.keys(value)) {
    if (embedded && typeAndMetadata.has(name)) continue;
    const property = propertyOf(schema, name) ?? valueSchema(schema);
    if (property) pruneValue(value[name], property, [...path, name], dropped);
  }
}

function keepItems(
  items: readonly unknown[],
  schema: JSONSchemaProps | undefined,
  path: Path,
  dropped: string[],
): void {
  const item = itemsOf(schema);
  if (item) items.forEach((value, i) => pruneValue(value, item, [...path, i], dropped));
}

/** Properties that are null, may not be, and have no default to become. */
export function dropNulls(value: unknown, schema: JSONSchemaProps | undefined): void {
  if (!schema) return;
  if (Array.isArray(value)) {
    for (const item of value) dropNulls(item, itemsOf(schema));
  } else if (isMembers(value)) {
    for (const name of Object.keys(value)) {
      const property = propertyOf(schema, name);
      if (property && isNullInVain(value[name], property) && property.default === undefined) {
        delete value[name];
      } else dropNulls(value[name], property ?? valueSchema(schema));
    }
  }
}

export function isNullInVain(value: unknown, schema: JSONSchemaProps): boolean {
  return value === null && schema.nullable !== true;
}
