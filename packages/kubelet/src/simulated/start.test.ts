/** Simulated nodes against the small in-memory API server, under the virtual clock. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { events, leases, nodes, pods } from '@navarch/api/resources';
import type { Pod } from '@navarch/api/types/core/v1/pod';
import { startTestClient, type TestClient } from '@navarch/client/testing';
import { type SimulatedNodes, startSimulatedNodes } from './start.ts';

async function start(
  count: number,
): Promise<{ readonly world: TestClient; readonly simulated: SimulatedNodes }> {
  const world = startTestClient();
  const { runtime, lifetime, client, informers } = world;
  const names = Array.from({ length: count }, (_, index) => `node-${index + 1}`);
  const starting = startSimulatedNodes({
    runtime,
    lifetime,
    client,
    informers,
    names,
    kubeletVersion: 'v1.36.2',
  });
  await runtime.clock.settle();
  const simulated = await starting;
  await world.sync();
  return { world, simulated };
}

function pod(name: string, command?: readonly string[]): Pod {
  return {
    metadata: { name, namespace: 'default' },
    spec: {
      nodeName: 'node-1',
      restartPolicy: command ? 'Never' : 'Always',
      containers: [{ name: 'main', image: 'web:v1', command }],
    },
  };
}

test('nodes register and keep their leases fresh', async () => {
  const { world } = await start(3);
  const api = world.client.resource(nodes);
  const { items } = await api.list();
  assert.deepEqual(
    items.map((node) => node.metadata.name),
    ['node-1', 'node-2', 'node-3'],
  );
  const addresses = new Set(items.map((node) => node.status?.addresses?.[0]?.address));
  assert.equal(addresses.size, 3);
  await world.runtime.clock.advance(12_000);
  const first = await world.client.resource(leases).get('kube-node-lease', 'node-2');
  await world.runtime.clock.advance(10_000);
  const second = await world.client.resource(leases).get('kube-node-lease', 'node-2');
  assert.ok((second.spec.renewTime ?? '') > (first.spec.renewTime ?? ''));
  await world.lifetime.stop();
});

test('a pod runs, with an address of its node', async () => {
  const { world } = await start(1);
  const api = world.client.resource(pods);
  await api.create(pod('web'));
  await world.runtime.clock.advance(1000);
  const running = await api.get('default', 'web');
  assert.equal(running.status?.phase, 'Running');
  assert.match(running.status?.podIP ?? '', /^10\.128\.1\.\d+$/);
  await world.lifetime.stop();
});

test('a pod that ends keeps what it printed', async () => {
  const { world, simulated } = await start(1);
  const api = world.client.resource(pods);
  await api.create(pod('speaker', ['echo', 'hello']));
  await world.runtime.clock.advance(1000);
  assert.equal((await api.get('default', 'speaker')).status?.phase, 'Succeeded');
  const query = new URLSearchParams();
  const answer = simulated.handler({
    method: 'GET',
    path: '/containerLogs/default/speaker/main',
    query,
    signal: world.lifetime.signal,
  });
  assert.deepEqual([answer.status, answer.body], [200, 'hello\n']);
  await world.lifetime.stop();
});

test('nothing runs on a stopped node, and it goes on when the node is back', async () => {
  const { world, simulated } = await start(1);
  const api = world.client.resource(pods);
  simulated.stop('node-1');
  await api.create(pod('web'));
  await world.runtime.clock.advance(5000);
  assert.equal((await api.get('default', 'web')).status?.phase, undefined);
  simulated.start('node-1');
  await world.runtime.clock.advance(1000);
  assert.equal((await api.get('default', 'web')).status?.phase, 'Running');
  await world.lifetime.stop();
});

test('a node that somebody cordons says so; one that is deleted keeps no lease alive that belongs to it', async () => {
  const { world } = await start(1);
  const api = world.client.resource(nodes);
  await api.patch('', 'node-1', { type: 'merge', body: { spec: { unschedulable: true } } });
  await world.runtime.clock.advance(1000);
  const said = (await world.client.resource(events).list()).items.map(
    ({ source, involvedObject, message }) => [source?.host, involvedObject.uid, message],
  );
  assert.deepEqual(said, [['node-1', 'node-1', 'Node node-1 status is now: NodeNotSchedulable']]);
  await api.delete('', 'node-1');
  await world.client.resource(leases).delete('kube-node-lease', 'node-1'); // As the garbage collector does.
  await world.runtime.clock.advance(30_000);
  const lease = await world.client.resource(leases).get('kube-node-lease', 'node-1');
  assert.equal(lease.metadata.ownerReferences, undefined);
  await world.lifetime.stop();
});

test('an idle node costs one request per ten seconds, an idle pod none', async () => {
  const { world } = await start(200);
  const api = world.client.resource(pods);
  for (let index = 0; index < 20; index++) await api.create(pod(`web-${index}`));
  await world.runtime.clock.advance(20_000);
  let requests = 0;
  world.server.intercept(({ method }) => {
    if (method === 'PUT' || method === 'PATCH') requests++;
    return undefined;
  });
  await world.runtime.clock.advance(100_000);
  assert.equal(requests, 200 * 10);
  await world.lifetime.stop();
});
