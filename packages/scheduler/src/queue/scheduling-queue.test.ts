/** The queue, told as a story: what happens, and who is taken next. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { VirtualClock } from '@navarch/runtime/testing';
import type { ClusterEvent } from '../framework/plugin.ts';
import { podInfo, type PodInfo } from '../pod/pod-info.ts';
import { SchedulingQueue } from './scheduling-queue.ts';

function pod(name: string, priority = 0): PodInfo {
  return podInfo({
    metadata: { name, namespace: 'n', uid: name },
    spec: { priority, containers: [] },
  });
}

function start(): {
  readonly clock: VirtualClock;
  readonly queue: SchedulingQueue;
  readonly take: () => string;
} {
  const clock = new VirtualClock();
  const queue = new SchedulingQueue(clock, () => undefined);
  return { clock, queue, take: () => queue.take()?.info.uid ?? 'nobody' };
}

const wakesOn = (...events: ClusterEvent[]): ReadonlySet<ClusterEvent> => new Set(events);

test('priority first, then order of arrival', () => {
  const { queue, take } = start();
  for (const info of [pod('a'), pod('b', 10), pod('c'), pod('d', 10)]) queue.add(info);
  assert.deepEqual([take(), take(), take(), take(), take()], ['b', 'd', 'a', 'c', 'nobody']);
});

test('a removed pod is not taken', () => {
  const { queue, take } = start();
  queue.add(pod('a'));
  queue.remove('a');
  assert.equal(take(), 'nobody');
});

test('an unschedulable pod waits for an event that its plugins listen to, and for its backoff', async () => {
  const { clock, queue, take } = start();
  queue.add(pod('a'));
  const taken = queue.take();
  assert.ok(taken);
  queue.unschedulable(taken, wakesOn('node:added'));
  queue.on('pod:unassigned');
  await clock.advance(2000);
  assert.equal(take(), 'nobody');
  queue.on('node:added');
  assert.equal(take(), 'a');
});

test('the backoff doubles with each attempt', async () => {
  const { clock, queue, take } = start();
  queue.add(pod('a'));
  for (const backoffMs of [1000, 2000, 4000, 8000, 10_000, 10_000]) {
    const taken = queue.take();
    assert.ok(taken);
    queue.unschedulable(taken, wakesOn('node:added'));
    queue.on('node:added');
    await clock.advance(backoffMs - 1);
    assert.equal(take(), 'nobody', `before ${backoffMs}`);
    await clock.advance(1);
    assert.equal(queue.activeLength, 1, `after ${backoffMs}`);
  }
});

test('an event while a pod is being scheduled is not lost', async () => {
  const { clock, queue, take } = start();
  queue.add(pod('a'));
  const taken = queue.take();
  assert.ok(taken);
  queue.on('node:added');
  queue.unschedulable(taken, wakesOn('node:added'));
  await clock.advance(1000);
  assert.equal(take(), 'a');
});

test('a pod that nothing wakes is tried again after five minutes', async () => {
  const { clock, queue, take } = start();
  queue.add(pod('a'));
  const taken = queue.take();
  assert.ok(taken);
  queue.unschedulable(taken, wakesOn('node:added'));
  await clock.advance(299_999);
  assert.equal(take(), 'nobody');
  await clock.advance(1);
  assert.equal(take(), 'a');
});

test('an event that came before a pod was taken does not count', async () => {
  const { clock, queue, take } = start();
  queue.on('node:added');
  queue.add(pod('a'));
  const taken = queue.take();
  assert.ok(taken);
  queue.unschedulable(taken, wakesOn('node:added'));
  await clock.advance(10_000);
  assert.equal(take(), 'nobody');
});

test('a pod that changes while it is being scheduled comes back changed', async () => {
  const { clock, queue } = start();
  queue.add(pod('a'));
  const taken = queue.take();
  assert.ok(taken);
  queue.add(pod('a', 7));
  queue.unschedulable(taken, wakesOn());
  await clock.advance(1000);
  assert.equal(queue.take()?.info.priority, 7);
});

test('a binding that failed is tried again after the backoff, whatever happens', async () => {
  const { clock, queue, take } = start();
  queue.add(pod('a'));
  const taken = queue.take();
  assert.ok(taken);
  queue.retry(taken);
  assert.deepEqual(queue.counts(), { active: 0, backoff: 1, unschedulable: 0, gated: 0 });
  await clock.advance(1000);
  assert.equal(take(), 'a');
});

test('gated pods are counted and not taken', () => {
  const { queue, take } = start();
  queue.add(pod('a'));
  queue.gate('a');
  assert.equal(take(), 'nobody');
  assert.equal(queue.counts().gated, 1);
  queue.add(pod('a'));
  assert.equal(take(), 'a');
  assert.equal(queue.counts().gated, 0);
});
