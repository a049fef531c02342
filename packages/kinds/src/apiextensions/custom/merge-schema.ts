/**
 * A structural schema as server-side apply and managed fields see it: which lists are sets, which are maps and by what keys, what
 * has one owner as a whole. Where the schema says nothing, values say themselves what they are.
 */
import { structOf } from '@navarch/api/schema/registry';
import type {
  FieldSchema,
  ListSchema,
  MapSchema,
  ScalarType,
  Schema,
  StructSchema,
} from '@navarch/api/schema/schema';
import type { JSONSchemaProps } from '@navarch/api/types/apiextensions/v1/json-schema';
import type { JsonValue } from '@navarch/api/types/scalars';
import { isEmbedded, itemsOf, preservesUnknown, valuesOf } from './schema-parts.ts';

export interface CustomType {
  readonly group: string;
  readonly version: string;
  readonly kind: string;
}

const text = scalar('string', 'string');
const anything = scalar('any', 'interface {}');

/** Maps are maps, lists are of one piece, all the way down. */
const deduced: MapSchema = {
  kind: 'map',
  get value() {
    return deduced;
  },
  atomic: false,
  deduced: true,
  goType: undefined,
};

export function mergeSchema(
  { group, version, kind }: CustomType,
  {
    schema,
    preserveUnknownFields,
  }: { readonly schema: JSONSchemaProps; readonly preserveUnknownFields: boolean },
): StructSchema {
  const isOpen = preserveUnknownFields || preservesUnknown(schema);
  const named = withType(new Map(fieldsOf(schema)));
  const struct = structFrom(named, isOpen ? deduced : undefined, isAtomic(schema));
  return {
    ...struct,
    name: `${group}/${version}.${kind}`,
    typeName: kind,
    isKind: true,
    group,
    version,
  };
}

function withType(fields: Map<string, FieldParts>): Map<string, FieldParts> {
  fields.set('apiVersion', { schema: text });
  fields.set('kind', { schema: text });
  fields.set('metadata', { schema: structOf('meta/v1.ObjectMeta') });
  return fields;
}

interface FieldParts {
  readonly schema: Schema;
  readonly default?: JsonValue | undefined;
}

function fieldsOf(schema: JSONSchemaProps): readonly (readonly [string, FieldParts])[] {
  return Object.entries(schema.properties ?? {}).map(([name, property]) => [
    name,
    { schema: convert(property), default: property.default },
  ]);
}

function convert(schema: JSONSchemaProps): Schema {
  if (schema['x-kubernetes-int-or-string'] === true) return anything;
  switch (schema.type) {
    case 'object':
      return convertObject(schema);
    case 'array':
      return convertList(schema);
    case 'string':
      return text;
    case 'boolean':
      return scalar('boolean', 'bool');
    case 'integer':
      return scalar('int64', 'int64');
    case 'number':
      return scalar('float64', 'float64');
    default:
      return deduced;
  }
}

function convertObject(schema: JSONSchemaProps): Schema {
  const isOpen = preservesUnknown(schema);
  const atomic = isAtomic(schema);
  const values = valuesOf(schema);
  if (values !== undefined) {
    const value = values === 'any' ? deduced : convert(values);
    return { kind: 'map', value, atomic, goType: undefined };
  }
  const fields = new Map(fieldsOf(schema));
  if (isEmbedded(schema)) withType(fields);
  if (fields.size === 0 && isOpen && !atomic) return deduced;
  return structFrom(fields, isOpen ? deduced : undefined, atomic);
}

function convertList(schema: JSONSchemaProps): ListSchema {
  const items = itemsOf(schema);
  const type = schema['x-kubernetes-list-type'];
  return {
    kind: 'list',
    item: items ? convert(items) : deduced,
    type: type === 'set' || type === 'map' ? type : 'atomic',
    keys: schema['x-kubernetes-list-map-keys'] ?? [],
    message: false,
    goType: undefined,
  };
}

function isAtomic(schema: JSONSchemaProps): boolean {
  return schema['x-kubernetes-map-type'] === 'atomic';
}

function structFrom(
  parts: ReadonlyMap<string, FieldParts>,
  others: Schema | undefined,
  atomic: boolean,
): StructSchema {
  const fields = [...parts].map(([name, part], index) => fieldFrom(name, part, index));
  return {
    kind: 'struct',
    name: '',
    typeName: '',
    fields,
    byName: new Map(fields.map((field) => [field.name, field])),
    ...(others && { others }),
    isCustom: true,
    inlines: [],
    atomic,
    isKind: false,
    group: '',
    version: '',
  };
}

function fieldFrom(name: string, part: FieldParts, index: number): FieldSchema {
  return {
    name,
    schema: part.schema,
    index,
    presence: 'explicit',
    zero: undefined,
    nullable: true,
    required: false,
    default: part.default,
    proto: undefined,
    inlined: false,
    patch: undefined,
    gate: undefined,
    discriminator: false,
  };
}

function scalar(type: ScalarType, goType: string): Schema {
  return { kind: 'scalar', type, enum: undefined, goType };
}
