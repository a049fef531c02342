/** Numbers and moments at the edge of what numbers can say. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { afterSeconds, nextInteger } from './int64.ts';
import type { Int64 } from './types/scalars.ts';

const following: readonly [value: Int64 | undefined, next: Int64][] = [
  [undefined, 1],
  [0, 1],
  [9007199254740990, 9007199254740991],
  [9007199254740991, 9007199254740992n],
  [9007199254740992n, 9007199254740993n],
  [-9007199254740992n, -9007199254740991],
];

test('what follows', () => {
  for (const [value, next] of following) assert.equal(nextInteger(value), next);
});

const moments: readonly [seconds: Int64, afterMs: number][] = [
  [0, 0],
  [30, 30_000],
  [-1, -1_000],
  [9_000_000_000, 9_000_000_000_000],
  // 2^63 nanoseconds are 9223372036.85 seconds: beyond, Go's durations begin again at the other end.
  [9_223_372_037, -9_223_372_036_709],
  [9_223_372_036_854_775_807n, -1_000],
];

test('moments wrap around as Go’s do', () => {
  for (const [seconds, afterMs] of moments) assert.equal(afterSeconds(0, seconds), afterMs);
  assert.equal(afterSeconds(5, 1), 1_005);
});
