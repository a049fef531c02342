/**
 * DefaultPreemption: when no node fits, finds one that would if pods of lower priority made room. Decides; `apply.ts` acts.
 * Synchronous: pods are taken off the cluster's state and put back before anybody else looks.
 */
import { integer, type Random } from '@navarch/runtime/random';
import type { ClusterState } from '../../cluster/cluster-state.ts';
import type { NodeInfo } from '../../cluster/node-info.ts';
import { noneAvailable } from '../../failure-message.ts';
import { judgeAlone } from '../../framework/node-judge.ts';
import type { Profile } from '../../framework/plugin.ts';
import type { PodInfo } from '../../pod/pod-info.ts';
import type { Unschedulable } from '../../schedule-one.ts';
import type { DisruptionBudget } from './disruption-budgets.ts';
import {
  type Candidate,
  notHelpful,
  noVictims,
  planPreemption,
  type PreemptionPlan,
  type Stage,
} from './plan.ts';

export type Preemption =
  | { readonly kind: 'preempt'; readonly candidate: Candidate }
  /** Preemption does not help; what the pod was promised before is void. */
  | { readonly kind: 'impossible'; readonly message: string }
  /** The pod may not preempt, or has done so and waits. */
  | { readonly kind: 'notEligible'; readonly message: string };

export interface PreemptionContext {
  readonly cluster: ClusterState;
  readonly profile: Profile;
  readonly random: Random;
  /** Read only when they matter. */
  readonly budgets: () => readonly DisruptionBudget[];
}

export function preempt(
  pod: PodInfo,
  failure: Unschedulable,
  context: PreemptionContext,
): Preemption {
  const obstacle = whyNotEligible(pod, failure, context.cluster);
  if (obstacle !== undefined) return { kind: 'notEligible', message: obstacle };
  const nodes = failure.rejected.flatMap(({ node, preemptionMayHelp }) =>
    preemptionMayHelp ? [node] : [],
  );
  const plan = planFor(pod, nodes, context);
  if (plan.kind === 'preempt') return plan;
  const reasons = new Map(plan.reasons);
  const others = failure.nodes - nodes.length;
  if (others > 0) reasons.set(notHelpful, (reasons.get(notHelpful) ?? 0) + others);
  return { kind: 'impossible', message: noneAvailable(failure.nodes, reasons) };
}

function planFor(
  pod: PodInfo,
  nodes: readonly NodeInfo[],
  context: PreemptionContext,
): PreemptionPlan {
  const { cluster, random, budgets } = context;
  if (nodes.length === 0) return { kind: 'impossible', reasons: new Map<string, number>() };
  if (!cluster.hasPodsBelow(pod.priority))
    return { kind: 'impossible', reasons: new Map([[noVictims, nodes.length]]) };
  const start = integer(random, nodes.length);
  const inTurn = [...nodes.slice(start), ...nodes.slice(0, start)];
  const stages = inTurn.map((node) => stageOf(node, pod, context));
  return planPreemption(pod.priority, stages, budgets());
}

function stageOf(node: NodeInfo, pod: PodInfo, { cluster, profile }: PreemptionContext): Stage {
  return {
    nodeName: node.name,
    pods: () => node.pods.values(),
    remove: ({ uid }) => cluster.withdraw(uid),
    restore: (other) => cluster.tryPod(other, node),
    rejection: () => judgeAlone(node, pod, cluster, profile)?.reasons,
  };
}

function whyNotEligible(
  pod: PodInfo,
  { rejected, passedOver }: Unschedulable,
  cluster: ClusterState,
): string | undefined {
  if (pod.pod.spec.preemptionPolicy === 'Never')
    return 'not eligible due to preemptionPolicy=Never.';
  const nominated = cluster.node(cluster.nominations.nodeOf(pod.uid));
  if (!nominated) return undefined;
  const rejection = rejected.find(({ node }) => node === nominated);
  // A node that no preemption can help any more is not worth waiting for.
  if (rejection ? !rejection.preemptionMayHelp : passedOver.count > 0) return undefined;
  for (const other of nominated.pods.values()) {
    if (other.priority < pod.priority && isMakingRoom(other))
      return 'not eligible due to a terminating pod on the nominated node.';
  }
  return undefined;
}

function isMakingRoom({ pod: { metadata, status } }: PodInfo): boolean {
  if (metadata.deletionTimestamp === undefined) return false;
  const condition = status?.conditions?.find(({ type }) => type === 'DisruptionTarget');
  return condition?.status === 'True' && condition.reason === 'PreemptionByScheduler';
}
