/** Carries out a deployment's plan. */
import { deployments, replicaSets } from '@navarch/api/resources';
import type { Deployment, DeploymentStatus } from '@navarch/api/types/apps/v1/deployment';
import type { ReplicaSet } from '@navarch/api/types/apps/v1/replica-set';
import type { Client } from '@navarch/client/client';
import { isAlreadyExists, isNamespaceTerminating, isNotFound } from '@navarch/client/errors';
import { type EventDetails, type EventRecorder, referenceTo } from '@navarch/client/event-recorder';
import { errorText } from '@navarch/runtime/log';
import { controllerReference, isControlledBy } from '../ownership/owner.ts';
import type { DeploymentPlan } from './plan.ts';
import { annotations, sizeAnnotations } from './revisions.ts';
import { rolloutLimits } from './rollout-limits.ts';
import { type Scaling, wanted } from './scaling.ts';
import { reasons, withFailedCreate } from './status.ts';
import { sameTemplate } from './template.ts';

export interface DeploymentWrites {
  readonly client: Client;
  readonly recorder: EventRecorder;
  readonly nowMs: number;
  wroteReplicaSet(replicaSet: ReplicaSet): void;
  deletedReplicaSet(replicaSet: ReplicaSet): void;
  wroteDeployment(deployment: Deployment): void;
}

export async function applyDeploymentPlan(
  plan: DeploymentPlan,
  deployment: Deployment,
  writes: DeploymentWrites,
): Promise<void> {
  const outcome = plan.create ? await create(plan.create, deployment, writes) : done;
  if (outcome.kind !== 'done') {
    await writeStatus(outcome.status, undefined, deployment, writes);
    if (outcome.kind === 'failed') throw outcome.error;
    return; // The next hash counts one collision more.
  }
  await writeReplicaSets(plan, deployment, writes);
  await Promise.all(plan.remove.map((replicaSet) => remove(replicaSet, writes)));
  await writeStatus(plan.status, plan.revision, deployment, writes);
}

type Outcome =
  | { readonly kind: 'done' }
  /** The name is taken by something else. */
  | { readonly kind: 'collided'; readonly status: DeploymentStatus }
  | { readonly kind: 'failed'; readonly status: DeploymentStatus; readonly error: unknown };

const done: Outcome = { kind: 'done' };

async function create(
  replicaSet: ReplicaSet,
  deployment: Deployment,
  writes: DeploymentWrites,
): Promise<Outcome> {
  const owned = {
    ...replicaSet,
    metadata: {
      ...replicaSet.metadata,
      ownerReferences: [controllerReference(deployments, deployment)],
    },
  };
  const api = writes.client.resource(replicaSets);
  try {
    writes.wroteReplicaSet(await api.create(owned));
  } catch (error) {
    if (isAlreadyExists(error)) return resolveCollision(replicaSet, deployment, writes);
    if (isNamespaceTerminating(error)) throw error;
    const message = `Failed to create new replica set "${owned.metadata.name}": ${errorText(error)}`;
    say(deployment, writes, { type: 'Warning', reason: reasons.failedCreate, message });
    const status = withFailedCreate(deployment, message, writes.nowMs);
    return { kind: 'failed', status, error };
  }
  const size = wanted(owned);
  if (size > 0) saySize(deployment, writes, owned, { before: 0, after: size });
  return done;
}

/** A replica set of ours that the cache does not show yet is fine; any other needs another name. */
async function resolveCollision(
  { metadata: { namespace = '', name = '' } }: ReplicaSet,
  deployment: Deployment,
  writes: DeploymentWrites,
): Promise<Outcome> {
  const existing = await writes.client.resource(replicaSets).get(namespace, name);
  const isOurs =
    isControlledBy(existing, deployment) &&
    sameTemplate(existing.spec.template, deployment.spec.template);
  if (isOurs) {
    writes.wroteReplicaSet(existing);
    return done;
  }
  const collisionCount = (deployment.status?.collisionCount ?? 0) + 1;
  return { kind: 'collided', status: { ...deployment.status, collisionCount } };
}

/** A replica set that is both updated and scaled is written once. */
async function writeReplicaSets(
  plan: DeploymentPlan,
  deployment: Deployment,
  writes: DeploymentWrites,
): Promise<void> {
  const updates = new Map(plan.update.map((replicaSet) => [replicaSet.metadata.uid, replicaSet]));
  for (const scaling of plan.scale) {
    const { uid } = scaling.replicaSet.metadata;
    await scale(
      { ...scaling, replicaSet: updates.get(uid) ?? scaling.replicaSet },
      deployment,
      writes,
    );
    updates.delete(uid);
  }
  for (const replicaSet of updates.values()) {
    writes.wroteReplicaSet(await writes.client.resource(replicaSets).update(replicaSet));
  }
}

async function scale(
  { replicaSet, replicas }: Scaling,
  deployment: Deployment,
  writes: DeploymentWrites,
): Promise<void> {
  const limits = rolloutLimits(deployment);
  const before = wanted(replicaSet);
  const scaled = {
    ...replicaSet,
    metadata: {
      ...replicaSet.metadata,
      annotations: {
        ...replicaSet.metadata.annotations,
        ...sizeAnnotations(limits.replicas, limits.maxSurge),
      },
    },
    spec: { ...replicaSet.spec, replicas },
  };
  writes.wroteReplicaSet(await writes.client.resource(replicaSets).update(scaled));
  if (replicas !== before) saySize(deployment, writes, replicaSet, { before, after: replicas });
}

function saySize(
  deployment: Deployment,
  writes: DeploymentWrites,
  replicaSet: ReplicaSet,
  { before, after }: { readonly before: number; readonly after: number },
): void {
  const direction = after > before ? 'up' : 'down';
  say(deployment, writes, {
    type: 'Normal',
    reason: 'ScalingReplicaSet',
    message: `Scaled ${direction} replica set ${replicaSet.metadata.name} from ${before} to ${after}`,
  });
}

function say(deployment: Deployment, writes: DeploymentWrites, details: EventDetails): void {
  writes.recorder.record(referenceTo(deployments, deployment), details);
}

async function remove(replicaSet: ReplicaSet, writes: DeploymentWrites): Promise<void> {
  const { namespace = '', name = '', uid } = replicaSet.metadata;
  try {
    await writes.client
      .resource(replicaSets)
      .delete(namespace, name, uid ? { preconditions: { uid } } : {});
    writes.deletedReplicaSet(replicaSet);
  } catch (error) {
    if (!isNotFound(error)) throw error;
  }
}

/** Updates, not patches: that is what the controller's role allows. A conflict fails the step, and the next one sees more. */
/** The revision goes with the status: a write of the deployment itself would count as a change that people made. */
async function writeStatus(
  status: DeploymentStatus,
  revision: string | undefined,
  deployment: Deployment,
  writes: DeploymentWrites,
): Promise<void> {
  if (revision === undefined && sameStatus(deployment.status, status)) return;
  const { metadata } = deployment;
  const revised =
    revision === undefined
      ? metadata
      : { ...metadata, annotations: { ...metadata.annotations, [annotations.revision]: revision } };
  try {
    const api = writes.client.resource(deployments);
    writes.wroteDeployment(await api.updateStatus({ ...deployment, metadata: revised, status }));
  } catch (error) {
    if (!isNotFound(error)) throw error;
  }
}

/** Absent and zero counts are the same. */
function sameStatus(current: DeploymentStatus | undefined, planned: DeploymentStatus): boolean {
  const counts = [
    'observedGeneration',
    'replicas',
    'updatedReplicas',
    'readyReplicas',
    'availableReplicas',
    'unavailableReplicas',
    'terminatingReplicas',
    'collisionCount',
  ] as const;
  return (
    counts.every((count) => (current?.[count] ?? 0) === (planned[count] ?? 0)) &&
    JSON.stringify(current?.conditions ?? []) === JSON.stringify(planned.conditions ?? [])
  );
}
