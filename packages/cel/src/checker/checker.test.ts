import assert from 'node:assert/strict';
import { test } from 'node:test';
import { testEnvironment } from '../testing.ts';
import { formatType } from '../types.ts';

/** Expressions that are refused; `column: message`. */
const refused: Readonly<Record<string, readonly string[]>> = {
  'nope > 1': ["1: undeclared reference to 'nope' (in container '')"],
  'self.name.frob()': ["15: undeclared reference to 'frob' (in container '')"],
  'self.nope': ["5: undefined field 'nope'"],
  'self.nope + self.none > 1': ["5: undefined field 'nope'", "17: undefined field 'none'"],
  "self.count == 'x'": ["12: found no matching overload for '_==_' applied to '(int, string)'"],
  'size(self.name, 1)': ["5: found no matching overload for 'size' applied to '(string, int)'"],
  'self.?name.orValue(1)': [
    "19: found no matching overload for 'orValue' applied to 'optional_type(string).(int)'",
  ],
  'self.name.size() == 1u': ["18: found no matching overload for '_==_' applied to '(int, uint)'"],
  'self.count.x': ["11: type 'int' does not support field selection"],
  'self.count.all(x, true)': [
    "5: expression of type 'int' cannot be range of a comprehension (must be list, map, or dynamic)",
  ],
  '1 && true': ["1: expected type 'bool' but found 'int'"],
  "[1, 'a', true]": ["5: expected type 'int' but found 'string'"],
  '[dyn(1), 2]': ["10: expected type 'dyn' but found 'int'"],
  "[[1], ['a']]": ["7: expected type 'list(int)' but found 'list(string)'"],
  "{'a': 1, 'b': 'c', 3: true}": [
    "15: expected type 'int' but found 'string'",
    "20: expected type 'string' but found 'int'",
    "23: expected type 'int' but found 'bool'",
  ],
  "[?self.?name, 'a', 1]": ["20: expected type 'string' but found 'int'"],
  "[1, 'a'].exists(x, self.nope)": ["24: undefined field 'nope'"],
  '[?self.name]': ["7: expected type 'optional_type(string)' but found 'string'"],
  "Self{count: 'a'}": ["11: expected type of field 'count' is 'int' but provided type is 'string'"],
  'Nope{}': ["5: undeclared reference to 'Nope' (in container '')"],
  "duration('x')": ['10: invalid duration argument'],
  "timestamp('x')": ['11: invalid timestamp argument'],
  "self.name.matches('[a')": ['19: invalid matches argument'],
  "matches('[a', self.name)": ['9: invalid matches argument'],
  'timestamp(253402300800)': ['11: invalid timestamp argument'],
  'self.names.transformMap(i, i, 1)': ['28: duplicate variable name: i'],
};

for (const [text, errors] of Object.entries(refused)) {
  test(`${text} is refused`, () => {
    const result = testEnvironment.compile(text);
    assert.ok(!result.ok);
    const lines = result.message.split('\n').filter((line) => line.startsWith('ERROR'));
    assert.deepEqual(
      lines.map((line) => line.replace('ERROR: <input>:1:', '')),
      errors,
    );
  });
}

/** The type of an expression, as messages print it. */
const types: Readonly<Record<string, string>> = {
  'self.count + 1': 'int',
  'self.names.map(n, size(n))': 'list(int)',
  "self.labels['a']": 'string',
  'self.?absent': 'optional_type(string)',
  'self.?labels.a': 'optional_type(string)',
  'self.?names[0].orValue("x")': 'string',
  '[]': 'list(dyn)',
  "[] + ['a']": 'list(string)',
  '{}': 'map(dyn, dyn)',
  'any.x.y': 'dyn',
  '[dyn(1), dyn(2)]': 'list(dyn)',
  '[[], [1]]': 'list(list(int))',
  '[optional.none(), self.?count]': 'list(optional_type(int))',
  'type(1)': 'type(int)',
  int: 'type(int)',
  'self.names.transformMap(i, n, i < size(n))': 'map(int, bool)',
  "duration('1s') + timestamp('2020-01-01T00:00:00Z')": 'timestamp',
  'self.names.exists_one(n, n == "a")': 'bool',
};

for (const [text, type] of Object.entries(types)) {
  test(`${text} is ${type}`, () => {
    const result = testEnvironment.compile(text);
    assert.ok(result.ok, result.ok ? '' : result.message);
    assert.equal(formatType(result.outputType), type);
  });
}

test('an expression tells which variables, fields and functions it uses', () => {
  const result = testEnvironment.compile('self.names.all(n, n in any) && has(self.?self.name)');
  assert.ok(result.ok, result.ok ? '' : result.message);
  const { variables, fields, functions } = result.references;
  assert.deepEqual([...variables], ['self', 'any']);
  assert.deepEqual(
    fields.map((path) => path.join('.')),
    ['self.names', 'any', 'self.self.name'],
  );
  assert.ok(functions.has('@in'));
});
