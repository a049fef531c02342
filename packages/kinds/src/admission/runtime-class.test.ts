/** What running a pod costs, and where it may run. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type FakeRequest } from '../testing.ts';
import { runtimeClass } from './runtime-class.ts';
import { object, specOf } from './testing.ts';

test('runtime classes say what running costs', async () => {
  const known = object('RuntimeClass', 'r', {
    overhead: { podFixed: { cpu: '1' } },
    scheduling: { nodeSelector: { a: 'b' } },
  });
  const request: FakeRequest = { objects: [['runtimeclasses', known]] };
  const made = await specOf(runtimeClass, { runtimeClassName: 'r' }, request);
  assert.ok(typeof made === 'object');
  assert.deepEqual([made.overhead, made.nodeSelector], [{ cpu: '1' }, { a: 'b' }]);
  assert.equal(
    await specOf(runtimeClass, { runtimeClassName: 'A' }),
    'pods "x" is forbidden: pod rejected: RuntimeClass "A" not found',
  );
  assert.equal(
    await specOf(runtimeClass, { overhead: { cpu: '1' } }),
    'pods "x" is forbidden: pod rejected: Pod Overhead set without corresponding RuntimeClass defined Overhead',
  );
});
