/**
 * What a schema means to expressions: the types of what they may look at, and how large values can get, for costs.
 *
 * Rules: https://kubernetes.io/docs/reference/using-api/cel/ (OpenAPI types). What has no type is not visible.
 */
import type { TypeProvider } from '@navarch/cel/environment';
import type { Range } from '@navarch/cel/cost/range';
import {
  boolType,
  bytesType,
  doubleType,
  durationType,
  dynType,
  intType,
  listType,
  mapType,
  objectType,
  stringType,
  timestampType,
  type Type,
} from '@navarch/cel/types';
import type { JSONSchemaProps } from '@navarch/api/types/apiextensions/v1/json-schema';
import { isEmbedded, itemsOf, valueSchema } from '../apiextensions/custom/schema-parts.ts';
import type { Int64 } from '@navarch/api/types/scalars';
import { escapeProperty } from './property-names.ts';

/** A type with its sizes. */
export interface DeclaredType {
  readonly type: Type;
  /** The fewest bytes that a value takes in JSON. */
  readonly bytesMin: number;
  /** The most characters, bytes, items or entries. */
  readonly sizeMax: number;
  /** Of lists and maps. */
  readonly element?: DeclaredType;
  /** Of objects, by the names that expressions use. */
  readonly fields?: ReadonlyMap<string, DeclaredType>;
}

/** No request is larger. */
export const requestBytesMax = 3 * 1024 * 1024;

/** The type of a schema's values, undefined when expressions cannot see them. Roots of objects have names even if none is said. */
export function declareType(
  schema: JSONSchemaProps,
  { isObject, name }: { readonly isObject: boolean; readonly name: string },
): DeclaredType | undefined {
  if (schema['x-kubernetes-int-or-string'] === true) {
    return { type: dynType, bytesMin: 1, sizeMax: charactersMax(schema) ?? requestBytesMax - 2 };
  }
  const declared = isObject ? withObjectFields(schema) : schema;
  switch (declared.type) {
    case 'array':
      return declareList(declared, name);
    case 'object':
      return declareObject(declared, name);
    case 'string':
      return declareText(declared);
    case 'boolean':
      return { type: boolType, bytesMin: 4, sizeMax: 0 };
    case 'number':
      return { type: doubleType, bytesMin: 1, sizeMax: 0 };
    case 'integer':
      return { type: intType, bytesMin: 1, sizeMax: 0 };
    default:
      return undefined;
  }
}

const text: JSONSchemaProps = { type: 'string' };
const objectFields: Readonly<Record<string, JSONSchemaProps>> = {
  apiVersion: text,
  kind: text,
  metadata: { type: 'object', properties: { name: text, generateName: text } },
};

/** A schema in which kind, version and names are declared: its own if it declares them all. */
export function withObjectFields(schema: JSONSchemaProps): JSONSchemaProps {
  if (declaresObjectFields(schema)) return schema;
  return { ...schema, type: 'object', properties: { ...schema.properties, ...objectFields } };
}

function declaresObjectFields({
  properties: { kind, apiVersion, metadata } = {},
}: JSONSchemaProps) {
  const { name, generateName } = metadata?.properties ?? {};
  const areTexts = [kind, apiVersion, name, generateName].every((part) => part?.type === 'string');
  return areTexts && metadata?.type === 'object';
}

function declareList(schema: JSONSchemaProps, name: string): DeclaredType | undefined {
  const items = itemsOf(schema);
  const element =
    items && declareType(items, { isObject: isEmbedded(items), name: `${name}.@idx` });
  if (!element) return undefined;
  const sizeMax = Math.floor((requestBytesMax - 2) / (element.bytesMin + 1));
  return {
    type: listType(element.type),
    bytesMin: 2,
    sizeMax: limit(schema.maxItems, sizeMax),
    element,
  };
}

function declareObject(schema: JSONSchemaProps, name: string): DeclaredType | undefined {
  const values = valueSchema(schema);
  if (values) {
    const inner = { isObject: isEmbedded(values), name: `${name}.@elem` };
    const element = declareType(values, inner);
    if (!element) return undefined;
    const sizeMax = Math.floor((requestBytesMax - 2) / (element.bytesMin + 6));
    return {
      type: mapType(stringType, element.type),
      bytesMin: 2,
      sizeMax: limit(schema.maxProperties, sizeMax),
      element,
    };
  }
  return declareFields(schema, name);
}

function declareFields(schema: JSONSchemaProps, name: string): DeclaredType {
  const fields = new Map<string, DeclaredType>();
  const needed = new Set(schema.required);
  let bytesMin = 2;
  for (const [property, part] of Object.entries(schema.properties ?? {})) {
    const escaped = escapeProperty(property);
    const inner = { isObject: isEmbedded(part), name: `${name}.${escaped ?? property}` };
    const type = declareType(part, inner);
    if (!type) continue;
    if (escaped !== undefined) fields.set(escaped, type);
    if (needed.has(property) && part.default === undefined) {
      bytesMin += property.length + type.bytesMin + 4;
    }
  }
  return { type: objectType(name), bytesMin, sizeMax: 0, fields };
}

/** What formats mean, with the sizes of their texts in JSON. */
const formats: Readonly<Record<string, DeclaredType>> = {
  duration: { type: durationType, bytesMin: 3, sizeMax: 32 },
  date: { type: timestampType, bytesMin: 12, sizeMax: 12 },
  'date-time': { type: timestampType, bytesMin: 21, sizeMax: 32 },
};

const bytesPerCharacterMax = 4;

function declareText(schema: JSONSchemaProps): DeclaredType {
  const { format = '', maxLength } = schema;
  const formatted = Object.hasOwn(formats, format) ? formats[format] : undefined;
  if (formatted) return formatted;
  const unlimited = requestBytesMax - 2;
  if (format === 'byte') {
    return { type: bytesType, bytesMin: 2, sizeMax: limit(maxLength, unlimited) };
  }
  const said = charactersMax(schema);
  if (said !== undefined) return { type: stringType, bytesMin: 2, sizeMax: said };
  const choices = (schema.enum ?? []).map((choice) =>
    typeof choice === 'string' ? choice.length : 0,
  );
  const sizeMax = choices.length > 0 ? Math.max(...choices) : unlimited;
  return { type: stringType, bytesMin: 2, sizeMax };
}

/** The most bytes of a text whose length is limited. */
function charactersMax({ maxLength }: JSONSchemaProps): number | undefined {
  return maxLength === undefined ? undefined : limit(maxLength, 0) * bytesPerCharacterMax;
}

function limit(said: Int64 | undefined, otherwise: number): number {
  return said === undefined ? otherwise : Math.max(0, Number(said));
}

/** All object types inside a type. */
export function typesOf(root: DeclaredType): TypeProvider {
  const objects = new Map<string, ReadonlyMap<string, DeclaredType>>();
  collect(root, objects);
  return {
    findType: (name) => (objects.has(name) ? objectType(name) : undefined),
    findField(name, field) {
      const fields = objects.get(name);
      // Words that are reserved elsewhere may be written as they are after a dot.
      return (fields?.get(field) ?? fields?.get(`__${field}__`))?.type;
    },
  };
}

function collect(
  { type, element, fields }: DeclaredType,
  objects: Map<string, ReadonlyMap<string, DeclaredType>>,
): void {
  if (element) collect(element, objects);
  if (!fields || type.kind !== 'object') return;
  objects.set(type.name, fields);
  for (const field of fields.values()) collect(field, objects);
}

/** How large the value at a path can be; the path begins with the variable. Keys are not estimated. */
export function sizeAt(root: DeclaredType, path: readonly string[]): Range | undefined {
  let found: DeclaredType | undefined = root;
  for (const step of path.slice(1)) {
    if (step === '@keys') return { min: 0, max: 0 };
    found = step === '@items' || step === '@values' ? found.element : found.fields?.get(step);
    if (!found) return undefined;
  }
  return { min: 0, max: found.sizeMax };
}
