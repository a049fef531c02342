/** Nodes that fall silent, and their pods, against the real API server. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { events, leases, nodes, pods } from '@navarch/api/resources';
import { formatMicroTime, formatTime } from '@navarch/api/time';
import { podGarbageCollectorController } from '../pod-garbage-collector/pod-garbage-collector.ts';
import { taintEvictionController } from '../taint-eviction/taint-eviction.ts';
import { runningStatus, startWorld, type World } from '../testing.ts';
import { nodeLifecycleController } from './node-lifecycle.ts';

const namespace = 'kube-node-lease';

/** Nodes `a`, `b`, ... with leases, all well; each runs a pod of its name. */
async function start(names: readonly string[]): Promise<World> {
  const world = await startWorld([
    nodeLifecycleController,
    taintEvictionController,
    podGarbageCollectorController,
  ]);
  for (const [index, name] of names.entries()) {
    await world.create(leases, { metadata: { name, namespace }, spec: { holderIdentity: name } });
    await world.create(nodes, { metadata: { name }, spec: {} });
    await report(world, name);
    const pod = await world.create(pods, {
      metadata: { name, namespace: 'default' },
      spec: { nodeName: name, containers: [{ name: 'c', image: 'i' }] },
    });
    const status = runningStatus(world, `10.0.0.${index + 1}`);
    await world.perform(world.client.resource(pods).updateStatus({ ...pod, status }));
  }
  await world.pass(100);
  return world;
}

async function report(world: World, name: string): Promise<void> {
  const now = formatTime(world.runtime.clock.wallMs());
  const types = ['Ready', 'MemoryPressure', 'DiskPressure', 'PIDPressure'] as const;
  const conditions = types.map((type) => ({
    type,
    status: type === 'Ready' ? ('True' as const) : ('False' as const),
    lastHeartbeatTime: now,
    lastTransitionTime: now,
  }));
  const node = await world.find(nodes, '', name);
  assert.ok(node);
  await world.perform(
    world.client.resource(nodes).updateStatus({ ...node, status: { ...node.status, conditions } }),
  );
}

/** Lets time pass while those nodes renew their leases. */
async function pass(world: World, seconds: number, alive: readonly string[]): Promise<void> {
  for (let left = seconds; left > 0; left -= 10) {
    for (const name of alive) {
      const body = { spec: { renewTime: formatMicroTime(world.runtime.clock.wallMs()) } };
      const api = world.client.resource(leases);
      await world.perform(api.patch(namespace, name, { type: 'merge', body }));
    }
    await world.pass(Math.min(left, 10) * 1000);
  }
}

/** As `True unreachable:NoExecute`. */
async function describe(world: World, name: string): Promise<string> {
  const node = await world.find(nodes, '', name);
  const ready = node?.status?.conditions?.find(({ type }) => type === 'Ready');
  const taints = (node?.spec.taints ?? []).map(
    ({ key, effect }) => `${key.replace('node.kubernetes.io/', '')}:${effect}`,
  );
  return [ready?.status, ...taints].join(' ');
}

test('a node falls silent, its pod goes after five minutes; it comes back', async () => {
  const world = await start(['a', 'b', 'c']);
  await pass(world, 40, ['a', 'b']);
  assert.equal(await describe(world, 'c'), 'True');
  await pass(world, 15, ['a', 'b']);
  assert.equal(await describe(world, 'c'), 'Unknown unreachable:NoSchedule unreachable:NoExecute');
  assert.equal(await describe(world, 'a'), 'True');
  const ready = (await world.find(pods, 'default', 'c'))?.status?.conditions?.find(
    ({ type }) => type === 'Ready',
  );
  assert.equal(ready?.status, 'False');
  await pass(world, 280, ['a', 'b']);
  assert.equal((await world.find(pods, 'default', 'c'))?.metadata.deletionTimestamp, undefined);
  await pass(world, 30, ['a', 'b']);
  const evicted = await world.find(pods, 'default', 'c');
  assert.ok(evicted?.metadata.deletionTimestamp);
  const target = evicted.status?.conditions?.find(({ type }) => type === 'DisruptionTarget');
  assert.equal(target?.reason, 'DeletionByTaintManager');
  await report(world, 'c');
  await world.pass(1000);
  assert.equal(await describe(world, 'c'), 'True');
  const said = (await world.list(events)).map(({ reason, message }) => `${reason}: ${message}`);
  for (const expected of [
    'RegisteredNode: Node c event: Registered Node c in Controller',
    'NodeNotReady: Node c status is now: NodeNotReady',
    'NodeNotReady: Node is not ready',
    'TaintManagerEviction: Marking for deletion Pod default/c',
  ])
    assert.ok(said.includes(expected), `${expected} is not in ${said.join('\n')}`);
  assert.deepEqual(world.refusals, []);
  await world.stop();
});

test('a node that comes back in time keeps its pod', async () => {
  const world = await start(['a', 'b']);
  await pass(world, 100, ['a']);
  assert.match(await describe(world, 'b'), /NoExecute/);
  await report(world, 'b');
  await pass(world, 400, ['a', 'b']);
  assert.equal((await world.find(pods, 'default', 'b'))?.metadata.deletionTimestamp, undefined);
  const said = (await world.list(events)).map(({ message }) => message);
  assert.ok(said.includes('Cancelling deletion of Pod default/b'));
  await world.stop();
});

test('when all nodes fall silent, nobody is driven away', async () => {
  const world = await start(['a', 'b']);
  await pass(world, 600, []);
  assert.equal(await describe(world, 'a'), 'Unknown unreachable:NoSchedule');
  assert.equal((await world.find(pods, 'default', 'a'))?.metadata.deletionTimestamp, undefined);
  await world.stop();
});

test('pods of a node that was removed fail and go, after a while', async () => {
  const world = await start(['a', 'b']);
  await world.perform(world.client.resource(nodes).delete('', 'b'));
  await pass(world, 30, ['a']);
  assert.ok(await world.find(pods, 'default', 'b'));
  await pass(world, 20, ['a']);
  assert.equal(await world.find(pods, 'default', 'b'), undefined);
  assert.ok(await world.find(pods, 'default', 'a'));
  assert.deepEqual(world.refusals, []);
  await world.stop();
});

test('pods on a node out of service go once they are deleted', async () => {
  const world = await start(['a', 'b']);
  await pass(world, 60, ['a']);
  const api = world.client.resource(nodes);
  const taint = { key: 'node.kubernetes.io/out-of-service', effect: 'NoExecute' };
  await world.perform(
    api.patch('', 'b', { type: 'strategic', body: { spec: { taints: [taint] } } }),
  );
  await pass(world, 10, ['a']);
  assert.equal(await world.find(pods, 'default', 'b'), undefined);
  assert.deepEqual(world.refusals, []);
  await world.stop();
});
