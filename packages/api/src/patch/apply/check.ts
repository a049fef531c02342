/**
 * What an applied configuration must be before it can be merged: values of the kinds that its type has, items that can be told apart.
 * The messages are those of upstream's typed values (structured-merge-diff), Go's words included.
 */
import { goValue } from '@navarch/codec/go/text';
import { isRecord } from '../../managed-fields/field-set-of.ts';
import { itemStep } from '../../managed-fields/list-steps.ts';
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
  value.forEach((item: unknown, index) => {
    const problem = schema.type === 'map' ? wrongItem(item) : undefined;
    const step = schema.type === 'atomic' ? undefined : itemStep(schema, item);
    const at = step === undefined ? `[${index}]` : stepText(step);
    if (problem) problems.push(`${path}: element ${index}: ${problem}`);
    else if (step !== undefined && seen.has(step)) {
      problems.push(`${path}: duplicate entries for key ${at}`);
    } else check(schema.item, item, `${path}${at}`, problems);
    if (step !== undefined) seen.add(step);
  });
}

function wrongItem(item: unknown): string | undefined {
  if (item === null) return 'associative list with keys may not have a null element';
  return isRecord(item) ? undefined : 'associative list with keys may not have non-map elements';
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
