/** Definitions of types, from their schemas. Gathers what is asked for and all that it refers to, once each. */
import { descriptionOf } from '../schema/descriptions.ts';
import type {
  FieldSchema,
  ListSchema,
  ScalarSchema,
  ScalarType,
  Schema,
  StructSchema,
  UnionSchema,
} from '../schema/schema.ts';
import { definitionName, patchDefinition, scalarDefinitions } from './names.ts';

export type Json = Readonly<Record<string, unknown>>;
export type OpenApiVersion = 'v2' | 'v3';

export class Definitions {
  readonly version: OpenApiVersion;
  readonly #found = new Map<string, Json>();

  constructor(version: OpenApiVersion) {
    this.version = version;
  }

  /** All definitions by name, sorted. */
  all(): Record<string, Json> {
    return Object.fromEntries([...this.#found].sort(([a], [b]) => (a < b ? -1 : 1)));
  }

  /** Adds a definition that is not ours to make. */
  add(name: string, definition: Json): void {
    this.#found.set(name, definition);
  }

  refer(name: string): Json {
    const folder = this.version === 'v2' ? '#/definitions/' : '#/components/schemas/';
    return { $ref: folder + name };
  }

  /** A reference to a struct, which is defined if it was not yet. */
  struct(schema: StructSchema): Json {
    const name = definitionName(schema.name);
    if (!this.#found.has(name)) {
      this.#found.set(name, {}); // Types refer to themselves: this one is on its way.
      this.#found.set(name, this.#structBody(schema));
    }
    return this.refer(name);
  }

  /** A reference to the type of patches, which may be anything. */
  patch(): Json {
    const description = 'A patch, in the form that its media type says.';
    this.#found.set(patchDefinition, { description, type: 'object' });
    return this.refer(patchDefinition);
  }

  #structBody(schema: StructSchema): Json {
    const { text, fields } = descriptionOf(schema.name);
    const sorted = [...schema.fields].sort((a, b) => (a.name < b.name ? -1 : 1));
    const required = sorted.filter((field) => field.required).map((field) => field.name);
    const properties = sorted.map((field) => [
      field.name,
      this.#property(field, fields[field.name]),
    ]);
    return {
      ...(text === '' ? undefined : { description: text }),
      type: 'object',
      ...(required.length === 0 ? undefined : { required }),
      ...(properties.length === 0 ? undefined : { properties: Object.fromEntries(properties) }),
      ...(schema.isKind
        ? { 'x-kubernetes-group-version-kind': [groupVersionKind(schema)] }
        : undefined),
      ...(schema.atomic ? { 'x-kubernetes-map-type': 'atomic' } : undefined),
    };
  }

  #property(field: FieldSchema, description: string | undefined): Json {
    const type = this.#type(field.schema);
    const { patch } = field;
    return {
      ...(description ? { description } : undefined),
      ...this.#besideOthers(type),
      ...(field.default === undefined ? undefined : { default: field.default }),
      ...ownership(field.schema),
      ...(patch?.key === undefined ? undefined : { 'x-kubernetes-patch-merge-key': patch.key }),
      ...(patch === undefined
        ? undefined
        : { 'x-kubernetes-patch-strategy': patch.strategy.join(',') }),
    };
  }

  /** OpenAPI 3 ignores what stands next to a reference, so the reference moves inside. */
  #besideOthers(type: Json): Json {
    return this.version === 'v3' && '$ref' in type ? { allOf: [type] } : type;
  }

  #type(schema: Schema): Json {
    switch (schema.kind) {
      case 'struct':
        return this.struct(schema);
      case 'list':
        return { type: 'array', items: this.#type(schema.item) };
      case 'map':
        return { type: 'object', additionalProperties: this.#type(schema.value) };
      case 'union':
        return this.#union(schema);
      case 'scalar':
        return this.#scalar(schema);
    }
  }

  /** One of several forms: to readers it can be anything. */
  #union(schema: UnionSchema): Json {
    const name = definitionName(schema.name);
    const { text } = descriptionOf(schema.name);
    if (!this.#found.has(name)) this.#found.set(name, text === '' ? {} : { description: text });
    return this.refer(name);
  }

  #scalar(schema: ScalarSchema): Json {
    const name = scalarDefinitions[schema.type];
    if (name === undefined) {
      const plain = plainTypes[schema.type];
      return schema.enum === undefined ? plain : { ...plain, enum: schema.enum };
    }
    if (!this.#found.has(name)) this.#found.set(name, this.#scalarBody(schema.type));
    return this.refer(name);
  }

  #scalarBody(type: ScalarType): Json {
    return (this.version === 'v3' ? scalarBodiesV3[type] : undefined) ?? scalarBodies[type] ?? {};
  }
}

function groupVersionKind({ group, version, typeName }: StructSchema): Json {
  return { group, kind: typeName, version };
}

function ownership(schema: Schema): Json | undefined {
  if (schema.kind === 'list') return listOwnership(schema);
  const atomic = (schema.kind === 'map' || schema.kind === 'struct') && schema.atomic;
  return atomic ? { 'x-kubernetes-map-type': 'atomic' } : undefined;
}

function listOwnership({ type, keys }: ListSchema): Json {
  if (type !== 'map') return { 'x-kubernetes-list-type': type };
  return { 'x-kubernetes-list-map-keys': keys, 'x-kubernetes-list-type': 'map' };
}

const plainTypes: Readonly<Record<ScalarType, Json>> = {
  string: { type: 'string' },
  boolean: { type: 'boolean' },
  int32: { type: 'integer', format: 'int32' },
  int64: { type: 'integer', format: 'int64' },
  float64: { type: 'number', format: 'double' },
  bytes: { type: 'string', format: 'byte' },
  any: {},
  quantity: {},
  intOrString: {},
  time: {},
  microTime: {},
  duration: {},
  rawExtension: {},
  fieldsV1: {},
};

const quantityText =
  'An amount: a number with an optional suffix, decimal (m, k, M, G, T, P, E), binary (Ki, Mi, Gi, Ti, Pi, Ei) or an exponent (e3). It is kept exactly, down to 10^-9, and written with the largest suffix that needs no fraction.';
const timeText = 'A moment, in the form of RFC 3339, in UTC.';

const scalarBodies: Readonly<Partial<Record<ScalarType, Json>>> = {
  quantity: { description: quantityText, type: 'string' },
  intOrString: {
    description: 'A number, or a text that stands for one.',
    type: 'string',
    format: 'int-or-string',
  },
  time: { description: timeText, type: 'string', format: 'date-time' },
  microTime: {
    description: `${timeText} It has microseconds.`,
    type: 'string',
    format: 'date-time',
  },
  duration: { description: 'A length of time, such as 1h30m or 250ms.', type: 'string' },
  rawExtension: { description: 'An object of any kind, kept as it came.', type: 'object' },
  fieldsV1: {
    description:
      'A set of fields, as a tree: f: a field, k: an item by its keys, v: an item by its value.',
    type: 'object',
  },
};

const scalarBodiesV3: Readonly<Partial<Record<ScalarType, Json>>> = {
  quantity: { description: quantityText, oneOf: [{ type: 'string' }, { type: 'number' }] },
  intOrString: {
    description: 'A number, or a text that stands for one.',
    format: 'int-or-string',
    oneOf: [{ type: 'integer' }, { type: 'string' }],
  },
};
