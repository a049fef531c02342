/** Pods that want to be near other pods, or far from them, or are refused by pods that are already there. */
import type { CarriedTerm } from '../cluster/affinity-terms.ts';
import { selects } from '../cluster/pod-groups.ts';
import type { ClusterState } from '../cluster/cluster-state.ts';
import { noDomain, type RowCounts, type TopologyColumn } from '../cluster/topology.ts';
import {
  maxNodeScore,
  type FilterPlugin,
  type NodeCheck,
  type ScorePlugin,
} from '../framework/plugin.ts';
import type { PodAffinities, WeightedTerm } from '../pod/pod-affinity.ts';
import type { PodInfo } from '../pod/pod-info.ts';

const name = 'InterPodAffinity';
const existingAnti = {
  reasons: ["node(s) didn't satisfy existing pods anti-affinity rules"],
  preemptionMayHelp: true,
} as const;
const anti = {
  reasons: ["node(s) didn't match pod anti-affinity rules"],
  preemptionMayHelp: true,
} as const;
const affinity = {
  reasons: ["node(s) didn't match pod affinity rules"],
  preemptionMayHelp: false,
} as const;

/** Pods per domain of one topology key. */
interface Domains {
  readonly column: TopologyColumn;
  readonly sums: Int32Array;
}

function domainsOf(counts: RowCounts, topologyKey: string, { topology }: ClusterState): Domains {
  const column = topology.column(topologyKey);
  return { column, sums: counts.sums(column) };
}

function podsNear({ column, sums }: Domains, row: number): number {
  const domain = column.domains[row] ?? noDomain;
  return domain === noDomain ? 0 : (sums[domain] ?? 0);
}

export const interPodAffinityFilter: FilterPlugin = {
  name,
  wakeOn: [
    'pod:assigned',
    'pod:unassigned',
    'pod:labels',
    'pod:updated',
    'node:added',
    'node:labels',
  ],
  scope: 'cluster',
  prepare(pod, cluster) {
    const near = pod.affinity && nearCheck(pod.affinity, pod, cluster);
    const refusing = cluster.carried.about(pod).filter(({ kind }) => kind === 'requiredAnti');
    const unwanted = (pod.affinity?.requiredAnti ?? []).map((term) =>
      domainsOf(cluster.groups.of(term.selection).counts, term.topologyKey, cluster),
    );
    const refused = refusing.map(({ term, counts }) =>
      domainsOf(counts, term.topologyKey, cluster),
    );
    if (!near && unwanted.length === 0 && refused.length === 0) return undefined;
    return (node) => {
      const rejection = near?.(node);
      if (rejection) return rejection;
      for (const domains of unwanted) if (podsNear(domains, node.row) > 0) return anti;
      for (const domains of refused) if (podsNear(domains, node.row) > 0) return existingAnti;
      return undefined;
    };
  },
};

/**
 * A pod that all terms select must be in the node's domain of each. The first pod of a group that wants to be near itself may go anywhere
 * with the labels.
 */
function nearCheck(
  { required, requiredTogether }: PodAffinities,
  pod: PodInfo,
  cluster: ClusterState,
): NodeCheck | undefined {
  if (required.length === 0) return undefined;
  const { counts } = cluster.groups.of(requiredTogether);
  const wanted = required.map(({ topologyKey }) => domainsOf(counts, topologyKey, cluster));
  const isFirst =
    selects(requiredTogether, pod) && wanted.every(({ sums }) => sums.every((sum) => sum === 0));
  return ({ row }) => {
    for (const { column, sums } of wanted) {
      const domain = column.domains[row] ?? noDomain;
      if (domain === noDomain || (!isFirst && (sums[domain] ?? 0) === 0)) return affinity;
    }
    return undefined;
  };
}

/** What an existing pod's term adds to the score of being near it; a required one counts as a preference of weight 1. */
const signs: Readonly<Record<CarriedTerm['kind'], number>> = {
  required: 1,
  requiredAnti: 0,
  preferred: 1,
  preferredAnti: -1,
};

export const interPodAffinityScore: ScorePlugin = {
  name,
  weight: 2,
  scope: 'cluster',
  prepare(pod, cluster) {
    const parts: { readonly domains: Domains; readonly weight: number }[] = [];
    const add = ({ term }: WeightedTerm, weight: number): void => {
      const { counts } = cluster.groups.of(term.selection);
      parts.push({ domains: domainsOf(counts, term.topologyKey, cluster), weight });
    };
    for (const term of pod.affinity?.preferred ?? []) add(term, term.weight);
    for (const term of pod.affinity?.preferredAnti ?? []) add(term, -term.weight);
    for (const { kind, term, counts } of cluster.carried.about(pod)) {
      const weight = signs[kind];
      if (weight === 0) continue;
      parts.push({ domains: domainsOf(counts, term.topologyKey, cluster), weight });
    }
    if (parts.length === 0) return undefined;
    return ({ row }) => {
      let score = 0;
      for (const { domains, weight } of parts) score += podsNear(domains, row) * weight;
      return score;
    };
  },
  normalize(scores) {
    let least = Number.POSITIVE_INFINITY;
    let most = Number.NEGATIVE_INFINITY;
    for (const score of scores) {
      least = Math.min(least, score);
      most = Math.max(most, score);
    }
    const range = most - least;
    for (let index = 0; index < scores.length; index++) {
      const part = ((scores[index] ?? 0) - least) / range;
      scores[index] = range > 0 ? Math.trunc(maxNodeScore * part) : 0;
    }
  },
};
