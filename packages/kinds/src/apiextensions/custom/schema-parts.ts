/** The parts of a structural schema by which values are walked. Definitions are checked before they are served: other forms do not come. */
import type { JSONSchemaProps } from '@navarch/api/types/apiextensions/v1/json-schema';

export type Members = Record<string, unknown>;

export function propertyOf(
  schema: JSONSchemaProps | undefined,
  name: string,
): JSONSchemaProps | undefined {
  const properties = schema?.properties;
  return properties && Object.hasOwn(properties, name) ? properties[name] : undefined;
}

/** What a map holds: `any` for values that nothing is said of, undefined for what is no map. */
export function valuesOf(schema: JSONSchemaProps | undefined): JSONSchemaProps | 'any' | undefined {
  const additional = schema?.additionalProperties;
  if (additional === undefined || additional === false) return undefined;
  return additional === true ? 'any' : additional;
}

/** The schema of a member that is no property, when members may have any name. */
export function valueSchema(schema: JSONSchemaProps | undefined): JSONSchemaProps | undefined {
  const values = valuesOf(schema);
  return values === 'any' ? undefined : values;
}

export function itemsOf(schema: JSONSchemaProps | undefined): JSONSchemaProps | undefined {
  const items = schema?.items;
  return Array.isArray(items) ? undefined : (items as JSONSchemaProps | undefined);
}

export function preservesUnknown(schema: JSONSchemaProps | undefined): boolean {
  return schema?.['x-kubernetes-preserve-unknown-fields'] === true;
}

export function isEmbedded(schema: JSONSchemaProps | undefined): boolean {
  return schema?.['x-kubernetes-embedded-resource'] === true;
}

export function isMembers(value: unknown): value is Members {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** What every object has, whether its schema says so or not. */
export const typeAndMetadata: ReadonlySet<string> = new Set(['apiVersion', 'kind', 'metadata']);
