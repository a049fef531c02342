import assert from 'node:assert/strict';
import { test } from 'node:test';
import { requestTimeoutMs } from './timeout.ts';

const wrong = 'invalid timeout specified in the request URL - time:';
const cases: readonly (readonly [query: string, result: number | string])[] = [
  ['', 60_000],
  ['timeout=', 60_000],
  ['timeoutSeconds=5', 60_000],
  ['timeout=5s', 5000],
  ['timeout=250ms', 250],
  ['limit=1&timeout=1m30s', 60_000],
  ['timeout=0s', 60_000],
  ['timeout=-5s', 60_000],
  ['timeout=5', `${wrong} missing unit in duration "5"`],
  ['timeout=5x', `${wrong} unknown unit "x" in duration "5x"`],
  ['timeout=soon', `${wrong} invalid duration "soon"`],
];

for (const [query, result] of cases) {
  test(`timeout of a request: ${query}`, () => {
    if (typeof result === 'number') assert.equal(requestTimeoutMs(query), result);
    else assert.throws(() => requestTimeoutMs(query), { message: result });
  });
}
