/** The whole scheduler against the small in-memory API server, under the virtual clock. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { nodes, pods } from '@navarch/api/resources';
import { startTestClient, type TestClient } from '@navarch/client/testing';
import { startScheduler } from './start.ts';

async function start(): Promise<TestClient> {
  const world = startTestClient();
  startScheduler(world);
  await world.sync();
  return world;
}

function addNode(world: TestClient, name: string): Promise<unknown> {
  return world.client.resource(nodes).create({
    metadata: { name },
    spec: {},
    status: { allocatable: { cpu: '2', memory: '4Gi', pods: '10' } },
  });
}

function addPod(world: TestClient, name: string, cpu: string): Promise<unknown> {
  return world.client.resource(pods).create({
    metadata: { name, namespace: 'default' },
    spec: { containers: [{ name: 'c', resources: { requests: { cpu } } }] },
  });
}

/** The fake server knows no binding subresource: what was posted to it is what the scheduler decided. */
async function bindings(world: TestClient): Promise<readonly string[]> {
  await world.runtime.clock.advance(50);
  return world.server.requests.filter((request) => request.endsWith('/binding'));
}

test('a pod is bound once there is a node that fits', async () => {
  const world = await start();
  await addPod(world, 'web', '1');
  assert.deepEqual(await bindings(world), []);
  const waiting = await world.client.resource(pods).get('default', 'web');
  const condition = waiting.status?.conditions?.find(({ type }) => type === 'PodScheduled');
  assert.deepEqual(
    [condition?.status, condition?.reason, condition?.message],
    ['False', 'Unschedulable', 'no nodes available to schedule pods'],
  );
  await addNode(world, 'n1');
  await world.runtime.clock.advance(2000);
  assert.deepEqual(await bindings(world), ['POST /api/v1/namespaces/default/pods/web/binding']);
  await world.lifetime.stop();
});

test('what is decided counts at once: nodes are not overbooked', async () => {
  const world = await start();
  await addNode(world, 'n1');
  await addNode(world, 'n2');
  for (let index = 0; index < 6; index++) await addPod(world, `web-${index}`, '1');
  assert.equal((await bindings(world)).length, 4);
  await world.lifetime.stop();
});

test('pods of other schedulers are left alone', async () => {
  const world = await start();
  await addNode(world, 'n1');
  await world.client.resource(pods).create({
    metadata: { name: 'other', namespace: 'default' },
    spec: { schedulerName: 'other', containers: [] },
  });
  assert.deepEqual(await bindings(world), []);
  await world.lifetime.stop();
});

test('a gated pod waits, and says so', async () => {
  const world = await start();
  await addNode(world, 'n1');
  const api = world.client.resource(pods);
  await api.create({
    metadata: { name: 'gated', namespace: 'default' },
    spec: { schedulingGates: [{ name: 'example.com/wait' }], containers: [] },
  });
  assert.deepEqual(await bindings(world), []);
  const gated = await api.get('default', 'gated');
  assert.equal(gated.status?.conditions?.[0]?.reason, 'SchedulingGated');
  await api.update({ ...gated, spec: { ...gated.spec, schedulingGates: [] } });
  assert.equal((await bindings(world)).length, 1);
  await world.lifetime.stop();
});
