/** What a replica set needs, from what is there. Pure. */
import type { Pod } from '@navarch/api/types/core/v1/pod';
import type {
  ReplicaSet,
  ReplicaSetCondition,
  ReplicaSetStatus,
} from '@navarch/api/types/apps/v1/replica-set';
import { compileSelector } from '@navarch/api/selectors';
import { formatTime } from '@navarch/api/time';
import { availableAtMs, isActive, isReady, isTerminating } from '../pods/readiness.ts';
import { pickForRemoval } from './rank-pods.ts';

export interface ReplicaSetPlan {
  /** How many pods to create. */
  readonly create: number;
  readonly remove: readonly Pod[];
  readonly status: ReplicaSetStatus;
  /** When a ready pod will have been ready for long enough. */
  readonly lookAgainAfterMs?: number;
}

export interface ReplicaSetObservation {
  readonly replicaSet: ReplicaSet;
  /** The pods it owns. */
  readonly pods: readonly Pod[];
  /** Pods of all replica sets with the same owner, for ranking by node. */
  readonly related: readonly Pod[];
  readonly nowMs: number;
  /** Why creating or deleting pods failed, if it did. */
  readonly failure?: ReplicaFailure;
}

export interface ReplicaFailure {
  readonly reason: 'FailedCreate' | 'FailedDelete';
  readonly message: string;
}

/** At most so many pods are created or removed in one go. */
const burstMax = 500;

export function planReplicaSet(observation: ReplicaSetObservation): ReplicaSetPlan {
  const { replicaSet, pods, related, nowMs } = observation;
  const active = pods.filter(isActive);
  const missing = (replicaSet.spec.replicas ?? 1) - active.length;
  const deleting = replicaSet.metadata.deletionTimestamp !== undefined;
  const { status, lookAgainAfterMs } = planStatus(observation, active);
  return {
    create: deleting ? 0 : Math.min(Math.max(missing, 0), burstMax),
    remove:
      deleting || missing >= 0
        ? []
        : pickForRemoval(active, related, Math.min(-missing, burstMax), nowMs),
    status,
    ...(lookAgainAfterMs !== undefined && { lookAgainAfterMs }),
  };
}

function planStatus(
  { replicaSet, pods, nowMs, failure }: ReplicaSetObservation,
  active: readonly Pod[],
): { readonly status: ReplicaSetStatus; readonly lookAgainAfterMs: number | undefined } {
  const templateLabels = compileSelector({
    matchLabels: replicaSet.spec.template?.metadata?.labels ?? {},
  });
  const minReadySeconds = replicaSet.spec.minReadySeconds ?? 0;
  const availableTimes = active
    .map((pod) => availableAtMs(pod, minReadySeconds))
    .filter((time) => time !== undefined);
  const waits = availableTimes.filter((time) => time > nowMs).map((time) => time - nowMs);
  const status: ReplicaSetStatus = {
    replicas: active.length,
    fullyLabeledReplicas: active.filter((pod) => templateLabels.matches(pod.metadata.labels))
      .length,
    readyReplicas: active.filter(isReady).length,
    availableReplicas: availableTimes.filter((time) => time <= nowMs).length,
    terminatingReplicas: pods.filter(isTerminating).length,
    observedGeneration: replicaSet.metadata.generation,
    conditions: conditionsOf(replicaSet, failure, nowMs),
  };
  return { status, lookAgainAfterMs: waits.length > 0 ? Math.min(...waits) : undefined };
}

function conditionsOf(
  replicaSet: ReplicaSet,
  failure: ReplicaFailure | undefined,
  nowMs: number,
): readonly ReplicaSetCondition[] {
  const before = replicaSet.status?.conditions ?? [];
  const others = before.filter(({ type }) => type !== 'ReplicaFailure');
  if (!failure) return others;
  if (others.length < before.length) return before; // The first failure stands until all is well.
  return [
    ...others,
    { type: 'ReplicaFailure', status: 'True', lastTransitionTime: formatTime(nowMs), ...failure },
  ];
}

/** Whether the API server already says so. Absent and zero counts are the same. */
export function sameStatus(
  current: ReplicaSetStatus | undefined,
  planned: ReplicaSetStatus,
): boolean {
  const counts = [
    'replicas',
    'fullyLabeledReplicas',
    'readyReplicas',
    'availableReplicas',
    'terminatingReplicas',
    'observedGeneration',
  ] as const;
  return (
    counts.every((count) => (current?.[count] ?? 0) === (planned[count] ?? 0)) &&
    JSON.stringify(current?.conditions ?? []) === JSON.stringify(planned.conditions ?? [])
  );
}
