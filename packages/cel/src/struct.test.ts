/**
 * `Name{field: value}`, from the text to the value: with a provider like that of mutating policies, whose types are
 * `Object`, `Object.spec` and so on with any field, and one type whose fields are declared.
 */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createEnvironment, type TypeProvider } from './environment.ts';
import { CelError } from './errors.ts';
import { optionals } from './functions/optionals.ts';
import { evaluateText } from './testing.ts';
import { dynType, intType, listType, objectType, stringType, type Type } from './types.ts';
import { type CelObject, mapOf, type Value } from './values.ts';

const patchFields: Readonly<Record<string, Type>> = {
  op: stringType,
  count: intType,
  names: listType(stringType),
  value: dynType,
};

const isObjectName = (name: string): boolean => name === 'Object' || name.startsWith('Object.');

/** Objects whose absent fields are null, and which are maps once they are inside others. */
function made(typeName: string, values: ReadonlyMap<string, Value>): CelObject {
  const inside = (value: Value): Value =>
    typeof value === 'object' && value !== null && 'kind' in value && value.kind === 'object'
      ? mapOf(Array.from(value.fields(), (field) => [field, value.get(field) ?? null]))
      : value;
  return {
    kind: 'object',
    type: objectType(typeName),
    get: (field) => inside(values.get(field) ?? null),
    has: (field) => values.has(field),
    fields: () => values.keys(),
    isZero: values.size === 0,
  };
}

const types: TypeProvider = {
  findType: (name) => (isObjectName(name) || name === 'Patch' ? objectType(name) : undefined),
  findField: (name, field) => (name === 'Patch' ? patchFields[field] : dynType),
  construct(name, values) {
    if (values.get('op') === 'bad') throw new CelError('unexpected op');
    return made(name, values);
  },
};

const environment = createEnvironment({
  libraries: [optionals],
  variables: {
    object: mapOfAny(),
    variable: intType,
    'dotted.name': intType,
    any: dynType,
  },
  types,
});

function mapOfAny(): Type {
  return { kind: 'map', key: stringType, value: dynType };
}

const values: Readonly<Record<string, string>> = {
  'Object{}': '{}',
  'Object{a: 1, b: "x"}': "{a: 1, b: 'x'}",
  'Object{metadata: Object.metadata{labels: {"a": "b"}}}': "{metadata: {'labels': {'a': 'b'}}}",
  'Object{spec: Object.spec{template: Object.spec.template{containers: [Object.spec.template.containers{name: "n"}]}}}':
    "{spec: {'template': {'containers': [{name: 'n'}]}}}",
  '.Object{spec: .Object.spec{}}': '{spec: {}}',
  'Object {a: 1 , }': '{a: 1}',
  '[1, 2].map(x, Object.item{value: x})': '[{value: 1}, {value: 2}]',
  // Names in sight do not hide longer names of types.
  '[1].map(Object, Object.spec{value: Object})': '[{value: 1}]',
  'Patch{op: "add", value: [1]}': "{op: 'add', value: [1]}",
  'Patch{op: "bad"}': 'error: unexpected op',
  'Patch{op: "bad"} == Patch{} || true': 'true',
  'Patch{op: "add"}.op': "'add'",
  // Optional fields: left out when absent, the last of a name decides.
  'Object{?a: optional.none(), ?b: optional.of(1)}': '{b: 1}',
  'Object{a: 1, ?a: optional.none()}': '{}',
  'Object{a: 1, a: 2}': '{a: 2}',
  'Object{?a: dyn(1)}': "error: cannot initialize optional entry 'a' from non-optional value 1",
  "{?'a': dyn([1, 2])}":
    "error: cannot initialize optional entry 'a' from non-optional value [1, 2]",
  "[?dyn({'a': b'x'})]":
    'error: cannot initialize optional list element from non-optional value {a: [120]}',
  'Object{?spec: optional.ofNonZeroValue(Object.spec{?replicas: Object{}.?replicas})}': '{}',
  'optional.ofNonZeroValue(Object{a: 0}).hasValue()': 'true',
  'optional.ofNonZeroValue(optional.none())': 'some(none)',
  // What is absent may be null, but has() and `?.` tell it from what is there.
  'Object{}.a': 'null',
  'has(Object{}.a)': 'false',
  'has(Object{a: null}.a)': 'true',
  'Object{}.?a': 'none',
  'Object{a: 1}.?a': 'some(1)',
  'Object{a: Object.a{b: 1}}.a.b': '1',
  'Object{a: Object.a{}}.a.b': 'error: no such key: b',
  "Object{a: Object.a{b: 1}}.a == {'b': 1}": 'true',
  'Object{a: 1} == Object{a: 2 - 1}': 'true',
  'Object{a: 1} == Object{a: 1, b: null}': 'false',
  'dyn(Object{a: 1}) == Object.a{a: 1}': 'false',
  'type(Object.spec{}) == Object.spec': 'true',
  'Object.spec == Object.spec && Object != Object.spec': 'true',
};

for (const [text, expected] of Object.entries(values)) {
  test(`${text} is ${expected}`, () => {
    assert.equal(evaluateText(text, environment), expected);
  });
}

/** Expressions that are refused; `column: message`. */
const refused: Readonly<Record<string, readonly string[]>> = {
  'Nope{a: nope}': ["5: undeclared reference to 'Nope' (in container '')"],
  'Patch.inner{a: 1}': ["12: undeclared reference to 'Patch.inner' (in container '')"],
  'object.spec{a: 1}': ["12: undeclared reference to 'object.spec' (in container '')"],
  'variable{a: 1}': ["9: 'int' is not a type", "11: unexpected failed resolution of 'variable'"],
  'any{}': ["4: 'dyn' is not a type"],
  'dotted.name{}': ["12: 'int' is not a type"],
  'object{}': ["7: 'map' is not a type"],
  "['a'].map(Object, Object{})": ["25: 'string' is not a type"],
  'int{}': ["4: 'int' is not a message type"],
  'string{a: 1}': [
    "7: 'string' is not a message type",
    "9: unexpected failed resolution of 'string'",
  ],
  'Patch{nope: 1}': ["11: undefined field 'nope'"],
  'Patch{op: 1, count: "a"}': [
    "9: expected type of field 'op' is 'string' but provided type is 'int'",
    "19: expected type of field 'count' is 'int' but provided type is 'string'",
  ],
  'Patch{names: [1]}': [
    "12: expected type of field 'names' is 'list(string)' but provided type is 'list(int)'",
  ],
  'Patch{op: null}': ["9: expected type of field 'op' is 'string' but provided type is 'null'"],
  'Patch{?count: optional.of("a")}': [
    "13: expected type of field 'count' is 'int' but provided type is 'string'",
  ],
  'Patch{?count: 1}': ["15: expected type 'optional_type(int)' but found 'int'"],
  'Patch{value: Nope{}}': ["18: undeclared reference to 'Nope' (in container '')"],
  'Patch{}.nope': ["8: undefined field 'nope'"],
  'Object{`a-b`: 1}': ["8: unsupported syntax: '`'"],
};

for (const [text, errors] of Object.entries(refused)) {
  test(`${text} is refused`, () => {
    const result = environment.compile(text);
    assert.ok(!result.ok);
    const lines = result.message.split('\n').filter((line) => line.startsWith('ERROR'));
    assert.deepEqual(
      lines.map((line) => line.replace('ERROR: <input>:1:', '')),
      errors,
    );
  });
}

/** Least and most estimated, and really spent. */
const costs: Readonly<Record<string, readonly [number, number, number]>> = {
  'Object{}': [40, 40, 40],
  'Object{a: 1, b: 2 + 3}': [41, 41, 41],
  'Object{a: Object.a{b: [1, 2]}}': [90, 90, 80],
  'Object{a: 1}.a': [41, 41, 42],
  'Object{?a: optional.none()}': [41, 41, 41],
  'Object{a: 1} == Object{a: 1}': [81, 1844674407370955300, 81],
};

for (const [text, [min, max, actual]] of Object.entries(costs)) {
  test(`${text} costs ${actual}`, () => {
    const compiled = environment.compile(text);
    assert.ok(compiled.ok, compiled.ok ? '' : compiled.message);
    const estimate = compiled.program.estimateCost({ sizeOf: () => undefined });
    assert.deepEqual(estimate, { min, max });
    assert.equal(compiled.program.evaluate(new Map()).cost, actual);
  });
}

test('fields may be in backquotes where an environment allows it', () => {
  const escaping = createEnvironment({ libraries: [optionals], types, escapedFields: true });
  assert.equal(
    evaluateText('Object{`a-b/c.d`: 1, ?`e f`: optional.of(2), `in`: 3}', escaping),
    '{a-b/c.d: 1, e f: 2, in: 3}',
  );
  assert.equal(evaluateText('Object{`a-b`: 1}.`a-b`', escaping), '1');
});
