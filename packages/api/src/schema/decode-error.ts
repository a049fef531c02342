/** Go's messages for values of the wrong type, with the path that its decoder would have named. */
import { NumberLiteral } from '@navarch/codec/json';
import type { ScalarResult } from './decode-scalar.ts';
import { goTypeOf, type ScalarType, type Schema, type StructSchema } from './schema.ts';

/** Ends decoding at once: a type that reads its own values refused one. */
export class DecodeAbort extends Error {
  override readonly name = 'DecodeAbort';
}

/** `spec.containers[0].name`, with the keys of maps as further names. */
export function describePath(path: readonly (string | number)[]): string {
  let text = '';
  for (const step of path) {
    if (typeof step === 'number') text += `[${step}]`;
    else text += text === '' ? step : `.${step}`;
  }
  return text;
}

/** Go names the innermost struct and the fields that lead there; indexes and keys of maps it leaves out. */
export function typeErrorText(
  root: StructSchema,
  path: readonly (string | number)[],
  raw: unknown,
  goType: string,
  asNumber = false,
): string {
  const what = `json: cannot unmarshal ${jsonKind(raw, asNumber)} into Go`;
  if (path.length === 0) return `${what} value of type ${goType}`;
  const { struct, names } = fieldsOn(root, path);
  return `${what} struct field ${struct}.${names.join('.')} of type ${goType}`;
}

interface Trail {
  readonly struct: string;
  readonly names: readonly string[];
}

function fieldsOn(root: StructSchema, path: readonly (string | number)[]): Trail {
  const names: string[] = [];
  let struct = root.typeName;
  let schema: Schema | undefined = root;
  for (const step of path) {
    schema = unionMember(schema, step);
    if (schema?.kind === 'struct') {
      struct = schema.typeName;
      names.push(String(step));
      schema = schema.byName.get(String(step))?.schema;
    } else if (schema?.kind === 'list') schema = schema.item;
    else if (schema?.kind === 'map') schema = schema.value;
  }
  return { struct, names };
}

function unionMember(schema: Schema | undefined, step: string | number): Schema | undefined {
  if (schema?.kind !== 'union') return schema;
  const kind = typeof step === 'number' ? 'list' : 'struct';
  return schema.options.find((option) => option.schema.kind === kind)?.schema;
}

/** A number that does not fit a numeric type is spelled out. */
function jsonKind(raw: unknown, asNumber: boolean): string {
  if (raw instanceof NumberLiteral) return asNumber ? `number ${raw.text}` : 'number';
  switch (typeof raw) {
    case 'number':
      return asNumber ? `number ${raw}` : 'number';
    case 'boolean':
      return 'bool';
    case 'string':
      return 'string';
    default:
      return Array.isArray(raw) ? 'array' : 'object';
  }
}

/** What upstream's converter says of a value of the wrong type. It stops at the first. */
export function conversionErrorText(schema: Schema, raw: unknown, result?: ScalarResult): string {
  if (result?.kind === 'malformed') return `error decoding from json: ${result.message}`;
  if (result?.kind === 'abort') return result.message;
  if (result?.kind === 'wrongType' && result.goType !== undefined) {
    const kind = jsonKind(raw, result.asNumber);
    return `json: cannot unmarshal ${kind} into Go value of type ${result.goType}`;
  }
  const type = goTypeOfValue(raw);
  const kind = type.replace(/^map.*/, 'map').replace(/^\[\].*/, 'slice');
  if (schema.kind === 'struct') return `cannot restore struct from: ${kind}`;
  if (schema.kind === 'map') return `cannot restore map from ${kind}`;
  if (schema.kind === 'list') return `cannot restore slice from ${kind}`;
  const target = schema.kind === 'scalar' ? (goKinds[schema.type] ?? 'slice') : 'interface';
  if (target === 'slice') return `cannot restore slice from ${kind}`;
  if (!isConvertible(type, target)) return `unrecognized type: ${target}`;
  return `cannot convert ${type} to ${goTypeOf(schema)}`;
}

/** Go's kinds of the scalars that have no decoder of their own. Bytes are a slice. */
const goKinds: Readonly<Partial<Record<ScalarType, string>>> = {
  string: 'string',
  boolean: 'bool',
  int32: 'int32',
  int64: 'int64',
  float64: 'float64',
};

/** Whether Go's language would convert the types; that JSON would not is told in other words. */
function isConvertible(type: string, target: string): boolean {
  if (type === 'int64') return target !== 'bool';
  return type === 'float64' && target !== 'bool' && target !== 'string';
}

function goTypeOfValue(raw: unknown): string {
  if (raw instanceof NumberLiteral) return /[.eE]/.test(raw.text) ? 'float64' : 'int64';
  switch (typeof raw) {
    case 'number':
      return Number.isInteger(raw) ? 'int64' : 'float64';
    case 'boolean':
      return 'bool';
    case 'string':
      return 'string';
    default:
      return Array.isArray(raw) ? '[]interface {}' : 'map[string]interface {}';
  }
}
