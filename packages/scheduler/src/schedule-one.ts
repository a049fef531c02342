/**
 * Picks a node for one pod: filter, score, choose. Synchronous and without side effects, so that nothing changes between looking and
 * deciding; the caller assumes and binds.
 */
import { integer, type Random } from '@navarch/runtime/random';
import type { ClusterState } from './cluster/cluster-state.ts';
import type { NodeInfo } from './cluster/node-info.ts';
import type { NodeCheck, Rejection } from './framework/plugin.ts';
import type { PodInfo } from './pod/pod-info.ts';
import type { Profile } from './plugins/plugin-order.ts';

export interface RejectedNode extends Rejection {
  readonly node: NodeInfo;
  readonly plugin: string;
}

export type Decision =
  | { readonly kind: 'chosen'; readonly node: NodeInfo }
  | {
      readonly kind: 'unschedulable';
      readonly rejected: readonly RejectedNode[];
      readonly nodes: number;
    };

export interface Search {
  readonly profile: Profile;
  readonly random: Random;
  /** Where the last search stopped, so that all nodes get their turn. */
  nextStart: number;
}

const nodesAlwaysSearched = 100;
const smallestShareSearched = 5;

/** In a big cluster it is enough to find some feasible nodes: all of 100, a falling share of more. */
export function feasibleNodesWanted(nodes: number): number {
  if (nodes <= nodesAlwaysSearched) return nodes;
  const share = Math.max(50 - Math.floor(nodes / 125), smallestShareSearched);
  return Math.max(Math.floor((nodes * share) / 100), nodesAlwaysSearched);
}

export function scheduleOne(pod: PodInfo, cluster: ClusterState, search: Search): Decision {
  const { feasible, rejected } = findFeasible(pod, cluster, search);
  if (feasible.length === 0)
    return { kind: 'unschedulable', rejected, nodes: cluster.nodes.length };
  const [only] = feasible;
  if (only && feasible.length === 1) return { kind: 'chosen', node: only };
  return {
    kind: 'chosen',
    node: best(feasible, totalScores(pod, cluster, search.profile, feasible), search.random),
  };
}

interface Check {
  readonly plugin: string;
  readonly check: NodeCheck;
}

interface Found {
  readonly feasible: NodeInfo[];
  readonly rejected: RejectedNode[];
}

function findFeasible(pod: PodInfo, cluster: ClusterState, search: Search): Found {
  const checks: Check[] = [];
  for (const plugin of search.profile.filters) {
    const check = plugin.prepare(pod, cluster);
    if (check) checks.push({ plugin: plugin.name, check });
  }
  const found: Found = { feasible: [], rejected: [] };
  const nodes = candidates(pod, cluster, search.profile, found);
  const wanted = feasibleNodesWanted(nodes.length);
  let looked = 0;
  for (; looked < nodes.length && found.feasible.length < wanted; looked++) {
    const node = nodes[(search.nextStart + looked) % nodes.length];
    if (node) judge(node, checks, found);
  }
  search.nextStart = nodes.length === 0 ? 0 : (search.nextStart + looked) % nodes.length;
  return found;
}

/** All nodes, unless a plugin knows the few that can fit; the others count as rejected by it. */
function candidates(
  pod: PodInfo,
  cluster: ClusterState,
  profile: Profile,
  found: Found,
): readonly NodeInfo[] {
  for (const plugin of profile.filters) {
    const names = plugin.candidates?.(pod);
    if (!names) continue;
    const check = plugin.prepare(pod, cluster);
    for (const node of cluster.nodes) {
      const rejection = names.has(node.name) ? undefined : check?.(node);
      if (rejection) found.rejected.push({ ...rejection, node, plugin: plugin.name });
    }
    return cluster.nodes.filter((node) => names.has(node.name));
  }
  return cluster.nodes;
}

function judge(node: NodeInfo, checks: readonly Check[], found: Found): void {
  for (const { plugin, check } of checks) {
    const rejection = check(node);
    if (!rejection) continue;
    found.rejected.push({ ...rejection, node, plugin });
    return;
  }
  found.feasible.push(node);
}

function totalScores(
  pod: PodInfo,
  cluster: ClusterState,
  profile: Profile,
  nodes: readonly NodeInfo[],
): Float64Array {
  const totals = new Float64Array(nodes.length);
  const scores = new Float64Array(nodes.length);
  for (const plugin of profile.scores) {
    const score = plugin.prepare(pod, cluster, nodes);
    if (!score) continue;
    for (const [index, node] of nodes.entries()) scores[index] = score(node);
    plugin.normalize?.(scores);
    for (let index = 0; index < nodes.length; index++) {
      totals[index] = (totals[index] ?? 0) + (scores[index] ?? 0) * plugin.weight;
    }
  }
  return totals;
}

/** The highest score; among equals, one at random, each as likely. */
function best(nodes: readonly NodeInfo[], scores: Float64Array, random: Random): NodeInfo {
  let chosen = nodes[0];
  let highest = Number.NEGATIVE_INFINITY;
  let equals = 0;
  for (const [index, node] of nodes.entries()) {
    const score = scores[index] ?? 0;
    if (score < highest) continue;
    equals = score > highest ? 1 : equals + 1;
    if (equals === 1 || integer(random, equals) === 0) chosen = node;
    highest = score;
  }
  if (!chosen) throw new Error('there is no node to choose from');
  return chosen;
}
