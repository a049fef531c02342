/** Writes schemas of custom resource definitions the way generators of operators do: from types, here those of built-in kinds. */
import { structOf } from '@navarch/api/schema/registry';
import type { FieldSchema, ListSchema, ScalarSchema, Schema } from '@navarch/api/schema/schema';

export interface Structural {
  readonly [keyword: string]: unknown;
}

export const text: Structural = { type: 'string' };
export const int: Structural = { type: 'integer', format: 'int32' };
export const flag: Structural = { type: 'boolean' };
export const time: Structural = { type: 'string', format: 'date-time' };

export function object(
  properties: Readonly<Record<string, Structural>>,
  rest: Structural = {},
): Structural {
  return { type: 'object', properties, ...rest };
}

export function list(items: Structural, rest: Structural = {}): Structural {
  return { type: 'array', items, ...rest };
}

export function listMap(items: Structural, ...keys: readonly string[]): Structural {
  return list(items, { 'x-kubernetes-list-type': 'map', 'x-kubernetes-list-map-keys': keys });
}

export function oneOf(...values: readonly string[]): Structural {
  return { type: 'string', enum: values };
}

export function rule(expression: string, message: string): Structural {
  return { rule: expression, message };
}

/** A condition as all operators report them. */
export const condition: Structural = object(
  {
    type: { ...text, maxLength: 316 },
    status: oneOf('True', 'False', 'Unknown'),
    observedGeneration: { type: 'integer', format: 'int64', minimum: 0 },
    lastTransitionTime: time,
    reason: { ...text, minLength: 1, maxLength: 1024 },
    message: { ...text, maxLength: 32_768 },
  },
  { required: ['lastTransitionTime', 'message', 'reason', 'status', 'type'] },
);

/** The schema of a built-in type, such as `core/v1.PodSpec`, written out. */
export function builtin(name: string): Structural {
  return structural(structOf(name));
}

function structural(schema: Schema): Structural {
  switch (schema.kind) {
    case 'struct': {
      const fields = schema.fields.map((field) => [field.name, ofField(field)] as const);
      const required = schema.fields.filter((field) => field.required).map(({ name }) => name);
      return {
        type: 'object',
        properties: Object.fromEntries(fields),
        ...(required.length > 0 && { required: required.toSorted() }),
        ...(schema.atomic && { 'x-kubernetes-map-type': 'atomic' }),
      };
    }
    case 'list':
      return ofList(schema);
    case 'map':
      return { type: 'object', additionalProperties: structural(schema.value) };
    case 'scalar':
      return ofScalar(schema);
    case 'union':
      return { 'x-kubernetes-preserve-unknown-fields': true };
    default:
      return schema satisfies never;
  }
}

function ofField({ schema, default: standard }: FieldSchema): Structural {
  const written = structural(schema);
  return standard === undefined ? written : { ...written, default: standard };
}

/** Keys of a list have to be required or have a default; generators see to it. */
function ofList({ item, type, keys }: ListSchema): Structural {
  const items = structural(item);
  if (type === 'set') return list(items, { 'x-kubernetes-list-type': 'set' });
  if (type !== 'map') return list(items, { 'x-kubernetes-list-type': 'atomic' });
  const properties = items['properties'] as Record<string, Structural>;
  const required = new Set((items['required'] as string[] | undefined) ?? []);
  for (const key of keys) if (properties[key]?.['default'] === undefined) required.add(key);
  return listMap({ ...items, required: [...required].toSorted() }, ...keys);
}

const quantityPattern =
  '^(\\+|-)?(([0-9]+(\\.[0-9]*)?)|(\\.[0-9]+))(([KMGTPE]i)|[numkMGTPE]|([eE](\\+|-)?(([0-9]+(\\.[0-9]*)?)|(\\.[0-9]+))))?$';

function ofScalar(schema: ScalarSchema): Structural {
  switch (schema.type) {
    case 'boolean':
      return flag;
    case 'int32':
    case 'int64':
      return { type: 'integer', format: schema.type };
    case 'float64':
      return { type: 'number' };
    case 'quantity':
      return {
        anyOf: [{ type: 'integer' }, { type: 'string' }],
        pattern: quantityPattern,
        'x-kubernetes-int-or-string': true,
      };
    case 'intOrString':
      return {
        anyOf: [{ type: 'integer' }, { type: 'string' }],
        'x-kubernetes-int-or-string': true,
      };
    case 'time':
    case 'microTime':
      return time;
    case 'bytes':
      return { type: 'string', format: 'byte' };
    case 'any':
    case 'rawExtension':
    case 'fieldsV1':
      return { type: 'object', 'x-kubernetes-preserve-unknown-fields': true };
    default:
      return schema.enum ? oneOf(...schema.enum) : text;
  }
}
