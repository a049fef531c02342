import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { LeaseSpec } from '@navarch/api/types/coordination/v1';
import { nextMove, observe, over, released } from './lease.ts';

const wallMs = Date.UTC(2026, 0, 1);
const now = '2026-01-01T00:00:00.000000Z';
const before = '2025-12-31T23:00:00.000000Z';
const circumstances = { identity: 'me', leaseDurationMs: 15_000, wallMs };

const cases: {
  name: string;
  spec: LeaseSpec | undefined;
  /** How long the lease has been seen unchanged. */
  unchangedMs: number;
  move: string;
}[] = [
  { name: 'no lease is created', spec: undefined, unchangedMs: 0, move: `create ${now} 0` },
  {
    name: 'our lease is renewed, its acquisition and transitions kept',
    spec: { holderIdentity: 'me', acquireTime: before, renewTime: before, leaseTransitions: 4 },
    unchangedMs: 0,
    move: `update ${before} 4`,
  },
  {
    name: "another's lease is waited for",
    spec: { holderIdentity: 'you', acquireTime: before, renewTime: before, leaseTransitions: 4 },
    unchangedMs: 14_999,
    move: 'wait you',
  },
  {
    name: "another's lease that did not change for its duration is taken",
    spec: { holderIdentity: 'you', acquireTime: before, renewTime: before, leaseTransitions: 4 },
    unchangedMs: 15_000,
    move: `update ${now} 5`,
  },
  {
    name: 'a lease given back is taken at once',
    spec: { holderIdentity: '', acquireTime: before, leaseTransitions: 4 },
    unchangedMs: 0,
    move: `update ${now} 5`,
  },
  {
    name: 'an empty lease is taken at once',
    spec: {},
    unchangedMs: 0,
    move: `update ${now} 1`,
  },
];

for (const { name, spec, unchangedMs, move } of cases) {
  test(name, () => {
    const seen = spec && { spec, sinceMs: 1_000 };
    const next = nextMove(seen, { ...circumstances, monotonicMs: 1_000 + unchangedMs });
    if (next.kind === 'wait') assert.equal(`wait ${next.holder}`, move);
    else {
      const { acquireTime, leaseTransitions, holderIdentity, renewTime } = next.spec;
      assert.equal(`${next.kind} ${acquireTime} ${leaseTransitions}`, move);
      assert.equal(
        `${holderIdentity} ${renewTime} ${next.spec.leaseDurationSeconds}`,
        `me ${now} 15`,
      );
    }
  });
}

test('only a change of the lease starts its time anew', () => {
  const first = observe(undefined, { metadata: {}, spec: { holderIdentity: 'you' } }, 10);
  assert.equal(observe(first, { metadata: {}, spec: { holderIdentity: 'you' } }, 20).sinceMs, 10);
  const renewed = { holderIdentity: 'you', renewTime: now };
  assert.equal(observe(first, { metadata: {}, spec: renewed }, 20).sinceMs, 20);
});

test('fields of coordinated election stay as they are', () => {
  const spec = { strategy: 'OldestEmulationVersion', holderIdentity: 'me', leaseTransitions: 2 };
  assert.equal(released(spec, wallMs).strategy, spec.strategy);
  assert.equal(over(spec, { holderIdentity: 'you' }).strategy, spec.strategy);
  assert.deepEqual(released(spec, wallMs).leaseTransitions, 2);
});
