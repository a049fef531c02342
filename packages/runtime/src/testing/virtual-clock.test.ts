import assert from 'node:assert/strict';
import { test } from 'node:test';
import { VirtualClock } from '../testing.ts';

test('timers run in order of their time, then of their making', async () => {
  const clock = new VirtualClock();
  const ran: string[] = [];
  clock.after(20, () => ran.push('c'));
  clock.after(10, () => ran.push('a'));
  clock.after(10, () => ran.push('b'));
  clock.after(5, () => ran.push('cancelled')).cancel();
  await clock.advance(15);
  assert.deepEqual(ran, ['a', 'b']);
  await clock.advance(5);
  assert.deepEqual(ran, ['a', 'b', 'c']);
});

test('what became ready runs before time moves on', async () => {
  const clock = new VirtualClock();
  const ran: string[] = [];
  clock.after(10, () => {
    void Promise.resolve().then(() => ran.push('promise'));
    clock.soon(() => ran.push('soon'));
  });
  clock.after(10.5, () => ran.push('next'));
  await clock.advance(20);
  assert.deepEqual(new Set(ran.slice(0, 2)), new Set(['promise', 'soon']));
  assert.equal(ran[2], 'next');
});

test('a sleep ends by time or by its signal', async () => {
  const clock = new VirtualClock();
  const abort = new AbortController();
  const slept = clock.sleep(10, new AbortController().signal);
  const broken = assert.rejects(clock.sleep(10, abort.signal), /enough/);
  abort.abort(new Error('enough'));
  await clock.advance(10);
  await slept;
  await broken;
});

test('wall time is whole milliseconds', async () => {
  const clock = new VirtualClock(1000);
  await clock.advance(0.7);
  assert.equal(clock.wallMs(), 1000);
});
