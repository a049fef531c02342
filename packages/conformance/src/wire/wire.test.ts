/** Recorded answers of a real kube-apiserver: every step that is not listed as a known difference matches. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { readKnownDifferences, replayAll, startWireServer } from './run.ts';

test('answers match the recordings', async (t) => {
  const server = await startWireServer();
  try {
    const known = readKnownDifferences();
    for (const { recording, steps } of await replayAll(server.url, () => true)) {
      await t.test(recording, () => {
        const unexpected = steps
          .filter((step) => step.differences.length > 0 && !known.has(step.name))
          .map((step) => `${step.name}\n  ${step.differences.join('\n  ')}`);
        assert.deepEqual(unexpected, []);
      });
    }
  } finally {
    await server.stop();
  }
});
