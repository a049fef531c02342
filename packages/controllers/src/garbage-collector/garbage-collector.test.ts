/** Owners and their dependents, against the real API server. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  configMaps,
  deployments,
  events,
  namespaces,
  pods,
  replicaSets,
  secrets,
} from '@navarch/api/resources';
import type { ConfigMap } from '@navarch/api/types/core/v1/config';
import type { OwnerReference } from '@navarch/api/types/meta/v1/object';
import { deploymentController } from '../deployment/deployment.ts';
import { replicaSetController } from '../replica-set/replica-set.ts';
import { startWorld, type World } from '../testing.ts';
import { garbageCollectorController } from './garbage-collector.ts';

function start(): Promise<World> {
  return startWorld([garbageCollectorController]);
}

async function add(
  world: World,
  name: string,
  ownerReferences: readonly OwnerReference[] = [],
  metadata: Partial<ConfigMap['metadata']> = {},
): Promise<OwnerReference> {
  const made = await world.create(configMaps, {
    metadata: { name, namespace: 'default', ownerReferences, ...metadata },
  });
  return { apiVersion: 'v1', kind: 'ConfigMap', name, uid: made.metadata.uid ?? '' };
}

const blocking = (owner: OwnerReference): OwnerReference => ({
  ...owner,
  blockOwnerDeletion: true,
});

async function names(world: World): Promise<string> {
  const all = await world.list(configMaps, 'default');
  return all
    .map(({ metadata }) => `${metadata.name}${metadata.deletionTimestamp ? '-' : ''}`)
    .join(' ');
}

type Policy = 'Orphan' | 'Background' | 'Foreground';

async function remove(world: World, name: string, propagationPolicy: Policy): Promise<void> {
  await world.perform(
    world.client.resource(configMaps).delete('default', name, { propagationPolicy }),
  );
}

async function release(world: World, name: string): Promise<void> {
  const body = { metadata: { finalizers: null } };
  const api = world.client.resource(configMaps);
  await world.perform(api.patch('default', name, { type: 'merge', body }));
}

test('background: dependents go after their owner, and theirs after them', async () => {
  const world = await start();
  const a = await add(world, 'a');
  const b = await add(world, 'b', [a]);
  await add(world, 'c', [b]);
  await add(world, 'other');
  await remove(world, 'a', 'Background');
  await world.pass(100);
  assert.equal(await names(world), 'other');
  assert.deepEqual(world.refusals, []);
  await world.stop();
});

test('foreground: the owner waits for dependents that block it, and only those', async () => {
  const world = await start();
  const a = await add(world, 'a');
  const held = { finalizers: ['example.com/wait'] };
  const b = await add(world, 'b', [blocking(a)], held);
  await add(world, 'c', [a], held);
  await add(world, 'd', [blocking(b)]);
  await remove(world, 'a', 'Foreground');
  await world.pass(100);
  assert.equal(await names(world), 'a- b- c-');
  await release(world, 'b');
  await world.pass(100);
  assert.equal(await names(world), 'c-');
  await world.stop();
});

test('orphan: dependents are let go and stay', async () => {
  const world = await start();
  const a = await add(world, 'a');
  await add(world, 'b', [a]);
  await remove(world, 'a', 'Orphan');
  await world.pass(100);
  assert.equal(await names(world), 'b');
  const b = await world.find(configMaps, 'default', 'b');
  assert.equal(b?.metadata.ownerReferences, undefined);
  await world.stop();
});

test('an object with another owner stays, without the one that went', async () => {
  const world = await start();
  const a = await add(world, 'a');
  const b = await add(world, 'b');
  await add(world, 'c', [a, b]);
  await remove(world, 'a', 'Background');
  await world.pass(100);
  const c = await world.find(configMaps, 'default', 'c');
  assert.deepEqual(c?.metadata.ownerReferences, [b]);
  await world.stop();
});

test('an owner that never was, or is another object of that name, is no owner', async () => {
  const world = await start();
  const a = await add(world, 'a');
  await add(world, 'b', [{ ...a, uid: 'another' }]);
  await add(world, 'c', [{ ...a, name: 'nobody', uid: 'nobody' }]);
  await world.pass(100);
  assert.equal(await names(world), 'a');
  await world.stop();
});

test('an owner of an unknown kind is no reason to delete anything', async () => {
  const world = await start();
  await add(world, 'a', [{ apiVersion: 'example.com/v1', kind: 'Ship', name: 's', uid: 's' }]);
  await world.pass(60_000);
  assert.equal(await names(world), 'a');
  await world.stop();
});

test('an owner in another namespace is no owner, and somebody says so', async () => {
  const world = await start();
  const a = await add(world, 'a');
  await world.create(secrets, {
    metadata: { name: 's', namespace: 'kube-system', ownerReferences: [a] },
  });
  await world.create(namespaces, { metadata: { name: 'room', ownerReferences: [a] }, spec: {} });
  await world.pass(1000);
  assert.equal(await world.find(secrets, 'kube-system', 's'), undefined);
  const room = await world.find(namespaces, '', 'room');
  assert.ok(
    room && !room.metadata.deletionTimestamp,
    'nothing cluster-wide belongs to a namespace',
  );
  const said = (await world.list(events, 'kube-system')).map(({ reason, message }) => [
    reason,
    message,
  ]);
  assert.deepEqual(said, [
    [
      'OwnerRefInvalidNamespace',
      `ownerRef [v1/ConfigMap, namespace: kube-system, name: a, uid: ${a.uid}] does not exist in namespace "kube-system"`,
    ],
  ]);
  await world.stop();
});

test('a circle of owners in foreground deletion comes to an end', async () => {
  const world = await start();
  const a = await add(world, 'a');
  const b = await add(world, 'b', [blocking(a)]);
  const api = world.client.resource(configMaps);
  const body = { metadata: { ownerReferences: [blocking(b)] } };
  await world.perform(api.patch('default', 'a', { type: 'merge', body }));
  await remove(world, 'a', 'Foreground');
  await world.pass(5000);
  assert.equal(await names(world), '');
  await world.stop();
});

const policies: { policy: Policy; left: readonly number[] }[] = [
  { policy: 'Background', left: [0, 0, 0] },
  { policy: 'Foreground', left: [0, 0, 0] },
  { policy: 'Orphan', left: [0, 1, 2] },
];

for (const { policy, left } of policies) {
  test(`a deployment goes: ${policy}`, async () => {
    const world = await startWorld([
      garbageCollectorController,
      deploymentController,
      replicaSetController,
    ]);
    const labels = { app: 'web' };
    await world.create(deployments, {
      metadata: { name: 'web', namespace: 'default' },
      spec: {
        replicas: 2,
        selector: { matchLabels: labels },
        template: { metadata: { labels }, spec: { containers: [{ name: 'c', image: 'i' }] } },
      },
    });
    await world.pass(200);
    const options = { propagationPolicy: policy };
    await world.perform(world.client.resource(deployments).delete('default', 'web', options));
    await world.pass(1000);
    const counts = [
      (await world.list(deployments)).length,
      (await world.list(replicaSets)).length,
      (await world.list(pods)).length,
    ];
    assert.deepEqual(counts, left);
    assert.deepEqual(world.refusals, []);
    await world.stop();
  });
}
