/**
 * Picks a node for one pod: filter, score, choose. Synchronous and without side effects, so that nothing changes between looking and
 * deciding; the caller assumes and binds.
 */
import { integer, type Random } from '@navarch/runtime/random';
import type { ClusterState } from './cluster/cluster-state.ts';
import type { NodeInfo } from './cluster/node-info.ts';
import type { RejectedNode } from './framework/answers.ts';
import { createNodeJudge, type NodeJudge } from './framework/node-judge.ts';
import type { Profile } from './framework/plugin.ts';
import type { SharedWork } from './framework/shared-work.ts';
import type { PodInfo } from './pod/pod-info.ts';

export interface Unschedulable {
  readonly kind: 'unschedulable';
  readonly rejected: readonly RejectedNode[];
  /** Nodes that were not looked at, because these plugins know that they cannot fit. */
  readonly passedOver: { readonly count: number; readonly plugins: readonly string[] };
  readonly nodes: number;
}

export type Decision = { readonly kind: 'chosen'; readonly node: NodeInfo } | Unschedulable;

export interface Search {
  readonly profile: Profile;
  readonly random: Random;
  /** What was worked out for equal pods before; nothing is shared without it. */
  readonly shared?: SharedWork;
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

/** `nominatedNode`: the node that the pod was promised, if any: when it fits, it is taken. */
export function scheduleOne(
  pod: PodInfo,
  cluster: ClusterState,
  search: Search,
  nominatedNode = '',
): Decision {
  const judge = createNodeJudge(pod, cluster, search.profile, search.shared);
  const promised = nominatedNode === '' ? undefined : cluster.node(nominatedNode);
  if (promised?.exists && judge.judge(promised) === undefined)
    return { kind: 'chosen', node: promised };
  const { nodes, passedOver } = candidates(pod, cluster, search.profile);
  const { feasible, rejected, looked } = findFeasible(judge, nodes, search.nextStart);
  search.nextStart = (search.nextStart + looked) % Math.max(cluster.nodes.length, 1);
  const [only] = feasible;
  if (!only) return { kind: 'unschedulable', rejected, passedOver, nodes: cluster.nodes.length };
  if (feasible.length === 1) return { kind: 'chosen', node: only };
  return { kind: 'chosen', node: best(feasible, judge.scores(feasible), search.random) };
}

interface Candidates {
  readonly nodes: readonly NodeInfo[];
  readonly passedOver: Unschedulable['passedOver'];
}

/** All nodes, unless plugins know the few that can fit. */
function candidates(pod: PodInfo, cluster: ClusterState, profile: Profile): Candidates {
  let nodes = cluster.nodes;
  const plugins: string[] = [];
  for (const plugin of profile.filters) {
    const names = plugin.candidates?.(pod);
    if (!names) continue;
    plugins.push(plugin.name);
    nodes =
      plugins.length > 1
        ? nodes.filter(({ name }) => names.has(name))
        : [...names].flatMap((name) => existing(cluster.node(name)));
  }
  return { nodes, passedOver: { count: cluster.nodes.length - nodes.length, plugins } };
}

function existing(node: NodeInfo | undefined): NodeInfo[] {
  return node?.exists ? [node] : [];
}

interface Found {
  readonly feasible: readonly NodeInfo[];
  readonly rejected: readonly RejectedNode[];
  /** How many nodes were looked at. */
  readonly looked: number;
}

function findFeasible(judge: NodeJudge, nodes: readonly NodeInfo[], start: number): Found {
  const feasible: NodeInfo[] = [];
  const rejected: RejectedNode[] = [];
  const wanted = feasibleNodesWanted(nodes.length);
  let index = nodes.length === 0 ? 0 : start % nodes.length;
  let looked = 0;
  for (; looked < nodes.length && feasible.length < wanted; looked++) {
    const node = nodes[index];
    index = index + 1 === nodes.length ? 0 : index + 1;
    if (!node) continue;
    const rejection = judge.judge(node);
    if (rejection) rejected.push(rejection);
    else feasible.push(node);
  }
  return { feasible, rejected, looked };
}

/** The highest score; among equals, one at random, each as likely. */
function best(nodes: readonly NodeInfo[], scores: Float64Array, random: Random): NodeInfo {
  let highest = Number.NEGATIVE_INFINITY;
  let equals = 0;
  for (const score of scores) {
    equals = score > highest ? 1 : score === highest ? equals + 1 : equals;
    highest = Math.max(highest, score);
  }
  let skip = integer(random, equals);
  for (let index = 0; index < scores.length; index++) {
    const node = nodes[index];
    if (scores[index] === highest && skip-- === 0 && node) return node;
  }
  throw new Error('there is no node to choose from');
}
