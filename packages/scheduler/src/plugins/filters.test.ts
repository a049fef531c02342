/** Which pod fits on which node, one line per rule. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Node } from '@navarch/api/types/core/v1/node';
import type { Pod } from '@navarch/api/types/core/v1/pod';
import { seededRandom } from '@navarch/runtime/testing';
import { ClusterState } from '../cluster/cluster-state.ts';
import { unschedulableMessage } from '../failure-message.ts';
import { podInfo } from '../pod/pod-info.ts';
import { scheduleOne } from '../schedule-one.ts';
import { defaultProfile } from './plugin-order.ts';

interface Case {
  readonly name: string;
  readonly pod: Partial<Pod['spec']>;
  readonly node?: Partial<NonNullable<Node['spec']>> & {
    readonly labels?: Record<string, string>;
    readonly cpu?: string;
  };
  /** A pod that is on the node already. */
  readonly beside?: Partial<Pod['spec']>;
  /** 'fits', or the reason. */
  readonly says: string;
}

const asks = (cpu: string): Partial<Pod['spec']> => ({
  containers: [{ name: 'c', resources: { requests: { cpu } } }],
});
const port = (hostPort: number, hostIP?: string): Partial<Pod['spec']> => ({
  containers: [{ name: 'c', ports: [{ containerPort: 80, hostPort, ...(hostIP && { hostIP }) }] }],
});
const requires = (
  key: string,
  operator: 'In' | 'NotIn' | 'Exists' | 'DoesNotExist' | 'Gt' | 'Lt',
  values?: string[],
): Partial<Pod['spec']> => ({
  affinity: {
    nodeAffinity: {
      requiredDuringSchedulingIgnoredDuringExecution: {
        nodeSelectorTerms: [{ matchExpressions: [{ key, operator, values }] }],
      },
    },
  },
});
const affinity = "node(s) didn't match Pod's node affinity/selector";
const taint = 'node(s) had untolerated taint(s)';
const ports = "node(s) didn't have free ports for the requested pod ports";

const cases: readonly Case[] = [
  { name: 'no wishes', pod: {}, says: 'fits' },
  { name: 'exactly what is left', pod: asks('4'), says: 'fits' },
  { name: 'more than the node has', pod: asks('4001m'), says: 'Insufficient cpu' },
  { name: 'more than is left', pod: asks('2'), beside: asks('2500m'), says: 'Insufficient cpu' },
  {
    name: 'more than one thing is missing',
    pod: {
      containers: [{ name: 'c', resources: { requests: { cpu: '5', memory: '9Gi' } } }],
    },
    says: 'Insufficient cpu,Insufficient memory',
  },
  {
    name: 'a resource no node has',
    pod: { containers: [{ name: 'c', resources: { requests: { 'example.com/gpu': '1' } } }] },
    says: 'Insufficient example.com/gpu',
  },
  {
    name: 'the largest init container counts',
    pod: { containers: [], initContainers: [{ name: 'i', resources: { requests: { cpu: '5' } } }] },
    says: 'Insufficient cpu',
  },
  {
    name: 'overhead comes on top',
    pod: { ...asks('4'), overhead: { cpu: '1m' } },
    says: 'Insufficient cpu',
  },
  {
    name: 'a cordoned node',
    pod: {},
    node: { unschedulable: true },
    says: 'node(s) were unschedulable',
  },
  {
    name: 'a cordoned node, tolerated',
    pod: { tolerations: [{ operator: 'Exists' }] },
    node: { unschedulable: true },
    says: 'fits',
  },
  {
    name: 'a taint',
    pod: {},
    node: { taints: [{ key: 'a', value: 'b', effect: 'NoSchedule' }] },
    says: taint,
  },
  {
    name: 'a taint, tolerated by value',
    pod: { tolerations: [{ key: 'a', value: 'b', effect: 'NoSchedule' }] },
    node: { taints: [{ key: 'a', value: 'b', effect: 'NoSchedule' }] },
    says: 'fits',
  },
  {
    name: 'a taint, another value tolerated',
    pod: { tolerations: [{ key: 'a', value: 'c' }] },
    node: { taints: [{ key: 'a', value: 'b', effect: 'NoExecute' }] },
    says: taint,
  },
  {
    name: 'a taint that only asks',
    pod: {},
    node: { taints: [{ key: 'a', effect: 'PreferNoSchedule' }] },
    says: 'fits',
  },
  {
    name: 'a selector that matches',
    pod: { nodeSelector: { disk: 'ssd' } },
    node: { labels: { disk: 'ssd' } },
    says: 'fits',
  },
  { name: 'a selector that does not', pod: { nodeSelector: { disk: 'ssd' } }, says: affinity },
  {
    name: 'affinity In',
    pod: requires('zone', 'In', ['a', 'b']),
    node: { labels: { zone: 'b' } },
    says: 'fits',
  },
  {
    name: 'affinity NotIn of an absent label',
    pod: requires('zone', 'NotIn', ['a']),
    says: 'fits',
  },
  { name: 'affinity Exists', pod: requires('zone', 'Exists'), says: affinity },
  {
    name: 'affinity DoesNotExist',
    pod: requires('zone', 'DoesNotExist'),
    node: { labels: { zone: '' } },
    says: affinity,
  },
  {
    name: 'affinity Gt',
    pod: requires('cores', 'Gt', ['3']),
    node: { labels: { cores: '4' } },
    says: 'fits',
  },
  {
    name: 'affinity Lt of what is no number',
    pod: requires('cores', 'Lt', ['3']),
    node: { labels: { cores: 'two' } },
    says: affinity,
  },
  { name: 'the same host port', pod: port(80), beside: port(80), says: ports },
  { name: 'another host port', pod: port(81), beside: port(80), says: 'fits' },
  {
    name: 'the same port of another address',
    pod: port(80, '10.0.0.1'),
    beside: port(80, '10.0.0.2'),
    says: 'fits',
  },
  { name: 'all addresses include each', pod: port(80), beside: port(80, '10.0.0.2'), says: ports },
];

for (const { name, pod, node, beside, says } of cases) {
  test(name, () => {
    const cluster = new ClusterState();
    const { labels, cpu = '4', ...spec } = node ?? {};
    cluster.setNode({
      metadata: { name: 'n1', labels },
      spec,
      status: { allocatable: { cpu, memory: '8Gi', pods: '10' } },
    });
    if (beside) cluster.setPod(podInfo(newPod('beside', beside)), 'n1');
    const search = { profile: defaultProfile, random: seededRandom(1), nextStart: 0 };
    const decision = scheduleOne(podInfo(newPod('p', pod)), cluster, search);
    assert.equal(
      decision.kind === 'chosen'
        ? 'fits'
        : decision.rejected.flatMap(({ reasons }) => reasons).join(),
      says,
    );
  });
}

function newPod(name: string, spec: Partial<Pod['spec']>): Pod {
  return { metadata: { name, namespace: 'n', uid: name }, spec: { containers: [], ...spec } };
}

test('the emptier node is chosen', () => {
  const cluster = new ClusterState();
  for (const name of ['n1', 'n2', 'n3'])
    cluster.setNode({
      metadata: { name },
      spec: {},
      status: { allocatable: { cpu: '4', memory: '8Gi', pods: '10' } },
    });
  cluster.setPod(podInfo(newPod('a', asks('2'))), 'n1');
  cluster.setPod(podInfo(newPod('b', asks('1'))), 'n3');
  const decision = scheduleOne(podInfo(newPod('p', asks('1'))), cluster, {
    profile: defaultProfile,
    random: seededRandom(1),
    nextStart: 0,
  });
  assert.equal(decision.kind === 'chosen' && decision.node.name, 'n2');
});

test('what people read when nothing fits', () => {
  const cluster = new ClusterState();
  cluster.setNode({
    metadata: { name: 'n1' },
    spec: { unschedulable: true },
    status: { allocatable: { cpu: '4', memory: '8Gi', pods: '10' } },
  });
  cluster.setNode({
    metadata: { name: 'n2' },
    spec: {},
    status: { allocatable: { cpu: '1', memory: '8Gi', pods: '10' } },
  });
  const decision = scheduleOne(podInfo(newPod('p', asks('2'))), cluster, {
    profile: defaultProfile,
    random: seededRandom(1),
    nextStart: 0,
  });
  assert.equal(decision.kind, 'unschedulable');
  assert.equal(
    decision.kind === 'unschedulable' &&
      unschedulableMessage(decision, 'not eligible due to preemptionPolicy=Never.'),
    '0/2 nodes are available: 1 Insufficient cpu, 1 node(s) were unschedulable. no new claims to deallocate, preemption: not eligible due to preemptionPolicy=Never.',
  );
});

test('nodes that are passed over are counted under the plugin that knows', () => {
  const cluster = new ClusterState();
  for (const name of ['n1', 'n2', 'n3'])
    cluster.setNode({ metadata: { name }, spec: {}, status: { allocatable: { pods: '0' } } });
  const terms = [
    { matchFields: [{ key: 'metadata.name', operator: 'In' as const, values: ['n2'] }] },
  ];
  const nodeAffinity = {
    requiredDuringSchedulingIgnoredDuringExecution: { nodeSelectorTerms: terms },
  };
  const decision = scheduleOne(podInfo(newPod('p', { affinity: { nodeAffinity } })), cluster, {
    profile: defaultProfile,
    random: seededRandom(1),
    nextStart: 0,
  });
  assert.ok(decision.kind === 'unschedulable');
  assert.equal(
    unschedulableMessage(decision, undefined),
    "0/3 nodes are available: 1 Too many pods, 2 node(s) didn't satisfy plugin(s) [NodeAffinity].",
  );
});
