/** Two who delete the same object at once. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { startTestRegistry } from '../testing.ts';

const pods = '/api/v1/namespaces/a/pods';

test('an object that shall go at once is gone, whoever removed it', async () => {
  const registry = await startTestRegistry();
  const body = { metadata: { name: 'x' }, spec: { nodeName: 'n' } };
  await registry.send('POST', pods, { body });
  // The second comes when the first has marked the pod, as a kubelet that watches does, and is first to remove it.
  const answers = await Promise.all(
    [1, 2].map(() => registry.send('DELETE', `${pods}/x?gracePeriodSeconds=0`)),
  );
  assert.deepEqual(
    answers.map(({ status, json }) => [status, json?.['kind']]),
    [
      [200, 'Pod'],
      [200, 'Pod'],
    ],
  );
  const again = await registry.send('DELETE', `${pods}/x`);
  assert.equal(again.status, 404);
  await registry.stop();
});
