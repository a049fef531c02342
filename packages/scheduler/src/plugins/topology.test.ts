/** Spreading and affinity between pods: a picture of the cluster, a pod, and where it may go. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Pod } from '@navarch/api/types/core/v1/pod';
import { ClusterState } from '../cluster/cluster-state.ts';
import { createPodReader, podInfo } from '../pod/pod-info.ts';
import { defaultProfile } from './plugin-order.ts';

const term = (app: string, topologyKey = 'zone') => ({
  labelSelector: { matchLabels: { app } },
  topologyKey,
});
const near = (app: string): Partial<Pod['spec']> => ({
  affinity: { podAffinity: { requiredDuringSchedulingIgnoredDuringExecution: [term(app)] } },
});
const far = (app: string, key = 'zone'): Partial<Pod['spec']> => ({
  affinity: {
    podAntiAffinity: { requiredDuringSchedulingIgnoredDuringExecution: [term(app, key)] },
  },
});
const spread = (maxSkew: number, topologyKey = 'zone'): Partial<Pod['spec']> => ({
  topologySpreadConstraints: [
    {
      maxSkew,
      topologyKey,
      whenUnsatisfiable: 'DoNotSchedule',
      labelSelector: { matchLabels: { app: 'web' } },
    },
  ],
});
const likes = (app: string, weight: number): Partial<Pod['spec']> => {
  const terms = [{ weight: Math.abs(weight), podAffinityTerm: term(app) }];
  return {
    affinity:
      weight > 0
        ? { podAffinity: { preferredDuringSchedulingIgnoredDuringExecution: terms } }
        : { podAntiAffinity: { preferredDuringSchedulingIgnoredDuringExecution: terms } },
  };
};

const both = (...apps: readonly string[]): Partial<Pod['spec']> => ({
  affinity: {
    podAffinity: {
      requiredDuringSchedulingIgnoredDuringExecution: apps.map((app) => ({
        labelSelector: { matchExpressions: [{ key: app, operator: 'Exists' }] },
        topologyKey: 'zone',
      })),
    },
  },
});

interface Case {
  readonly name: string;
  /** Zones of nodes n1.. in order. */
  readonly zones: string;
  /** `app@node`, with `!` for pods that refuse their own kind in their zone, and `-` for pods on their way out. */
  readonly pods: string;
  readonly spec: Partial<Pod['spec']>;
  readonly fits: string;
  /** Of the nodes that fit, those with the best score of spreading and affinity. */
  readonly best?: string;
}

const cases: readonly Case[] = [
  {
    name: 'near pods of another app',
    zones: 'a a b',
    pods: 'db@n1',
    spec: near('db'),
    fits: 'n1 n2',
  },
  { name: 'near pods that do not exist', zones: 'a b', pods: '', spec: near('db'), fits: '' },
  {
    name: 'the first of a group that wants to be together',
    zones: 'a b',
    pods: '',
    spec: near('web'),
    fits: 'n1 n2',
  },
  {
    name: 'the second goes where the first is',
    zones: 'a b',
    pods: 'web@n2',
    spec: near('web'),
    fits: 'n2',
  },
  { name: 'far from another app', zones: 'a a b', pods: 'db@n1', spec: far('db'), fits: 'n3' },
  {
    name: 'one per node',
    zones: 'a a b',
    pods: 'web@n1 web@n3',
    spec: far('web', 'host'),
    fits: 'n2',
  },
  {
    name: 'near one pod that fulfils all',
    zones: 'a b',
    pods: 'x_y@n2',
    spec: both('x', 'y'),
    fits: 'n2',
  },
  {
    name: 'not near two of which each fulfils one',
    zones: 'a b',
    pods: 'x@n1 y@n1',
    spec: both('x', 'y'),
    fits: '',
  },
  {
    name: 'far from a pod until it is gone',
    zones: 'a b',
    pods: 'db-@n1',
    spec: far('db'),
    fits: 'n2',
  },
  {
    name: 'spread: pods on their way out do not count',
    zones: 'a b',
    pods: 'web-@n1 web@n2',
    spec: spread(1),
    fits: 'n1',
  },
  { name: 'refused by a pod that is there', zones: 'a a b', pods: 'web!@n1', spec: {}, fits: 'n3' },
  { name: 'spread: the emptier zone', zones: 'a a b', pods: 'web@n1', spec: spread(1), fits: 'n3' },
  {
    name: 'spread: even zones',
    zones: 'a b',
    pods: 'web@n1 web@n2',
    spec: spread(1),
    fits: 'n1 n2',
  },
  { name: 'spread: a skew of two', zones: 'a b', pods: 'web@n1', spec: spread(2), fits: 'n1 n2' },
  {
    name: 'spread: other apps do not count',
    zones: 'a b',
    pods: 'db@n1 db@n1',
    spec: spread(1),
    fits: 'n1 n2',
  },
  { name: 'spread: a node without the label', zones: 'a -', pods: '', spec: spread(1), fits: 'n1' },
  {
    name: 'spread: nodes the pod may not use are no domains',
    zones: 'a b',
    pods: 'web@n1',
    spec: { ...spread(1), nodeSelector: { zone: 'a' } },
    fits: 'n1',
  },
  {
    name: 'rather near',
    zones: 'a b',
    pods: 'db@n2',
    spec: likes('db', 10),
    fits: 'n1 n2',
    best: 'n2',
  },
  {
    name: 'rather far',
    zones: 'a b',
    pods: 'db@n2',
    spec: likes('db', -10),
    fits: 'n1 n2',
    best: 'n1',
  },
  {
    name: 'rather spread',
    zones: 'a b',
    pods: 'web@n1',
    spec: {
      topologySpreadConstraints: [
        {
          maxSkew: 1,
          topologyKey: 'zone',
          whenUnsatisfiable: 'ScheduleAnyway',
          labelSelector: { matchLabels: { app: 'web' } },
        },
      ],
    },
    fits: 'n1 n2',
    best: 'n2',
  },
];

for (const { name, zones, pods, spec, fits, best } of cases) {
  test(name, () => {
    const cluster = new ClusterState();
    for (const [index, zone] of zones.split(' ').entries()) {
      const host = `n${index + 1}`;
      const labels = { host, ...(zone !== '-' && { zone }) };
      cluster.setNode({
        metadata: { name: host, labels },
        spec: {},
        status: { allocatable: { cpu: '4', memory: '8Gi', pods: '10' } },
      });
    }
    for (const [index, word] of pods.split(' ').filter(Boolean).entries()) {
      const [, app = '', mark, node = ''] = /^(\w+)([!-]?)@(\w+)$/.exec(word) ?? [];
      const there = newPod(`${app}-${index}`, app, mark === '!' ? far(app) : {});
      const deletionTimestamp = '2026-01-01T00:00:00Z';
      const metadata = { ...there.metadata, ...(mark === '-' && { deletionTimestamp }) };
      cluster.setPod(podInfo({ ...there, metadata }), node);
    }
    const pod = podInfo(newPod('p', 'web', spec));
    const checks = defaultProfile.filters.flatMap((plugin) => plugin.prepare(pod, cluster) ?? []);
    const fitting = cluster.nodes.filter((node) =>
      checks.every((check) => check(node) === undefined),
    );
    assert.equal(fitting.map((node) => node.name).join(' '), fits);
    if (best === undefined) return;
    const totals = fitting.map(() => 0);
    for (const plugin of defaultProfile.scores.filter(
      ({ name: of }) => of === 'PodTopologySpread' || of === 'InterPodAffinity',
    )) {
      const score = plugin.prepare(pod, cluster, fitting);
      if (!score) continue;
      const scores = Float64Array.from(fitting, score);
      plugin.normalize?.(scores);
      for (const [index, value] of scores.entries()) totals[index] = (totals[index] ?? 0) + value;
    }
    const highest = Math.max(...totals);
    assert.equal(
      fitting
        .filter((_, index) => totals[index] === highest)
        .map((node) => node.name)
        .join(' '),
      best,
    );
  });
}

test('counts follow pods that come and go', () => {
  const cluster = new ClusterState();
  cluster.setNode({ metadata: { name: 'n1', labels: { zone: 'a' } }, spec: {}, status: {} });
  const wish = podInfo(newPod('p', 'web', far('web')));
  const [selection] = (wish.affinity?.requiredAnti ?? []).map((carried) => carried.selection);
  assert.ok(selection);
  assert.equal(cluster.groups.of(selection).counts.total, 0);
  cluster.setPod(podInfo(newPod('a', 'web', {})), 'n1');
  assert.equal(cluster.groups.of(selection).counts.total, 1);
  cluster.removePod('a');
  assert.equal(cluster.groups.of(selection).counts.total, 0);
});

function newPod(name: string, app: string, spec: Partial<Pod['spec']>): Pod {
  return {
    metadata: {
      name,
      namespace: 'n',
      uid: name,
      labels: { app, ...Object.fromEntries(app.split('_').map((part) => [part, 'yes'])) },
    },
    spec: { containers: [], ...spec },
  };
}

test('sums per domain follow nodes that come, go and move', () => {
  const cluster = new ClusterState();
  const node = (name: string, zone: string): void => {
    cluster.setNode({ metadata: { name, labels: { zone } }, spec: {}, status: {} });
  };
  const wish = podInfo(newPod('p', 'web', far('web')));
  const [selection] = (wish.affinity?.requiredAnti ?? []).map((carried) => carried.selection);
  assert.ok(selection);
  const sums = (): string => {
    const column = cluster.topology.column('zone');
    const perDomain = cluster.groups.of(selection).counts.sums(column);
    return cluster.nodes.map(({ row }) => perDomain[column.domains[row] ?? -1]).join(' ');
  };
  node('n1', 'a');
  node('n2', 'b');
  cluster.setPod(podInfo(newPod('w1', 'web', {})), 'n1');
  cluster.setPod(podInfo(newPod('w2', 'web', {})), 'n2');
  cluster.setPod(podInfo(newPod('w3', 'web', {})), 'n2');
  assert.equal(sums(), '1 2');
  node('n1', 'b');
  assert.equal(sums(), '3 3');
  cluster.removeNode('n2');
  assert.equal(sums(), '1');
  node('n2', 'c');
  assert.equal(sums(), '1 2');
});

test('terms that select namespaces follow their labels', () => {
  const cluster = new ClusterState();
  cluster.setNode({ metadata: { name: 'n1', labels: { zone: 'a' } }, spec: {}, status: {} });
  const labels: Record<string, string> = { team: 'blue' };
  const read = createPodReader(() => labels);
  cluster.setPod(read(newPod('db', 'db', {})), 'n1');
  const wish = read(
    newPod('p', 'web', {
      affinity: {
        podAffinity: {
          requiredDuringSchedulingIgnoredDuringExecution: [
            { ...term('db'), namespaceSelector: { matchLabels: { team: 'blue' } } },
          ],
        },
      },
    }),
  );
  const [node] = cluster.nodes;
  const fits = (): boolean =>
    node !== undefined &&
    defaultProfile.clusterFilters.every((plugin) => !plugin.prepare(wish, cluster)?.(node));
  assert.equal(fits(), true);
  labels['team'] = 'red';
  cluster.groups.startOver();
  assert.equal(fits(), false);
});
