import assert from 'node:assert/strict';
import { test } from 'node:test';
import * as fc from 'fast-check';
import {
  decodeJson,
  encodeExactly,
  encodeJson,
  exactNumber,
  formatJson,
  jsonDepthMax,
  memberPaths,
  NumberLiteral,
  parseJson,
} from './json.ts';

const broken: [text: string, message: string][] = [
  ['', 'unexpected end of JSON input'],
  ['   ', 'unexpected end of JSON input'],
  ['{"a":{"b":"c"', 'unexpected end of JSON input'],
  ['{"a":1} x', "invalid character 'x' after top-level value"],
  ['{"a":1}{', "invalid character '{' after top-level value"],
  ['{"a":1,}', "invalid character '}' looking for beginning of object key string"],
  ["{'a':1}", "invalid character '\\'' looking for beginning of object key string"],
  ['apiVersion: v1', "invalid character 'a' looking for beginning of value"],
  ['{"a":"a\\x"}', "invalid character 'x' in string escape code"],
  ['"\\u12g4"', "invalid character 'g' in \\u hexadecimal character escape"],
  ['<html/>', "invalid character '<' looking for beginning of value"],
  ['no', "invalid character 'o' in literal null (expecting 'u')"],
  ['[1,]', "invalid character ']' looking for beginning of value"],
  ['[1 2]', "invalid character '2' after array element"],
  ['{"a" 1}', "invalid character '1' after object key"],
  ['{"a":1 "b"}', "invalid character '\"' after object key:value pair"],
  ['01', "invalid character '1' after top-level value"],
  ['-x', "invalid character 'x' in numeric literal"],
  ['1.x', "invalid character 'x' after decimal point in numeric literal"],
  ['1e+x', "invalid character 'x' in exponent of numeric literal"],
  ['"a\nb"', "invalid character '\\n' in string literal"],
  ['é', "invalid character 'Ã' looking for beginning of value"],
];

test('broken text', () => {
  for (const [text, message] of broken) {
    assert.throws(() => parseJson(text), { name: 'JsonSyntaxError', message }, text);
  }
});

const repeated: [text: string, duplicates: string[]][] = [
  ['{"a":1,"b":{"a":2}}', []],
  ['{"a":1,"a":2}', ['a']],
  ['{"metadata":{"labels":{"a":"1","b":"2","a":"3"}}}', ['metadata.labels.a']],
  ['{"spec":{"c":[{},{"n":1,"n":2,"n":3}]}}', ['spec.c[1].n', 'spec.c[1].n']],
  ['{"a":"{\\"a\\":1,\\"a\\":2}"}', []],
  ['{"a\\\\":1,"a\\\\":2}', ['a\\']],
  ['{"__proto__":1,"__proto__":2}', ['__proto__']],
];

test('every member has its place', () => {
  const text = '{"a":{"b":[{"c":1},{"c":2,"c":3}]},"a":"{}"}';
  assert.deepEqual(memberPaths(text), ['a', 'a.b', 'a.b[0].c', 'a.b[1].c', 'a.b[1].c', 'a']);
});

test('keys that come twice', () => {
  for (const [text, duplicates] of repeated) {
    assert.deepEqual(parseJson(text).duplicates, duplicates, text);
    assert.deepEqual(parseJson(text).value, JSON.parse(text));
  }
});

test('numbers keep their spelling when asked', () => {
  const { value } = parseJson('[15.0,1e1,15,12345678901234567890]', { numbers: 'exact' });
  const spelled = (value as unknown[]).map((v) => (v instanceof NumberLiteral ? v.text : v));
  assert.deepEqual(spelled, ['15.0', '1e1', 15, '12345678901234567890']);
  assert.deepEqual(parseJson('[15.0]').value, [15]);
});

test('nesting has a limit', () => {
  const nested = (depth: number): string => '['.repeat(depth) + ']'.repeat(depth);
  assert.doesNotThrow(() => parseJson(nested(jsonDepthMax)));
  assert.throws(() => parseJson(nested(jsonDepthMax + 1)), { message: 'exceeded max depth' });
});

test('both parsers read what JSON.stringify writes', () => {
  fc.assert(
    fc.property(fc.json(), (text) => {
      const expected = expectedOf(JSON.parse(text));
      assert.deepEqual(parseJson(text), { value: expected, duplicates: [] });
      const twice = `{"x":0,"x":${text}}`;
      assert.deepEqual(parseJson(twice), { value: { x: expected }, duplicates: ['x'] });
    }),
  );
});

const whole = fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n });
const isLarge = (value: bigint): boolean => value >= 2n ** 53n || value <= -(2n ** 53n);
/** JSON with whole numbers of 64 bits among its values, as Go writes it, and the same with all of them as bigints. */
const withIntegers = fc.letrec<{ value: unknown }>((tie) => ({
  value: fc.oneof(
    { maxDepth: 4 },
    whole,
    fc.constantFrom(
      2n ** 53n - 1n,
      2n ** 53n,
      2n ** 53n + 1n,
      -(2n ** 53n) - 1n,
      2n ** 63n - 1n,
      -(2n ** 63n),
    ),
    fc.string(),
    fc.boolean(),
    fc.constant(null),
    fc.double({ noNaN: true, noDefaultInfinity: true }).filter((value) => !Number.isInteger(value)),
    fc.array(tie('value'), { maxLength: 4 }),
    fc.dictionary(fc.string(), tie('value'), { maxKeys: 4 }),
  ),
})).value;

/** As N1 says. */
function expectedOf(value: unknown): unknown {
  if (typeof value === 'number') return exactNumber(String(value));
  if (typeof value === 'bigint') return isLarge(value) ? value : Number(value);
  if (Array.isArray(value)) return value.map(expectedOf);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, member]) => [key, expectedOf(member)]),
  );
}

test('whole numbers of 64 bits keep their digits, in and out', () => {
  fc.assert(
    fc.property(withIntegers, (value) => {
      const text = JSON.stringify(value, (_, part: unknown) =>
        typeof part === 'bigint' ? JSON.rawJSON(String(part)) : part,
      );
      const expected = expectedOf(value);
      assert.deepEqual(decodeJson(text), expected);
      assert.deepEqual(parseJson(text).value, expected);
      assert.deepEqual(decodeJson(encodeJson(expected)), expected);
      assert.deepEqual(decodeJson(formatJson(expected, 2)), expected);
    }),
  );
});

const spellings: readonly [literal: string, value: number | bigint][] = [
  ['9007199254740991', 9007199254740991],
  ['9007199254740992', 9007199254740992n],
  ['9007199254740993', 9007199254740993n],
  ['-9007199254740993', -9007199254740993n],
  ['9223372036854775807', 9223372036854775807n],
  ['-9223372036854775808', -9223372036854775808n],
  ['9223372036854775808', 2 ** 63],
  ['-9223372036854775809', -(2 ** 63)],
  ['4611686018427387904.0', 4611686018427388000n],
  ['9223372036854775807.0', 2 ** 63],
  ['1e17', 100000000000000000n],
  ['1e19', 1e19],
  ['9007199254740993.0', 9007199254740992n],
  ['12345678901234567.5', 12345678901234568n],
  ['1.5', 1.5],
  ['1e3', 1000],
];

for (const [literal, value] of spellings) {
  test(`${literal} is ${typeof value} ${value}`, () => {
    assert.equal(exactNumber(literal), value);
    assert.equal(new NumberLiteral(literal).value, value);
  });
}

test('ordinary values are written as JSON.stringify writes them', () => {
  fc.assert(
    fc.property(fc.jsonValue(), (value) => {
      assert.deepEqual(encodeExactly(value), {
        text: JSON.stringify(value),
        hasLargeIntegers: false,
      });
    }),
  );
  assert.equal(encodeExactly({ a: 2n ** 60n }).hasLargeIntegers, true);
});

test('text that is no JSON is refused as JSON.parse refuses it', () => {
  assert.throws(() => decodeJson('{"a":12345678901234567'), SyntaxError);
});
