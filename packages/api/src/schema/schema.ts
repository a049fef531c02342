/**
 * The runtime form of API types. One engine derives everything from it: decoding, pruning,
 * defaulting, protobuf, patches, server-side apply, OpenAPI. Built-in types come from the
 * registry; custom resources compile their structural schema into the same form.
 *
 * A schema is immutable and identity-stable: the same type is the same object, so that caches may
 * use a schema as a key. Schemas of recursive types refer to themselves.
 */
import type { JsonValue } from '../types/scalars.ts';

export type Schema = StructSchema | ListSchema | MapSchema | ScalarSchema | UnionSchema;

/** A JSON object with known properties. */
export interface StructSchema {
  readonly kind: 'struct';
  /** The key in the registry, such as `core/v1.Pod`. */
  readonly name: string;
  /** The last part of the name, such as `Pod`; for a kind, the kind. */
  readonly typeName: string;
  /** Every property, those of inlined structs included, in the order of the JSON output. */
  readonly fields: readonly FieldSchema[];
  readonly byName: ReadonlyMap<string, FieldSchema>;
  /** What members are that are none of the fields, where any may be: custom kinds that preserve what they do not know. */
  readonly others?: Schema;
  /** Of a custom kind: its values are kept as JSON, and decoding is not for them. */
  readonly isCustom?: boolean;
  /** Structs whose properties appear among ours in JSON, but as a message of their own in protobuf. */
  readonly inlines: readonly InlineSchema[];
  /** For server-side apply: one owner for the whole. */
  readonly atomic: boolean;
  /** It has `kind` and `apiVersion` and can be sent on its own. */
  readonly isKind: boolean;
  /** The API group as clients write it; empty for the core group. */
  readonly group: string;
  readonly version: string;
}

export interface InlineSchema {
  readonly proto: number;
  readonly schema: StructSchema;
}

/**
 * When a field is written:
 * - `always`: even when it has no value; then `zero` is written.
 * - `explicit`: when it was set, even to its zero value.
 * - `implicit`: when it differs from its zero value; an empty list or map counts as zero.
 */
export type Presence = 'always' | 'explicit' | 'implicit';

/** One property of a struct. */
export interface FieldSchema {
  readonly name: string;
  readonly schema: Schema;
  /** The place in `fields`. */
  readonly index: number;
  readonly presence: Presence;
  /** What `always` writes for a missing value, deeply frozen. Undefined for the other two. */
  readonly zero: JsonValue | undefined;
  /**
   * It can be unset, as a Go pointer, slice or map can: an explicit null unsets it, and protobuf
   * leaves it out. A field that is not nullable always has a value: null means the zero value, and
   * protobuf always carries it.
   */
  readonly nullable: boolean;
  /** In the sense of OpenAPI: a client has to send it. */
  readonly required: boolean;
  /** Set when the client sends nothing. Only the static defaults; kinds have others. */
  readonly default: JsonValue | undefined;
  /** The protobuf field number. Undefined for the few types that have no protobuf form. */
  readonly proto: number | undefined;
  /** It belongs to one of the struct's `inlines`; protobuf carries it there. */
  readonly inlined: boolean;
  /** How a strategic merge patch treats the field, where it is not the usual way. */
  readonly patch: PatchRule | undefined;
  /** The feature gate that the field depends on. */
  readonly gate: string | undefined;
  /** Its value says which member of the union is in use. */
  readonly discriminator: boolean;
}

export interface PatchRule {
  readonly strategy: readonly PatchStrategy[];
  /** The merge key of a list of structs. */
  readonly key: string | undefined;
}

export type PatchStrategy = 'merge' | 'replace' | 'retainKeys';

/** A JSON array. How lists merge is a property of the field, so that lists of one type may differ. */
export interface ListSchema {
  readonly kind: 'list';
  readonly item: Schema;
  /** For server-side apply. Without a tag, a list is atomic. */
  readonly type: 'atomic' | 'set' | 'map';
  /** The properties that identify an item of a `map` list. */
  readonly keys: readonly string[];
  /** Protobuf wraps it in a message of its own, whose field 1 repeats. */
  readonly message: boolean;
  /** The Go name, where it has one: `v1.Verbs`. */
  readonly goType: string | undefined;
}

/** A JSON object with any keys. */
export interface MapSchema {
  readonly kind: 'map';
  readonly value: Schema;
  /** For server-side apply: one owner for the whole. Without a tag, each key has its own. */
  readonly atomic: boolean;
  /** Nobody knows that it is a map: whatever else is found in its place is one value. */
  readonly deduced?: boolean;
  /** The Go name, where it has one: `v1.ResourceList`. */
  readonly goType: string | undefined;
}

export type ScalarType =
  | 'string'
  | 'boolean'
  | 'int32'
  | 'int64'
  | 'float64'
  | 'bytes'
  | 'quantity'
  | 'intOrString'
  | 'time'
  | 'microTime'
  | 'duration'
  | 'any'
  | 'rawExtension'
  | 'fieldsV1';

/** Anything that is one value to merging and to ownership. */
export interface ScalarSchema {
  readonly kind: 'scalar';
  readonly type: ScalarType;
  /** The only values that OpenAPI allows. Decoding accepts others; validation refuses them. */
  readonly enum: readonly string[] | undefined;
  /** How Go's decoder names the type in its errors: `string`, `v1.Protocol`, `resource.Quantity`. */
  readonly goType: string;
}

/**
 * One of several forms, told apart by the JSON type of the value: an object, an array, a boolean. To
 * server-side apply and OpenAPI it is a single opaque value. Only JSON schemas have these.
 */
export interface UnionSchema {
  readonly kind: 'union';
  readonly name: string;
  readonly goType: string;
  readonly options: readonly UnionOption[];
}

export interface UnionOption {
  /** The number of this option's field in the protobuf message. */
  readonly proto: number;
  readonly schema: Schema;
}

/** What a member of a struct is; undefined when the struct has no such member. */
export function memberSchema(schema: StructSchema, name: string): Schema | undefined {
  return schema.byName.get(name)?.schema ?? schema.others;
}

/** How Go's decoder names a type in its errors, such as `[]v1.Container` or `map[string]string`. */
export function goTypeOf(schema: Schema): string {
  if (schema.kind === 'struct') return `${schema.version}.${schema.typeName}`;
  if (schema.kind === 'list') return schema.goType ?? `[]${goTypeOf(schema.item)}`;
  if (schema.kind === 'map') return schema.goType ?? `map[string]${goTypeOf(schema.value)}`;
  return schema.goType;
}
