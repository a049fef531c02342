/** Plugins, asked in the profile's order. Invariant: J1 a node is rejected by the first plugin that rejects it. */
import type { ClusterState } from '../cluster/cluster-state.ts';
import type { NodeInfo } from '../cluster/node-info.ts';
import type { PodInfo } from '../pod/pod-info.ts';
import type { FilterPlugin, NodeCheck, Profile, Rejection } from './plugin.ts';

export interface RejectedNode extends Rejection {
  readonly node: NodeInfo;
  readonly plugin: string;
}

export interface Check {
  readonly plugin: string;
  readonly check: NodeCheck;
}

export function prepareChecks(
  plugins: readonly FilterPlugin[],
  pod: PodInfo,
  cluster: ClusterState,
): readonly Check[] {
  const checks: Check[] = [];
  for (const plugin of plugins) {
    const check = plugin.prepare(pod, cluster);
    if (check) checks.push({ plugin: plugin.name, check });
  }
  return checks;
}

/** J1. */
export function firstRejection(node: NodeInfo, checks: readonly Check[]): RejectedNode | undefined {
  for (const { plugin, check } of checks) {
    const rejection = check(node);
    if (rejection) return { ...rejection, node, plugin };
  }
  return undefined;
}

/** What the plugins of scope 'node' say about nodes. */
export interface RowAnswers {
  rejection(node: NodeInfo): RejectedNode | undefined;
  /** The weighted sum of the scores that need no comparison. Ask for the rejection first, in the same decision. */
  score(node: NodeInfo): number;
}

/** Answers worked out each time. */
export function startRows(pod: PodInfo, cluster: ClusterState, profile: Profile): RowAnswers {
  const checks = prepareChecks(profile.nodeFilters, pod, cluster);
  const scores = profile.plainScores.flatMap((plugin) => {
    const score = plugin.prepare(pod, cluster, []);
    return score ? [{ score, weight: plugin.weight }] : [];
  });
  return {
    rejection: (node) => firstRejection(node, checks),
    score(node) {
      let total = 0;
      for (const { score, weight } of scores) total += score(node) * weight;
      return total;
    },
  };
}
