/**
 * What a profile's plugins say about nodes for one pod. Plugins of scope 'node' may answer from work shared with equal pods; those of
 * scope 'cluster' are asked each time.
 *
 * Invariant: J2 a node with nominated pods fits only
 * if it fits with them on it, and without them.
 */
import type { ClusterState } from '../cluster/cluster-state.ts';
import type { NodeInfo } from '../cluster/node-info.ts';
import type { PodInfo } from '../pod/pod-info.ts';
import {
  firstRejection,
  prepareChecks,
  type RejectedNode,
  type RowAnswers,
  startRows,
} from './answers.ts';
import type { NodeScore, Profile, ScorePlugin } from './plugin.ts';
import type { SharedWork } from './shared-work.ts';

export interface NodeJudge {
  /** Undefined when the node fits. */
  judge(node: NodeInfo): RejectedNode | undefined;
  /** The weighted sum of all scores, for nodes that fit. */
  scores(nodes: readonly NodeInfo[]): Float64Array;
}

export function createNodeJudge(
  pod: PodInfo,
  cluster: ClusterState,
  profile: Profile,
  shared: SharedWork | undefined,
): NodeJudge {
  const rows = shared?.rowsOf(pod, cluster, profile) ?? startRows(pod, cluster, profile);
  const checks = prepareChecks(profile.clusterFilters, pod, cluster);
  const hasNominations = !cluster.nominations.isEmpty;
  return {
    judge(node) {
      if (hasNominations && cluster.nominations.has(node.name)) {
        const rejection = judgeWithNominated(node, pod, cluster, profile);
        if (rejection) return rejection;
      }
      return rows.rejection(node) ?? firstRejection(node, checks);
    },
    scores: (nodes) => totalScores(pod, cluster, profile, nodes, rows),
  };
}

/** J2: with the pods that were promised room there, and matter as much as this one. */
function judgeWithNominated(
  node: NodeInfo,
  pod: PodInfo,
  cluster: ClusterState,
  profile: Profile,
): RejectedNode | undefined {
  const nominated = cluster.nominations.before(pod, node.name);
  if (nominated.length === 0) return undefined;
  for (const other of nominated) cluster.tryPod(other, node);
  const rejection = firstRejection(node, prepareChecks(profile.filters, pod, cluster));
  for (const { uid } of nominated) cluster.withdraw(uid);
  return rejection;
}

/** Asks all plugins about one node as things are, sharing nothing. */
export function judgeAlone(
  node: NodeInfo,
  pod: PodInfo,
  cluster: ClusterState,
  profile: Profile,
): RejectedNode | undefined {
  return (
    judgeWithNominated(node, pod, cluster, profile) ??
    firstRejection(node, prepareChecks(profile.filters, pod, cluster))
  );
}

function totalScores(
  pod: PodInfo,
  cluster: ClusterState,
  profile: Profile,
  nodes: readonly NodeInfo[],
  rows: RowAnswers,
): Float64Array {
  const totals = new Float64Array(nodes.length);
  for (let index = 0; index < nodes.length; index++) {
    const node = nodes[index];
    if (node) totals[index] = rows.score(node);
  }
  const scores = new Float64Array(nodes.length);
  for (const plugin of profile.comparingScores) {
    const score = plugin.prepare(pod, cluster, nodes);
    if (score) addScores(totals, scores, nodes, { plugin, score });
  }
  return totals;
}

function addScores(
  totals: Float64Array,
  scores: Float64Array,
  nodes: readonly NodeInfo[],
  { plugin, score }: { readonly plugin: ScorePlugin; readonly score: NodeScore },
): void {
  for (let index = 0; index < nodes.length; index++) {
    const node = nodes[index];
    if (node) scores[index] = score(node);
  }
  plugin.normalize?.(scores);
  for (let index = 0; index < nodes.length; index++)
    totals[index] = (totals[index] ?? 0) + (scores[index] ?? 0) * plugin.weight;
}
