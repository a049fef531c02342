import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Gate } from './gate.ts';

test('so many at a time, in order; one that fails makes room as well', async () => {
  const gate = new Gate(2);
  const ends: ((failed: boolean) => void)[] = [];
  const began: number[] = [];
  const all = [0, 1, 2, 3].map((number) =>
    gate
      .through(() => {
        began.push(number);
        return new Promise<void>((resolve, reject) => {
          ends[number] = (failed) => (failed ? reject(new Error('no')) : resolve());
        });
      })
      .catch(() => undefined),
  );
  assert.deepEqual(began, [0, 1]);
  ends[1]?.(true);
  await all[1];
  assert.deepEqual(began, [0, 1, 2]);
  ends[0]?.(false);
  await all[0];
  assert.deepEqual(began, [0, 1, 2, 3]);
  ends[2]?.(false);
  ends[3]?.(false);
  await Promise.all(all);
});
