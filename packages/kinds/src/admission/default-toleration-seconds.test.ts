/** How long pods stay on nodes that are lost. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { defaultTolerationSeconds } from './default-toleration-seconds.ts';
import { specOf } from './testing.ts';

test('pods leave lost nodes after five minutes unless they say otherwise', async () => {
  const made = await specOf(defaultTolerationSeconds, {});
  assert.ok(typeof made === 'object');
  assert.deepEqual(
    made.tolerations?.map(({ key, tolerationSeconds }) => [key, tolerationSeconds]),
    [
      ['node.kubernetes.io/not-ready', 300],
      ['node.kubernetes.io/unreachable', 300],
    ],
  );
  const all = [{ operator: 'Exists' as const }];
  const kept = await specOf(defaultTolerationSeconds, { tolerations: all });
  assert.ok(typeof kept === 'object');
  assert.deepEqual(kept.tolerations, all);
});
