/**
 * Schemas of the built-in types, by name and by kind. The generated text is compiled type by
 * type, when a type is first asked for; a program that touches few types pays for few.
 *
 * The cache below is the only state: it grows towards a fixed set of immutable values, so sharing
 * it between control planes in one process changes nothing for either.
 */
import encodedTypes from '../generated/schema.json' with { type: 'json' };
import type { JsonValue } from '../types/scalars.ts';
import type {
  FieldSchema,
  InlineSchema,
  ListSchema,
  MapSchema,
  PatchRule,
  PatchStrategy,
  Presence,
  ScalarSchema,
  ScalarType,
  Schema,
  StructSchema,
  UnionSchema,
} from './schema.ts';

/** The schema of a type, such as `core/v1.Pod`. Throws when there is no such type. */
export function schemaOf(name: string): Schema {
  const known = resolved.get(name);
  if (known) return known;
  const text = encoded.types[name];
  if (text === undefined) throw new Error(`there is no type ${name}`);
  const schema = compile(name, text);
  resolved.set(name, schema);
  return schema;
}

/** The schema of a struct type. Throws when there is no such struct. */
export function structOf(name: string): StructSchema {
  const schema = schemaOf(name);
  if (schema.kind !== 'struct') throw new Error(`${name} is a ${schema.kind}, not a struct`);
  return schema;
}

/**
 * The schema of a built-in kind, by API group (empty for the core group), version and kind.
 * Options and watch events exist in every group and version. Undefined when the kind is not ours.
 */
export function schemaOfKind(
  group: string,
  version: string,
  kind: string,
): StructSchema | undefined {
  const own = encoded.kinds[group === '' ? version : `${group}/${version}`]?.[kind];
  const name = own ?? encoded.kinds['*']?.[kind];
  return name === undefined ? undefined : structOf(name);
}

/** The names of all types, sorted. */
export function typeNames(): readonly string[] {
  return Object.keys(encoded.types);
}

/** The kinds of a group version, sorted; of those in every group version when it is `*`. */
export function kindsOf(groupVersion: string): readonly string[] {
  return Object.keys(encoded.kinds[groupVersion] ?? {});
}

/** Every group version that has kinds: `v1`, `apps/v1` and so on. */
export function groupVersions(): readonly string[] {
  return Object.keys(encoded.kinds).filter((groupVersion) => groupVersion !== '*');
}

/**
 * What `tools/generate-schema.ts` writes. A type is one line of text, which starts with its form:
 *
 *     struct:FLAGS|FIELD|FIELD...   flags: `k` a kind, `a` atomic
 *     is:TYPE|VALUE|VALUE...        another name for a type; with values, an enumeration
 *     message:TYPE                  the same for a list that protobuf wraps
 *     union:NUMBER TYPE|...         one of several types, each with its protobuf number
 *
 * A field is `NAME TYPE NUMBER FLAGS EXTRA...`, with number 0 where protobuf has none. Its flags:
 * `A` always, `E` explicit, `I` implicit; `n` nullable; `r` required; `d` discriminator. A lone `+`
 * marks an inlined struct, whose name is empty. An extra is `KEY=VALUE`: `list=map,name`,
 * `atomic=true`, `patch=merge,retainKeys:name`, `gate=NAME`, `default=JSON`.
 */
interface EncodedSchema {
  /** By group version, then by kind: the name of the type. */
  readonly kinds: { readonly [groupVersion: string]: { readonly [kind: string]: string } };
  /** The API group of each first part of a name: `rbac` is `rbac.authorization.k8s.io`. */
  readonly groups: { readonly [folder: string]: string };
  readonly types: { readonly [name: string]: string };
}

const encoded: EncodedSchema = encodedTypes;
const resolved = new Map<string, Schema>();

function compile(name: string, text: string): Schema {
  const [head = '', ...parts] = text.split('|');
  const colon = head.indexOf(':');
  const rest = head.slice(colon + 1);
  switch (head.slice(0, colon)) {
    case 'struct':
      return new LazyStruct(name, rest, parts, rest.includes('a'));
    case 'union':
      return compileUnion(name, [rest, ...parts]);
    case 'message':
      return compileAlias(name, rest, undefined, true);
    default:
      return compileAlias(name, rest, parts.length > 0 ? parts : undefined, false);
  }
}

/** Fields are compiled on first use, so that a type may refer to itself. */
class LazyStruct implements StructSchema {
  readonly kind = 'struct';
  readonly name: string;
  readonly typeName: string;
  readonly atomic: boolean;
  readonly isKind: boolean;
  readonly group: string;
  readonly version: string;
  readonly #flags: string;
  readonly #texts: readonly string[];
  #members: StructMembers | undefined;

  constructor(name: string, flags: string, texts: readonly string[], atomic: boolean) {
    const parts = splitName(name);
    this.name = name;
    this.typeName = parts.typeName;
    this.group = parts.group;
    this.version = parts.version;
    this.atomic = atomic;
    this.isKind = flags.includes('k');
    this.#flags = flags;
    this.#texts = texts;
  }

  get fields(): readonly FieldSchema[] {
    return this.#load().fields;
  }

  get byName(): ReadonlyMap<string, FieldSchema> {
    return this.#load().byName;
  }

  get inlines(): readonly InlineSchema[] {
    return this.#load().inlines;
  }

  #load(): StructMembers {
    this.#members ??= compileMembers(this.#texts);
    return this.#members;
  }

  /** The same struct, owned in another way: a field may say so of its own value. */
  owned(atomic: boolean): StructSchema {
    if (atomic === this.atomic) return this;
    return new LazyStruct(this.name, this.#flags, this.#texts, atomic);
  }
}

interface StructMembers {
  readonly fields: readonly FieldSchema[];
  readonly byName: ReadonlyMap<string, FieldSchema>;
  readonly inlines: readonly InlineSchema[];
}

function compileMembers(texts: readonly string[]): StructMembers {
  const fields: FieldSchema[] = [];
  const inlines: InlineSchema[] = [];
  for (const text of texts) {
    const [name = '', type = '', proto = '', flags = '', ...extras] = text.split(' ');
    if (flags !== '+') {
      fields.push(compileField(name, type, Number(proto), flags, extras, fields.length));
      continue;
    }
    const schema = structOf(type);
    inlines.push({ proto: Number(proto), schema });
    for (const inner of schema.fields) {
      fields.push({ ...inner, index: fields.length, inlined: true });
    }
  }
  return { fields, byName: new Map(fields.map((field) => [field.name, field])), inlines };
}

/** Every field has every property, in one order: decoding reads them in its innermost loop. */
function compileField(
  name: string,
  type: string,
  proto: number,
  flags: string,
  extras: readonly string[],
  index: number,
): FieldSchema {
  const schema = fieldSchema(type, extras);
  const presence = presenceOf(flags);
  const nullable = flags.includes('n');
  const initial = extraOf(extras, 'default');
  const patch = extraOf(extras, 'patch');
  return {
    name,
    schema,
    index,
    presence,
    zero: presence === 'always' ? zeroOf(schema, nullable) : undefined,
    nullable,
    required: flags.includes('r'),
    default: initial === undefined ? undefined : (JSON.parse(initial) as JsonValue),
    proto: proto === 0 ? undefined : proto,
    inlined: false,
    patch: patch === undefined ? undefined : patchRule(patch),
    gate: extraOf(extras, 'gate'),
    discriminator: flags.includes('d'),
  };
}

function extraOf(extras: readonly string[], key: string): string | undefined {
  return extras.find((extra) => extra.startsWith(`${key}=`))?.slice(key.length + 1);
}

function presenceOf(flags: string): Presence {
  if (flags.startsWith('A')) return 'always';
  return flags.startsWith('E') ? 'explicit' : 'implicit';
}

function patchRule(text: string): PatchRule {
  const [strategies = '', key] = text.split(':');
  return { strategy: strategies.split(',') as PatchStrategy[], key };
}

/** A field's tags say how its own list, map or struct merges. */
function fieldSchema(type: string, extras: readonly string[]): Schema {
  const schema = resolve(type);
  const list = extraOf(extras, 'list');
  if (schema.kind === 'list' && list !== undefined) return taggedList(schema, list.split(','));
  const atomic = extraOf(extras, 'atomic');
  if (atomic === undefined) return schema;
  if (schema.kind === 'map') return { ...schema, atomic: atomic === 'true' };
  return schema instanceof LazyStruct ? schema.owned(atomic === 'true') : schema;
}

function taggedList(schema: ListSchema, [type, ...keys]: readonly string[]): ListSchema {
  return { ...schema, type: type as ListSchema['type'], keys };
}

/** `[]` before a type is a list of it, `{}` a map of it; a slash is in every name but the scalars'. */
function resolve(type: string): Schema {
  if (type.startsWith('[]')) return listOf(resolve(type.slice(2)), undefined, false);
  if (type.startsWith('{}')) return mapOf(resolve(type.slice(2)), undefined);
  if (type.includes('/')) return schemaOf(type);
  return scalarOf(type as ScalarType);
}

function listOf(item: Schema, goType: string | undefined, message: boolean): ListSchema {
  return { kind: 'list', item, type: 'atomic', keys: [], message, goType };
}

function mapOf(value: Schema, goType: string | undefined): MapSchema {
  return { kind: 'map', value, atomic: false, goType };
}

function scalarOf(type: ScalarType): ScalarSchema {
  const known = resolved.get(type);
  if (known?.kind === 'scalar') return known;
  const schema: ScalarSchema = { kind: 'scalar', type, enum: undefined, goType: goTypes[type] };
  resolved.set(type, schema);
  return schema;
}

const goTypes: Readonly<Record<ScalarType, string>> = {
  string: 'string',
  boolean: 'bool',
  int32: 'int32',
  int64: 'int64',
  float64: 'float64',
  bytes: '[]uint8',
  quantity: 'resource.Quantity',
  intOrString: 'intstr.IntOrString',
  time: 'v1.Time',
  microTime: 'v1.MicroTime',
  duration: 'v1.Duration',
  any: 'interface {}',
  rawExtension: 'runtime.RawExtension',
  fieldsV1: 'v1.FieldsV1',
};

/** Another name for a named type is that type; for anything else it is how Go calls it. */
function compileAlias(
  name: string,
  type: string,
  values: readonly string[] | undefined,
  message: boolean,
): Schema {
  const schema = resolve(type);
  if (/^\w+\//.test(type)) return schema;
  const { version, typeName } = splitName(name);
  const goType = `${version}.${typeName}`;
  if (schema.kind === 'scalar') return { ...schema, enum: values, goType };
  if (schema.kind === 'map') return { ...schema, goType };
  return schema.kind === 'list' ? { ...schema, goType, message } : schema;
}

function compileUnion(name: string, texts: readonly string[]): UnionSchema {
  const options = texts.map((text) => {
    const [proto = '', type = ''] = text.split(' ');
    return { proto: Number(proto), schema: resolve(type) };
  });
  const { version, typeName } = splitName(name);
  return { kind: 'union', name, goType: `${version}.${typeName}`, options };
}

function splitName(name: string): { group: string; version: string; typeName: string } {
  const [folder = '', rest = ''] = name.split('/');
  const dot = rest.indexOf('.');
  return {
    group: encoded.groups[folder] ?? folder,
    version: rest.slice(0, dot),
    typeName: rest.slice(dot + 1),
  };
}

function zeroOf(schema: Schema, nullable: boolean): JsonValue {
  if (nullable) return null;
  if (schema.kind === 'scalar') return zeroScalars[schema.type];
  return schema.kind === 'struct' ? zeroStruct(schema) : null;
}

function zeroStruct(schema: StructSchema): JsonValue {
  const zero: Record<string, JsonValue> = {};
  for (const field of schema.fields) {
    if (field.zero !== undefined) zero[field.name] = field.zero;
  }
  return Object.freeze(zero);
}

/** What Go writes for a value nobody set. Times and embedded objects write null. */
const zeroScalars: Readonly<Record<ScalarType, JsonValue>> = {
  string: '',
  boolean: false,
  int32: 0,
  int64: 0,
  float64: 0,
  bytes: null,
  quantity: '0',
  intOrString: 0,
  time: null,
  microTime: null,
  duration: '0s',
  any: null,
  rawExtension: null,
  fieldsV1: null,
};
