/**
 * Displaces the victims of a plan: says so in their status, deletes them, tells both sides. Pods of lower priority that were promised the
 * same node lose the promise first, so that they look elsewhere.
 */
import { pods as podResource } from '@navarch/api/resources';
import { formatTime } from '@navarch/api/time';
import type { Client } from '@navarch/client/client';
import { isConflict, isNotFound } from '@navarch/client/errors';
import { type EventRecorder, referenceTo } from '@navarch/client/event-recorder';
import type { PodInfo } from '../../pod/pod-info.ts';
import type { Candidate } from './plan.ts';

export interface PreemptionActions {
  readonly client: Client;
  readonly recorder: EventRecorder;
  readonly nowMs: () => number;
  readonly signal: AbortSignal;
}

/** Throws when a victim could not be deleted; those before it are gone then. */
export async function applyPreemption(
  preemptor: PodInfo,
  candidate: Candidate,
  losingPromise: readonly PodInfo[],
  actions: PreemptionActions,
): Promise<void> {
  await Promise.all(losingPromise.map((pod) => clearNominatedNode(pod, actions)));
  await Promise.all(
    candidate.victims
      .filter(({ pod }) => pod.metadata.deletionTimestamp === undefined)
      .map((victim) => displace(victim, preemptor, candidate.nodeName, actions)),
  );
}

async function clearNominatedNode({ pod }: PodInfo, actions: PreemptionActions): Promise<void> {
  const { namespace = '', name = '', uid } = pod.metadata;
  const body = { metadata: { uid }, status: { nominatedNodeName: null } };
  await unlessGone(
    actions.client
      .resource(podResource)
      .patchStatus(namespace, name, { type: 'strategic', body }, { signal: actions.signal }),
  );
}

async function displace(
  victim: PodInfo,
  preemptor: PodInfo,
  nodeName: string,
  { client, recorder, nowMs, signal }: PreemptionActions,
): Promise<void> {
  const { namespace = '', name = '', uid = '' } = victim.pod.metadata;
  const api = client.resource(podResource);
  const body = {
    metadata: { uid },
    status: { conditions: [disruptionTarget(victim, preemptor, nowMs())] },
  };
  const isThere = await unlessGone(
    api.patchStatus(namespace, name, { type: 'strategic', body }, { signal }),
  );
  if (!isThere) return;
  if (!(await unlessGone(api.delete(namespace, name, { preconditions: { uid }, signal })))) return;
  recorder.record(referenceTo(podResource, victim.pod), {
    type: 'Normal',
    reason: 'Preempted',
    action: 'Preempting',
    message: `Preempted by pod ${preemptor.uid} on node ${nodeName}`,
    related: referenceTo(podResource, preemptor.pod),
  });
}

function disruptionTarget({ pod }: PodInfo, preemptor: PodInfo, nowMs: number): object {
  const before = pod.status?.conditions?.find(({ type }) => type === 'DisruptionTarget');
  const { generation } = pod.metadata;
  return {
    type: 'DisruptionTarget',
    status: 'True',
    ...(generation !== undefined && { observedGeneration: generation }),
    lastProbeTime: null,
    lastTransitionTime: before?.status === 'True' ? before.lastTransitionTime : formatTime(nowMs),
    reason: 'PreemptionByScheduler',
    message: `${preemptor.pod.spec.schedulerName ?? 'default-scheduler'}: preempting to accommodate a higher priority pod`,
  };
}

/** False when the pod is not there any more, or another one has its name. */
async function unlessGone(call: Promise<unknown>): Promise<boolean> {
  try {
    await call;
    return true;
  } catch (error) {
    if (isNotFound(error) || isConflict(error)) return false;
    throw error;
  }
}
