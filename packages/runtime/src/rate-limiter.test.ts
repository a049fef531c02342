import assert from 'node:assert/strict';
import { test } from 'node:test';
import { VirtualClock } from './testing.ts';
import { createRateLimiter } from './rate-limiter.ts';

test('a burst at once, then the rate, and never more than the burst saved up', async () => {
  const clock = new VirtualClock();
  const limiter = createRateLimiter(clock, { perSecond: 10, burst: 3 });
  const takeAll = (): number => {
    let count = 0;
    while (limiter.tryTake()) count++;
    return count;
  };
  assert.equal(takeAll(), 3);
  await clock.advance(99);
  assert.equal(takeAll(), 0);
  await clock.advance(1);
  assert.equal(takeAll(), 1);
  await clock.advance(60_000);
  assert.equal(takeAll(), 3);
});

test('reservations queue up behind each other', () => {
  const limiter = createRateLimiter(new VirtualClock(), { perSecond: 10, burst: 2 });
  const waits = [0, 1, 2, 3, 4].map(() => Math.round(limiter.reserveMs()));
  assert.deepEqual(waits, [0, 0, 100, 200, 300]);
});

test('taking waits for its turn and ends with the signal', async () => {
  const clock = new VirtualClock();
  const limiter = createRateLimiter(clock, { perSecond: 1, burst: 1 });
  const abort = new AbortController();
  const took: string[] = [];
  void limiter.take(abort.signal).then(() => took.push('first'));
  void limiter.take(abort.signal).then(() => took.push('second'));
  const third = assert.rejects(limiter.take(abort.signal), /enough/);
  await clock.advance(1_000);
  assert.deepEqual(took, ['first', 'second']);
  abort.abort(new Error('enough'));
  await third;
});
