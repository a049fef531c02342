/** Items of sets and keyed lists that cannot be told apart, as updates may write them. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { managedFieldsForCreate } from '../managed-fields.ts';
import { applyConfiguration } from '../patch/apply/apply.ts';
import { mergeValues } from '../patch/apply/merge.ts';
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

const writer = { apiVersion: 'v1', time: '2026-01-01T00:00:00Z', schema: pod };

/** A pod that an updater made, to which a configuration is applied. */
function apply(live: Env, config: Env, force: boolean) {
  const type = { kind: 'Pod', apiVersion: 'v1' };
  const object = { ...type, ...withEnv(live) };
  const managedFields = managedFieldsForCreate({ ...writer, manager: 'updater', object });
  return applyConfiguration({
    ...writer,
    manager: 'applier',
    live: { ...object, metadata: { managedFields } },
    config: { ...type, ...withEnv(config) },
    force,
  });
}

test('who applies one of them takes all, and others leave them alone', () => {
  const live: Env = [...two, ['B', '1']];
  assert.throws(() => apply(live, [['A', '2']], false), {
    message:
      'Apply failed with 1 conflict: conflict with "updater" using v1: .spec.containers[name="c"].env[name="A"]',
  });
  const forced = apply(live, [['A', '3']], true);
  assert.deepEqual(
    forced.object['spec'],
    withEnv([
      ['A', '3'],
      ['B', '1'],
    ]).spec,
  );
  const [applied] = forced.managedFields;
  assert.deepEqual(applied?.fieldsV1, {
    'f:spec': {
      'f:containers': {
        'k:{"name":"c"}': { '.': leaf, 'f:env': { [a]: item }, 'f:name': leaf },
      },
    },
  });
  const beside = apply(live, [['C', '1']], false);
  assert.deepEqual(beside.object['spec'], withEnv([...live, ['C', '1']]).spec);
});

const merges: readonly [live: string, config: string, merged: string][] = [
  ['a a b', 'c', 'a a b c'],
  ['c e e f', 'a e d', 'c a e d f'],
  ['f e f c', 'h f g a', 'h f e g c a'],
];

test('one of the configuration takes the place of those that repeat', () => {
  const at = (texts: string) => ({ metadata: { finalizers: texts.split(' ') } });
  for (const [live, config, merged] of merges) {
    assert.deepEqual(mergeValues(pod, at(live), at(config)), at(merged), live);
  }
});

test('a value that is twice in a set is owned once', () => {
  const at = (finalizers: readonly string[]) => ({ metadata: { finalizers } });
  const { added } = compareValues(pod, at(['x']), at(['x', 'y', 'y']));
  assert.deepEqual(added, { 'f:metadata': { 'f:finalizers': { 'v:"y"': leaf } } });
});
