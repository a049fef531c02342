import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Lifetime } from './lifetime.ts';
import { createVirtualRuntime } from './testing.ts';

test('stopping is the reverse of starting, and waits for tasks', async () => {
  const { log, clock } = createVirtualRuntime();
  const lifetime = new Lifetime(log);
  const ended: string[] = [];
  lifetime.onStop(() => void ended.push('first'));
  lifetime.child().onStop(() => void ended.push('child'));
  lifetime.run('task', async (signal) => {
    await clock.sleep(1000, signal).catch(() => undefined);
    ended.push('task');
  });
  lifetime.onStop(() => void ended.push('last'));
  await lifetime.stop();
  assert.deepEqual(
    ended.filter((name) => name !== 'task'),
    ['last', 'child', 'first'],
  );
  assert.ok(ended.includes('task'));
});

test('a failing task is reported once and ends nobody else', async () => {
  const runtime = createVirtualRuntime();
  const lifetime = new Lifetime(runtime.log);
  let other = false;
  lifetime.run('broken', () => Promise.reject(new Error('no luck')));
  lifetime.run('other', async () => {
    await Promise.resolve();
    other = true;
  });
  await runtime.clock.settle();
  assert.ok(other);
  assert.deepEqual(
    runtime.lines.map(({ message, fields }) => `${message}: ${String(fields['error'])}`),
    ['broken failed: no luck'],
  );
  await lifetime.stop();
});

test('a stopped lifetime starts nothing', async () => {
  const { log } = createVirtualRuntime();
  const lifetime = new Lifetime(log);
  await lifetime.stop();
  let ran = false;
  lifetime.run('late', () => {
    ran = true;
    return Promise.resolve();
  });
  assert.equal(ran, false);
});
