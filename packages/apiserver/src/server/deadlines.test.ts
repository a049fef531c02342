/** Requests in time, late, and failing, under a clock that moves when told. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { isStatusError } from '@navarch/api/status';
import { VirtualClock } from '@navarch/runtime/testing';
import { Deadlines } from './deadlines.ts';

test('what is done in time is given on', async () => {
  const clock = new VirtualClock();
  const work = Promise.withResolvers<string>();
  const answer = new Deadlines(clock).within(5_000, work.promise);
  await clock.advance(4_000);
  work.resolve('done');
  assert.equal(await answer, 'done');
});

test('what takes too long is answered without it', async () => {
  const clock = new VirtualClock();
  const deadlines = new Deadlines(clock);
  const late = deadlines.within(5_000, new Promise(() => {})).catch((error: unknown) => error);
  const patient = deadlines.within(60_000, new Promise(() => {})).catch((error: unknown) => error);
  await clock.advance(6_000);
  const error = await late;
  assert.ok(isStatusError(error, 'Timeout'));
  assert.equal(error.message, 'Timeout: request did not complete within the allotted timeout');
  await clock.advance(60_000);
  assert.ok(isStatusError(await patient, 'Timeout'));
});

test('what fails, fails as it did', async () => {
  const deadlines = new Deadlines(new VirtualClock());
  await assert.rejects(deadlines.within(1_000, Promise.reject(new TypeError('broken'))), TypeError);
});
