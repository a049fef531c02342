/** Fills in the defaults of a schema. Which schemas have any is worked out once: most parts of most schemas have none. */
import type { JSONSchemaProps } from '@navarch/api/types/apiextensions/v1/json-schema';
import { isNullInVain } from './prune.ts';
import { isMembers, itemsOf, propertyOf, valueSchema } from './schema-parts.ts';

/** Derived from schemas only, and dropped with them. */
const withDefaults = new WeakMap<JSONSchemaProps, boolean>();

/** Changes `value` in place. Defaults are inside what is given: a missing object without a default stays missing. */
export function setDefaults(value: unknown, schema: JSONSchemaProps | undefined): void {
  if (!schema || !hasDefaults(schema)) return;
  if (Array.isArray(value)) setItems(value, itemsOf(schema));
  else if (isMembers(value)) setMembers(value, schema);
}

function setMembers(members: Record<string, unknown>, schema: JSONSchemaProps): void {
  for (const [name, property] of Object.entries(schema.properties ?? {})) {
    if (property.default === undefined) continue;
    if (!Object.hasOwn(members, name) || isNullInVain(members[name], property)) {
      members[name] = structuredCopy(property.default);
    }
  }
  for (const name of Object.keys(members)) {
    const property = propertyOf(schema, name);
    const inner = property ?? valueSchema(schema);
    if (!property && inner) replaceNull(members, name, inner);
    setDefaults(members[name], inner);
  }
}

function setItems(items: unknown[], schema: JSONSchemaProps | undefined): void {
  if (!schema) return;
  items.forEach((_, i) => {
    if (isNullInVain(items[i], schema) && schema.default !== undefined) {
      items[i] = structuredCopy(schema.default);
    }
    setDefaults(items[i], schema);
  });
}

function replaceNull(
  members: Record<string, unknown>,
  name: string,
  schema: JSONSchemaProps,
): void {
  if (isNullInVain(members[name], schema) && schema.default !== undefined) {
    members[name] = structuredCopy(schema.default);
  }
}

function hasDefaults(schema: JSONSchemaProps): boolean {
  const known = withDefaults.get(schema);
  if (known !== undefined) return known;
  const inner = [
    ...Object.values(schema.properties ?? {}),
    ...[itemsOf(schema), valueSchema(schema)].filter((part) => part !== undefined),
  ];
  const has = inner.some((part) => part.default !== undefined || hasDefaults(part));
  withDefaults.set(schema, has);
  return has;
}

/** Drafts must not share what they were given. */
function structuredCopy(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(structuredCopy);
  if (!isMembers(value)) return value;
  return Object.fromEntries(
    Object.entries(value).map(([k, member]) => [k, structuredCopy(member)]),
  );
}
