/** Carries out a deployment's plan. */
import { deployments, replicaSets } from '@navarch/api/resources';
import type { Deployment, DeploymentStatus } from '@navarch/api/types/apps/v1/deployment';
import type { ReplicaSet } from '@navarch/api/types/apps/v1/replica-set';
import type { Client } from '@navarch/client/client';
import { isAlreadyExists, isNotFound } from '@navarch/client/errors';
import { type EventRecorder, referenceTo } from '@navarch/client/event-recorder';
import { controllerReference, isControlledBy } from '../ownership/owner.ts';
import type { DeploymentPlan } from './plan.ts';
import { annotations, sizeAnnotations } from './revisions.ts';
import { rolloutLimits } from './rollout-limits.ts';
import { type Scaling, wanted } from './scaling.ts';
import { sameTemplate } from './template.ts';

export interface DeploymentWrites {
  readonly client: Client;
  readonly recorder: EventRecorder;
  wroteReplicaSet(replicaSet: ReplicaSet): void;
  deletedReplicaSet(replicaSet: ReplicaSet): void;
  wroteDeployment(deployment: Deployment): void;
}

export async function applyDeploymentPlan(
  plan: DeploymentPlan,
  deployment: Deployment,
  writes: DeploymentWrites,
): Promise<void> {
  const collided = plan.create ? await create(plan.create, deployment, writes) : false;
  await writeReplicaSets(plan, deployment, writes);
  await Promise.all(plan.remove.map((replicaSet) => remove(replicaSet, writes)));
  const current =
    plan.revision === undefined
      ? deployment
      : await writeRevision(plan.revision, deployment, writes);
  const status = collided
    ? { ...plan.status, collisionCount: (deployment.status?.collisionCount ?? 0) + 1 }
    : plan.status;
  await writeStatus(status, current, writes);
}

/** True when the name is taken by something else: the next hash will count one collision more. */
async function create(
  replicaSet: ReplicaSet,
  deployment: Deployment,
  writes: DeploymentWrites,
): Promise<boolean> {
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
    if (!isAlreadyExists(error)) throw error;
    const { namespace = '', name = '' } = replicaSet.metadata;
    const existing = await api.get(namespace, name);
    return !(
      isControlledBy(existing, deployment) &&
      sameTemplate(existing.spec.template, deployment.spec.template)
    );
  }
  if (wanted(owned) > 0)
    say(
      deployment,
      writes,
      `Scaled up replica set ${owned.metadata.name} from 0 to ${wanted(owned)}`,
    );
  return false;
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
  const direction = replicas > before ? 'up' : 'down';
  say(
    deployment,
    writes,
    `Scaled ${direction} replica set ${replicaSet.metadata.name} from ${before} to ${replicas}`,
  );
}

function say(deployment: Deployment, writes: DeploymentWrites, message: string): void {
  writes.recorder.record(referenceTo(deployments, deployment), {
    type: 'Normal',
    reason: 'ScalingReplicaSet',
    message,
  });
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
async function writeRevision(
  revision: string,
  deployment: Deployment,
  writes: DeploymentWrites,
): Promise<Deployment> {
  const { metadata } = deployment;
  const updated = {
    ...metadata,
    annotations: { ...metadata.annotations, [annotations.revision]: revision },
  };
  const written = await writes.client
    .resource(deployments)
    .update({ ...deployment, metadata: updated });
  writes.wroteDeployment(written);
  return written;
}

async function writeStatus(
  status: DeploymentStatus,
  deployment: Deployment,
  writes: DeploymentWrites,
): Promise<void> {
  if (sameStatus(deployment.status, status)) return;
  try {
    writes.wroteDeployment(
      await writes.client.resource(deployments).updateStatus({ ...deployment, status }),
    );
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
