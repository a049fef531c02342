/**
 * What an expression, a variable or a function's argument may be: CEL's types as data.
 *
 * Rules: https://github.com/google/cel-spec/blob/master/doc/langdef.md (Gradual Type Checking).
 */

/** The types that are only a name. */
export type SimpleKind =
  | 'any'
  | 'bool'
  | 'bytes'
  | 'double'
  | 'duration'
  | 'dyn'
  | 'error'
  | 'int'
  | 'null'
  | 'string'
  | 'timestamp'
  | 'uint';

/** A CEL type. Compare with `typesEqual`, never by identity. */
export type Type =
  | { readonly kind: SimpleKind }
  | { readonly kind: 'list'; readonly element: Type }
  | { readonly kind: 'map'; readonly key: Type; readonly value: Type }
  /** A named type whose parts CEL cannot see; optionals are `optional_type(T)`. */
  | { readonly kind: 'opaque'; readonly name: string; readonly parameters: readonly Type[] }
  /** A named type whose fields a `TypeProvider` knows. */
  | { readonly kind: 'object'; readonly name: string }
  /** Stands for any type in an overload: `T` in `list(T)`. */
  | { readonly kind: 'param'; readonly name: string }
  /** The type of a type; without `of` the type of all types. */
  | { readonly kind: 'type'; readonly of?: Type }
  /** A primitive or null (`google.protobuf.Int64Value` and its kind). */
  | { readonly kind: 'wrapper'; readonly of: Type };

export const anyType: Type = { kind: 'any' };
export const boolType: Type = { kind: 'bool' };
export const bytesType: Type = { kind: 'bytes' };
export const doubleType: Type = { kind: 'double' };
export const durationType: Type = { kind: 'duration' };
export const dynType: Type = { kind: 'dyn' };
export const errorType: Type = { kind: 'error' };
export const intType: Type = { kind: 'int' };
export const nullType: Type = { kind: 'null' };
export const stringType: Type = { kind: 'string' };
export const timestampType: Type = { kind: 'timestamp' };
export const uintType: Type = { kind: 'uint' };

/** A list of one kind of elements. */
export const listType = (element: Type): Type => ({ kind: 'list', element });
/** A map. */
export const mapType = (key: Type, value: Type): Type => ({ kind: 'map', key, value });
/** A type known by name only. */
export const opaqueType = (name: string, ...parameters: readonly Type[]): Type => ({
  kind: 'opaque',
  name,
  parameters,
});
/** A type with fields. */
export const objectType = (name: string): Type => ({ kind: 'object', name });
/** A type parameter of an overload. */
export const paramType = (name: string): Type => ({ kind: 'param', name });
/** The type of the type `of`. */
export const typeType = (of?: Type): Type =>
  of === undefined ? { kind: 'type' } : { kind: 'type', of };
/** A primitive or null. */
export const wrapperType = (of: Type): Type => ({ kind: 'wrapper', of });
/** A value that may be absent. */
export const optionalType = (of: Type): Type => opaqueType('optional_type', of);

/** Whether a type is an optional. */
export function isOptionalType(type: Type): type is Extract<Type, { kind: 'opaque' }> {
  return type.kind === 'opaque' && type.name === 'optional_type';
}

/** The parts a type is built from, in cel-go's order. */
export function typeParameters(type: Type): readonly Type[] {
  switch (type.kind) {
    case 'list':
      return [type.element];
    case 'map':
      return [type.key, type.value];
    case 'opaque':
      return type.parameters;
    case 'type':
      return type.of === undefined ? [] : [type.of];
    default:
      return [];
  }
}

/** The name at run time, as `type(x)` and Go's `Type.TypeName()` give it. */
export function typeName(type: Type): string {
  switch (type.kind) {
    case 'any':
      return 'google.protobuf.Any';
    case 'duration':
      return 'google.protobuf.Duration';
    case 'timestamp':
      return 'google.protobuf.Timestamp';
    case 'null':
      return 'null_type';
    case 'opaque':
    case 'object':
    case 'param':
      return type.name;
    case 'wrapper':
      return typeName(type.of);
    default:
      return type.kind;
  }
}

/** A type as the checker's messages print it: `map(string, list(int))`. */
export function formatType(type: Type): string {
  switch (type.kind) {
    case 'error':
      return '!error!';
    case 'any':
    case 'duration':
    case 'timestamp':
    case 'null':
      return type.kind;
    case 'wrapper':
      return `wrapper(${formatType(type.of)})`;
    default:
      return withParameters(typeName(type), typeParameters(type).map(formatType));
  }
}

/** A type as Go's `Type.String()` prints it, which Kubernetes uses in "must evaluate to". */
export function typeText(type: Type): string {
  if (type.kind === 'wrapper') return `wrapper(${typeText(type.of)})`;
  return withParameters(typeName(type), typeParameters(type).map(typeText));
}

/** Whether two types are the same, parameters included. */
export function typesEqual(left: Type, right: Type): boolean {
  if (left === right) return true;
  if (left.kind !== right.kind) return false;
  if (left.kind === 'wrapper') return right.kind === 'wrapper' && typesEqual(left.of, right.of);
  if (typeName(left) !== typeName(right)) return false;
  const others = typeParameters(right);
  const parts = typeParameters(left);
  if (parts.length !== others.length) return false;
  return parts.every((part, index) => typesEqual(part, others[index] ?? dynType));
}

/** Whether anything may be given where this type is asked for, to be decided at run time. */
export function isDynamic(type: Type): boolean {
  return type.kind === 'dyn' || type.kind === 'any';
}

function withParameters(name: string, parameters: readonly string[]): string {
  return parameters.length === 0 ? name : `${name}(${parameters.join(', ')})`;
}
