import assert from 'node:assert/strict';
import { test } from 'node:test';
import { CostLimitExceeded } from '../errors.ts';
import { evaluateText, testBindings, testEnvironment } from '../testing.ts';

/** Expressions and what they are; errors as `error: text`. */
const values: Readonly<Record<string, string>> = {
  '1 + 2 * 3 - 4 / 3 % 2': '6',
  '-7 / 2': '-3',
  '-7 % 2': '-1',
  '7u - 2u': '5u',
  '1u - 2u': 'error: unsigned integer overflow',
  '9223372036854775807 + 1': 'error: integer overflow',
  '-9223372036854775808 / -1': 'error: integer overflow',
  '-(-9223372036854775808)': 'error: integer overflow',
  '1 / 0': 'error: division by zero',
  '1 % 0': 'error: modulus by zero',
  '1.0 / 0.0': '+Inf',
  '--5': '5',
  // Integers are exact, also where doubles are not.
  '9007199254740993': '9007199254740993',
  '9007199254740992 + 1': '9007199254740993',
  '9007199254740993 == 9007199254740992': 'false',
  '9007199254740993 > 9007199254740992': 'true',
  '3037000499 * 3037000499': '9223372030926249001',
  '9223372036854775807 - 1 - 9223372036854775805': '1',
  '9223372036854775807 / 3 % 1000': '602',
  '-9223372036854775808': '-9223372036854775808',
  '0x7fffffffffffffff': '9223372036854775807',
  '18446744073709551615u': '18446744073709551615u',
  '18446744073709551615u - 1u': '18446744073709551614u',
  '4294967295u * 4294967297u': '18446744073709551615u',
  '18446744073709551615u + 1u': 'error: unsigned integer overflow',
  '18446744073709551615u == 18446744073709551614u': 'false',
  "int('9007199254740993') + int(9007199254740993u)": '18014398509481986',
  "string(9007199254740993) + string(uint('18446744073709551615'))":
    "'900719925474099318446744073709551615'",
  '{9007199254740993: 1, 9007199254740992: 2}[9007199254740993]': '1',
  '9007199254740993 in [9007199254740992]': 'false',
  '[9007199254740993, 9007199254740992].filter(x, x % 2 == 1)': '[9007199254740993]',
  '[9223372036854775807.0].map(d, int(d))': 'error: integer overflow',
  'duration("9007199254.740993s") == duration("9007199254740993us")': 'true',
  'int(timestamp("9999-12-31T23:59:59Z"))': '253402300799',
  '!!true': 'true',
  '1 / 0 > 1 || true': 'true',
  '1 / 0 > 1 && false': 'false',
  '1 / 0 > 1 || false': 'error: division by zero',
  '[0, 1].exists(x, 1 / x == 1)': 'true',
  '[0, 2].all(x, 2 / x == 1)': 'error: division by zero',
  '[0, 1].all(x, 2 / x == 1)': 'false',
  '[1, 2, 3].filter(x, x > 1).map(x, x * x)': '[4, 9]',
  '[1, 2, 3].map(x, x > 1, x + 1)': '[3, 4]',
  '[1, 2, 2].exists_one(x, x == 2)': 'false',
  "{'a': 1, 'b': 2}.exists(k, k == 'b')": 'true',
  "['x', 'y'].transformMap(i, v, v + string(i))": "{0: 'x0', 1: 'y1'}",
  "{'a': 1}.transformList(k, v, k + string(v))": "['a1']",
  "['a'].transformMapEntry(i, v, {v: i})": "{'a': 0}",
  "['a', 'a'].transformMapEntry(i, v, {v: i})": 'error: insert failed: key a already exists',
  '[[1, 2], [3]].map(x, x.map(y, y + size(x)))': '[[3, 4], [4]]',
  'self.name': "'hello'",
  'self.absent': 'error: no such key: absent',
  'has(self.absent)': 'false',
  'has(self.name)': 'true',
  "self.labels['x']": 'error: no such key: x',
  'self.names[2]': 'error: index out of bounds: 2',
  'self.names[-1]': 'error: index out of bounds: -1',
  'self.?absent': 'none',
  "self.?labels['x'].orValue('y')": "'y'",
  'self.names[?1]': "some('bc')",
  'self.names[?9].hasValue()': 'false',
  'self.?name.optMap(n, size(n))': 'some(5)',
  'self.?absent.optFlatMap(n, optional.of(n))': 'none',
  // Where types are dynamic, objects are maps.
  'dyn(self).exists(k, k == "name")': 'true',
  'dyn(self).transformList(k, v, k == "count", v)': '[5]',
  "'name' in dyn(self) && !('absent' in dyn(self)) && !(1 in dyn(self))": 'true',
  'size(dyn(self))': '4',
  "dyn(Self{count: 1}) == {'count': 1}": 'true',
  "{'count': 1} == dyn(Self{count: 1}) && {'count': 2} != dyn(Self{count: 1})": 'true',
  'dyn(self)["name"]': "'hello'",
  'dyn(5).all(x, true)': "error: got 'types.Int', expected iterable type",
  'dyn(null).map(x, x)': "error: got 'types.Null', expected iterable type",
  "dyn('a').exists(x, true)": "error: got 'types.String', expected iterable type",
  'dyn(1.5).all(k, v, true)': 'error: unsupported comprehension range type: types.Double',
  'dyn([1]).name': "error: unsupported index type 'string' in list",
  'has(dyn([1]).name)': "error: unsupported index type 'string' in list",
  'dyn([1]).?name': "error: unsupported index type 'string' in list",
  "dyn([1])['name']": "error: unsupported index type 'string' in list",
  'dyn([1])[0.5]': 'error: unsupported index value 0.5 in list',
  '[1][dyn(18446744073709551615u)]': 'error: unsupported index value 18446744073709551615 in list',
  'dyn(5).name': 'error: no such key: name',
  'has(dyn(5).name)': 'false',
  'dyn(5).?name': 'none',
  'optional.none().value()': 'error: optional.none() dereference',
  '[?self.?absent, ?self.?name]': "['hello']",
  "{?'a': self.?absent, 'b': 'c'}": "{'b': 'c'}",
  'optional.ofNonZeroValue(0)': 'none',
  // The language's operators look at their arguments themselves; what has no such operator is told its name.
  'any[1] + 1': 'error: no such overload',
  'any[2] + 1': 'error: no such overload: _+_',
  'any[2] < 1': 'error: no such overload: _<_',
  'any[1] < 1 || any[1] - 1 == 0': 'error: no such overload',
  'dyn(true) * 2 == 2': 'error: no such overload: _*_',
  'size(any[0])': 'error: no such overload: size',
  'any[0].matches("a" + "b")': 'error: no such overload: matches',
  '1 in any[0]': 'error: no such overload',
  '!any[0]': 'error: no such overload',
  '-dyn(null)': 'error: no such overload: -_',
  '-dyn(true)': 'false',
  "-dyn(duration('1s'))": '-1s',
  'any[1].startsWith(any[0])': 'error: no such overload: startsWith(string, int)',
  'any[0] == 1u': 'true',
  'any[1] == 1': 'false',
  'dyn(1) < 1.5 && dyn(2u) > 1': 'true',
  "{1: 'a'}[dyn(1.0)]": "'a'",
  "1 in [1, 2] && !('c' in ['a'])": 'true',
  "'a' in {'a': 1}": 'true',
  '[1, 2] == [1, 2] && {"a": 1} == {"a": 1}': 'true',
  "b'abc' < b'abd' && 'a' < 'b' && false < true": 'true',
  "'\\U0001F600' > '\\uFFFF'": 'true',
  "size('\\U0001F600')": '1',
  "size(b'\\xff\\x00')": '2',
  "b'ÿ' + b'\\xff'": 'bytes(195 191 255)',
  "r'\\d' + '\\x41\\u00e9\\101'": "'\\dAéA'",
  "'abc'.contains('b') && 'abc'.startsWith('a') && 'abc'.endsWith('c')": 'true',
  "'hubba'.matches('^h.*a$') && !matches('x', 'y')": 'true',
  'string(1.0) + string(1e6) + string(0.00001)': "'11e+061e-05'",
  "string(duration('90m')) + string(duration('1.5s'))": "'5400s1.5s'",
  "int('12') + int(3.9) + int(4u)": '19',
  'int(any[1])': "error: type conversion error from 'string' to 'int'",
  'int(1e300)': 'program instantiation failed: integer overflow',
  "bool('t') && !bool('False')": 'true',
  "double('1e3')": '1000',
  'type(1) == int && type([]) == list && type(type(1)) == type': 'true',
  "timestamp('2024-02-29T23:59:59.5+02:00')": '2024-02-29T23:59:59.5+02:00',
  "timestamp('2024-02-29T23:30:00+02:00').getHours()": '21',
  "timestamp('2024-03-01T02:30:00Z').getDate('America/New_York')": '29',
  "timestamp('2024-03-01T02:30:00Z').getHours('-03:30')": '23',
  "timestamp('2024-12-31T00:00:00Z').getDayOfYear()": '365',
  "timestamp('1969-12-31T23:59:59Z').getDayOfWeek()": '3',
  "timestamp('2024-01-01T00:00:00Z').getHours('Nowhere')": 'error: unknown time zone Nowhere',
  "timestamp('9999-12-31T23:59:59Z') + duration('1s')": 'error: timestamp overflow',
  "timestamp('2024-01-02T00:00:00Z') - timestamp('2024-01-01T00:00:00Z')": '86400s',
  "duration('1h') - duration('90m')": '-1800s',
  'Self{count: 1, ?name: self.?absent}.count': '1',
  // A literal without a value fails when it is evaluated, a conversion of one beforehand.
  '{[1]: 1}': 'error: unsupported key type',
  '[{[1]: 1}].size() == 1 || true': 'true',
  'dyn({[1]: 1})': 'program instantiation failed: unsupported key type',
  // Keys may repeat, the last one decides; numbers that are not whole, and null, are keys as well.
  "{'a': 1, 'b': 2, 'a': 3}": "{'a': 3, 'b': 2}",
  "{'a': 'b', ?'a': self.?absent}": '{}',
  '{1.5: true}[1.5] && {null: true}[null] && !(1.25 in {1.5: true})': 'true',
};

for (const [text, expected] of Object.entries(values)) {
  test(`${text} is ${expected}`, () => {
    assert.equal(evaluateText(text), expected);
  });
}

/** Costs as upstream counts them; literals are free, also in lists, and named branches are. */
const costs: Readonly<Record<string, number>> = {
  '1': 0,
  '[1, 2, 3]': 0,
  self: 1,
  'self.name': 2,
  'self.names[0]': 3,
  'self.names[self.count - 5]': 6,
  'has(self.name)': 1,
  'self.count > 1': 3,
  "self.name == 'hello'": 3,
  "self.name.startsWith('he')": 3,
  "self.name.contains('ell')": 3,
  "self.name.matches('h.*')": 3,
  "self.name + '0123456789'": 4,
  '[self.count]': 12,
  "{'a': self.count}": 32,
  'self.count > 1 ? self.count : 0': 4,
  'self.count > 1 && self.count < 9': 6,
  'self.names.all(n, true)': 9,
  'self.names.map(n, n)': 29,
  'self.count in [1, 2]': 2,
  "'bc' in self.names": 4,
  'self.?absent.orValue("")': 1,
  'int("1") + 1': 1,
  // What has no value is paid for, too: calls with one of their arguments, literals, steps with such a key.
  'self.absent == "x" || true': 3,
  '!(self.absent == "x") || true': 4,
  'self.absent == self.absent || true': 5,
  'self.names.exists(n, self.absent == "x") || true': 17,
  '[self.count, 1 / 0].size() > 0 || true': 15,
  'self.names[1 / 0] == "x" || true': 5,
};

for (const [text, expected] of Object.entries(costs)) {
  test(`${text} costs ${expected}`, () => {
    const compiled = testEnvironment.compile(text);
    assert.ok(compiled.ok, compiled.ok ? '' : compiled.message);
    assert.equal(compiled.program.evaluate(testBindings).cost, expected);
  });
}

test('an evaluation ends when its budget is spent, whatever would absorb an error', () => {
  const compiled = testEnvironment.compile('self.names.all(n, n != "x") || true');
  assert.ok(compiled.ok);
  assert.throws(
    () => compiled.program.evaluate(testBindings, { costLimit: 5 }),
    (error) =>
      error instanceof CostLimitExceeded &&
      error.message === 'operation cancelled: actual cost limit exceeded',
  );
});

test('a list built element by element takes as many steps as it has elements', () => {
  const environment = testEnvironment.extend({
    variables: { many: { kind: 'list', element: { kind: 'int' } } },
  });
  const compiled = environment.compile('many.map(x, x + 1).filter(x, x > 0).size()');
  assert.ok(compiled.ok);
  const many = { kind: 'list', size: 100_000, get: (index: number) => BigInt(index) } as const;
  const { value } = compiled.program.evaluate(new Map([['many', many]]));
  assert.equal(value, 100_000n);
});
