import assert from 'node:assert/strict';
import { test } from 'node:test';
import { semanticallyEqual } from './equal.ts';

const cases: readonly (readonly [a: unknown, b: unknown, equal: boolean])[] = [
  [1, 1, true],
  [1, '1', false],
  [undefined, null, true],
  [undefined, [], true],
  [null, {}, true],
  [undefined, 0, false],
  [undefined, '', false],
  [{ a: 1 }, { a: 1, b: undefined }, true],
  [{ a: 1, b: [] }, { a: 1 }, true],
  [{ a: 1 }, { a: 1, b: {} }, true],
  [{ a: 1 }, { a: 1, b: false }, false],
  [[1, 2], [2, 1], false],
  [[{}], [undefined], true],
  [[1], { 0: 1 }, false],
  [{ a: { b: [1] } }, { a: { b: [1] } }, true],
  [{ a: { b: [1] } }, { a: { b: [2] } }, false],
];

test('what is absent, null or empty says the same', () => {
  for (const [a, b, equal] of cases) {
    assert.equal(semanticallyEqual(a, b), equal, JSON.stringify([a, b]));
    assert.equal(semanticallyEqual(b, a), equal, JSON.stringify([b, a]));
  }
});
