import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Metrics } from './metrics.ts';

test('a gauge that is read at each scrape forgets what is no longer said', async () => {
  const metrics = new Metrics();
  const counts = new Map([
    ['a', 1],
    ['b', 2],
  ]);
  const read = (set: (labels: { kind: string }, value: number) => void): void => {
    for (const [kind, count] of counts) set({ kind }, count);
  };
  metrics.gauge('watches', 'Watches that are open.', ['kind'], read);
  metrics.gauge('watches', 'Watches that are open.', ['kind'], (set) => set({ kind: 'c' }, 3));
  assert.match(await metrics.text(), /watches\{kind="a"\} 1\nwatches\{kind="b"\} 2\n.*"c"\} 3/);
  counts.delete('a');
  assert.match(await metrics.text(), /TYPE watches gauge\nwatches\{kind="b"\} 2\n.*"c"\} 3/);
});

test('a gauge that is set keeps what it was set to', async () => {
  const metrics = new Metrics();
  const gauge = metrics.gauge('depth', 'Of a queue.', ['name']);
  gauge.set({ name: 'a' }, 1);
  gauge.add({ name: 'a' }, 2);
  await metrics.text();
  assert.match(await metrics.text(), /depth\{name="a"\} 3/);
});
