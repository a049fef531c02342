/** What becomes of names that several servers use. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { filterPaths, type Json, mergeV2 } from './merge.ts';

const refersTo = (name: string): Json => ({ $ref: `#/definitions/${name}` });
const text = { type: 'string' };
const number = { type: 'integer' };
const kind = (group: string): Json => ({ group, version: 'v1', kind: 'K' });
const known = (...groups: readonly string[]): Json => ({
  ...text,
  'x-kubernetes-group-version-kind': groups.map(kind),
});

const cases: readonly {
  readonly name: string;
  readonly base: Json;
  readonly others: readonly Json[];
  readonly merged: Json;
}[] = [
  {
    name: 'what is new is added; what describes the whole stays',
    base: { info: 'ours', paths: { '/a': {} }, definitions: { A: text } },
    others: [{ info: 'theirs', paths: { '/b': refersTo('B') }, definitions: { B: text } }],
    merged: {
      info: 'ours',
      paths: { '/a': {}, '/b': refersTo('B') },
      definitions: { A: text, B: text },
    },
  },
  {
    name: 'a definition that says the same is shared',
    base: { paths: { '/a': refersTo('A') }, definitions: { A: text } },
    others: [{ paths: { '/b': refersTo('A') }, definitions: { A: text } }],
    merged: { paths: { '/a': refersTo('A'), '/b': refersTo('A') }, definitions: { A: text } },
  },
  {
    name: 'one that says something else is renamed, wherever it is referred to',
    base: { paths: { '/a': refersTo('A') }, definitions: { A: text } },
    others: [
      {
        paths: { '/b': [refersTo('B')] },
        definitions: { A: number, B: { properties: { a: refersTo('A') } } },
      },
    ],
    merged: {
      paths: { '/a': refersTo('A'), '/b': [refersTo('B')] },
      definitions: { A: text, A_v2: number, B: { properties: { a: refersTo('A_v2') } } },
    },
  },
  {
    name: 'one that was renamed before is found again, a name in use is not taken',
    base: { paths: {}, definitions: { A: text } },
    others: [
      { paths: { '/b': refersTo('A') }, definitions: { A: number } },
      { paths: { '/c': refersTo('A') }, definitions: { A: number } },
      { paths: { '/d': refersTo('A') }, definitions: { A: { x: 1 }, A_v3: { y: 1 } } },
    ],
    merged: {
      paths: { '/b': refersTo('A_v2'), '/c': refersTo('A_v2'), '/d': refersTo('A_v4') },
      definitions: { A: text, A_v2: number, A_v4: { x: 1 }, A_v3: { y: 1 } },
    },
  },
  {
    name: 'kinds do not make definitions differ: they are joined',
    base: { paths: {}, definitions: { A: known('b', 'd') } },
    others: [{ paths: { '/b': {} }, definitions: { A: known('c', 'b') } }],
    merged: { paths: { '/b': {} }, definitions: { A: known('b', 'c', 'd') } },
  },
  {
    name: 'a path that is there stays, and what only the other needed does not come',
    base: { paths: { '/a': {} }, definitions: {} },
    others: [
      {
        paths: { '/a': refersTo('A'), '/b': refersTo('B') },
        definitions: { A: text, B: text, Unused: text },
      },
    ],
    merged: {
      paths: { '/a': {}, '/b': refersTo('B') },
      definitions: { B: text, Unused: text },
    },
  },
  {
    name: 'parameters are renamed like definitions',
    base: { paths: {}, definitions: {}, parameters: { p: text } },
    others: [{ paths: { '/b': { $ref: '#/parameters/p' } }, parameters: { p: number } }],
    merged: {
      paths: { '/b': { $ref: '#/parameters/p_v2' } },
      definitions: {},
      parameters: { p: text, p_v2: number },
    },
  },
];

for (const { name, base, others, merged } of cases) {
  test(name, () => {
    const before = structuredClone({ base, others });
    assert.deepEqual(mergeV2(base, others), merged);
    assert.deepEqual({ base, others }, before);
  });
}

test('filtering keeps what the paths that stay need, directly or not', () => {
  const document = {
    paths: { '/apis/g/v1/x': refersTo('X'), '/apis/g/v2/y': refersTo('Y') },
    definitions: { X: { items: refersTo('Z') }, Y: { items: refersTo('Z') }, Z: text, Free: text },
  };
  assert.deepEqual(
    filterPaths(document, (path) => path.startsWith('/apis/g/v1/')),
    {
      paths: { '/apis/g/v1/x': refersTo('X') },
      definitions: { X: { items: refersTo('Z') }, Z: text, Free: text },
    },
  );
});
