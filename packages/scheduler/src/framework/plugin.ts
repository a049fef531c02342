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
  | 'node:updated'
  /** A pod began to use a node. */
  | 'pod:assigned'
  /** A pod stopped using a node. */
  | 'pod:unassigned'
  | 'pod:updated';

export interface Rejection {
  /** As people read it behind a count: `3 Insufficient cpu`. */
  readonly reason: string;
  /** Whether removing pods from the node could help. */
  readonly preemptionMayHelp: boolean;
}

/** Undefined when the node fits. */
export type NodeCheck = (node: NodeInfo) => Rejection | undefined;

export interface FilterPlugin {
  readonly name: string;
  readonly wakeOn: readonly ClusterEvent[];
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
  /** Undefined when all nodes are equally good for this pod. */
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
