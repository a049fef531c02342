/** What nodes may say of pods and of themselves: the texts are answers of a real server. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { KubernetesObject } from '@navarch/api/extension/object';
import type { Pod } from '@navarch/api/types/core/v1/pod';
import { admit, creation, fakeContext, type FakeRequest } from '../testing.ts';
import { nodeRestriction } from './node-restriction.ts';
import { object, pod, pods } from './testing.ts';

const node: FakeRequest = { username: 'system:node:n1', groups: ['system:nodes'] };
const mirror = (owners: Pod['metadata']['ownerReferences'], nodeName = 'n1'): Pod => ({
  ...pod({ nodeName }),
  metadata: {
    name: 'x',
    namespace: 'n',
    annotations: { 'kubernetes.io/config.mirror': 'm' },
    ...(owners && { ownerReferences: owners }),
  },
});
const owner = { apiVersion: 'v1', kind: 'Node', name: 'n1', uid: 'u1', controller: true };
const restricted: readonly (readonly [object: Pod, says: string | undefined])[] = [
  [
    pod(),
    'pod does not have "kubernetes.io/config.mirror" annotation, node "n1" can only create mirror pods',
  ],
  [mirror([], 'n2'), 'node "n1" can only create pods with spec.nodeName set to itself'],
  [mirror([]), 'node "n1" can only create pods with an owner reference set to itself'],
  [
    mirror([{ ...owner, controller: false }]),
    'node "n1" can only create pods with a controller owner reference set to itself',
  ],
  [mirror([{ ...owner, uid: 'u2' }]), 'node n1 UID mismatch: expected u2 got u1'],
  [mirror([owner]), undefined],
];

test('a node shows only its own static pods', async () => {
  const context = fakeContext({
    ...node,
    objects: [['nodes', { metadata: { name: 'n1', uid: 'u1' } }]],
  });
  for (const [given, says] of restricted) {
    const made = await admit(nodeRestriction, creation(pods, given), context);
    assert.deepEqual(made, says === undefined ? given : `pods "x" is forbidden: ${says}`);
  }
});

test('a node describes itself, and steers nobody', async () => {
  const nodes = { group: '', resource: 'nodes' };
  const self = (name: string, labels: Record<string, string>) => ({
    ...object('Node', name, { spec: {} }),
    metadata: { name, labels },
  });
  const ask = (given: KubernetesObject, more: object = {}) =>
    admit(nodeRestriction, creation(nodes, given, more), fakeContext(node));
  const fine = self('n1', {
    custom: 'yes',
    'kubelet.kubernetes.io/x': 'y',
    'kubernetes.io/os': 'l',
  });
  assert.equal(await ask(fine), fine);
  assert.equal(
    await ask(self('n2', {})),
    'nodes "n2" is forbidden: node "n1" is not allowed to modify node "n2"',
  );
  assert.equal(
    await ask(self('n1', { 'node-restriction.kubernetes.io/x': 'y', 'foo.k8s.io/z': 'w' })),
    'nodes "n1" is forbidden: node "n1" is not allowed to set the following labels: foo.k8s.io/z, node-restriction.kubernetes.io/x',
  );
  const tainted = object('Node', 'n1', { spec: { taints: [{ key: 'k', effect: 'NoSchedule' }] } });
  assert.equal(
    await ask(object('Node', 'n1', { spec: {} }), { operation: 'UPDATE', oldObject: tainted }),
    'nodes "n1" is forbidden: node "n1" is not allowed to modify taints',
  );
});
