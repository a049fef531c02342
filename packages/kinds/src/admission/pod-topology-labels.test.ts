/** Where pods are, in their labels. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { admit, creation, fakeContext } from '../testing.ts';
import { podTopologyLabels } from './pod-topology-labels.ts';
import { pod, pods } from './testing.ts';

test('pods wear the place of their node', async () => {
  const labels = { 'topology.kubernetes.io/zone': 'z', other: 'o' };
  const node = { metadata: { name: 'n1', labels } };
  const made = await admit(
    podTopologyLabels,
    creation(pods, pod({ nodeName: 'n1' })),
    fakeContext({ objects: [['nodes', node]] }),
  );
  assert.ok(typeof made === 'object');
  assert.deepEqual(made.metadata.labels, { 'topology.kubernetes.io/zone': 'z' });
});
