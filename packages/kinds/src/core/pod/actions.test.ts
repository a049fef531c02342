/** What is done to pods through their subresources: binding, eviction, log. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { RequestContext } from '@navarch/api/extension/context';
import type { KubernetesObject } from '@navarch/api/extension/object';
import type { Pod } from '@navarch/api/types/core/v1/pod';
import type { PodDisruptionBudget } from '@navarch/api/types/policy/v1';
import { fakeContext } from '../../testing.ts';
import { bindingSubresource } from './binding.ts';
import { evictionSubresource } from './eviction.ts';
import { logSubresource } from './log.ts';

const parent = { namespace: 'n', name: 'p' };

function pod(more: { readonly spec?: object; readonly status?: object } = {}): Pod {
  return {
    metadata: { ...parent, uid: 'u', labels: { app: 'a' } },
    spec: { containers: [{ name: 'c', image: 'i' }], ...more.spec },
    status: { phase: 'Running', ...more.status },
  };
}

/** Keeps the last state of what was written, and names what was removed. */
function cluster(...objects: readonly (readonly [plural: string, object: KubernetesObject])[]) {
  const kept = new Map(objects);
  const removed: string[] = [];
  const base = fakeContext({ objects });
  const context: RequestContext = {
    ...base,
    write: {
      ...base.write,
      update: (of, _, __, change) => {
        const object = change(kept.get(of.resource) as never);
        kept.set(of.resource, object);
        return Promise.resolve(object);
      },
      remove: (of, _, name) => Promise.resolve(void removed.push(`${of.resource}/${name}`)),
    },
  };
  return { context, kept, removed };
}

async function words(promise: Promise<unknown>): Promise<string> {
  try {
    await promise;
    return '';
  } catch (error) {
    return error instanceof Error ? error.message : '';
  }
}

test('binding puts a pod on a node', async () => {
  const { context, kept } = cluster(['pods', pod()]);
  const zone = { 'topology.kubernetes.io/zone': 'z' };
  const metadata = { name: 'p', annotations: { a: 'b' }, labels: { a: 'b', ...zone } };
  const binding = { metadata, target: { name: 'node' } };
  await bindingSubresource.act(parent, binding, context);
  const bound = kept.get('pods') as Pod;
  assert.equal(bound.spec.nodeName, 'node');
  assert.deepEqual(bound.metadata.annotations, { a: 'b' });
  assert.deepEqual(bound.metadata.labels, { app: 'a', ...zone });
  const [condition] = bound.status?.conditions ?? [];
  assert.equal(condition?.type, 'PodScheduled');
  assert.equal(condition.status, 'True');
});

const refusedBindings: readonly (readonly [stored: Pod, binding: object, words: RegExp])[] = [
  [pod(), { metadata: { name: 'q' } }, /^name in URL does not match name in Binding object$/],
  [pod(), { metadata: { name: 'p' }, target: {} }, /^target\.name: Required value$/],
  [
    pod({ spec: { nodeName: 'other' } }),
    { metadata: { name: 'p' }, target: { name: 'node' } },
    /^Operation cannot be fulfilled on pods\/binding "p": pod p is already assigned to node "other"$/,
  ],
];

test('bindings that make no sense', async () => {
  for (const [stored, binding, expected] of refusedBindings) {
    const { context } = cluster(['pods', stored]);
    const posted = { metadata: {}, target: {}, ...binding };
    assert.match(await words(bindingSubresource.act(parent, posted, context)), expected);
  }
});

function budget(status: object, selector: object = {}): PodDisruptionBudget {
  const counts = {
    observedGeneration: 1,
    disruptionsAllowed: 0,
    currentHealthy: 1,
    desiredHealthy: 1,
    expectedPods: 1,
  };
  return {
    metadata: { name: 'b', namespace: 'n', generation: 1 },
    spec: { selector },
    status: { ...counts, ...status },
  };
}

const ready = { conditions: [{ type: 'Ready', status: 'True' }] };
const eviction = { metadata: { name: 'p' } };

test('eviction spends a disruption and removes the pod', async () => {
  const { context, kept, removed } = cluster(
    ['pods', pod({ status: ready })],
    ['poddisruptionbudgets', budget({ disruptionsAllowed: 1 })],
  );
  await evictionSubresource.act(parent, eviction, context);
  const spent = kept.get('poddisruptionbudgets') as PodDisruptionBudget;
  assert.equal(spent.status?.disruptionsAllowed, 0);
  assert.deepEqual(Object.keys(spent.status.disruptedPods ?? {}), ['p']);
  assert.deepEqual(removed, ['pods/p']);
  const types = (kept.get('pods') as Pod).status?.conditions?.map(({ type }) => type);
  assert.deepEqual(types, ['Ready', 'DisruptionTarget']);
});

const refusedText = "Cannot evict pod as it would violate the pod's disruption budget.";

const evictions: readonly (readonly [what: string, Pod, PodDisruptionBudget, words: string])[] = [
  ['nothing left', pod({ status: ready }), budget({}), refusedText],
  ['not yet counted', pod({ status: ready }), budget({ observedGeneration: 0 }), refusedText],
  ['does no work', pod({ status: { phase: 'Pending' } }), budget({}), ''],
  ['not ready, and the others suffice', pod(), budget({}), ''],
  ['not ready, and it is missed', pod(), budget({ currentHealthy: 0 }), refusedText],
  ['another budget', pod({ status: ready }), budget({}, { matchLabels: { app: 'other' } }), ''],
];

test('budgets are kept', async () => {
  for (const [what, stored, guard, expected] of evictions) {
    const { context, removed } = cluster(['pods', stored], ['poddisruptionbudgets', guard]);
    assert.equal(await words(evictionSubresource.act(parent, eviction, context)), expected, what);
    assert.equal(removed.length, expected === '' ? 1 : 0, what);
  }
});

test('logs come from the node', () => {
  const { context } = cluster(['pods', pod({ spec: { nodeName: 'node' } })]);
  const query = new URLSearchParams('tailLines=5&follow=true&pretty=1');
  const target = logSubresource.target(parent, '', query, context);
  assert.ok(target.kind === 'node');
  assert.equal(target.path, '/containerLogs/n/p/c');
  assert.equal(String(target.query), 'follow=true&tailLines=5');
});

test('a pod that runs nowhere has no log', () => {
  const { context } = cluster(['pods', pod()]);
  const target = logSubresource.target(parent, '', new URLSearchParams(), context);
  assert.deepEqual(target, { kind: 'nothing' });
  const wrong = new URLSearchParams('sinceSeconds=-1');
  assert.throws(
    () => logSubresource.target(parent, '', wrong, context),
    /PodLogOptions "p" is invalid: sinceSeconds: Invalid value: -1: must be greater than 0$/,
  );
});
