/** For tests: a small environment, objects from JavaScript values, and values as text. */
import { createEnvironment, type Environment, type TypeProvider } from './environment.ts';
import { CelError } from './errors.ts';
import { valueText } from './evaluate/text.ts';
import { literalArguments } from './validate/literal-arguments.ts';
import { optionals } from './functions/optionals.ts';
import { formatDuration, formatTimestamp } from './functions/time.ts';
import { twoVariableComprehensions } from './macros/two-variable.ts';
import { dynType, intType, listType, mapType, objectType, stringType, type Type } from './types.ts';
import {
  type CelMap,
  type CelObject,
  elementsOf,
  kindOf,
  listOf,
  mapOf,
  type Value,
} from './values.ts';

const selfName = 'Self';
const selfType = objectType(selfName);

/** The fields of `self`. */
const fields: Readonly<Record<string, Type>> = {
  count: intType,
  name: stringType,
  names: listType(stringType),
  labels: mapType(stringType, stringType),
  absent: stringType,
  self: selfType,
};

const types: TypeProvider = {
  findType: (name) => (name === selfName ? selfType : undefined),
  findField: (typeName, field) => (typeName === selfName ? fields[field] : undefined),
  construct: (_, values) => objectOf(Object.fromEntries(values)),
};

/** Libraries that need no other package; variables `self` and `any`. */
export const testEnvironment: Environment = createEnvironment({
  libraries: [optionals, twoVariableComprehensions, literalArguments],
  variables: { self: selfType, any: dynType },
  types,
});

/** What `self` and `any` are in tests. */
export const testBindings = new Map<string, Value>([
  ['self', objectOf({ count: 5n, name: 'hello', names: listOf(['a', 'bc']), labels: mapOf([]) })],
  ['any', listOf([1n, 'a', null])],
]);

function objectOf(values: Readonly<Record<string, Value>>): CelObject {
  return {
    kind: 'object',
    type: selfType,
    get: (field) => values[field],
    has: (field) => values[field] !== undefined,
    fields: () => Object.keys(values),
  };
}

/** The value of an expression as text, or the error it has. */
export function evaluateText(text: string, environment = testEnvironment): string {
  const compiled = environment.compile(text);
  if (!compiled.ok) return `${compiled.stage} failed: ${compiled.message}`;
  try {
    return showValue(compiled.program.evaluate(testBindings).value);
  } catch (error) {
    if (!(error instanceof CelError)) throw error;
    return `error: ${error.message}`;
  }
}

/** A value as one would write it. */
export function showValue(value: Value): string {
  if (typeof value === 'string') return `'${value}'`;
  if (value === null || typeof value !== 'object') return valueText(value);
  if (value instanceof Uint8Array) return `bytes(${[...value].join(' ')})`;
  switch (value.kind) {
    case 'uint':
      return `${value.value}u`;
    case 'list':
      return `[${[...elementsOf(value)].map(showValue).join(', ')}]`;
    case 'map':
      return showMap(value);
    case 'duration':
      return formatDuration(value);
    case 'timestamp':
      return formatTimestamp(value);
    case 'optional':
      return value.value === undefined ? 'none' : `some(${showValue(value.value)})`;
    case 'type':
      return valueText(value);
    case 'object':
      return showObject(value);
    default:
      return kindOf(value);
  }
}

function showObject(object: CelObject): string {
  const fields = Array.from(
    object.fields(),
    (field) => `${field}: ${showValue(object.get(field) ?? null)}`,
  );
  return `{${fields.join(', ')}}`;
}

function showMap(map: CelMap): string {
  const entries = [...map.keys()].map(
    (key) => `${showValue(key)}: ${showValue(map.get(key) ?? null)}`,
  );
  return `{${entries.join(', ')}}`;
}
