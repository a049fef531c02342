import assert from 'node:assert/strict';
import { test } from 'node:test';
import * as fc from 'fast-check';
import { jsonDepthMax, NumberLiteral, parseJson } from './json.ts';

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
      const expected: unknown = JSON.parse(text);
      assert.deepEqual(parseJson(text), { value: expected, duplicates: [] });
      const twice = `{"x":0,"x":${text}}`;
      assert.deepEqual(parseJson(twice), { value: { x: expected }, duplicates: ['x'] });
    }),
  );
});
