/** Carries out a replica set's plan. */
import type { KubernetesObject } from '@navarch/api/extension/object';
import { pods, type ResourceReference } from '@navarch/api/resources';
import type { ReplicaSet, ReplicaSetStatus } from '@navarch/api/types/apps/v1/replica-set';
import type { Pod } from '@navarch/api/types/core/v1/pod';
import type { Client } from '@navarch/client/client';
import { isNamespaceTerminating, isNotFound } from '@navarch/client/errors';
import { type EventRecorder, referenceTo } from '@navarch/client/event-recorder';
import { errorText } from '@navarch/runtime/log';
import { controllerReference } from '../ownership/owner.ts';
import {
  planReplicaSet,
  type ReplicaFailure,
  type ReplicaSetObservation,
  type ReplicaSetPlan,
} from './plan.ts';

export interface ApplyDependencies {
  readonly client: Client;
  readonly recorder: EventRecorder;
  /** What the replica set is to users. */
  readonly kind: ResourceReference<KubernetesObject>;
  createdPod(pod: Pod): void;
  deletedPod(pod: Pod): void;
  writeStatus(status: ReplicaSetStatus): Promise<void>;
}

export interface Applied {
  /** What went wrong with pods; the status says so too. */
  readonly failure?: Error;
}

const slowStartFirst = 1;

export async function applyReplicaSetPlan(
  plan: ReplicaSetPlan,
  observation: ReplicaSetObservation,
  deps: ApplyDependencies,
): Promise<Applied> {
  const { replicaSet } = observation;
  const problem =
    (await createPods(replicaSet, plan.create, deps)) ??
    (await removePods(replicaSet, plan.remove, deps));
  const { status } = problem
    ? planReplicaSet({ ...observation, failure: problem.condition })
    : plan;
  await deps.writeStatus(status);
  return problem ? { failure: problem.error } : {};
}

interface Problem {
  readonly condition: ReplicaFailure;
  readonly error: Error;
}

/** In batches of 1, 2, 4, ...: when something is wrong with the template, it shows before hundreds have failed. */
async function createPods(
  replicaSet: ReplicaSet,
  count: number,
  deps: ApplyDependencies,
): Promise<Problem | undefined> {
  for (let left = count, batch = slowStartFirst; left > 0; left -= batch, batch *= 2) {
    const size = Math.min(batch, left);
    const results = await Promise.all(
      Array.from({ length: size }, () => createPod(replicaSet, deps)),
    );
    const problem = results.find((result) => result !== undefined);
    if (problem) return problem;
  }
  return undefined;
}

async function createPod(
  replicaSet: ReplicaSet,
  deps: ApplyDependencies,
): Promise<Problem | undefined> {
  const about = referenceTo(deps.kind, replicaSet);
  try {
    const created = await deps.client.resource(pods).create(podFor(replicaSet, deps.kind));
    deps.createdPod(created);
    deps.recorder.record(about, {
      type: 'Normal',
      reason: 'SuccessfulCreate',
      message: `Created pod: ${created.metadata.name}`,
    });
    return undefined;
  } catch (error) {
    if (isNamespaceTerminating(error)) return undefined; // Everything in there goes anyway.
    const message = errorText(error);
    deps.recorder.record(about, {
      type: 'Warning',
      reason: 'FailedCreate',
      message: `Error creating: ${message}`,
    });
    return { condition: { reason: 'FailedCreate', message }, error: asError(error) };
  }
}

function podFor(replicaSet: ReplicaSet, kind: ResourceReference<KubernetesObject>): Pod {
  const { template } = replicaSet.spec;
  return {
    metadata: {
      generateName: `${replicaSet.metadata.name}-`,
      namespace: replicaSet.metadata.namespace,
      labels: template?.metadata?.labels,
      annotations: template?.metadata?.annotations,
      finalizers: template?.metadata?.finalizers,
      ownerReferences: [controllerReference(kind, replicaSet)],
    },
    spec: template?.spec ?? { containers: [] },
  };
}

async function removePods(
  replicaSet: ReplicaSet,
  doomed: readonly Pod[],
  deps: ApplyDependencies,
): Promise<Problem | undefined> {
  const results = await Promise.all(doomed.map((pod) => removePod(replicaSet, pod, deps)));
  return results.find((result) => result !== undefined);
}

async function removePod(
  replicaSet: ReplicaSet,
  pod: Pod,
  deps: ApplyDependencies,
): Promise<Problem | undefined> {
  const { namespace = '', name = '', uid } = pod.metadata;
  const about = referenceTo(deps.kind, replicaSet);
  try {
    await deps.client.resource(pods).delete(namespace, name, uid ? { preconditions: { uid } } : {});
    deps.deletedPod(pod);
    deps.recorder.record(about, {
      type: 'Normal',
      reason: 'SuccessfulDelete',
      message: `Deleted pod: ${name}`,
    });
    return undefined;
  } catch (error) {
    if (isNotFound(error)) return undefined;
    const message = errorText(error);
    deps.recorder.record(about, {
      type: 'Warning',
      reason: 'FailedDelete',
      message: `Error deleting: ${message}`,
    });
    return { condition: { reason: 'FailedDelete', message }, error: asError(error) };
  }
}

function asError(error: unknown): Error {
  return error instanceof Error ? error : new Error(String(error));
}
