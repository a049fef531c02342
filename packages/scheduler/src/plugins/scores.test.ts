/** Scores of single plugins, by upstream's formulas. Nodes are described, and what each of them gets. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { selectorFromLabels } from '@navarch/api/selectors';
import type { Node } from '@navarch/api/types/core/v1/node';
import type { Pod } from '@navarch/api/types/core/v1/pod';
import { ClusterState } from '../cluster/cluster-state.ts';
import { feasibleNodesWanted } from '../schedule-one.ts';
import { defaultSpread } from '../pod/pod-affinity.ts';
import { podInfo } from '../pod/pod-info.ts';
import { defaultProfile } from './plugin-order.ts';

const requests = (cpu: string, memory: string): Partial<Pod['spec']> => ({
  containers: [{ name: 'c', resources: { requests: { cpu, memory } } }],
});
const node = (cpu: string, memory: string, more: Partial<Node> = {}): Node => ({
  metadata: {},
  spec: {},
  ...more,
  status: { allocatable: { cpu, memory, pods: '110' }, ...more.status },
});
const avoid = (...keys: readonly string[]): Partial<Node> => ({
  spec: { taints: keys.map((key) => ({ key, effect: 'PreferNoSchedule' as const })) },
});
const has = (name: string, megabytes: number): Partial<Node> => ({
  status: { images: [{ names: [name], sizeBytes: megabytes * 1024 * 1024 }] },
});

interface Case {
  readonly name: string;
  readonly plugin: string;
  readonly pod: Partial<Pod['spec']>;
  readonly nodes: readonly Node[];
  /** Pods that are there: of which spec, on which node (from 0). */
  readonly pods?: readonly (readonly [Partial<Pod['spec']>, number])[];
  /** Undefined when the plugin has nothing to say. */
  readonly scores: readonly number[] | undefined;
}

const cases: readonly Case[] = [
  {
    name: 'least allocated: the mean of what is left of cpu and memory',
    plugin: 'NodeResourcesFit',
    pod: requests('1', '2Gi'),
    nodes: [node('4', '8Gi'), node('2', '8Gi')],
    pods: [[requests('1', '2Gi'), 0]],
    scores: [50, 62],
  },
  {
    name: 'least allocated: something is assumed for pods that do not say',
    plugin: 'NodeResourcesFit',
    pod: { containers: [{ name: 'c' }] },
    nodes: [node('1', '2000Mi')],
    scores: [90],
  },
  {
    name: 'least allocated: a resource that the node has none of does not count',
    plugin: 'NodeResourcesFit',
    pod: requests('1', '0'),
    nodes: [node('4', '0')],
    scores: [75],
  },
  {
    name: 'balanced: the change counts',
    plugin: 'NodeResourcesBalancedAllocation',
    pod: requests('1', '2Gi'),
    nodes: [node('4', '8Gi'), node('4', '4Gi'), node('4', '8Gi')],
    pods: [[requests('2', '0'), 2]],
    scores: [75, 68, 75],
  },
  {
    name: 'balanced: a node that becomes more even gets more',
    plugin: 'NodeResourcesBalancedAllocation',
    pod: requests('0', '4Gi'),
    nodes: [node('4', '8Gi'), node('4', '8Gi')],
    pods: [[requests('2', '0'), 0]],
    scores: [87, 62],
  },
  {
    name: 'balanced: nothing to say about pods without requests',
    plugin: 'NodeResourcesBalancedAllocation',
    pod: {},
    nodes: [node('4', '8Gi')],
    scores: undefined,
  },
  {
    name: 'taints that ask: the fewer, the better',
    plugin: 'TaintToleration',
    pod: {},
    nodes: [node('1', '1Gi'), node('1', '1Gi', avoid('a')), node('1', '1Gi', avoid('a', 'b'))],
    scores: [100, 50, 0],
  },
  {
    name: 'taints that ask: those tolerated do not count',
    plugin: 'TaintToleration',
    pod: { tolerations: [{ key: 'a', operator: 'Exists' }] },
    nodes: [node('1', '1Gi', avoid('b')), node('1', '1Gi', avoid('a'))],
    scores: [0, 100],
  },
  {
    name: 'images: size times the share of nodes that have it',
    plugin: 'ImageLocality',
    pod: { containers: [{ name: 'c', image: 'app' }] },
    nodes: [node('1', '1Gi', has('app:latest', 523)), node('1', '1Gi')],
    scores: [24, 0],
  },
  {
    name: 'images: init containers count',
    plugin: 'ImageLocality',
    pod: { containers: [], initContainers: [{ name: 'i', image: 'r.io:80/app:2' }] },
    nodes: [node('1', '1Gi', has('r.io:80/app:2', 5000))],
    scores: [100],
  },
  {
    name: 'images: nobody has it',
    plugin: 'ImageLocality',
    pod: { containers: [{ name: 'c', image: 'app' }] },
    nodes: [node('1', '1Gi')],
    scores: undefined,
  },
];

for (const { name, plugin, pod, nodes, pods = [], scores } of cases) {
  test(name, () => {
    const cluster = new ClusterState();
    for (const [index, node] of nodes.entries())
      cluster.setNode({ ...node, metadata: { ...node.metadata, name: `n${index}` } });
    for (const [index, [spec, on]] of pods.entries())
      cluster.setPod(podInfo(newPod(`there-${index}`, spec)), `n${on}`);
    assert.deepEqual(scoresOf(plugin, newPod('p', pod), cluster), scores);
  });
}

function scoresOf(name: string, pod: Pod, cluster: ClusterState): readonly number[] | undefined {
  const plugin = defaultProfile.scores.find((other) => other.name === name);
  const score = plugin?.prepare(podInfo(pod), cluster, cluster.nodes);
  if (!score) return undefined;
  const scores = Float64Array.from(cluster.nodes, score);
  plugin?.normalize?.(scores);
  return [...scores];
}

function newPod(name: string, spec: Partial<Pod['spec']>): Pod {
  return {
    metadata: { name, namespace: 'n', uid: name, labels: { app: 'web' } },
    spec: { containers: [], ...spec },
  };
}

test('pods that do not say are spread over hosts and zones, hosts without a zone included', () => {
  const cluster = new ClusterState();
  for (const [name, zone] of Object.entries({ n0: 'a', n1: 'a', n2: 'b', n3: undefined }))
    cluster.setNode({
      metadata: {
        name,
        labels: {
          'kubernetes.io/hostname': name,
          ...(zone && { 'topology.kubernetes.io/zone': zone }),
        },
      },
      spec: {},
      status: {},
    });
  for (const [name, on] of Object.entries({ w1: 'n0', w2: 'n0', w3: 'n2' }))
    cluster.setPod(podInfo(newPod(name, {})), on);
  cluster.defaultSpread = ({ pod }) => defaultSpread('n', selectorFromLabels({ app: 'web' }), pod);
  // Hosts weigh log(4 + 2), zones log(3 + 2), the nodes without a zone being one of three. Each constraint adds its skew less one.
  // n0: 2 x 1.79 + 2 + 2 x 1.61 + 4 = 13; n1: 9; n2: 9; n3: 2. In the order in which nodes are looked at: one of each zone in turn.
  assert.deepEqual(
    cluster.nodes.map(({ name }) => name),
    ['n0', 'n2', 'n3', 'n1'],
  );
  assert.deepEqual(scoresOf('PodTopologySpread', newPod('p', {}), cluster), [15, 46, 100, 46]);
});

test('how many feasible nodes are enough', () => {
  assert.deepEqual(
    [1, 100, 101, 250, 1000, 5000, 6000, 20_000].map(feasibleNodesWanted),
    [1, 100, 100, 120, 420, 500, 300, 1000],
  );
});
