/**
 * What an applied configuration must be before it can be merged: values of the kinds that its type has, items that can be told apart.
 * The messages are those of upstream's typed values (structured-merge-diff), Go's words included.
 */
import { goValue } from '@navarch/codec/go/text';
import { isRecord } from '../../managed-fields/field-set-of.ts';
import { itemStep, keyDefault } from '../../managed-fields/list-steps.ts';
import {
  memberSchema,
  type ListSchema,
  type ScalarType,
  type Schema,
} from '../../schema/schema.ts';
import { encodeJson } from '@navarch/codec/json';
import { stepText } from './path-text.ts';

/** What is wrong, one line each, with where: `.data.a: expected string, ...`. Empty when nothing is. */
export function checkConfiguration(schema: Schema, value: unknown): readonly string[] {
  const problems: string[] = [];
  check(schema, value, '', problems);
  return problems;
}

function check(schema: Schema, value: unknown, path: string, problems: string[]): void {
  if (value === null || value === undefined) return;
  switch (schema.kind) {
    case 'struct':
      checkMembers(value, path, problems, (name) => memberSchema(schema, name));
      return;
    case 'map':
      if (schema.deduced && !isRecord(value)) return;
      checkMembers(value, path, problems, () => schema.value);
      return;
    case 'list':
      checkList(schema, value, path, problems);
      return;
    case 'scalar': {
      const expected = wrongScalar(schema.type, value);
      if (expected) problems.push(`${path}: ${expected}`);
      return;
    }
    case 'union':
  }
}

function checkMembers(
  value: unknown,
  path: string,
  problems: string[],
  schemaOf: (name: string) => Schema | undefined,
): void {
  if (!isRecord(value)) {
    problems.push(`${path}: expected map, got &{${goValue(value)}}`);
    return;
  }
  for (const [name, member] of Object.entries(value)) {
    const schema = schemaOf(name);
    if (schema) check(schema, member, `${path}.${name}`, problems);
    else problems.push(`${path}.${name}: field not declared in schema`);
  }
}

function checkList(schema: ListSchema, value: unknown, path: string, problems: string[]): void {
  if (!Array.isArray(value)) {
    problems.push(`${path}: expected list, got &{${goValue(value)}}`);
    return;
  }
  const seen = new Set<string>();
  for (const [index, item] of (value as readonly unknown[]).entries()) {
    const problem = wrongItem(schema, item);
    if (problem) {
      // What follows one that cannot be told apart is not looked at.
      problems.push(`${path}: element ${index}: ${problem}`);
      return;
    }
    const step = schema.type === 'atomic' ? undefined : itemStep(schema, item);
    const at = step === undefined ? `[${index}]` : stepText(step);
    if (step !== undefined && seen.has(step)) {
      problems.push(`${path}: duplicate entries for key ${at}`);
    }
    check(schema.item, item, `${path}${at}`, problems);
    if (step !== undefined) seen.add(step);
  }
}

function wrongItem(schema: ListSchema, item: unknown): string | undefined {
  switch (schema.type) {
    case 'set':
      return wrongValue(item);
    case 'map':
      if (item === null) return 'associative list with keys may not have a null element';
      if (!isRecord(item)) return 'associative list with keys may not have non-map elements';
      return hasNoKey(schema, item) ? noKey(schema.keys) : undefined;
    default:
      return undefined;
  }
}

function wrongValue(item: unknown): string | undefined {
  if (item === null) return "associative list without keys has an element that's an explicit null";
  if (isRecord(item)) return "associative list without keys has an element that's a map type";
  if (!Array.isArray(item)) return undefined;
  return 'not supported: associative list with lists as elements';
}

/** Neither a key nor the default of one. */
function hasNoKey({ keys, item: schema }: ListSchema, item: Record<string, unknown>): boolean {
  const fields = schema.kind === 'struct' ? schema.byName : undefined;
  return keys.every((key) => item[key] === undefined && keyDefault(fields?.get(key)) === undefined);
}

function noKey(keys: readonly string[]): string {
  const names = keys.map((key) => JSON.stringify(key)).join(' ');
  return `associative list with keys has an element that omits all key fields [${names}] (and doesn't have default values for any key fields)`;
}

/** Types that are none of these take whatever comes: reading the merged object has the last word. */
function wrongScalar(type: ScalarType, value: unknown): string | undefined {
  switch (type) {
    case 'string':
    case 'bytes':
      if (typeof value === 'string') return undefined;
      return `expected string, got &value.valueUnstructured{Value:${goSyntax(value)}}`;
    case 'boolean':
      return typeof value === 'boolean' ? undefined : `expected boolean, got &{${goValue(value)}}`;
    case 'int32':
    case 'int64':
    case 'float64':
      return typeof value === 'number' || typeof value === 'bigint'
        ? undefined
        : `expected numeric (int or float), got ${goType(value)}`;
    default:
      return undefined;
  }
}

function goType(value: unknown): string {
  if (typeof value === 'string') return 'string';
  if (typeof value === 'boolean') return 'bool';
  return Array.isArray(value) ? '[]interface {}' : 'map[string]interface {}';
}

/** As Go's `%#v` prints decoded JSON. */
function goSyntax(value: unknown): string {
  if (value === null) return 'interface {}(nil)';
  if (Array.isArray(value)) return `[]interface {}{${value.map(goSyntax).join(', ')}}`;
  if (!isRecord(value)) return encodeJson(value);
  const members = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1));
  const texts = members.map(([name, member]) => `${JSON.stringify(name)}:${goSyntax(member)}`);
  return `map[string]interface {}{${texts.join(', ')}}`;
}
