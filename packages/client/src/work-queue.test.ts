import assert from 'node:assert/strict';
import { test } from 'node:test';
import { conflict } from '@navarch/api/status';
import { Lifetime } from '@navarch/runtime/lifetime';
import { createVirtualRuntime } from '@navarch/runtime/testing';
import { createWorkQueue, runWorkers, type ReconcileResult, type WorkQueue } from './work-queue.ts';

function start() {
  const runtime = createVirtualRuntime();
  const lifetime = new Lifetime(runtime.log);
  const queue = createWorkQueue(runtime, { name: 'test' });
  return { runtime, lifetime, queue };
}

/** Takes what is there now. */
async function drain(queue: WorkQueue): Promise<string> {
  const taken: string[] = [];
  while (queue.length > 0) {
    const key = await queue.next();
    if (key === undefined) break;
    taken.push(key);
    queue.done(key);
  }
  return taken.join(' ');
}

test('keys come in the order they were added, each once', async () => {
  const { queue } = start();
  for (const key of ['b', 'a', 'b', 'c', 'a']) queue.add(key);
  assert.equal(await drain(queue), 'b a c');
});

test('a key added while it is processed is queued again when done', async () => {
  const { queue } = start();
  queue.add('a');
  assert.equal(await queue.next(), 'a');
  queue.add('a');
  queue.add('a');
  assert.equal(queue.length, 0);
  queue.done('a');
  assert.equal(await drain(queue), 'a');
});

test('who waits longest gets the next key', async () => {
  const { queue } = start();
  const got: string[] = [];
  const waiting = ['first', 'second'].map((who) =>
    queue.next().then((key) => got.push(`${who} ${key}`)),
  );
  queue.add('a');
  queue.add('b');
  await Promise.all(waiting);
  assert.deepEqual(got, ['first a', 'second b']);
});

test('stopping ends those who wait and takes no more', async () => {
  const { queue, runtime } = start();
  queue.addAfter('late', 10);
  const waiting = queue.next();
  queue.stop();
  queue.add('a');
  await runtime.clock.advance(100);
  assert.equal(await waiting, undefined);
  assert.equal(await queue.next(), undefined);
});

const delays: {
  name: string;
  adds: [key: string, ms: number][];
  at: [ms: number, keys: string][];
}[] = [
  {
    name: 'a delayed key comes when due',
    adds: [['a', 50]],
    at: [
      [49, ''],
      [1, 'a'],
    ],
  },
  {
    name: 'the earliest of several counts',
    adds: [
      ['a', 50],
      ['a', 20],
      ['a', 90],
    ],
    at: [
      [20, 'a'],
      [100, ''],
    ],
  },
  {
    name: 'keys come in the order they are due',
    adds: [
      ['a', 50],
      ['b', 20],
      ['c', 50],
    ],
    at: [[100, 'b a c']],
  },
  { name: 'no delay is now', adds: [['a', 0]], at: [[0, 'a']] },
];

for (const { name, adds, at } of delays) {
  test(name, async () => {
    const { queue, runtime } = start();
    for (const [key, ms] of adds) queue.addAfter(key, ms);
    for (const [ms, keys] of at) {
      await runtime.clock.advance(ms);
      assert.equal(await drain(queue), keys, `after ${ms} ms`);
    }
  });
}

test('rate-limited adds back off per key, doubling, until forgotten', async () => {
  const { queue, runtime } = start();
  const waits: number[] = [];
  for (let i = 0; i < 5; i++) {
    const beganMs = runtime.clock.monotonicMs();
    queue.addRateLimited('a');
    await runtime.clock.advanceUntil(() => queue.length > 0, 1_000, 1);
    waits.push(runtime.clock.monotonicMs() - beganMs);
    await drain(queue);
  }
  assert.deepEqual(waits, [5, 10, 20, 40, 80]);
  assert.equal(queue.retries('a'), 5);
  queue.forget('a');
  assert.equal(queue.retries('a'), 0);
});

test('rate-limited adds of many keys are limited together', async () => {
  const { queue, runtime } = start();
  for (let i = 0; i < 130; i++) queue.addRateLimited(`key-${i}`);
  await runtime.clock.advance(10);
  assert.equal(queue.length, 100);
  await runtime.clock.advance(1_000);
  assert.equal(queue.length, 110);
});

const outcomes: {
  name: string;
  reconcile: (call: number) => ReconcileResult | undefined;
  calls: number[];
  retries: number;
}[] = [
  { name: 'success is the end of it', reconcile: () => undefined, calls: [0], retries: 0 },
  {
    name: 'an error is tried again with back-off, then forgotten',
    reconcile: (call) => {
      if (call < 2) throw new Error('no');
      return undefined;
    },
    calls: [0, 5, 15],
    retries: 0,
  },
  {
    name: 'a result can ask for another look',
    reconcile: (call) => (call === 0 ? { requeueAfterMs: 700 } : undefined),
    calls: [0, 700],
    retries: 0,
  },
  {
    name: 'a result can ask for another look with back-off',
    reconcile: (call) => (call < 2 ? { requeue: true } : undefined),
    calls: [0, 5, 15],
    retries: 0,
  },
];

for (const { name, reconcile, calls, retries } of outcomes) {
  test(name, async () => {
    const { queue, runtime, lifetime } = start();
    const seen: number[] = [];
    runWorkers(
      queue,
      async () => {
        seen.push(runtime.clock.monotonicMs());
        return reconcile(seen.length - 1);
      },
      { count: 2, runtime, lifetime },
    );
    queue.add('a');
    await runtime.clock.advance(1_000);
    assert.deepEqual(seen, calls);
    assert.equal(queue.retries('a'), retries);
    await lifetime.stop();
  });
}

test('a conflict is tried again without an error in the log', async () => {
  const { queue, runtime, lifetime } = start();
  let calls = 0;
  runWorkers(
    queue,
    async () => {
      if (++calls === 1) throw conflict({ group: '', resource: 'pods' }, 'a', 'changed');
    },
    { count: 1, runtime, lifetime },
  );
  queue.add('a');
  await runtime.clock.advance(100);
  assert.equal(calls, 2);
  assert.deepEqual(
    runtime.lines.map((line) => line.level),
    ['debug'],
  );
  await lifetime.stop();
});

test('as many keys at a time as there are workers, no key twice', async () => {
  const { queue, runtime, lifetime } = start();
  const running = new Set<string>();
  let most = 0;
  runWorkers(
    queue,
    async (key, signal) => {
      assert.equal(running.has(key), false);
      running.add(key);
      most = Math.max(most, running.size);
      await runtime.clock.sleep(10, signal);
      running.delete(key);
    },
    { count: 3, runtime, lifetime },
  );
  for (let round = 0; round < 5; round++) {
    for (const key of 'abcdef') queue.add(key);
    await runtime.clock.advance(5);
  }
  await runtime.clock.advance(1_000);
  assert.equal(most, 3);
  assert.equal(running.size, 0);
  await lifetime.stop();
});

test('workers begin when ready, and stopping waits for the work under way', async () => {
  const { queue, runtime, lifetime } = start();
  const log: string[] = [];
  const ready = Promise.withResolvers<void>();
  runWorkers(
    queue,
    async () => {
      log.push('begun');
      await new Promise<void>((resolve) => void runtime.clock.after(50, resolve));
      log.push('ended');
    },
    { count: 1, runtime, lifetime, ready: () => ready.promise },
  );
  queue.add('a');
  await runtime.clock.advance(10);
  assert.equal(log.length, 0);
  ready.resolve();
  await runtime.clock.settle();
  const stopped = lifetime.stop().then(() => log.push('stopped'));
  await runtime.clock.advance(100);
  await stopped;
  assert.deepEqual(log, ['begun', 'ended', 'stopped']);
});

test('metrics have the names and labels that dashboards know', async () => {
  const { queue, runtime } = start();
  queue.add('a');
  queue.add('b');
  queue.addRateLimited('c');
  await queue.next();
  await runtime.clock.advance(3_000);
  const text = await runtime.metrics.text();
  for (const line of [
    'workqueue_depth{name="test"} 2',
    'workqueue_adds_total{name="test"} 3',
    'workqueue_retries_total{name="test"} 1',
    'workqueue_unfinished_work_seconds{name="test"} 3',
    'workqueue_longest_running_processor_seconds{name="test"} 3',
    'workqueue_queue_duration_seconds_count{name="test"} 1',
  ]) {
    assert.ok(text.includes(line), line);
  }
});
