/** Replication controllers against the real API server: replica sets are kept by the same code, so this is about what differs. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { events, pods, replicaSets, replicationControllers } from '@navarch/api/resources';
import { replicaSetController } from '../replica-set/replica-set.ts';
import { makeReady, startWorld, type World } from '../testing.ts';
import { replicationControllerController } from './replication-controller.ts';

const labels = { app: 'web' };
const template = { metadata: { labels }, spec: { containers: [{ name: 'web', image: 'web:v1' }] } };
const web = (replicas: number) => ({
  metadata: { name: 'web', namespace: 'default' },
  spec: { replicas, template },
});

async function start(): Promise<World> {
  return startWorld([replicationControllerController, replicaSetController]);
}

async function settle(world: World): Promise<void> {
  await world.pass(100);
  while ((await makeReady(world)) > 0) await world.pass(100);
}

test("as many pods as asked for, and none of them a replica set's", async () => {
  const world = await start();
  await world.create(replicaSets, {
    metadata: { name: 'web', namespace: 'default' },
    spec: { replicas: 1, selector: { matchLabels: labels }, template },
  });
  await world.pass(100);
  await world.create(replicationControllers, web(2));
  await settle(world);
  const owners = (await world.list(pods)).map(({ metadata }) => {
    const { apiVersion, kind, name } = metadata.ownerReferences?.[0] ?? {};
    return `${apiVersion} ${kind} ${name}`;
  });
  assert.deepEqual(owners.toSorted(), [
    'apps/v1 ReplicaSet web',
    'v1 ReplicationController web',
    'v1 ReplicationController web',
  ]);
  const found = await world.find(replicationControllers, 'default', 'web');
  assert.deepEqual(found?.status, {
    replicas: 2,
    fullyLabeledReplicas: 2,
    readyReplicas: 2,
    availableReplicas: 2,
    observedGeneration: 1,
  });
  await world.pass(1000);
  const said = (await world.list(events)).filter(
    ({ involvedObject }) => involvedObject?.kind === 'ReplicationController',
  );
  assert.deepEqual(
    said.map(({ reason, source }) => `${source?.component} ${reason}`),
    Array.from({ length: 2 }, () => 'replication-controller SuccessfulCreate'),
  );
  assert.deepEqual(world.refusals, []);
  await world.stop();
});

test('it shrinks, adopts what its selector matches and lets go of what it does not', async () => {
  const world = await start();
  await world.create(pods, {
    metadata: { name: 'stray', namespace: 'default', labels },
    spec: template.spec,
  });
  await world.create(replicationControllers, web(2));
  await settle(world);
  assert.equal((await world.list(pods)).length, 2);
  const patch = { type: 'merge', body: { metadata: { labels: { app: 'other' } } } } as const;
  await world.perform(world.client.resource(pods).patch('default', 'stray', patch));
  await settle(world);
  const stray = await world.find(pods, 'default', 'stray');
  assert.equal(stray?.metadata.ownerReferences, undefined);
  const scale = { type: 'merge', body: { spec: { replicas: 0 } } } as const;
  await world.perform(world.client.resource(replicationControllers).patch('default', 'web', scale));
  await settle(world);
  assert.deepEqual(
    (await world.list(pods)).map(({ metadata }) => metadata.name),
    ['stray'],
  );
  assert.deepEqual(world.refusals, []);
  await world.stop();
});
