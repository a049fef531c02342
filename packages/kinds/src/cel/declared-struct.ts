/**
 * What a built-in type means to expressions that are checked before there is any object: as upstream's published schemas have it.
 * Quantities and values that may be anything have no type there, and so whatever is made of them cannot be seen.
 */
import {
  boolType,
  bytesType,
  doubleType,
  dynType,
  intType,
  listType,
  mapType,
  objectType,
  stringType,
  timestampType,
  type Type,
} from '@navarch/cel/types';
import type { ScalarType, Schema, StructSchema } from '@navarch/api/schema/schema';
import { type DeclaredType, requestBytesMax } from './declared-type.ts';
import { escapeProperty } from './property-names.ts';

/** `name` becomes that of the object's type; those inside are named after their places. */
export function declareStruct(schema: StructSchema, name: string): DeclaredType {
  return structOfType(schema, name, new Set());
}

const sizes = { bytesMin: 1, sizeMax: requestBytesMax };

/** Undefined when expressions cannot see values of the schema. `open`: the types that this one is inside of. */
function declare(
  schema: Schema,
  name: string,
  open: ReadonlySet<string>,
): DeclaredType | undefined {
  switch (schema.kind) {
    case 'scalar':
      return scalar(schema.type, name);
    case 'struct':
      return structOfType(schema, name, open);
    case 'list': {
      const element = declare(schema.item, `${name}.@idx`, open);
      return element && { ...sizes, type: listType(element.type), element };
    }
    case 'map': {
      const element = declare(schema.value, `${name}.@elem`, open);
      return element && { ...sizes, type: mapType(stringType, element.type), element };
    }
    case 'union':
      return undefined;
    default:
      return schema satisfies never;
  }
}

/** A type inside itself is an object of which nothing is known. */
function structOfType(schema: StructSchema, name: string, open: ReadonlySet<string>): DeclaredType {
  const fields = new Map<string, DeclaredType>();
  if (!open.has(schema.name)) {
    const inner = new Set([...open, schema.name]);
    for (const field of schema.fields) {
      const escaped = escapeProperty(field.name);
      const type = declare(field.schema, `${name}.${escaped ?? field.name}`, inner);
      if (type && escaped !== undefined) fields.set(escaped, type);
    }
  }
  return { ...sizes, type: objectType(name), fields };
}

const scalars: Readonly<Partial<Record<ScalarType, Type>>> = {
  string: stringType,
  boolean: boolType,
  int32: intType,
  int64: intType,
  float64: doubleType,
  bytes: bytesType,
  intOrString: dynType,
  time: timestampType,
  microTime: timestampType,
  duration: stringType,
};

function scalar(type: ScalarType, name: string): DeclaredType | undefined {
  if (type === 'rawExtension' || type === 'fieldsV1') {
    return { ...sizes, type: objectType(name), fields: new Map() };
  }
  const known = scalars[type];
  return known && { ...sizes, type: known };
}
