import assert from 'node:assert/strict';
import { test } from 'node:test';
import * as fc from 'fast-check';
import { plainNumbers } from '../schema/decode-scalar.ts';
import { applyMergePatch, readMergePatch } from './merge.ts';

/** The examples of RFC 7386, appendix A. */
const examples: [document: unknown, patch: unknown, result: unknown][] = [
  [{ a: 'b' }, { a: 'c' }, { a: 'c' }],
  [{ a: 'b' }, { b: 'c' }, { a: 'b', b: 'c' }],
  [{ a: 'b' }, { a: null }, {}],
  [{ a: 'b', b: 'c' }, { a: null }, { b: 'c' }],
  [{ a: ['b'] }, { a: 'c' }, { a: 'c' }],
  [{ a: 'c' }, { a: ['b'] }, { a: ['b'] }],
  [{ a: { b: 'c' } }, { a: { b: 'd', c: null } }, { a: { b: 'd' } }],
  [{ a: [{ b: 'c' }] }, { a: [1] }, { a: [1] }],
  [
    ['a', 'b'],
    ['c', 'd'],
    ['c', 'd'],
  ],
  [{ a: 'b' }, ['c'], ['c']],
  [{ a: 'foo' }, null, null],
  [{ e: null }, { a: 1 }, { e: null, a: 1 }],
  [[1, 2], { a: 'b', c: null }, { a: 'b' }],
  [{}, { a: { bb: { ccc: null } } }, { a: { bb: {} } }],
];

test('the examples of the RFC', () => {
  for (const [document, patch, result] of examples) {
    assert.deepEqual(applyMergePatch(document, patch), result);
  }
});

/** Where upstream and the RFC part: nulls in lists. */
const lists: [document: unknown, patch: unknown, result: unknown][] = [
  [{ a: [{ b: 1 }] }, { a: [{ b: null, c: 2 }, null] }, { a: [{ c: 2 }, null] }],
  [{}, { a: [{ b: null }] }, { a: [{}] }],
  [{ a: { b: 1 } }, { a: [{ b: null }] }, { a: [{ b: null }] }],
];

test('lists come without the nulls in their objects, unless they take the place of an object', () => {
  for (const [document, patch, result] of lists) {
    assert.deepEqual(applyMergePatch(document, patch), result);
  }
});

/** The algorithm of the RFC, word for word. */
function reference(target: unknown, patch: unknown): unknown {
  if (typeof patch !== 'object' || patch === null || Array.isArray(patch)) return patch;
  const start =
    typeof target === 'object' && target !== null && !Array.isArray(target) ? target : {};
  const result = new Map(Object.entries(start));
  for (const [name, value] of Object.entries(patch)) {
    if (value === null) result.delete(name);
    else result.set(name, reference(result.get(name), value));
  }
  return Object.fromEntries(result);
}

const { value } = fc.letrec<{ value: unknown; object: unknown }>((tie) => ({
  object: fc.dictionary(fc.constantFrom('a', 'b', 'c', '__proto__'), tie('value'), {
    noNullPrototype: true,
  }),
  value: fc.oneof(
    { maxDepth: 4 },
    fc.constant(null),
    fc.integer(),
    fc.array(fc.integer()),
    tie('object'),
  ),
}));

test('any document, any patch', () => {
  fc.assert(
    fc.property(value, value, (document, patch) => {
      const before = JSON.stringify([document, patch]);
      assert.deepEqual(applyMergePatch(document, patch), reference(document, patch));
      assert.equal(JSON.stringify([document, patch]), before);
    }),
  );
});

test('reading', () => {
  const cases: [string, 'strict' | 'lenient', string][] = [
    [
      '"x"',
      'strict',
      'error decoding patch: json: cannot unmarshal string into Go value of type map[string]interface {}',
    ],
    ['{', 'strict', 'error decoding patch: unexpected end of JSON input'],
    ['{', 'lenient', 'Invalid JSON Patch'],
    ['"x"', 'lenient', 'Invalid JSON Patch'],
    ['null', 'strict', 'Invalid JSON Patch'],
    ['null', 'lenient', 'Invalid JSON Patch'],
  ];
  for (const [text, mode, message] of cases)
    assert.throws(() => readMergePatch(text, mode), { message });
  assert.deepEqual(readMergePatch('{"a":1,"a":2}', 'strict').problems, ['duplicate field "a"']);
});

test('numbers are values, however they are spelled', () => {
  const { patch } = readMergePatch('{"a":1.5,"b":{"c":9007199254740993},"d":[1e3]}', 'strict');
  const merged = plainNumbers(applyMergePatch({ b: { c: 1 } }, patch));
  assert.deepEqual(merged, { a: 1.5, b: { c: 9007199254740993n }, d: [1000] });
  assert.throws(() => readMergePatch('1.5', 'strict'), /cannot unmarshal number/);
  assert.throws(() => readMergePatch('1.5', 'lenient'), { message: 'Invalid JSON Patch' });
});
