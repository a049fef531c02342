/** The whole scheduler against the small in-memory API server, under the virtual clock. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { events, nodes, pods } from '@navarch/api/resources';
import type { Pod } from '@navarch/api/types/core/v1/pod';
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

test('a gated pod waits until its gates are gone', async () => {
  const world = await start();
  await addNode(world, 'n1');
  const api = world.client.resource(pods);
  const gated = await api.create({
    metadata: { name: 'gated', namespace: 'default' },
    spec: { schedulingGates: [{ name: 'example.com/wait' }], containers: [] },
  });
  assert.deepEqual(await bindings(world), []);
  assert.ok(
    (await world.runtime.metrics.text()).includes('scheduler_pending_pods{queue="gated"} 1'),
  );
  await api.update({ ...gated, spec: { ...gated.spec, schedulingGates: [] } });
  assert.equal((await bindings(world)).length, 1);
  await world.lifetime.stop();
});

/** A pod of two cpus, all that a node has, on the node if one is named. */
function addBigPod(
  world: TestClient,
  name: string,
  spec: Partial<Pod['spec']>,
  finalizers: readonly string[] = [],
): Promise<Pod> {
  return world.client.resource(pods).create({
    metadata: { name, namespace: 'default', finalizers },
    spec: { containers: [{ name: 'c', resources: { requests: { cpu: '2' } } }], ...spec },
  });
}

async function conditionOf(world: TestClient, name: string, type: string) {
  const pod = await world.client.resource(pods).get('default', name);
  return pod.status?.conditions?.find((condition) => condition.type === type);
}

async function eventsOf(world: TestClient): Promise<readonly string[]> {
  await world.runtime.clock.advance(1);
  const { items } = await world.client.resource(events).list();
  return items.map(
    ({ involvedObject, reason, message }) => `${involvedObject.name} ${reason}: ${message}`,
  );
}

const nobodyFits = '0/1 nodes are available: 1 Insufficient cpu.';

test('a pod of higher priority takes the place of another', async () => {
  const world = await start();
  await addNode(world, 'n1');
  await addBigPod(world, 'low', { priority: 1, nodeName: 'n1' }, ['example.com/wait']);
  const { metadata } = await addBigPod(world, 'high', { priority: 2 });
  await world.runtime.clock.advance(1);
  const low = await world.client.resource(pods).get('default', 'low');
  assert.ok(low.metadata.deletionTimestamp);
  const target = await conditionOf(world, 'low', 'DisruptionTarget');
  assert.deepEqual(
    [target?.status, target?.reason, target?.message],
    [
      'True',
      'PreemptionByScheduler',
      'default-scheduler: preempting to accommodate a higher priority pod',
    ],
  );
  const high = await world.client.resource(pods).get('default', 'high');
  assert.equal(high.status?.nominatedNodeName, 'n1');
  assert.equal((await conditionOf(world, 'high', 'PodScheduled'))?.message, nobodyFits);
  assert.deepEqual((await eventsOf(world)).toSorted(), [
    `high FailedScheduling: ${nobodyFits}`,
    `low Preempted: Preempted by pod ${metadata.uid} on node n1`,
  ]);
  assert.deepEqual(await bindings(world), [], 'not before the other is gone');
  await addBigPod(world, 'late', { priority: 1 });
  await world.client
    .resource(pods)
    .update({ ...low, metadata: { ...low.metadata, finalizers: [] } });
  await world.runtime.clock.advance(1000);
  assert.deepEqual(await bindings(world), ['POST /api/v1/namespaces/default/pods/high/binding']);
  await world.lifetime.stop();
});

const help = 'no new claims to deallocate, preemption:';
const messages: readonly {
  readonly name: string;
  readonly spec: Partial<Pod['spec']>;
  readonly says: string;
}[] = [
  {
    name: 'nobody of lower priority',
    spec: { priority: 1 },
    says: `${nobodyFits} ${help} 0/1 nodes are available: 1 No preemption victims found for incoming pod.`,
  },
  {
    name: 'more than the node has',
    spec: {
      priority: 9,
      containers: [{ name: 'c', resources: { requests: { cpu: '3' } } }],
    },
    says: `${nobodyFits} ${help} 0/1 nodes are available: 1 Preemption is not helpful for scheduling.`,
  },
  {
    name: 'a pod that never preempts',
    spec: { priority: 9, preemptionPolicy: 'Never' },
    says: `${nobodyFits} ${help} not eligible due to preemptionPolicy=Never.`,
  },
];

for (const { name, spec, says } of messages) {
  test(`no preemption: ${name}`, async () => {
    const world = await start();
    await addNode(world, 'n1');
    await addBigPod(world, 'there', { priority: 1, nodeName: 'n1' });
    await addBigPod(world, 'p', spec);
    await world.runtime.clock.advance(1);
    assert.equal((await conditionOf(world, 'p', 'PodScheduled'))?.message, says);
    await world.lifetime.stop();
  });
}

test('while the victim takes its time, no more are displaced', async () => {
  const world = await start();
  await addNode(world, 'n1');
  const conditions = [
    { type: 'DisruptionTarget', status: 'True' as const, reason: 'PreemptionByScheduler' },
  ];
  const spec = { priority: 1, nodeName: 'n1' };
  const leaving = await addBigPod(world, 'leaving', spec, ['example.com/wait']);
  await world.client.resource(pods).updateStatus({ ...leaving, status: { conditions } });
  await world.client.resource(pods).delete('default', 'leaving');
  await world.client.resource(pods).create({
    metadata: { name: 'p', namespace: 'default' },
    spec: { priority: 2, containers: [{ name: 'c', resources: { requests: { cpu: '2' } } }] },
    status: { nominatedNodeName: 'n1' },
  });
  await world.runtime.clock.advance(1);
  assert.equal(
    (await conditionOf(world, 'p', 'PodScheduled'))?.message,
    `${nobodyFits} ${help} not eligible due to a terminating pod on the nominated node.`,
  );
  const { status } = await world.client.resource(pods).get('default', 'p');
  assert.equal(status?.nominatedNodeName, 'n1', 'the promise stands');
  await world.lifetime.stop();
});

test('a binding that fails is tried again, and says so', async () => {
  const world = await start();
  await addNode(world, 'n1');
  let failures = 1;
  world.server.intercept((request) =>
    request.path.endsWith('/binding') && failures-- > 0 ? new Error('out of order') : undefined,
  );
  await addPod(world, 'web', '2');
  await world.runtime.clock.advance(1);
  const condition = await conditionOf(world, 'web', 'PodScheduled');
  assert.deepEqual(
    [condition?.reason, condition?.message],
    ['SchedulerError', 'running Bind plugin "DefaultBinder": out of order'],
  );
  await world.runtime.clock.advance(1000);
  assert.equal((await bindings(world)).length, 2);
  await world.lifetime.stop();
});

test('metrics under their well-known names', async () => {
  const world = await start();
  await addNode(world, 'n1');
  await addPod(world, 'fits', '1');
  await addPod(world, 'waits', '2');
  await bindings(world);
  const text = await world.runtime.metrics.text();
  for (const line of [
    'scheduler_schedule_attempts_total{result="scheduled",profile="default-scheduler"} 1',
    'scheduler_schedule_attempts_total{result="unschedulable",profile="default-scheduler"} 1',
    'scheduler_pending_pods{queue="unschedulable"} 1',
    'scheduler_pod_scheduling_sli_duration_seconds_count{attempts="1"} 1',
    'scheduler_preemption_attempts_total 1',
  ])
    assert.ok(text.includes(line), line);
  await world.lifetime.stop();
});
