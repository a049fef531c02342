/** Sharing work among equal pods changes nothing: the same history gives the same decisions with and without it. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Node } from '@navarch/api/types/core/v1/node';
import type { Pod } from '@navarch/api/types/core/v1/pod';
import { seededRandom } from '@navarch/runtime/testing';
import * as fc from 'fast-check';
import { ClusterState } from '../cluster/cluster-state.ts';
import { createPodReader } from '../pod/pod-info.ts';
import { defaultProfile } from '../plugins/plugin-order.ts';
import { type Decision, scheduleOne, type Search } from '../schedule-one.ts';
import { SharedWork } from './shared-work.ts';

const hostname = 'kubernetes.io/hostname';
const match = { labelSelector: { matchLabels: { app: 'a' } } };

/** What the pods of a history may ask for: few kinds, so that equal ones follow each other. */
const kinds: readonly Partial<Pod['spec']>[] = [
  {},
  asking('1'),
  asking('3'),
  {
    ...asking('1'),
    containers: [{ name: 'c', image: 'app:1', ports: [{ containerPort: 1, hostPort: 80 }] }],
  },
  { ...asking('1'), nodeSelector: { disk: 'ssd' } },
  { ...asking('1'), tolerations: [{ key: 'dedicated', operator: 'Exists' }] },
  {
    ...asking('1'),
    topologySpreadConstraints: [
      { ...match, maxSkew: 1, topologyKey: 'zone', whenUnsatisfiable: 'DoNotSchedule' },
      { ...match, maxSkew: 1, topologyKey: hostname, whenUnsatisfiable: 'ScheduleAnyway' },
    ],
  },
  {
    affinity: {
      podAntiAffinity: {
        requiredDuringSchedulingIgnoredDuringExecution: [{ ...match, topologyKey: hostname }],
      },
    },
  },
];

function asking(cpu: string): Partial<Pod['spec']> {
  return { containers: [{ name: 'c', resources: { requests: { cpu, memory: '1Gi' } } }] };
}

type Step =
  | { readonly do: 'schedule'; readonly kind: number; readonly priority: number }
  | { readonly do: 'remove'; readonly pod: number }
  | { readonly do: 'node'; readonly node: number; readonly look: number }
  | { readonly do: 'removeNode'; readonly node: number }
  | {
      readonly do: 'nominate';
      readonly node: number;
      readonly kind: number;
      readonly priority: number;
    };

const looks: readonly { readonly labels: Record<string, string>; readonly spec: Node['spec'] }[] = [
  { labels: {}, spec: {} },
  { labels: { disk: 'ssd' }, spec: {} },
  { labels: {}, spec: { unschedulable: true } },
  { labels: {}, spec: { taints: [{ key: 'dedicated', effect: 'NoSchedule' as const }] } },
  { labels: {}, spec: { taints: [{ key: 'old', effect: 'PreferNoSchedule' as const }] } },
];

const priority = fc.integer({ min: 0, max: 2 });
const nodeIndex = fc.integer({ min: 0, max: 5 });
const kind = fc.integer({ min: 0, max: kinds.length - 1 });
const step: fc.Arbitrary<Step> = fc.oneof(
  { weight: 6, arbitrary: fc.record({ do: fc.constant('schedule' as const), kind, priority }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('remove' as const), pod: fc.nat(40) }) },
  {
    weight: 1,
    arbitrary: fc.record({
      do: fc.constant('node' as const),
      node: nodeIndex,
      look: fc.integer({ min: 0, max: looks.length - 1 }),
    }),
  },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('removeNode' as const), node: nodeIndex }) },
  {
    weight: 1,
    arbitrary: fc.record({ do: fc.constant('nominate' as const), node: nodeIndex, kind, priority }),
  },
);

function play(steps: readonly Step[], sharing: Pick<Search, 'shared'>): readonly string[] {
  const cluster = new ClusterState();
  const read = createPodReader(() => undefined);
  const search: Search = {
    ...sharing,
    profile: defaultProfile,
    random: seededRandom(1),
    nextStart: 0,
  };
  const said: string[] = [];
  for (let node = 0; node < 6; node++) setNode(cluster, node, 0);
  for (const [index, step] of steps.entries()) {
    switch (step.do) {
      case 'schedule': {
        const info = read(newPod(index, step.kind, step.priority));
        const decision = scheduleOne(info, cluster, search);
        if (decision.kind === 'chosen') cluster.assume(info, decision.node);
        said.push(describe(decision));
        break;
      }
      case 'remove':
        cluster.removePod(`pod-${step.pod}`);
        break;
      case 'node':
        setNode(cluster, step.node, step.look);
        break;
      case 'removeNode':
        cluster.removeNode(`n${step.node}`);
        break;
      case 'nominate':
        cluster.nominations.set(read(newPod(index, step.kind, step.priority)), `n${step.node}`);
        break;
    }
  }
  return said;
}

function setNode(cluster: ClusterState, index: number, look: number): void {
  const { labels, spec } = looks[look] ?? { labels: {}, spec: {} };
  const name = `n${index}`;
  cluster.setNode({
    metadata: { name, labels: { ...labels, [hostname]: name, zone: `z${index % 2}` } },
    spec,
    status: {
      allocatable: { cpu: `${4 + index}`, memory: '8Gi', pods: '10' },
      images: index % 2 === 0 ? [{ names: ['app:1'], sizeBytes: 500_000_000 }] : [],
    },
  });
}

function newPod(index: number, kind: number, priority: number): Pod {
  const name = `pod-${index}`;
  return {
    metadata: { name, namespace: 'n', uid: name, labels: { app: kind % 2 === 0 ? 'a' : 'b' } },
    spec: { containers: [], priority, ...kinds[kind] },
  };
}

function describe(decision: Decision): string {
  if (decision.kind === 'chosen') return decision.node.name;
  return decision.rejected
    .map(({ node, plugin, reasons }) => `${node.name} ${plugin}: ${reasons.join(', ')}`)
    .join('; ');
}

test('equal decisions, shared or not', () => {
  fc.assert(
    fc.property(fc.array(step, { minLength: 1, maxLength: 60 }), (steps) => {
      assert.deepEqual(play(steps, { shared: new SharedWork() }), play(steps, {}));
    }),
    { numRuns: 300 },
  );
});
