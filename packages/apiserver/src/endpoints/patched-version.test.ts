/** A patch may leave an object as another version of its kind has it: it is read as that version, and answered as the one patched. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { startTestRegistry } from '../testing.ts';

const path = '/namespaces/d/horizontalpodautoscalers';

test('a version may be patched into another one', async () => {
  const registry = await startTestRegistry();
  const target = { apiVersion: 'apps/v1', kind: 'Deployment', name: 'web' };
  await registry.send('POST', `/apis/autoscaling/v1${path}`, {
    body: {
      apiVersion: 'autoscaling/v1',
      kind: 'HorizontalPodAutoscaler',
      metadata: { name: 'h' },
      spec: { scaleTargetRef: target, maxReplicas: 3 },
    },
  });
  const { status, json, text, headers } = await registry.send(
    'PATCH',
    `/apis/autoscaling/v1${path}/h`,
    {
      headers: { 'content-type': 'application/merge-patch+json' },
      body: { apiVersion: 'autoscaling/v2', spec: { behavior: { scaleDown: {} } } },
    },
  );
  assert.equal(status, 200, text);
  assert.equal(json?.['apiVersion'], 'autoscaling/v1');
  assert.equal(headers['warning'], undefined, 'version 2 has such a field');
  await registry.stop();
});
