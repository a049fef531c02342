/** Admission and the controller together, on a real API server. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { pods, resourceQuotas, secrets } from '@navarch/api/resources';
import type { Pod } from '@navarch/api/types/core/v1/pod';
import type { ResourceQuota } from '@navarch/api/types/core/v1/quota';
import type { ResourceList } from '@navarch/api/types/core/v1/resources';
import { startWorld, type World } from '../testing.ts';
import { settleMs } from './charges.ts';
import { resourceQuotaController } from './resource-quota.ts';

const metadata = (name: string) => ({ name, namespace: 'default' });

const pod = (name: string): Pod => ({
  metadata: metadata(name),
  spec: { containers: [{ name: 'c', image: 'i' }] },
});

async function worldWith(hard: ResourceList): Promise<World> {
  const world = await startWorld([resourceQuotaController]);
  const quota: ResourceQuota = { metadata: metadata('q'), spec: { hard } };
  await world.create(resourceQuotas, quota);
  await world.pass(500);
  return world;
}

async function usedIn(world: World): Promise<ResourceList | undefined> {
  return (await world.find(resourceQuotas, 'default', 'q'))?.status?.used;
}

async function refusals(world: World, names: readonly string[]): Promise<number> {
  const client = world.client.resource(pods);
  const calls = names.map((name) =>
    client.create(pod(name)).then(
      () => 0,
      (error: unknown) => {
        assert.match(String(error), /exceeded quota: q, requested: pods=1/);
        return 1;
      },
    ),
  );
  const answers = await world.perform(Promise.all(calls));
  return answers.filter((answer) => answer === 1).length;
}

test('a quota is counted, charged, and given back', async () => {
  const world = await worldWith({ pods: '2', 'count/pods': '9', secrets: '1' });
  try {
    assert.deepEqual(await usedIn(world), { 'count/pods': '0', pods: '0', secrets: '0' });
    await world.create(pods, pod('a'));
    await world.create(pods, pod('b'));
    assert.equal(await refusals(world, ['c']), 1);
    assert.deepEqual(await usedIn(world), { 'count/pods': '2', pods: '2', secrets: '0' });
    await world.pass(2 * settleMs);
    await world.perform(
      world.client.resource(pods).delete('default', 'a', { gracePeriodSeconds: 0 }),
    );
    await world.pass(1_000);
    assert.deepEqual(await usedIn(world), { 'count/pods': '1', pods: '1', secrets: '0' });
    assert.equal(await refusals(world, ['c']), 0);
    assert.deepEqual(world.refusals, []);
  } finally {
    await world.stop();
  }
});

test('what was charged for nothing is found', async () => {
  const world = await worldWith({ pods: '5' });
  try {
    await world.create(pods, pod('a'));
    await assert.rejects(world.perform(world.client.resource(pods).create(pod('a'))));
    assert.deepEqual(await usedIn(world), { pods: '2' });
    await world.pass(10_000);
    assert.deepEqual(await usedIn(world), { pods: '1' });
  } finally {
    await world.stop();
  }
});

test('other limits are enforced once they are counted', async () => {
  const world = await worldWith({ pods: '5' });
  try {
    const quota = await world.find(resourceQuotas, 'default', 'q');
    assert.ok(quota);
    const spec = { hard: { secrets: '0' } };
    await world.perform(world.client.resource(resourceQuotas).update({ ...quota, spec }));
    await world.pass(500);
    assert.deepEqual(await usedIn(world), { secrets: '0' });
    await assert.rejects(
      world.create(secrets, { metadata: metadata('s') }),
      /exceeded quota: q, requested: secrets=1, used: secrets=0, limited: secrets=0/,
    );
  } finally {
    await world.stop();
  }
});

test('a thousand at once never use more than they may, while the controller counts', async () => {
  const world = await worldWith({ pods: '100' });
  try {
    const names = Array.from({ length: 1_000 }, (_, index) => `p${index}`);
    assert.equal(await refusals(world, names), 900);
    assert.equal((await world.list(pods, 'default')).length, 100);
    await world.pass(10_000);
    assert.deepEqual(await usedIn(world), { pods: '100' });
    assert.equal(await refusals(world, ['more']), 1);
  } finally {
    await world.stop();
  }
});

test('who charged owns what is used', async () => {
  const world = await worldWith({ pods: '5' });
  try {
    await world.create(pods, pod('a'));
    const quota = await world.find(resourceQuotas, 'default', 'q');
    const owned = (quota?.metadata.managedFields ?? []).map(
      ({ manager, subresource = '', fieldsV1 }) =>
        `${manager} ${subresource}: ${JSON.stringify(fieldsV1)}`,
    );
    assert.deepEqual(owned, [
      'kube-apiserver status: {"f:status":{"f:used":{"f:pods":{}}}}',
      'test : {"f:spec":{"f:hard":{".":{},"f:pods":{}}}}',
      'test status: {"f:status":{"f:hard":{".":{},"f:pods":{}},"f:used":{}}}',
    ]);
  } finally {
    await world.stop();
  }
});
