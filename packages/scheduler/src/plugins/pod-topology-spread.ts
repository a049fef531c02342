/** Spreads the pods of a selection evenly over the values of a node label: as a rule, or as a preference. */
import { hostnameLabel } from '../cluster/node-order.ts';
import type { ClusterState } from '../cluster/cluster-state.ts';
import type { NodeInfo } from '../cluster/node-info.ts';
import { noDomain, type TopologyColumn } from '../cluster/topology.ts';
import {
  maxNodeScore,
  type FilterPlugin,
  type NodeCheck,
  type ScorePlugin,
} from '../framework/plugin.ts';
import type { SpreadConstraint, SpreadConstraints } from '../pod/pod-affinity.ts';
import type { PodInfo } from '../pod/pod-info.ts';
import { tolerates } from './taints.ts';

const name = 'PodTopologySpread';
const tooMany = {
  reasons: ["node(s) didn't match pod topology spread constraints"],
  preemptionMayHelp: true,
} as const;
const noLabel = {
  reasons: ["node(s) didn't match pod topology spread constraints (missing required label)"],
  preemptionMayHelp: false,
} as const;

export const podTopologySpreadFilter: FilterPlugin = {
  name,
  wakeOn: [
    'pod:assigned',
    'pod:unassigned',
    'pod:labels',
    'pod:updated',
    'node:added',
    'node:deleted',
    'node:labels',
    'node:taints',
  ],
  scope: 'cluster',
  prepare(pod, cluster) {
    const constraints = pod.spread?.hard ?? [];
    if (constraints.length === 0) return undefined;
    const checks = constraints.map((constraint) => {
      const counted = countDomains(constraint, constraints, pod, cluster);
      return checkOf(constraint, counted);
    });
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
  { maxSkew, minDomains, selectsSelf }: SpreadConstraint,
  { column, pods, nodes }: CountedDomains,
): NodeCheck {
  let least = Number.POSITIVE_INFINITY;
  let size = 0;
  for (let domain = 0; domain < nodes.length; domain++) {
    if ((nodes[domain] ?? 0) === 0) continue;
    size++;
    least = Math.min(least, pods[domain] ?? 0);
  }
  if (size < minDomains) least = 0;
  const room = maxSkew + least - (selectsSelf ? 1 : 0);
  return ({ row }) => {
    const domain = column.domains[row] ?? noDomain;
    if (domain === noDomain) return noLabel;
    return (pods[domain] ?? 0) > room ? tooMany : undefined;
  };
}

/** Per domain id: how many pods of the selection there are, on how many nodes. */
interface CountedDomains {
  readonly column: TopologyColumn;
  readonly pods: Int32Array;
  readonly nodes: Int32Array;
}

/**
 * Only nodes that the pod could use at all count, and only those with every label of `all`. When that is every node with the label, the
 * sums are there already.
 */
function countDomains(
  constraint: SpreadConstraint,
  all: readonly SpreadConstraint[],
  pod: PodInfo,
  cluster: ClusterState,
): CountedDomains {
  const column = cluster.topology.column(constraint.topologyKey);
  const { counts } = cluster.groups.of(constraint.selection);
  const everyNodeCounts =
    !constraint.honorsTaints &&
    !(constraint.honorsAffinity && pod.requiredNodes) &&
    (all.length < 2 || all.every((other) => isOnEveryNode(other.topologyKey, cluster)));
  if (everyNodeCounts) return { column, pods: counts.sums(column), nodes: column.nodesIn };
  const rows = cluster.perNodes(constraint, () => countedRows(constraint, all, pod, cluster));
  const pods = new Int32Array(column.nodesIn.length);
  const nodes = new Int32Array(column.nodesIn.length);
  for (const row of rows) {
    const domain = column.domains[row] ?? noDomain;
    if (domain === noDomain) continue;
    pods[domain] = (pods[domain] ?? 0) + counts.at(row);
    nodes[domain] = (nodes[domain] ?? 0) + 1;
  }
  return { column, pods, nodes };
}

function isOnEveryNode(topologyKey: string, cluster: ClusterState): boolean {
  return cluster.topology.column(topologyKey).nodes === cluster.nodes.length;
}

function countedRows(
  { honorsAffinity, honorsTaints }: SpreadConstraint,
  all: readonly SpreadConstraint[],
  pod: PodInfo,
  cluster: ClusterState,
): Int32Array {
  const counted = cluster.nodes.filter(({ node, taints }) => {
    if (all.some(({ topologyKey }) => node.metadata.labels?.[topologyKey] === undefined))
      return false;
    if (honorsAffinity && pod.requiredNodes && !pod.requiredNodes.matches(node)) return false;
    return !honorsTaints || taints.every((taint) => tolerates(pod.tolerations, taint));
  });
  return Int32Array.from(counted, ({ row }) => row);
}

/** Marks nodes without a label that is spread over: they get no points. */
const ignored = -1;

export const podTopologySpreadScore: ScorePlugin = {
  name,
  weight: 2,
  scope: 'cluster',
  prepare(pod, cluster, nodes) {
    const spread = pod.spread ?? cluster.defaultSpread(pod);
    if (!spread || spread.soft.length === 0) return undefined;
    const parts = spread.soft.map((constraint) =>
      scorePart(constraint, spread, { pod, cluster, nodes }),
    );
    const ignores = spread.nodesWithoutLabel === 'ignored';
    return ({ row }) => {
      let score = 0;
      for (const { column, podsOf, weight, tolerance } of parts) {
        const domain = column.domains[row] ?? noDomain;
        if (domain !== noDomain) score += podsOf(row, domain) * weight + tolerance;
        else if (ignores) return ignored;
      }
      return Math.round(score);
    };
  },
  normalize(scores) {
    let least = Number.POSITIVE_INFINITY;
    let most = 0;
    for (const score of scores) {
      if (score === ignored) continue;
      least = Math.min(least, score);
      most = Math.max(most, score);
    }
    for (let index = 0; index < scores.length; index++) {
      const score = scores[index] ?? 0;
      if (score === ignored) scores[index] = 0;
      else if (most === 0) scores[index] = maxNodeScore;
      else scores[index] = Math.floor((maxNodeScore * (most + least - score)) / most);
    }
  },
};

interface ScorePart {
  readonly column: TopologyColumn;
  readonly podsOf: (row: number, domain: number) => number;
  readonly weight: number;
  /** What waters differences down, so that small skews are put up with. */
  readonly tolerance: number;
}

interface Choice {
  readonly pod: PodInfo;
  readonly cluster: ClusterState;
  readonly nodes: readonly NodeInfo[];
}

/** A host counts its own pods, whatever its labels and the rules for nodes are. */
function scorePart(
  constraint: SpreadConstraint,
  spread: SpreadConstraints,
  { pod, cluster, nodes }: Choice,
): ScorePart {
  const { topologyKey, maxSkew, selection } = constraint;
  const column = cluster.topology.column(topologyKey);
  const isPicky = spread.nodesWithoutLabel === 'ignored';
  const needed = isPicky ? spread.soft : [constraint];
  const taking = withLabels(nodes, needed, cluster);
  const tolerance = maxSkew - 1;
  if (topologyKey === hostnameLabel) {
    const { counts } = cluster.groups.of(selection);
    const hosts = isPicky ? taking.length : nodes.length;
    return { column, podsOf: (row) => counts.at(row), weight: domainWeight(hosts), tolerance };
  }
  const { pods } = countDomains(constraint, needed, pod, cluster);
  const others = !isPicky && taking.length < nodes.length ? 1 : 0; // All that lack the label are one more.
  const weight = domainWeight(domainsAmong(taking, column) + others);
  return { column, podsOf: (_row, domain) => pods[domain] ?? 0, weight, tolerance };
}

function domainsAmong(nodes: readonly NodeInfo[], { domains, nodesIn }: TopologyColumn): number {
  const seen = new Uint8Array(nodesIn.length);
  let size = 0;
  for (const { row } of nodes) {
    const domain = domains[row] ?? noDomain;
    if (seen[domain] === 0) size++;
    seen[domain] = 1;
  }
  return size;
}

/** Many small domains weigh more than few large ones, so that zones and hosts can be compared. */
function domainWeight(domains: number): number {
  return Math.log(domains + 2);
}

function withLabels(
  nodes: readonly NodeInfo[],
  constraints: readonly SpreadConstraint[],
  cluster: ClusterState,
): readonly NodeInfo[] {
  if (constraints.every(({ topologyKey }) => isOnEveryNode(topologyKey, cluster))) return nodes;
  const columns = constraints.map(({ topologyKey }) => cluster.topology.column(topologyKey));
  return nodes.filter(({ row }) =>
    columns.every(({ domains }) => (domains[row] ?? noDomain) !== noDomain),
  );
}
