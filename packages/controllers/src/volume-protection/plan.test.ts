import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { Pod } from '@navarch/api/types/core/v1/pod';
import { claimsOf, planProtection, type ProtectionStep } from './plan.ts';

const cases: {
  name: string;
  deleted: boolean;
  finalizers?: readonly string[];
  step: ProtectionStep;
}[] = [
  { name: 'protected', deleted: false, finalizers: ['ours'], step: 'nothing' },
  { name: 'without finalizers', deleted: false, step: 'protect' },
  { name: "with somebody else's finalizer", deleted: false, finalizers: ['b'], step: 'protect' },
  { name: 'deleted', deleted: true, finalizers: ['b', 'ours'], step: 'let go, if unused' },
  { name: 'deleted and let go', deleted: true, finalizers: ['b'], step: 'nothing' },
];

describe('an object that is', () => {
  for (const { name, deleted, finalizers, step } of cases) {
    test(name, () => {
      const times = deleted && { deletionTimestamp: '2026-01-01T00:00:00Z' };
      const metadata = { name: 'a', ...(finalizers && { finalizers }), ...times };
      assert.equal(planProtection({ metadata }, 'ours'), step);
    });
  }
});

test('a pod on a node uses the claims that it names and those that are made for it', () => {
  const pod: Pod = {
    metadata: { name: 'web' },
    spec: {
      nodeName: 'n',
      containers: [],
      volumes: [
        { name: 'a', persistentVolumeClaim: { claimName: 'data' } },
        { name: 'b', ephemeral: {} },
        { name: 'c', emptyDir: {} },
      ],
    },
  };
  assert.deepEqual(claimsOf(pod), ['data', 'web-b']);
  const { nodeName: _, ...unbound } = pod.spec;
  assert.deepEqual(claimsOf({ ...pod, spec: unbound }), []);
  const ended = { deletionTimestamp: '2026-01-01T00:00:00Z', deletionGracePeriodSeconds: 0 };
  assert.deepEqual(claimsOf({ ...pod, metadata: { name: 'web', ...ended } }), ['data']);
});
