/** Pods that want to be near other pods, or far from them, or are refused by pods that are already there. */
import type { CarriedTerm } from '../cluster/affinity-terms.ts';
import { countByTopology, selects } from '../cluster/pod-groups.ts';
import type { ClusterState } from '../cluster/cluster-state.ts';
import {
  maxNodeScore,
  type FilterPlugin,
  type NodeCheck,
  type ScorePlugin,
} from '../framework/plugin.ts';
import type { AffinityTerm, WeightedTerm } from '../pod/pod-affinity.ts';
import type { PodInfo } from '../pod/pod-info.ts';

const name = 'InterPodAffinity';
const existingAnti = {
  reason: "node(s) didn't satisfy existing pods anti-affinity rules",
  preemptionMayHelp: true,
} as const;
const anti = {
  reason: "node(s) didn't match pod anti-affinity rules",
  preemptionMayHelp: true,
} as const;
const affinity = {
  reason: "node(s) didn't match pod affinity rules",
  preemptionMayHelp: false,
} as const;

export const interPodAffinityFilter: FilterPlugin = {
  name,
  wakeOn: ['pod:assigned', 'pod:unassigned', 'pod:updated', 'node:added', 'node:updated'],
  prepare(pod, cluster) {
    const checks = [
      ...(pod.affinity && pod.affinity.required.length > 0
        ? [near(pod.affinity.required, pod, cluster)]
        : []),
      ...(pod.affinity?.requiredAnti ?? []).map((term) => far(term, cluster)),
      ...refusals(pod, cluster),
    ];
    if (checks.length === 0) return undefined;
    return (node) => {
      for (const check of checks) {
        const rejection = check(node);
        if (rejection) return rejection;
      }
      return undefined;
    };
  },
};

/** All terms must find a pod. The first pod of a group that wants to be near itself may go anywhere with the labels. */
function near(terms: readonly AffinityTerm[], pod: PodInfo, cluster: ClusterState): NodeCheck {
  const wanted = terms.map((term) => ({ ...term, perDomain: domains(term, cluster) }));
  const nobodyYet = wanted.every(({ perDomain }) =>
    [...perDomain.values()].every((count) => count === 0),
  );
  const isFirst = nobodyYet && terms.every(({ selection }) => selects(selection, pod));
  return ({ node }) => {
    for (const { topologyKey, perDomain } of wanted) {
      const domain = node.metadata.labels?.[topologyKey];
      if (domain === undefined) return affinity;
      if (!isFirst && (perDomain.get(domain) ?? 0) === 0) return affinity;
    }
    return undefined;
  };
}

function far(term: AffinityTerm, cluster: ClusterState): NodeCheck {
  const perDomain = domains(term, cluster);
  return ({ node }) => {
    const domain = node.metadata.labels?.[term.topologyKey];
    return domain !== undefined && (perDomain.get(domain) ?? 0) > 0 ? anti : undefined;
  };
}

function domains(
  { selection, topologyKey }: AffinityTerm,
  cluster: ClusterState,
): ReadonlyMap<string, number> {
  return countByTopology(cluster.groups.of(selection), topologyKey, cluster.nodes);
}

/** Pods on nodes that refuse this one. */
function refusals(pod: PodInfo, cluster: ClusterState): NodeCheck[] {
  if (cluster.carried.isEmpty) return [];
  const checks: NodeCheck[] = [];
  for (const carried of cluster.carried.all()) {
    if (carried.kind !== 'requiredAnti' || !selects(carried.term.selection, pod)) continue;
    const { topologyKey } = carried.term;
    const refused = carriedDomains(carried, cluster);
    checks.push(({ node }) => {
      const domain = node.metadata.labels?.[topologyKey];
      return domain !== undefined && (refused.get(domain) ?? 0) > 0 ? existingAnti : undefined;
    });
  }
  return checks;
}

function carriedDomains(
  { term, counts }: CarriedTerm,
  cluster: ClusterState,
): ReadonlyMap<string, number> {
  const sums = new Map<string, number>();
  for (const [row, count] of counts) {
    const value = cluster.nodeAt(row)?.node.metadata.labels?.[term.topologyKey];
    if (value !== undefined) sums.set(value, (sums.get(value) ?? 0) + count);
  }
  return sums;
}

/** What an existing pod's required affinity adds to the score of being near it. */
const hardAffinityWeight = 1;
const signs: Readonly<Record<CarriedTerm['kind'], number>> = {
  required: hardAffinityWeight,
  requiredAnti: 0,
  preferred: 1,
  preferredAnti: -1,
};

export const interPodAffinityScore: ScorePlugin = {
  name,
  weight: 2,
  prepare(pod, cluster) {
    const parts: {
      readonly topologyKey: string;
      readonly perDomain: ReadonlyMap<string, number>;
      readonly weight: number;
    }[] = [];
    const add = ({ term, weight }: WeightedTerm): void => {
      parts.push({ topologyKey: term.topologyKey, perDomain: domains(term, cluster), weight });
    };
    for (const term of pod.affinity?.preferred ?? []) add(term);
    for (const { term, weight } of pod.affinity?.preferredAnti ?? [])
      add({ term, weight: -weight });
    for (const carried of cluster.carried.all()) {
      if (signs[carried.kind] === 0 || !selects(carried.term.selection, pod)) continue;
      parts.push({
        topologyKey: carried.term.topologyKey,
        perDomain: carriedDomains(carried, cluster),
        weight: signs[carried.kind],
      });
    }
    if (parts.length === 0) return undefined;
    return ({ node }) =>
      parts.reduce(
        (sum, { topologyKey, perDomain, weight }) =>
          sum + (perDomain.get(node.metadata.labels?.[topologyKey] ?? '') ?? 0) * weight,
        0,
      );
  },
  normalize(scores) {
    const least = Math.min(...scores);
    const range = Math.max(...scores) - least;
    for (const [index, score] of scores.entries())
      scores[index] = range === 0 ? 0 : Math.floor((maxNodeScore * (score - least)) / range);
  },
};
