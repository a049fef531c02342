import assert from 'node:assert/strict';
import { test } from 'node:test';
import * as fc from 'fast-check';
import { applyJsonPatch, readJsonPatch } from './json.ts';

type Operation = Readonly<Record<string, unknown>>;

const applied: [name: string, before: unknown, operations: Operation[], after: unknown][] = [
  ['add a member', { a: 1 }, [{ op: 'add', path: '/b', value: 2 }], { a: 1, b: 2 }],
  ['add without a value', {}, [{ op: 'add', path: '/b' }], { b: null }],
  [
    'add to a list',
    { l: [1, 3] },
    [
      { op: 'add', path: '/l/1', value: 2 },
      { op: 'add', path: '/l/-', value: 4 },
    ],
    { l: [1, 2, 3, 4] },
  ],
  ['replace of a missing member adds it', {}, [{ op: 'replace', path: '/a', value: 1 }], { a: 1 }],
  ['replace all', { a: 1 }, [{ op: 'replace', path: '', value: { b: 2 } }], { b: 2 }],
  [
    'remove',
    { a: 1, l: [1, 2] },
    [
      { op: 'remove', path: '/a' },
      { op: 'remove', path: '/l/-1' },
    ],
    { l: [1] },
  ],
  [
    'move',
    { a: { x: 1 }, b: {} },
    [{ op: 'move', from: '/a/x', path: '/b/y' }],
    { a: {}, b: { y: 1 } },
  ],
  [
    'copy of a missing member',
    { a: {} },
    [{ op: 'copy', from: '/a/x', path: '/a/y' }],
    { a: { y: null } },
  ],
  [
    'escapes, in one pass',
    {},
    [
      { op: 'add', path: '/a~1b', value: 1 },
      { op: 'add', path: '/c~01', value: 2 },
    ],
    { 'a/b': 1, 'c~1': 2 },
  ],
  [
    'before the first slash anything goes',
    { data: {} },
    [{ op: 'add', path: 'data/a', value: 1 }],
    { data: {}, a: 1 },
  ],
  ['an empty name', { d: {} }, [{ op: 'add', path: '/d/', value: 1 }], { d: { '': 1 } }],
  [
    'test',
    { a: [1, { b: 2 }] },
    [{ op: 'test', path: '/a', value: [1, { b: 2 }] }],
    { a: [1, { b: 2 }] },
  ],
];

test('operations', () => {
  for (const [name, before, operations, after] of applied) {
    const text = JSON.stringify([before, operations]);
    assert.deepEqual(applyJsonPatch(before, operations), after, name);
    assert.equal(JSON.stringify([before, operations]), text, 'an argument was changed');
  }
});

const refused: Operation[] = [
  { op: 'remove', path: '/none' },
  { op: 'remove', path: '/l/7' },
  { op: 'remove', path: '/l/-' },
  { op: 'replace', path: '/l/3', value: 1 },
  { op: 'replace', path: '', value: 'text' },
  { op: 'add', path: '/none/x', value: 1 },
  { op: 'add', path: '/a/x', value: 1 },
  { op: 'add', path: 'word', value: 1 },
  { op: 'add', path: 1, value: 1 },
  { op: 'move', from: '/none', path: '/x' },
  { op: 'move', path: '/x' },
  { op: 'copy', from: '/none/x', path: '/y' },
  { op: 'test', path: '/a', value: 'other' },
  { op: 'test', path: '/l', value: [2, 1] },
  { op: 'nonsense', path: '/a' },
];

test('operations that fail', () => {
  for (const operation of refused) {
    assert.throws(() => applyJsonPatch({ a: 'x', l: [1, 2] }, [operation]), {
      message: 'the server rejected our request due to an error in our request',
      code: 422,
    });
  }
});

const unreadable: [text: string, mode: 'strict' | 'lenient', message: string][] = [
  ['{}', 'lenient', 'json: cannot unmarshal object into Go value of type jsonpatch.Patch'],
  ['[{"op":', 'lenient', 'unexpected end of JSON input'],
  ['', 'lenient', 'unexpected end of JSON input'],
  [
    '{}',
    'strict',
    'error decoding patch: json: cannot unmarshal object into Go value of type []handlers.jsonPatchOp',
  ],
  [
    '[{"op":"add","path":1}]',
    'strict',
    'error decoding patch: json: cannot unmarshal number into Go struct field jsonPatchOp.path of type string',
  ],
];

test('patches that cannot be read', () => {
  for (const [text, mode, message] of unreadable) {
    assert.throws(() => readJsonPatch(text, mode), { message, code: 400 });
  }
  assert.equal(readJsonPatch('null', 'lenient').operations.length, 0);
  assert.deepEqual(readJsonPatch('[null]', 'strict').operations, [{}]);
  const { problems } = readJsonPatch('[{"op":"test","path":"","extra":1}]', 'strict');
  assert.deepEqual(problems, ['json patch unknown field "[0].extra"']);
});

test('what is added is found, and what is removed is gone', () => {
  const key = fc.string();
  const object = fc.dictionary(key, fc.jsonValue(), { noNullPrototype: true });
  fc.assert(
    fc.property(object, key, fc.jsonValue(), (before, name, value) => {
      const path = `/${name.replaceAll('~', '~0').replaceAll('/', '~1')}`;
      const add = { op: 'add', path, value };
      const after = applyJsonPatch(before, [add, { op: 'test', path, value }]);
      const gone = applyJsonPatch(after, [{ op: 'remove', path }]) as object;
      assert.equal(Object.hasOwn(gone, name), false);
      assert.equal(Object.keys(gone).length, Object.keys(before).filter((k) => k !== name).length);
    }),
  );
});
