import assert from 'node:assert/strict';
import { test } from 'node:test';
import { age, humanDuration } from './age.ts';

const s = 1000;
const m = 60 * s;
const h = 60 * m;
const d = 24 * h;

const cases: readonly (readonly [ms: number, text: string])[] = [
  [-2 * s, '<invalid>'],
  [-1.5 * s, '0s'],
  [0, '0s'],
  [119 * s, '119s'],
  [2 * m, '2m'],
  [2 * m + 5 * s, '2m5s'],
  [9 * m + 59 * s, '9m59s'],
  [10 * m + 59 * s, '10m'],
  [179 * m, '179m'],
  [3 * h, '3h'],
  [7 * h + 59 * m, '7h59m'],
  [8 * h + 59 * m, '8h'],
  [47 * h, '47h'],
  [2 * d, '2d'],
  [7 * d + 23 * h, '7d23h'],
  [8 * d + 23 * h, '8d'],
  [729 * d, '729d'],
  [730 * d, '2y'],
  [731 * d, '2y1d'],
  [8 * 365 * d + 100 * d, '8y'],
  [25 * 365 * d, '25y'],
];

test('lengths of time are coarse', () => {
  for (const [ms, text] of cases) assert.equal(humanDuration(ms), text, String(ms));
});

test('an age is counted from a time', () => {
  const now = Date.parse('2026-01-01T00:00:10Z');
  assert.equal(age(now, '2026-01-01T00:00:00Z'), '10s');
  assert.equal(age(now, '2026-01-01T00:00:00.500000Z'), '9s');
  assert.equal(age(now, undefined), '<unknown>');
});
