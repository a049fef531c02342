/**
 * How many evictions a disruption budget allows just now. Pure.
 *
 * Between the moment when an eviction is allowed and the moment when its pod is being deleted, the pod is in `disruptedPods`: it
 * counts as gone. What is not being deleted two minutes later was not evicted after all.
 */
import { scaledValue } from '@navarch/api/int-or-string';
import { formatTime, parseTime } from '@navarch/api/time';
import type { Pod } from '@navarch/api/types/core/v1/pod';
import type { Condition } from '@navarch/api/types/meta/v1/condition';
import type { PodDisruptionBudget, PodDisruptionBudgetStatus } from '@navarch/api/types/policy/v1';
import { isReady } from '../pods/readiness.ts';

export interface BudgetObservation {
  readonly budget: PodDisruptionBudget;
  /** Those that it selects. */
  readonly pods: readonly Pod[];
  /** How many pods their controllers want, all together. Needed when `countsScale` says so. */
  readonly scale: number;
  readonly nowMs: number;
}

export interface BudgetPlan {
  readonly status: PodDisruptionBudgetStatus;
  /** Pods that were to be deleted by now, and are not. */
  readonly undeleted: readonly Pod[];
  /** When the answer changes by itself; undefined when it does not. */
  readonly recheckAtMs?: number;
}

const deletionPatienceMs = 120_000;

/** Whether the budget is relative to what the pods' controllers want, rather than a plain number. */
export function countsScale({ spec }: PodDisruptionBudget): boolean {
  return spec.maxUnavailable !== undefined || typeof spec.minAvailable === 'string';
}

/** Throws when the budget says a percentage that is none. */
export function planBudget(observation: BudgetObservation): BudgetPlan {
  const { budget, pods, nowMs } = observation;
  const { expectedPods, desiredHealthy } = expectation(observation);
  const { disrupted, undeleted, recheckAtMs } = disruptions(budget, pods, nowMs);
  const currentHealthy = pods.filter(
    (pod) => !pod.metadata.deletionTimestamp && !disrupted.has(nameOf(pod)) && isReady(pod),
  ).length;
  // A budget without pods allows nothing, so that it is safe when the first ones appear.
  const disruptionsAllowed = expectedPods > 0 ? Math.max(currentHealthy - desiredHealthy, 0) : 0;
  const status = {
    observedGeneration: budget.metadata.generation,
    ...(disrupted.size > 0 && { disruptedPods: Object.fromEntries(disrupted) }),
    disruptionsAllowed,
    currentHealthy,
    desiredHealthy,
    expectedPods,
  };
  const conditions = withAllowed(budget, nowMs, {
    status: disruptionsAllowed > 0 ? 'True' : 'False',
    reason: disruptionsAllowed > 0 ? 'SufficientPods' : 'InsufficientPods',
    message: '',
    observedGeneration: budget.metadata.generation,
  });
  return {
    status: { ...status, conditions },
    undeleted,
    ...(recheckAtMs !== undefined && { recheckAtMs }),
  };
}

/** What the budget says while it cannot be worked out: nothing may be evicted. */
export function planFailure(
  budget: PodDisruptionBudget,
  message: string,
  nowMs: number,
): PodDisruptionBudgetStatus {
  const before = budget.status ?? noStatus;
  const conditions = withAllowed(budget, nowMs, {
    status: 'False',
    reason: 'SyncFailed',
    message,
    observedGeneration: before.observedGeneration,
  });
  return { ...before, disruptionsAllowed: 0, conditions };
}

const noStatus: PodDisruptionBudgetStatus = {
  disruptionsAllowed: 0,
  currentHealthy: 0,
  desiredHealthy: 0,
  expectedPods: 0,
};

function expectation({
  budget: { spec },
  pods,
  scale,
}: BudgetObservation): Pick<PodDisruptionBudgetStatus, 'expectedPods' | 'desiredHealthy'> {
  const { maxUnavailable, minAvailable } = spec;
  if (maxUnavailable !== undefined) {
    const desired = scale - scaledValue(maxUnavailable, scale, 'up');
    return { expectedPods: scale, desiredHealthy: Math.max(desired, 0) };
  }
  if (minAvailable === undefined) return { expectedPods: 0, desiredHealthy: 0 };
  const expectedPods = typeof minAvailable === 'number' ? pods.length : scale;
  return { expectedPods, desiredHealthy: scaledValue(minAvailable, scale, 'up') };
}

interface Disruptions {
  /** Pods by name that count as gone, and since when. */
  readonly disrupted: ReadonlyMap<string, string>;
  readonly undeleted: readonly Pod[];
  readonly recheckAtMs: number | undefined;
}

function disruptions(
  { status }: PodDisruptionBudget,
  pods: readonly Pod[],
  nowMs: number,
): Disruptions {
  const disrupted = new Map<string, string>();
  const undeleted: Pod[] = [];
  let recheckAtMs: number | undefined;
  for (const pod of pods) {
    const since = status?.disruptedPods?.[nameOf(pod)];
    if (since === undefined || pod.metadata.deletionTimestamp) continue;
    const untilMs = parseTime(since) + deletionPatienceMs;
    if (untilMs <= nowMs) {
      undeleted.push(pod);
    } else {
      disrupted.set(nameOf(pod), since);
      recheckAtMs = Math.min(recheckAtMs ?? untilMs, untilMs);
    }
  }
  return { disrupted, undeleted, recheckAtMs };
}

/** The budget's conditions with this one in them; its transition time stays while its status does. */
function withAllowed(
  { status }: PodDisruptionBudget,
  nowMs: number,
  said: Pick<Condition, 'status' | 'reason' | 'message' | 'observedGeneration'>,
): readonly Condition[] {
  const before = status?.conditions ?? [];
  const old = before.find(({ type }) => type === 'DisruptionAllowed');
  const lastTransitionTime =
    old?.status === said.status ? old.lastTransitionTime : formatTime(nowMs);
  const condition = { type: 'DisruptionAllowed', ...said, lastTransitionTime };
  return old ? before.map((it) => (it === old ? condition : it)) : [...before, condition];
}

function nameOf({ metadata }: Pod): string {
  return metadata.name ?? '';
}
