/** Every state of a breaker with every event, and webhooks that hang under a virtual clock. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { ObjectReader } from '@navarch/api/extension/context';
import { limits } from '@navarch/runtime/limits';
import { createVirtualRuntime } from '@navarch/runtime/testing';
import type { HttpClient } from '@navarch/wire/http/client';
import { type BreakerEvent, type BreakerState, closed, next } from './breaker.ts';
import { createWebhookCaller } from './caller.ts';

const few = { timeoutsMax: 2, openMs: 10 };
const once: BreakerState = { kind: 'closed', timeouts: 1 };
const open: BreakerState = { kind: 'open', untilMs: 110 };
const later: BreakerState = { kind: 'open', untilMs: 105 };
const due: BreakerState = { kind: 'open', untilMs: 100 };
const probing: BreakerState = { kind: 'probing' };

/** At 100 ms. */
const table: readonly (readonly [BreakerState, Record<BreakerEvent['kind'], BreakerState>])[] = [
  [closed, { asked: closed, timedOut: once, answered: closed, left: closed }],
  [once, { asked: once, timedOut: open, answered: closed, left: once }],
  [later, { asked: later, timedOut: later, answered: closed, left: later }],
  [due, { asked: probing, timedOut: due, answered: closed, left: due }],
  [probing, { asked: probing, timedOut: open, answered: closed, left: due }],
];

for (const [state, row] of table) {
  for (const kind of Object.keys(row) as BreakerEvent['kind'][]) {
    test(`${JSON.stringify(state)}, ${kind}`, () => {
      assert.deepEqual(next(state, { kind }, 100, few), row[kind]);
    });
  }
}

const never = new AbortController().signal;
const inTime = 'Post "https://hook/?timeout=1s": context deadline exceeded';
const atOnce = `${inTime}: not asked, the last ${limits.webhookTimeoutsMax} calls timed out`;

test('a webhook that hangs is not asked for a while, then once, and again when it is back', async () => {
  const { clock, random, log, lines } = createVirtualRuntime();
  let asked = 0;
  let hangs = true;
  const client = {
    request: () => {
      asked++;
      if (hangs) return new Promise(() => undefined);
      const bytes = Buffer.from('yes');
      return Promise.resolve({ status: 200, headers: {}, chunks: [bytes] });
    },
    close: () => undefined,
  } as unknown as HttpClient;
  const webhooks = createWebhookCaller({
    clock,
    random,
    log,
    read: () => ({}) as ObjectReader,
    dial: () => Promise.resolve(client),
  });
  const call = async (): Promise<string> => {
    const address = { url: 'https://hook' };
    const answer = webhooks.call({ address, body: {}, timeoutSeconds: 1, signal: never });
    const told = answer.catch((error: unknown) => (error as Error).message);
    await clock.settle();
    await clock.advance(1_000);
    return told;
  };
  for (let n = 0; n < limits.webhookTimeoutsMax; n++) assert.equal(await call(), inTime);
  assert.equal(await call(), atOnce);
  assert.equal(asked, limits.webhookTimeoutsMax);
  await clock.advance(limits.webhookPauseMs);
  const both = await Promise.all([call(), call()]);
  assert.deepEqual(both, [inTime, atOnce]);
  assert.equal(asked, limits.webhookTimeoutsMax + 1);
  hangs = false;
  await clock.advance(limits.webhookPauseMs);
  assert.equal(await call(), 'yes');
  assert.equal(await call(), 'yes');
  assert.deepEqual(
    lines.map(({ message, fields }) => [message, fields['webhook']]),
    [['a webhook that hangs is not asked for a while', 'https://hook/']],
  );
});
