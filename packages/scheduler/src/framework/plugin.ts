/**
 * The scheduling framework's extension points. Names are upstream's; the shape is ours: what a plugin must compute once per pod it
 * computes in `prepare`, and returns a check (or a score) for one node. A plugin with nothing to say about a pod returns undefined and
 * costs nothing per node.
 */
import type { ClusterState } from '../cluster/cluster-state.ts';
import type { NodeInfo } from '../cluster/node-info.ts';
import type { PodInfo } from '../pod/pod-info.ts';

/** A change that could turn a rejection into a fit. */
export type ClusterEvent =
  | 'node:added'
  | 'node:deleted'
  | 'node:labels'
  /** Taints, or being cordoned. */
  | 'node:taints'
  | 'node:allocatable'
  /** A pod began to use a node. */
  | 'pod:assigned'
  /** A pod stopped using a node, or uses less of it. */
  | 'pod:unassigned'
  /** A pod on a node has other labels. */
  | 'pod:labels'
  /** The waiting pod itself changed. */
  | 'pod:updated';

export interface Rejection {
  /** As people read them behind a count: `3 Insufficient cpu`. */
  readonly reasons: readonly string[];
  /** Whether removing pods from the node could help. */
  readonly preemptionMayHelp: boolean;
}

/** Undefined when the node fits. */
export type NodeCheck = (node: NodeInfo) => Rejection | undefined;

/**
 * What an answer about a node depends on, besides the pod's shape. 'node': on that node, and on what the nodes' objects say; so it
 * holds for equal pods until that node changes. 'cluster': on pods elsewhere, too.
 */
export type Scope = 'node' | 'cluster';

export interface FilterPlugin {
  readonly name: string;
  readonly wakeOn: readonly ClusterEvent[];
  readonly scope: Scope;
  /** Undefined when every node fits this pod. */
  prepare(pod: PodInfo, cluster: ClusterState): NodeCheck | undefined;
  /** The only nodes that can fit, by name, when that is known beforehand. */
  candidates?(pod: PodInfo): ReadonlySet<string> | undefined;
}

/** Anything; larger is better. `normalize` brings it to 0..100. */
export type NodeScore = (node: NodeInfo) => number;

export interface ScorePlugin {
  readonly name: string;
  readonly weight: number;
  readonly scope: Scope;
  /** Undefined when all nodes are equally good for this pod. With scope 'node' it does not look at `nodes`, those to choose from. */
  prepare(pod: PodInfo, cluster: ClusterState, nodes: readonly NodeInfo[]): NodeScore | undefined;
  /** In place. The scores are used as they are when omitted. */
  normalize?(scores: Float64Array): void;
}

/** Keeps a pod out of the queue altogether; the reason goes to its status. */
export interface PreEnqueuePlugin {
  readonly name: string;
  readonly wakeOn: readonly ClusterEvent[];
  /** Undefined when the pod may be queued. */
  gate(pod: PodInfo): string | undefined;
}

export const maxNodeScore = 100;

/** Scales scores so that the best is 100; `lowerIsBetter` turns them round. */
export function normalizeByMax(
  scores: Float64Array,
  order: 'higherIsBetter' | 'lowerIsBetter',
): void {
  let max = 0;
  for (const score of scores) max = Math.max(max, score);
  for (let index = 0; index < scores.length; index++) {
    const scaled = max === 0 ? 0 : Math.floor((maxNodeScore * (scores[index] ?? 0)) / max);
    scores[index] = order === 'lowerIsBetter' ? maxNodeScore - scaled : scaled;
  }
}

/** Which plugins run. */
export interface Profile {
  readonly preEnqueue: readonly PreEnqueuePlugin[];
  /** In order: a node is rejected by the first one that does. Those of scope 'node' come first. */
  readonly filters: readonly FilterPlugin[];
  readonly nodeFilters: readonly FilterPlugin[];
  readonly clusterFilters: readonly FilterPlugin[];
  readonly scores: readonly ScorePlugin[];
  /** Scores that say something about a node alone. */
  readonly plainScores: readonly ScorePlugin[];
  /** Scores that say something about a node among others. */
  readonly comparingScores: readonly ScorePlugin[];
}

export function createProfile({
  preEnqueue,
  filters,
  scores,
}: Pick<Profile, 'preEnqueue' | 'filters' | 'scores'>): Profile {
  const nodeFilters = filters.filter(({ scope }) => scope === 'node');
  const clusterFilters = filters.filter(({ scope }) => scope === 'cluster');
  if (nodeFilters.some((plugin, index) => plugin !== filters[index]))
    throw new Error('filters that look at one node must come before those that look at all');
  const isPlain = (plugin: ScorePlugin): boolean => plugin.scope === 'node' && !plugin.normalize;
  return {
    preEnqueue,
    filters,
    nodeFilters,
    clusterFilters,
    scores,
    plainScores: scores.filter(isPlain),
    comparingScores: scores.filter((plugin) => !isPlain(plugin)),
  };
}
