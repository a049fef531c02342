/** Spreads the pods of a selection evenly over the values of a node label: as a rule, or as a preference. */
import { countByTopology } from '../cluster/pod-groups.ts';
import type { ClusterState } from '../cluster/cluster-state.ts';
import type { NodeInfo } from '../cluster/node-info.ts';
import {
  maxNodeScore,
  type FilterPlugin,
  type NodeCheck,
  type ScorePlugin,
} from '../framework/plugin.ts';
import type { SpreadConstraint } from '../pod/pod-affinity.ts';
import type { PodInfo } from '../pod/pod-info.ts';
import { tolerates } from './taints.ts';

const name = 'PodTopologySpread';
const tooMany = {
  reason: "node(s) didn't match pod topology spread constraints",
  preemptionMayHelp: true,
} as const;
const noLabel = {
  reason: "node(s) didn't match pod topology spread constraints (missing required label)",
  preemptionMayHelp: false,
} as const;

export const podTopologySpreadFilter: FilterPlugin = {
  name,
  wakeOn: ['pod:assigned', 'pod:unassigned', 'pod:updated', 'node:added', 'node:updated'],
  prepare(pod, cluster) {
    const constraints = pod.spread?.hard ?? [];
    if (constraints.length === 0) return undefined;
    const checks = constraints.map((constraint) => checkOf(constraint, constraints, pod, cluster));
    return (node) => {
      for (const check of checks) {
        const rejection = check(node);
        if (rejection) return rejection;
      }
      return undefined;
    };
  },
};

function checkOf(
  constraint: SpreadConstraint,
  all: readonly SpreadConstraint[],
  pod: PodInfo,
  cluster: ClusterState,
): NodeCheck {
  const { topologyKey, maxSkew, minDomains, selectsSelf } = constraint;
  const counted = cluster.nodes.filter((node) => counts(node, constraint, all, pod));
  const perDomain = countByTopology(cluster.groups.of(constraint.selection), topologyKey, counted);
  const least = perDomain.size < minDomains ? 0 : Math.min(...perDomain.values());
  return ({ node }) => {
    const domain = node.metadata.labels?.[topologyKey];
    if (domain === undefined) return noLabel;
    const skew = (perDomain.get(domain) ?? 0) + (selectsSelf ? 1 : 0) - least;
    return skew > maxSkew ? tooMany : undefined;
  };
}

/** Only nodes that the pod could use at all count as domains, and only those with every label that is spread over. */
function counts(
  node: NodeInfo,
  constraint: SpreadConstraint,
  all: readonly SpreadConstraint[],
  pod: PodInfo,
): boolean {
  if (all.some(({ topologyKey }) => node.node.metadata.labels?.[topologyKey] === undefined))
    return false;
  if (constraint.honorsAffinity && pod.requiredNodes && !pod.requiredNodes.matches(node.node))
    return false;
  return (
    !constraint.honorsTaints || node.taints.every((taint) => tolerates(pod.tolerations, taint))
  );
}

export const podTopologySpreadScore: ScorePlugin = {
  name,
  weight: 2,
  prepare(pod, cluster, nodes) {
    const constraints = pod.spread?.soft ?? [];
    if (constraints.length === 0) return undefined;
    const parts = constraints.map((constraint) => {
      const counted = cluster.nodes.filter((node) => counts(node, constraint, constraints, pod));
      const perDomain = countByTopology(
        cluster.groups.of(constraint.selection),
        constraint.topologyKey,
        counted,
      );
      const domains = new Set(
        nodes.map(({ node }) => node.metadata.labels?.[constraint.topologyKey]),
      );
      // Many small domains weigh more than few large ones, so that zones and hosts can be compared.
      return { constraint, perDomain, weight: Math.log(domains.size + 2) };
    });
    return ({ node }) => {
      let score = 0;
      for (const { constraint, perDomain, weight } of parts) {
        const domain = node.metadata.labels?.[constraint.topologyKey];
        if (domain === undefined) return notCounted;
        score += (perDomain.get(domain) ?? 0) * weight + (constraint.maxSkew - 1);
      }
      return Math.round(score);
    };
  },
  normalize(scores) {
    const counted = scores.filter((score) => score !== notCounted);
    const least = Math.min(...counted);
    const most = Math.max(...counted);
    for (const [index, score] of scores.entries()) {
      if (score === notCounted) scores[index] = 0;
      else
        scores[index] =
          most === 0 ? maxNodeScore : Math.floor((maxNodeScore * (most + least - score)) / most);
    }
  },
};

/** Marks nodes without a label that is spread over: they get no points. */
const notCounted = -1;
