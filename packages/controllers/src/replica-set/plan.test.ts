import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { ReplicaSet } from '@navarch/api/types/apps/v1/replica-set';
import type { Pod } from '@navarch/api/types/core/v1/pod';
import { planReplicaSet } from './plan.ts';

/** `a` ready, `a?` not ready, `a!` failed, `a-` terminating, `a@n1` on a node. */
function parsePods(text: string): Pod[] {
  return text
    .split(' ')
    .filter(Boolean)
    .map((word) => {
      const [, name = '', mark, node] = /^(\w+)([?!-]?)(?:@(\w+))?$/.exec(word) ?? [];
      return {
        metadata: {
          name,
          uid: name,
          creationTimestamp: '2026-01-01T00:00:00Z',
          labels: { app: 'web' },
          ...(mark === '-' && { deletionTimestamp: '2026-01-01T00:01:00Z' }),
        },
        spec: { containers: [], nodeName: node ?? 'n0' },
        status: {
          phase: mark === '!' ? 'Failed' : 'Running',
          conditions: [
            {
              type: 'Ready',
              status: mark === '' ? 'True' : 'False',
              lastTransitionTime: '2026-01-01T00:00:10Z',
            },
          ],
        },
      };
    });
}

const cases: {
  name: string;
  replicas: number;
  pods: string;
  creates: number;
  removes: string;
  status?: string;
  minReady?: number;
}[] = [
  {
    name: 'creates what is missing',
    replicas: 3,
    pods: 'a',
    creates: 2,
    removes: '',
    status: '1 1 1 0',
  },
  {
    name: 'removes what is too many',
    replicas: 1,
    pods: 'a b',
    creates: 0,
    removes: 'a',
    status: '2 2 2 0',
  },
  {
    name: 'replaces a failed pod',
    replicas: 2,
    pods: 'a b!',
    creates: 1,
    removes: '',
    status: '1 1 1 0',
  },
  {
    name: 'does not wait for terminating pods',
    replicas: 2,
    pods: 'a b-',
    creates: 1,
    removes: '',
    status: '1 1 1 1',
  },
  {
    name: 'removes pods that are not ready first',
    replicas: 1,
    pods: 'a b? c',
    creates: 0,
    removes: 'b a',
  },
  {
    name: 'removes from the crowded node first',
    replicas: 2,
    pods: 'a@n1 b@n2 c@n2',
    creates: 0,
    removes: 'b',
  },
  { name: 'has enough', replicas: 2, pods: 'a b?', creates: 0, removes: '', status: '2 1 1 0' },
  { name: 'creates no more than a burst', replicas: 2000, pods: '', creates: 500, removes: '' },
  {
    name: 'counts as available only after a while',
    replicas: 1,
    pods: 'a',
    creates: 0,
    removes: '',
    status: '1 1 0 0',
    minReady: 60,
  },
];

for (const { name, replicas, pods, creates, removes, status, minReady } of cases) {
  test(name, () => {
    const replicaSet: ReplicaSet = {
      metadata: { name: 'web', namespace: 'n', uid: 'rs', generation: 1 },
      spec: {
        replicas,
        minReadySeconds: minReady,
        selector: { matchLabels: { app: 'web' } },
        template: { metadata: { labels: { app: 'web' } }, spec: { containers: [] } },
      },
    };
    const observed = parsePods(pods);
    const plan = planReplicaSet({
      replicaSet,
      pods: observed,
      related: observed,
      nowMs: Date.UTC(2026, 0, 1, 0, 1),
    });
    assert.equal(plan.create, creates);
    assert.equal(plan.remove.map((pod) => pod.metadata.name).join(' '), removes);
    const { replicas: total, readyReplicas, availableReplicas, terminatingReplicas } = plan.status;
    if (status)
      assert.equal(
        [total, readyReplicas, availableReplicas, terminatingReplicas].join(' '),
        status,
      );
  });
}

test('looks again when a pod will have been ready for long enough', () => {
  const replicaSet: ReplicaSet = {
    metadata: { name: 'web', uid: 'rs' },
    spec: { replicas: 1, minReadySeconds: 60, selector: {} },
  };
  const plan = planReplicaSet({
    replicaSet,
    pods: parsePods('a'),
    related: [],
    nowMs: Date.UTC(2026, 0, 1, 0, 1),
  });
  assert.equal(plan.lookAgainAfterMs, 10_000);
});
