/**
 * Schemas that are written down where they are used: of configuration files, which nobody serves, so that nothing is generated for
 * them. They decode as the API's types do, with Go's messages.
 */
import type { FieldSchema, ListSchema, ScalarSchema, Schema, StructSchema } from './schema.ts';

/** `name` is what Go calls it, such as `v1.PolicyRule`; `group` is only looked at where files say what they are. */
export function struct(
  name: string,
  members: Readonly<Record<string, Schema>>,
  group = '',
): StructSchema {
  const [version = '', typeName = ''] = name.split('.');
  const fields = Object.entries(members).map(([member, schema], index) =>
    field(member, schema, index),
  );
  return {
    kind: 'struct',
    name,
    typeName,
    group,
    version,
    fields,
    byName: new Map(fields.map((each) => [each.name, each])),
    inlines: [],
    atomic: false,
    isKind: 'kind' in members,
  };
}

/** A struct that is a file of its own. */
export function fileKind(
  group: string,
  name: string,
  members: Readonly<Record<string, Schema>>,
): StructSchema {
  return struct(name, { kind: text, apiVersion: text, ...members }, group);
}

/** Set or not set: null means that it is not. */
function field(name: string, schema: Schema, index: number): FieldSchema {
  return {
    name,
    schema,
    index,
    presence: 'explicit',
    zero: undefined,
    nullable: true,
    required: false,
    default: undefined,
    proto: undefined,
    inlined: false,
    patch: undefined,
    gate: undefined,
    discriminator: false,
  };
}

/** A text with a name of its own in Go, such as `v1.Level`. */
export function named(goType: string): ScalarSchema {
  return { kind: 'scalar', type: 'string', enum: undefined, goType };
}

export const text: ScalarSchema = named('string');
export const flag: ScalarSchema = {
  kind: 'scalar',
  type: 'boolean',
  enum: undefined,
  goType: 'bool',
};
export const wholeNumber: ScalarSchema = {
  kind: 'scalar',
  type: 'int32',
  enum: undefined,
  goType: 'int32',
};
/** Anything at all. */
export const anything: ScalarSchema = {
  kind: 'scalar',
  type: 'any',
  enum: undefined,
  goType: 'interface {}',
};

export function list(item: Schema): ListSchema {
  return { kind: 'list', item, type: 'atomic', keys: [], message: false, goType: undefined };
}
