/**
 * One step of a deployment, from what is there. Pure. A rollout is many steps: each waits to see the one before.
 *
 * Invariants: P1 at most one replica set is created per step. P2 never more pods than `replicas + maxSurge` are asked for, and old pods
 * go only while `replicas - maxUnavailable` stay available. P3 a paused deployment scales but does not roll.
 */
import type { Deployment, DeploymentStatus } from '@navarch/api/types/apps/v1/deployment';
import type { ReplicaSet } from '@navarch/api/types/apps/v1/replica-set';
import type { Pod } from '@navarch/api/types/core/v1/pod';
import { hasEnded } from '../pods/readiness.ts';
import {
  annotations,
  annotationsOfNew,
  expiredHistory,
  nextRevision,
  revisionOf,
  sizeAnnotations,
} from './revisions.ts';
import { rolloutLimits } from './rollout-limits.ts';
import {
  byAge,
  newReplicaCount,
  rescale,
  rollingStep,
  scaleDownAll,
  type Scaling,
  wanted,
} from './scaling.ts';
import {
  type Conditions,
  countsOf,
  hasDeadline,
  isComplete,
  progressDeadlineMs,
  reasons,
  withAvailability,
  withCondition,
  withProgress,
} from './status.ts';
import { sameTemplate, templateHash, templateHashLabel } from './template.ts';

export interface DeploymentObservation {
  readonly deployment: Deployment;
  /** The replica sets it owns. */
  readonly replicaSets: readonly ReplicaSet[];
  /** Their pods. */
  readonly pods: readonly Pod[];
  readonly nowMs: number;
}

export interface DeploymentPlan {
  readonly create?: ReplicaSet;
  readonly scale: readonly Scaling[];
  /** Replica sets whose annotations or minReadySeconds are behind. */
  readonly update: readonly ReplicaSet[];
  readonly remove: readonly ReplicaSet[];
  readonly status: DeploymentStatus;
  /** The deployment's own revision annotation, when it is to change. */
  readonly revision?: string;
  readonly lookAgainAfterMs?: number;
}

export function planDeployment(observation: DeploymentObservation): DeploymentPlan {
  const { deployment, replicaSets, nowMs } = observation;
  const current = findCurrent(deployment, replicaSets);
  const old = replicaSets.filter((replicaSet) => replicaSet !== current);
  if (deployment.metadata.deletionTimestamp !== undefined)
    return finish(observation, current, { scale: [] }, 'counts');
  if (deployment.spec.paused) return planPaused(observation, current, old);
  if (isScalingEvent(deployment, replicaSets)) {
    return finish(
      observation,
      current,
      { ...follow(deployment, current, old), scale: rescale(deployment, current, old) },
      'counts',
    );
  }
  const recreating = deployment.spec.strategy?.type === 'Recreate';
  if (recreating) {
    const down = scaleDownAll(old);
    if (down.length > 0 || hasOldPods(observation, current)) {
      const step = { ...follow(deployment, current, old), scale: down };
      return finish(observation, current, step, 'progress');
    }
  }
  if (!current) {
    const create = newReplicaSet(deployment, old);
    return finish(
      observation,
      undefined,
      { scale: [], create, revision: revisionIn(create) },
      'progress',
      startedWith(create),
    );
  }
  const followed = follow(deployment, current, old);
  const scale = recreating
    ? scaleTo(current, rolloutLimits(deployment).replicas)
    : rollingStep(deployment, current, old);
  const complete =
    scale.length === 0 && isComplete(deployment, countsOf(deployment, current, replicaSets));
  const remove = complete ? expiredHistory(deployment, old) : [];
  return finish(observation, current, { ...followed, scale, remove }, 'progress');

  function startedWith(create: ReplicaSet): Conditions {
    const message = `Created new replica set "${create.metadata.name}"`;
    return setProgressing(
      deployment,
      conditionsOf(deployment),
      { reason: reasons.newReplicaSet, message },
      nowMs,
    );
  }
}

type Step = Pick<DeploymentPlan, 'scale'> &
  Partial<Pick<DeploymentPlan, 'create' | 'update' | 'remove' | 'revision'>>;

/** Adds the status. `progress`: the rollout is judged too; `counts`: only numbers and availability. */
function finish(
  { deployment, replicaSets, nowMs }: DeploymentObservation,
  current: ReplicaSet | undefined,
  step: Step,
  judge: 'progress' | 'counts',
  before: Conditions = resumed(deployment, current, nowMs),
): DeploymentPlan {
  const counts = countsOf(deployment, current, replicaSets);
  const available = withAvailability(deployment, counts, before, nowMs);
  const progressed =
    judge === 'progress' ? withProgress(deployment, current, counts, available, nowMs) : available;
  const conditions =
    judge === 'progress'
      ? withReplicaFailure(progressed, [...(current ? [current] : []), ...replicaSets], nowMs)
      : progressed;
  const deadlineMs = progressDeadlineMs(
    deployment,
    conditions.find(({ type }) => type === 'Progressing'),
  );
  return {
    update: [],
    remove: [],
    ...step,
    status: { ...counts, conditions },
    ...(deadlineMs !== undefined && { lookAgainAfterMs: Math.max(deadlineMs - nowMs, 0) + 1000 }),
  };
}

/** P3. */
function planPaused(
  observation: DeploymentObservation,
  current: ReplicaSet | undefined,
  old: readonly ReplicaSet[],
): DeploymentPlan {
  const { deployment, nowMs } = observation;
  const before = conditionsOf(deployment);
  const isStuck = before.some(
    ({ type, reason }) => type === 'Progressing' && reason === reasons.timedOut,
  );
  const paused = { reason: reasons.paused, message: 'Deployment is paused' };
  // That it is stuck is what people need to know, paused or not.
  const conditions = isStuck
    ? before
    : setProgressing(deployment, before, paused, nowMs, 'Unknown');
  const step = {
    ...follow(deployment, current, old),
    scale: rescale(deployment, current, old),
    remove: expiredHistory(deployment, old),
  };
  return finish(observation, current, step, 'counts', conditions);
}

function resumed(
  deployment: Deployment,
  current: ReplicaSet | undefined,
  nowMs: number,
): Conditions {
  const conditions = conditionsOf(deployment);
  const progressing = conditions.find(({ type }) => type === 'Progressing');
  if (progressing?.reason === reasons.paused) {
    return setProgressing(
      deployment,
      conditions,
      { reason: reasons.resumed, message: 'Deployment is resumed' },
      nowMs,
      'Unknown',
    );
  }
  if (current && !progressing) {
    const message = `Found new replica set "${current.metadata.name}"`;
    return setProgressing(
      deployment,
      conditions,
      { reason: reasons.foundReplicaSet, message },
      nowMs,
    );
  }
  return conditions;
}

function setProgressing(
  deployment: Deployment,
  conditions: Conditions,
  { reason, message }: { readonly reason: string; readonly message: string },
  nowMs: number,
  status: 'True' | 'Unknown' = 'True',
): Conditions {
  return hasDeadline(deployment)
    ? withCondition(conditions, { type: 'Progressing', status, reason, message }, nowMs)
    : conditions;
}

/** A failure to make pods shows on the deployment as long as a replica set has it: the first that has. */
function withReplicaFailure(
  conditions: Conditions,
  replicaSets: readonly ReplicaSet[],
  nowMs: number,
): Conditions {
  const failure = replicaSets
    .flatMap(({ status }) => status?.conditions ?? [])
    .find(({ type }) => type === 'ReplicaFailure');
  if (!failure) return conditions.filter(({ type }) => type !== 'ReplicaFailure');
  const { status, reason, message } = failure;
  return withCondition(conditions, { type: 'ReplicaFailure', status, reason, message }, nowMs);
}

function conditionsOf(deployment: Deployment): Conditions {
  return deployment.status?.conditions ?? [];
}

/** The replica set of the present template; the oldest when there are several. */
export function findCurrent(
  deployment: Deployment,
  replicaSets: readonly ReplicaSet[],
): ReplicaSet | undefined {
  return replicaSets
    .toSorted(byAge)
    .find(({ spec }) => sameTemplate(spec.template, deployment.spec.template));
}

function newReplicaSet(deployment: Deployment, old: readonly ReplicaSet[]): ReplicaSet {
  const { spec, metadata } = deployment;
  const hash = templateHash(spec.template, deployment.status?.collisionCount ?? 0);
  const labels = { ...spec.template.metadata?.labels, [templateHashLabel]: hash };
  const { replicas, maxSurge } = rolloutLimits(deployment);
  return {
    metadata: {
      name: `${metadata.name}-${hash}`,
      namespace: metadata.namespace,
      labels,
      annotations: {
        ...annotationsOfNew(deployment, undefined, nextRevision(old)),
        ...sizeAnnotations(replicas, maxSurge),
      },
    },
    spec: {
      replicas: newReplicaCount(deployment, old, 0),
      ...(spec.minReadySeconds !== undefined && { minReadySeconds: spec.minReadySeconds }),
      selector: {
        ...spec.selector,
        matchLabels: { ...spec.selector.matchLabels, [templateHashLabel]: hash },
      },
      template: { ...spec.template, metadata: { ...spec.template.metadata, labels } },
    },
  };
}

/** Brings the current replica set's annotations and the deployment's revision up to date. */
function follow(
  deployment: Deployment,
  current: ReplicaSet | undefined,
  old: readonly ReplicaSet[],
): Partial<Step> {
  if (!current) return {};
  const carried = annotationsOfNew(deployment, current, nextRevision(old));
  const minReadySeconds = deployment.spec.minReadySeconds ?? 0;
  const same =
    sameAnnotations(current.metadata.annotations, carried) &&
    (current.spec.minReadySeconds ?? 0) === minReadySeconds;
  const updated = {
    ...current,
    metadata: { ...current.metadata, annotations: carried },
    spec: { ...current.spec, minReadySeconds },
  };
  const revision = carried[annotations.revision];
  return {
    update: same ? [] : [updated],
    ...(String(revisionOf(deployment)) !== revision && { revision }),
  };
}

function sameAnnotations(
  a: Readonly<Record<string, string>> | undefined,
  b: Readonly<Record<string, string>>,
): boolean {
  const keys = Object.keys(b);
  return keys.length === Object.keys(a ?? {}).length && keys.every((key) => a?.[key] === b[key]);
}

function revisionIn(replicaSet: ReplicaSet): string | undefined {
  return replicaSet.metadata.annotations?.[annotations.revision];
}

/** Somebody changed `replicas`: an active replica set still remembers another number. */
function isScalingEvent(deployment: Deployment, replicaSets: readonly ReplicaSet[]): boolean {
  const desired = String(deployment.spec.replicas ?? 1);
  return replicaSets
    .filter((replicaSet) => wanted(replicaSet) > 0)
    .some(({ metadata }) => {
      const remembered = metadata.annotations?.[annotations.desiredReplicas];
      return remembered !== undefined && remembered !== desired;
    });
}

function scaleTo(replicaSet: ReplicaSet, replicas: number): readonly Scaling[] {
  return wanted(replicaSet) === replicas ? [] : [{ replicaSet, replicas }];
}

/** Recreate waits until the pods of old templates have ended. */
function hasOldPods({ pods }: DeploymentObservation, current: ReplicaSet | undefined): boolean {
  return pods.some(
    (pod) =>
      !hasEnded(pod) &&
      !pod.metadata.ownerReferences?.some(({ uid }) => uid === current?.metadata.uid),
  );
}
