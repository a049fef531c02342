/** Budgets against the real API server: what an eviction may do, and what `kubectl describe pdb` tells. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  daemonSets,
  deployments,
  events,
  podDisruptionBudgets,
  pods,
} from '@navarch/api/resources';
import { formatTime } from '@navarch/api/time';
import type { Pod } from '@navarch/api/types/core/v1/pod';
import type { PodDisruptionBudgetSpec } from '@navarch/api/types/policy/v1';
import { deploymentController } from '../deployment/deployment.ts';
import { replicaSetController } from '../replica-set/replica-set.ts';
import { makeReady, startWorld, type World } from '../testing.ts';
import { disruptionController } from './disruption.ts';

const labels = { app: 'web' };
const selector = { matchLabels: labels };
const template = {
  metadata: { labels },
  spec: { containers: [{ name: 'web', image: 'web:v1' }] },
};

function start(): Promise<World> {
  return startWorld([deploymentController, replicaSetController, disruptionController]);
}

async function guard(world: World, spec: PodDisruptionBudgetSpec): Promise<void> {
  const metadata = { name: 'web', namespace: 'default' };
  await world.create(podDisruptionBudgets, { metadata, spec: { selector, ...spec } });
  await world.pass(100);
}

/** As `expected/desired/healthy/allowed reason`. */
async function budget(world: World): Promise<string> {
  const status = (await world.find(podDisruptionBudgets, 'default', 'web'))?.status;
  const reason = status?.conditions?.[0]?.reason;
  return `${status?.expectedPods}/${status?.desiredHealthy}/${status?.currentHealthy}/${status?.disruptionsAllowed} ${reason}`;
}

async function evict(world: World, { metadata }: Pod): Promise<string> {
  const { namespace = '', name = '' } = metadata;
  const body = { apiVersion: 'policy/v1', kind: 'Eviction', metadata: { name, namespace } };
  const target = { namespace, name, subresource: 'eviction' };
  try {
    await world.perform(world.client.resource(pods).createSubresource(target, body));
    return 'evicted';
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}

async function said(world: World): Promise<readonly string[]> {
  await world.pass(1000);
  return (await world.list(events))
    .filter(({ involvedObject }) => involvedObject.kind === 'PodDisruptionBudget')
    .map(({ source, reason, message }) => `${source?.component} ${reason}: ${message}`);
}

test('evictions go one by one, as replacements get ready', async () => {
  const world = await start();
  await guard(world, { maxUnavailable: 1 });
  assert.equal(await budget(world), '0/0/0/0 InsufficientPods');
  assert.deepEqual(await said(world), ['controllermanager NoPods: No matching pods found']);
  const metadata = { name: 'web', namespace: 'default' };
  await world.create(deployments, { metadata, spec: { replicas: 3, selector, template } });
  await world.pass(100);
  await makeReady(world);
  await world.pass(300);
  assert.equal(await budget(world), '3/2/3/1 SufficientPods');
  const [first, second] = await world.list(pods);
  assert.ok(first && second);
  assert.equal(await evict(world, first), 'evicted');
  assert.match(await evict(world, second), /^Cannot evict pod as it would violate/);
  await world.pass(300);
  assert.equal(await budget(world), '3/2/2/0 InsufficientPods');
  await makeReady(world);
  await world.pass(300);
  assert.equal(await budget(world), '3/2/3/1 SufficientPods');
  assert.equal(await evict(world, second), 'evicted');
  assert.deepEqual(world.refusals, []);
  await world.stop();
});

test('what has no scale cannot be counted', async () => {
  const world = await start();
  const metadata = { name: 'web', namespace: 'default' };
  const owner = await world.create(daemonSets, { metadata, spec: { selector, template } });
  const ownerReferences = [
    {
      apiVersion: 'apps/v1',
      kind: 'DaemonSet',
      name: 'web',
      uid: owner.metadata.uid ?? '',
      controller: true,
    },
  ];
  await world.create(pods, {
    ...template,
    metadata: { ...metadata, labels, ownerReferences },
  });
  await guard(world, { maxUnavailable: 1 });
  assert.equal(await budget(world), '0/0/0/0 SyncFailed');
  assert.deepEqual(await said(world), [
    'controllermanager CalculateExpectedPodCountFailed: Failed to calculate the number of expected pods: daemonsets.apps does not implement the scale subresource',
  ]);
  await world.stop();
});

test('pods on their own count by number only', async () => {
  const world = await start();
  await world.create(pods, { ...template, metadata: { name: 'a', namespace: 'default', labels } });
  await guard(world, { minAvailable: '50%' });
  assert.equal(await budget(world), '0/0/0/0 InsufficientPods');
  assert.match((await said(world)).join(), /UnmanagedPods: .*map\[string\]string\{app: web,\}/);
  const api = world.client.resource(podDisruptionBudgets);
  const body = { spec: { minAvailable: 0 } };
  await world.perform(api.patch('default', 'web', { type: 'merge', body }));
  await makeReady(world);
  await world.pass(100);
  assert.equal(await budget(world), '1/0/1/1 SufficientPods');
  await world.stop();
});

test('a pod that was marked and not deleted is marked no more after two minutes', async () => {
  const world = await start();
  const metadata = { name: 'a', namespace: 'default' };
  const pod = await world.create(pods, { ...template, metadata });
  const target = { type: 'DisruptionTarget', reason: 'EvictionByEvictionAPI', message: 'm' };
  const lastTransitionTime = formatTime(world.runtime.clock.wallMs());
  const conditions = [{ ...target, status: 'True' as const, lastTransitionTime }];
  await world.perform(
    world.client.resource(pods).updateStatus({ ...pod, status: { ...pod.status, conditions } }),
  );
  const marked = async (): Promise<string> => {
    const found = await world.find(pods, 'default', 'a');
    const [condition] = found?.status?.conditions ?? [];
    return `${condition?.status} ${condition?.reason}`;
  };
  await world.pass(110_000);
  assert.equal(await marked(), 'True EvictionByEvictionAPI');
  await world.pass(15_000);
  assert.equal(await marked(), 'False undefined');
  await world.stop();
});
