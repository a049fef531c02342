/** What is kept current, change by change, says the same as what is counted anew. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Node } from '@navarch/api/types/core/v1/node';
import type { Pod } from '@navarch/api/types/core/v1/pod';
import * as fc from 'fast-check';
import { firstRejection, prepareChecks } from '../framework/answers.ts';
import { createPodReader } from '../pod/pod-info.ts';
import { defaultProfile } from '../plugins/plugin-order.ts';
import { ClusterState } from './cluster-state.ts';

const term = (app: string, topologyKey: string) => ({
  labelSelector: { matchLabels: { app } },
  topologyKey,
});
const preferring = (app: string, weight: number) => [
  { weight, podAffinityTerm: term(app, 'zone') },
];

const kinds: readonly Partial<Pod['spec']>[] = [
  {},
  {
    affinity: {
      podAffinity: { requiredDuringSchedulingIgnoredDuringExecution: [term('a', 'zone')] },
    },
  },
  {
    affinity: {
      podAntiAffinity: { requiredDuringSchedulingIgnoredDuringExecution: [term('a', 'host')] },
    },
  },
  {
    affinity: {
      podAffinity: { preferredDuringSchedulingIgnoredDuringExecution: preferring('b', 3) },
    },
  },
  {
    affinity: {
      podAntiAffinity: { preferredDuringSchedulingIgnoredDuringExecution: preferring('a', 2) },
    },
  },
  {
    topologySpreadConstraints: [
      { ...term('a', 'zone'), maxSkew: 1, whenUnsatisfiable: 'DoNotSchedule' },
    ],
  },
  {
    nodeSelector: { disk: 'ssd' },
    topologySpreadConstraints: [
      { ...term('a', 'zone'), maxSkew: 1, whenUnsatisfiable: 'DoNotSchedule' },
      { ...term('b', 'host'), maxSkew: 2, whenUnsatisfiable: 'DoNotSchedule' },
    ],
  },
  {
    topologySpreadConstraints: [
      { ...term('b', 'zone'), maxSkew: 1, whenUnsatisfiable: 'ScheduleAnyway' },
    ],
  },
];

const zone = fc.constantFrom('a', 'b', 'c', undefined);
const step = fc.oneof(
  fc.record({ node: fc.nat(4), zone, disk: fc.constantFrom('ssd', undefined) }),
  fc.record({ goneNode: fc.nat(4) }),
  fc.record({
    pod: fc.nat(12),
    kind: fc.nat(kinds.length - 1),
    app: fc.constantFrom('a', 'b'),
    on: fc.nat(4),
    isLeaving: fc.boolean(),
  }),
  fc.record({ gonePod: fc.nat(12) }),
  fc.record({ ask: fc.nat(kinds.length - 1), app: fc.constantFrom('a', 'b') }),
);

function newNode(index: number, zone: string | undefined, disk: string | undefined): Node {
  const name = `n${index}`;
  return {
    metadata: { name, labels: { host: name, ...(zone && { zone }), ...(disk && { disk }) } },
    spec: {},
    status: { allocatable: { cpu: '4', memory: '8Gi', pods: '20' } },
  };
}

function newPod(name: string, kind: number, app: string, isLeaving: boolean): Pod {
  return {
    metadata: {
      name,
      namespace: 'n',
      uid: name,
      labels: { app },
      ...(isLeaving && { deletionTimestamp: '2026-01-01T00:00:00Z' }),
    },
    spec: { containers: [], ...kinds[kind] },
  };
}

/** For each node, by name: why not, or its scores. */
function opinions(cluster: ClusterState, pod: Pod): readonly string[] {
  const info = createPodReader(() => undefined)(pod);
  const checks = prepareChecks(defaultProfile.filters, info, cluster);
  const nodes = cluster.nodes.toSorted((a, b) => (a.name < b.name ? -1 : 1));
  const scores = defaultProfile.scores.map((plugin) => plugin.prepare(info, cluster, nodes));
  return nodes.map((node) => {
    const why = firstRejection(node, checks)?.reasons.join(', ');
    return `${node.name}: ${why ?? scores.map((score) => score?.(node) ?? '-').join(' ')}`;
  });
}

test('sums that follow changes are those of a new count', () => {
  fc.assert(
    fc.property(fc.array(step, { minLength: 1, maxLength: 80 }), (steps) => {
      const cluster = new ClusterState();
      const read = createPodReader(() => undefined);
      const nodes = new Map<string, Node>();
      const pods = new Map<string, { readonly pod: Pod; readonly on: string }>();
      for (const step of steps) {
        if ('node' in step) {
          const node = newNode(step.node, step.zone, step.disk);
          nodes.set(`n${step.node}`, node);
          cluster.setNode(node);
        } else if ('goneNode' in step) {
          nodes.delete(`n${step.goneNode}`);
          cluster.removeNode(`n${step.goneNode}`);
        } else if ('pod' in step) {
          const pod = newPod(`p${step.pod}`, step.kind, step.app, step.isLeaving);
          pods.set(`p${step.pod}`, { pod, on: `n${step.on}` });
          cluster.setPod(read(pod), `n${step.on}`);
        } else if ('gonePod' in step) {
          pods.delete(`p${step.gonePod}`);
          cluster.removePod(`p${step.gonePod}`);
        } else {
          const anew = new ClusterState();
          for (const node of nodes.values()) anew.setNode(node);
          for (const { pod, on } of pods.values()) anew.setPod(read(pod), on);
          const asking = newPod('asking', step.ask, step.app, false);
          assert.deepEqual(opinions(cluster, asking), opinions(anew, asking));
        }
      }
    }),
    { numRuns: 300 },
  );
});
