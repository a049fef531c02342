/** What objects use of a quota, by resource. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { KubernetesObject } from '../extension/object.ts';
import type { ResourceQuota, ScopedResourceSelectorRequirement } from '../types/core/v1/quota.ts';
import { amountsText } from './amounts.ts';
import { evaluatorOf, isInScope, measureUsage } from './quotas.ts';

const nowMs = Date.parse('2026-01-01T00:00:00Z');

const object = (more: object, metadata: object = {}): KubernetesObject => ({
  metadata: { name: 'x', ...metadata },
  ...more,
});

const requests = (list: object, limits: object = {}) => ({
  name: 'c',
  resources: { requests: list, limits },
});

const pod = (spec: object, status: object = {}, metadata: object = {}): KubernetesObject =>
  object({ spec: { containers: [], ...spec }, status }, metadata);

interface Case {
  readonly name: string;
  /** `group/resource`. */
  readonly of: string;
  readonly object: KubernetesObject;
  readonly uses: string;
}

const cases: readonly Case[] = [
  {
    name: 'anything',
    of: 'apps/deployments',
    object: object({}),
    uses: 'count/deployments.apps=1',
  },
  {
    name: 'what has an older name too',
    of: '/secrets',
    object: object({}),
    uses: 'count/secrets=1,secrets=1',
  },
  {
    name: 'a pod: its containers together',
    of: '/pods',
    object: pod({
      containers: [requests({ cpu: '1' }, { cpu: '2' }), requests({ cpu: '500m', memory: '1Gi' })],
    }),
    uses: 'count/pods=1,cpu=1500m,limits.cpu=2,memory=1Gi,pods=1,requests.cpu=1500m,requests.memory=1Gi',
  },
  {
    name: 'a pod: its greatest init container beside sidecars, and overhead',
    of: '/pods',
    object: pod({
      initContainers: [
        { ...requests({ cpu: '1' }), restartPolicy: 'Always' },
        requests({ cpu: '3' }),
      ],
      containers: [requests({ cpu: '1' })],
      overhead: { cpu: '250m' },
    }),
    uses: 'count/pods=1,cpu=4250m,pods=1,requests.cpu=4250m',
  },
  {
    name: 'a pod: what it asks for as a whole',
    of: '/pods',
    object: pod({ containers: [requests({ cpu: '1' })], resources: { requests: { cpu: '3' } } }),
    uses: 'count/pods=1,cpu=3,pods=1,requests.cpu=3',
  },
  {
    name: 'a pod: devices and huge pages',
    of: '/pods',
    object: pod({ containers: [requests({ 'example.com/gpu': '2', 'hugepages-2Mi': '4Mi' })] }),
    uses: 'count/pods=1,hugepages-2Mi=4Mi,pods=1,requests.example.com/gpu=2,requests.hugepages-2Mi=4Mi',
  },
  {
    name: 'a pod that shrinks: what its node has not taken back',
    of: '/pods',
    object: pod(
      { containers: [requests({ cpu: '1' })] },
      { containerStatuses: [{ name: 'c', allocatedResources: { cpu: '2' } }] },
    ),
    uses: 'count/pods=1,cpu=2,pods=1,requests.cpu=2',
  },
  {
    name: 'a pod that ended: only its name',
    of: '/pods',
    object: pod({ containers: [requests({ cpu: '1' })] }, { phase: 'Succeeded' }),
    uses: 'count/pods=1',
  },
  {
    name: 'a pod that should be gone: only its name',
    of: '/pods',
    object: pod(
      {},
      {},
      {
        deletionTimestamp: '2025-12-31T23:59:00Z',
        deletionGracePeriodSeconds: 30,
      },
    ),
    uses: 'count/pods=1',
  },
  {
    name: 'a service with node ports',
    of: '/services',
    object: object({ spec: { type: 'NodePort', ports: [{}, {}] } }),
    uses: 'count/services=1,services=1,services.loadbalancers=0,services.nodeports=2',
  },
  {
    name: 'a load balancer without node ports but one',
    of: '/services',
    object: object({
      spec: {
        type: 'LoadBalancer',
        allocateLoadBalancerNodePorts: false,
        ports: [{}, { nodePort: 30000 }],
      },
    }),
    uses: 'count/services=1,services=1,services.loadbalancers=1,services.nodeports=1',
  },
  {
    name: 'a claim, by its class too, in whole bytes',
    of: '/persistentvolumeclaims',
    object: object({
      spec: { storageClassName: 'gold', resources: { requests: { storage: '1500m' } } },
    }),
    uses: 'count/persistentvolumeclaims=1,gold.storageclass.storage.k8s.io/persistentvolumeclaims=1,gold.storageclass.storage.k8s.io/requests.storage=2,persistentvolumeclaims=1,requests.storage=2',
  },
  {
    name: 'a claim that grew further than it asks for now',
    of: '/persistentvolumeclaims',
    object: object({
      spec: { resources: { requests: { storage: '1Gi' } } },
      status: { allocatedResources: { storage: '2Gi' } },
    }),
    uses: 'count/persistentvolumeclaims=1,persistentvolumeclaims=1,requests.storage=2Gi',
  },
  {
    name: 'devices: what may be given at most',
    of: 'resource.k8s.io/resourceclaims',
    object: object({
      spec: {
        devices: {
          requests: [
            { exactly: { deviceClassName: 'a', allocationMode: 'ExactCount', count: 2 } },
            {
              firstAvailable: [
                { deviceClassName: 'a', allocationMode: 'ExactCount', count: 3 },
                { deviceClassName: 'b', allocationMode: 'All' },
                { deviceClassName: 'a', allocationMode: 'ExactCount', count: 1 },
              ],
            },
          ],
        },
      },
    }),
    uses: 'a.deviceclass.resource.k8s.io/devices=5,b.deviceclass.resource.k8s.io/devices=32,count/resourceclaims.resource.k8s.io=1',
  },
];

const evaluatorFor = (of: string) => {
  const [group = '', resource = ''] = of.split('/');
  return evaluatorOf({ group, resource });
};

for (const { name, of, object: used, uses } of cases) {
  test(`counts ${name}`, () => {
    const evaluator = evaluatorFor(of);
    assert.equal(evaluator && amountsText(evaluator.usage(used, nowMs)), uses);
  });
}

test('what is not kept is not counted', () => {
  assert.equal(evaluatorFor('/events'), undefined);
  assert.equal(evaluatorFor('authorization.k8s.io/localsubjectaccessreviews'), undefined);
});

const bare = pod({});
const urgent = pod({ priorityClassName: 'high', activeDeadlineSeconds: 5 });
const choosy = pod({
  containers: [requests({ cpu: '1' })],
  affinity: {
    podAffinity: { requiredDuringSchedulingIgnoredDuringExecution: [{ namespaces: ['a'] }] },
  },
});
const scopes: readonly (readonly [
  scope: ScopedResourceSelectorRequirement,
  inside: readonly KubernetesObject[],
])[] = [
  [{ scopeName: 'Terminating', operator: 'Exists' }, [urgent]],
  [{ scopeName: 'NotTerminating', operator: 'Exists' }, [bare, choosy]],
  [{ scopeName: 'BestEffort', operator: 'Exists' }, [bare, urgent]],
  [{ scopeName: 'NotBestEffort', operator: 'Exists' }, [choosy]],
  [{ scopeName: 'CrossNamespacePodAffinity', operator: 'Exists' }, [choosy]],
  [{ scopeName: 'PriorityClass', operator: 'Exists' }, [urgent]],
  [{ scopeName: 'PriorityClass', operator: 'DoesNotExist' }, [bare, choosy]],
  [{ scopeName: 'PriorityClass', operator: 'In', values: ['high'] }, [urgent]],
  [{ scopeName: 'PriorityClass', operator: 'NotIn', values: ['high'] }, [bare, choosy]],
  [{ scopeName: 'VolumeAttributesClass', operator: 'Exists' }, []],
];

const quota = (spec: ResourceQuota['spec']): ResourceQuota => ({ metadata: { name: 'q' }, spec });

for (const [scope, inside] of scopes) {
  test(`${scope.scopeName} ${scope.operator} takes in the right pods`, () => {
    const evaluator = evaluatorFor('/pods');
    assert.ok(evaluator);
    const scoped = quota({ scopeSelector: { matchExpressions: [scope] } });
    const found = [bare, urgent, choosy].filter((one) => isInScope(scoped, evaluator, one));
    assert.deepEqual(found, inside);
  });
}

test('a claim falls under every attributes class that it has or is to have', () => {
  const evaluator = evaluatorFor('/persistentvolumeclaims');
  assert.ok(evaluator);
  const claim = object({
    spec: { volumeAttributesClassName: 'fast' },
    status: { currentVolumeAttributesClassName: 'slow' },
  });
  const under = (values: readonly string[]) =>
    isInScope(
      quota({
        scopeSelector: {
          matchExpressions: [{ scopeName: 'VolumeAttributesClass', operator: 'In', values }],
        },
      }),
      evaluator,
      claim,
    );
  assert.deepEqual([under(['fast']), under(['slow']), under(['other'])], [true, true, false]);
});

test('only what is limited and in scope adds up', () => {
  const evaluator = evaluatorFor('/pods');
  assert.ok(evaluator);
  const limited = quota({
    hard: { pods: '9', 'requests.cpu': '9', secrets: '9' },
    scopes: ['NotBestEffort'],
  });
  const used = measureUsage(limited, evaluator, [bare, choosy, choosy], nowMs);
  assert.equal(amountsText(used), 'pods=2,requests.cpu=2');
});
