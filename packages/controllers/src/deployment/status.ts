/** A deployment's status: counts, and whether it is available and getting on. Pure. Reasons and messages are upstream's. */
import type {
  Deployment,
  DeploymentCondition,
  DeploymentStatus,
} from '@navarch/api/types/apps/v1/deployment';
import type { ReplicaSet } from '@navarch/api/types/apps/v1/replica-set';
import { formatTime, parseTime } from '@navarch/api/time';
import { rolloutLimits } from './rollout-limits.ts';
import { totalWanted } from './scaling.ts';

export type Conditions = readonly DeploymentCondition[];

export const reasons = {
  newReplicaSet: 'NewReplicaSetCreated',
  foundReplicaSet: 'FoundNewReplicaSet',
  updated: 'ReplicaSetUpdated',
  complete: 'NewReplicaSetAvailable',
  timedOut: 'ProgressDeadlineExceeded',
  paused: 'DeploymentPaused',
  resumed: 'DeploymentResumed',
  failedCreate: 'ReplicaSetCreateError',
} as const;

/** kubectl and upstream take the largest number of seconds for "no deadline". */
const noDeadlineSeconds = 2 ** 31 - 1;

type Count = 'replicas' | 'readyReplicas' | 'availableReplicas' | 'terminatingReplicas';

export function countsOf(
  deployment: Deployment,
  current: ReplicaSet | undefined,
  all: readonly ReplicaSet[],
): DeploymentStatus {
  const sum = (count: Count): number =>
    all.reduce((total, { status }) => total + (status?.[count] ?? 0), 0);
  const availableReplicas = sum('availableReplicas');
  return {
    observedGeneration: deployment.metadata.generation,
    replicas: sum('replicas'),
    updatedReplicas: current?.status?.replicas ?? 0,
    readyReplicas: sum('readyReplicas'),
    availableReplicas,
    unavailableReplicas: Math.max(totalWanted(all) - availableReplicas, 0),
    terminatingReplicas: sum('terminatingReplicas'),
    collisionCount: deployment.status?.collisionCount,
  };
}

/** Sets a condition. Says nothing new when status and reason stay; keeps the transition time while the status stays. */
export function withCondition(
  conditions: Conditions,
  condition: Pick<DeploymentCondition, 'type' | 'status' | 'reason' | 'message'>,
  nowMs: number,
): Conditions {
  const before = conditions.find(({ type }) => type === condition.type);
  if (before?.status === condition.status && before.reason === condition.reason) return conditions;
  const now = formatTime(nowMs);
  const next: DeploymentCondition = {
    type: condition.type,
    status: condition.status,
    lastUpdateTime: now,
    lastTransitionTime: before?.status === condition.status ? before.lastTransitionTime : now,
    reason: condition.reason,
    message: condition.message,
  };
  return [...conditions.filter(({ type }) => type !== condition.type), next];
}

export function withAvailability(
  deployment: Deployment,
  status: DeploymentStatus,
  conditions: Conditions,
  nowMs: number,
): Conditions {
  const { replicas, maxUnavailable } = rolloutLimits(deployment);
  const isAvailable = (status.availableReplicas ?? 0) >= replicas - maxUnavailable;
  return withCondition(
    conditions,
    isAvailable
      ? {
          type: 'Available',
          status: 'True',
          reason: 'MinimumReplicasAvailable',
          message: 'Deployment has minimum availability.',
        }
      : {
          type: 'Available',
          status: 'False',
          reason: 'MinimumReplicasUnavailable',
          message: 'Deployment does not have minimum availability.',
        },
    nowMs,
  );
}

/** The status as it is, and that the next replica set could not be made. */
export function withFailedCreate(
  deployment: Deployment,
  message: string,
  nowMs: number,
): DeploymentStatus {
  const before = deployment.status?.conditions ?? [];
  if (!hasDeadline(deployment)) return { ...deployment.status };
  const condition = { type: 'Progressing', status: 'False', reason: reasons.failedCreate, message };
  return { ...deployment.status, conditions: withCondition(before, condition, nowMs) };
}

export function hasDeadline({ spec }: Deployment): boolean {
  return (
    spec.progressDeadlineSeconds !== undefined && spec.progressDeadlineSeconds !== noDeadlineSeconds
  );
}

export function isComplete(deployment: Deployment, status: DeploymentStatus): boolean {
  const replicas = deployment.spec.replicas ?? 1;
  return (
    status.updatedReplicas === replicas &&
    status.replicas === replicas &&
    status.availableReplicas === replicas &&
    (status.observedGeneration ?? 0) >= (deployment.metadata.generation ?? 0)
  );
}

function hasProgressed(before: DeploymentStatus | undefined, status: DeploymentStatus): boolean {
  const count = (
    of: DeploymentStatus | undefined,
    name: 'replicas' | 'updatedReplicas' | 'readyReplicas' | 'availableReplicas',
  ): number => of?.[name] ?? 0;
  const old = (of: DeploymentStatus | undefined): number =>
    count(of, 'replicas') - count(of, 'updatedReplicas');
  return (
    count(status, 'updatedReplicas') > count(before, 'updatedReplicas') ||
    old(status) < old(before) ||
    count(status, 'readyReplicas') > count(before, 'readyReplicas') ||
    count(status, 'availableReplicas') > count(before, 'availableReplicas')
  );
}

/** The rollout's progress: complete, moving, or stuck for longer than the deadline. */
export function withProgress(
  deployment: Deployment,
  current: ReplicaSet | undefined,
  status: DeploymentStatus,
  before: Conditions,
  nowMs: number,
): Conditions {
  const progressing = before.find(({ type }) => type === 'Progressing');
  if (!hasDeadline(deployment)) return before.filter(({ type }) => type !== 'Progressing');
  const wasComplete =
    status.replicas === status.updatedReplicas && progressing?.reason === reasons.complete;
  if (wasComplete) return before;
  const subject = current
    ? `ReplicaSet "${current.metadata.name}"`
    : `Deployment "${deployment.metadata.name}"`;
  const say = (holds: 'True' | 'False', reason: string, what: string): Conditions =>
    withCondition(
      before,
      { type: 'Progressing', status: holds, reason, message: `${subject} ${what}` },
      nowMs,
    );
  if (isComplete(deployment, status))
    return say('True', reasons.complete, 'has successfully progressed.');
  if (hasProgressed(deployment.status, status)) {
    // Moving on renews the deadline, though status and reason may be the same.
    const others = before.filter(({ type }) => type !== 'Progressing');
    const kept =
      progressing?.status === 'True' ? progressing.lastTransitionTime : formatTime(nowMs);
    const message = `${subject} is progressing.`;
    return [
      ...others,
      {
        type: 'Progressing',
        status: 'True',
        lastUpdateTime: formatTime(nowMs),
        lastTransitionTime: kept,
        reason: reasons.updated,
        message,
      },
    ];
  }
  const deadlineMs = progressDeadlineMs(deployment, progressing);
  return deadlineMs !== undefined && nowMs >= deadlineMs
    ? say('False', reasons.timedOut, 'has timed out progressing.')
    : before;
}

/** When a rollout that does not move counts as stuck; undefined when it is not under way. */
export function progressDeadlineMs(
  deployment: Deployment,
  progressing: DeploymentCondition | undefined,
): number | undefined {
  if (!progressing?.lastUpdateTime || deployment.spec.paused || !hasDeadline(deployment))
    return undefined;
  if (progressing.reason === reasons.complete || progressing.reason === reasons.timedOut)
    return undefined;
  return (
    parseTime(progressing.lastUpdateTime) + (deployment.spec.progressDeadlineSeconds ?? 0) * 1000
  );
}
