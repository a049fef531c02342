/**
 * Whom to displace so that a pod fits: the plan, as data. Pure but for the stages, on which pods are taken off and put back; each stage
 * is left as it was found.
 *
 * Rules (upstream's): only pods of lower priority are displaced; as few as possible, the most important ones are spared first, and of
 * those that a disruption budget protects as many as possible. Among nodes the one with the fewest broken budgets is chosen, then the one
 * whose most important victim matters least, then the least sum of priorities, then the fewest victims, then the one where the most
 * important victims started last.
 */
import type { PodInfo } from '../../pod/pod-info.ts';
import { type DisruptionBudget, splitByBudgets } from './disruption-budgets.ts';

/** One node, on which pods can be taken off and put back to see what would be. */
export interface Stage {
  readonly nodeName: string;
  pods(): Iterable<PodInfo>;
  remove(pod: PodInfo): void;
  restore(pod: PodInfo): void;
  /** Why the pod in question does not fit as things stand; undefined when it does. */
  rejection(): readonly string[] | undefined;
}

export interface Candidate {
  readonly nodeName: string;
  /** The most important first. */
  readonly victims: readonly PodInfo[];
  readonly brokenBudgets: number;
}

export type NodePlan =
  | { readonly kind: 'candidate'; readonly candidate: Candidate }
  | { readonly kind: 'hopeless'; readonly reasons: readonly string[] };

export const noVictims = 'No preemption victims found for incoming pod';
export const notHelpful = 'Preemption is not helpful for scheduling';

const candidatesAlwaysWanted = 100;
const shareOfCandidatesWanted = 0.1;

/** After so many candidates nobody looks for more. */
export function candidatesWanted(nodes: number): number {
  const share = Math.floor(nodes * shareOfCandidatesWanted);
  return Math.min(Math.max(share, candidatesAlwaysWanted), nodes);
}

export type PreemptionPlan =
  | { readonly kind: 'preempt'; readonly candidate: Candidate }
  /** Reason and number of nodes, for the nodes that were looked at. */
  | { readonly kind: 'impossible'; readonly reasons: ReadonlyMap<string, number> };

/** Looks at the stages in the order given. */
export function planPreemption(
  priority: number,
  stages: readonly Stage[],
  budgets: readonly DisruptionBudget[],
): PreemptionPlan {
  const wanted = candidatesWanted(stages.length);
  const candidates: Candidate[] = [];
  const reasons = new Map<string, number>();
  for (const stage of stages) {
    const plan = planNode(priority, stage, budgets);
    if (plan.kind === 'candidate') candidates.push(plan.candidate);
    else for (const reason of plan.reasons) reasons.set(reason, (reasons.get(reason) ?? 0) + 1);
    if (candidates.length >= wanted && candidates.some(breaksNothing)) break;
  }
  const candidate = chooseCandidate(candidates);
  return candidate ? { kind: 'preempt', candidate } : { kind: 'impossible', reasons };
}

function breaksNothing({ brokenBudgets }: Candidate): boolean {
  return brokenBudgets === 0;
}

export function planNode(
  priority: number,
  stage: Stage,
  budgets: readonly DisruptionBudget[],
): NodePlan {
  const lower = [...stage.pods()].filter((pod) => pod.priority < priority);
  if (lower.length === 0) return { kind: 'hopeless', reasons: [noVictims] };
  for (const pod of lower) stage.remove(pod);
  const rejection = stage.rejection();
  if (rejection) {
    for (const pod of lower) stage.restore(pod);
    return { kind: 'hopeless', reasons: rejection };
  }
  const { violating, others } = splitByBudgets(lower.toSorted(byImportance), budgets);
  const broken = violating.filter((pod) => !spare(pod, stage));
  const victims = [...broken, ...others.filter((pod) => !spare(pod, stage))];
  for (const pod of victims) stage.restore(pod);
  return {
    kind: 'candidate',
    candidate: {
      nodeName: stage.nodeName,
      victims: victims.toSorted(byImportance),
      brokenBudgets: broken.length,
    },
  };
}

/** Puts the pod back if there is room for both. */
function spare(pod: PodInfo, stage: Stage): boolean {
  stage.restore(pod);
  if (stage.rejection() === undefined) return true;
  stage.remove(pod);
  return false;
}

/** Higher priority first, then those that have run for longer. */
function byImportance(a: PodInfo, b: PodInfo): number {
  if (a.priority !== b.priority) return b.priority - a.priority;
  const [started, other] = [startedAt(a), startedAt(b)];
  return started < other ? -1 : started > other ? 1 : 0;
}

/** Times of one form are in order as text; a pod that has not started comes after all that have. */
function startedAt({ pod }: PodInfo): string {
  return pod.status?.startTime ?? '~';
}

/** Smaller is better, the earlier ones first. */
const costs: readonly ((candidate: Candidate) => number)[] = [
  ({ brokenBudgets }) => brokenBudgets,
  ({ victims }) => victims[0]?.priority ?? 0,
  // Counted from the least priority there is, so that many pods of negative priority do not look cheap.
  ({ victims }) => victims.reduce((sum, { priority }) => sum + priority + 2 ** 31, 0),
  ({ victims }) => victims.length,
];

export function chooseCandidate(candidates: readonly Candidate[]): Candidate | undefined {
  let left = candidates;
  for (const cost of costs) {
    if (left.length < 2) break;
    const least = Math.min(...left.map(cost));
    left = left.filter((candidate) => cost(candidate) === least);
  }
  let chosen = left[0];
  for (const candidate of left)
    if (chosen && earliestStart(candidate) > earliestStart(chosen)) chosen = candidate;
  return chosen;
}

/** When the first of the most important victims started. */
function earliestStart({ victims }: Candidate): string {
  const highest = victims[0]?.priority;
  let earliest = '~';
  for (const victim of victims) {
    if (victim.priority === highest && startedAt(victim) < earliest) earliest = startedAt(victim);
  }
  return earliest;
}
