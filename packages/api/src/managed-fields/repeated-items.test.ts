/** Items of sets and keyed lists that cannot be told apart, as updates may write them. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { structOf } from '../schema/registry.ts';
import { compareValues } from './compare.ts';

const pod = structOf('core/v1.Pod');

type Env = readonly (readonly [name: string, value: string])[];

function withEnv(env: Env) {
  const items = env.map(([name, value]) => ({ name, value }));
  return { spec: { containers: [{ name: 'c', env: items }] } };
}

const leaf = {};
const item = { '.': leaf, 'f:name': leaf, 'f:value': leaf };
const of = (env: object): object => ({
  'f:spec': { 'f:containers': { 'k:{"name":"c"}': { 'f:env': env } } },
});
const a = 'k:{"name":"A"}';
const b = 'k:{"name":"B"}';

interface Case {
  readonly name: string;
  readonly live: Env;
  readonly updated: Env;
  readonly added?: object;
  readonly modified?: object;
  readonly removed?: object;
}

const one: Env = [['A', '1']];
const two: Env = [
  ['A', '1'],
  ['A', '2'],
];

const cases: readonly Case[] = [
  { name: 'the same twice', live: two, updated: two },
  {
    name: 'they come to be',
    live: [['B', '1']],
    updated: [...two, ['B', '1']],
    added: of({ [a]: leaf }),
  },
  {
    name: 'one of them changes',
    live: two,
    updated: [
      ['A', '1'],
      ['A', '3'],
    ],
    modified: of({ [a]: leaf }),
  },
  { name: 'there are more', live: two, updated: [...two, ['A', '2']], modified: of({ [a]: leaf }) },
  {
    name: 'another comes beside them',
    live: two,
    updated: [...two, ['B', '1']],
    added: of({ [b]: item }),
  },
  {
    name: 'one becomes two',
    live: one,
    updated: two,
    added: of({ [a]: leaf }),
    removed: of({ [a]: item }),
  },
  {
    name: 'two become one',
    live: two,
    updated: one,
    added: of({ [a]: item }),
    removed: of({ [a]: leaf }),
  },
  {
    name: 'they go',
    live: [...two, ['B', '1']],
    updated: [['B', '1']],
    removed: of({ [a]: leaf }),
  },
];

for (const { name, live, updated, ...change } of cases) {
  test(`environment: ${name}`, () => {
    const nothing = { added: leaf, modified: leaf, removed: leaf };
    const found = compareValues(pod, withEnv(live), withEnv(updated));
    assert.deepEqual({ ...found }, { ...nothing, ...change });
  });
}

test('a value that is twice in a set is owned once', () => {
  const at = (finalizers: readonly string[]) => ({ metadata: { finalizers } });
  const { added } = compareValues(pod, at(['x']), at(['x', 'y', 'y']));
  assert.deepEqual(added, { 'f:metadata': { 'f:finalizers': { 'v:"y"': leaf } } });
});
