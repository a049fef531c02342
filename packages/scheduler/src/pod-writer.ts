/** What the scheduler writes: bindings, the PodScheduled condition and the nominated node, events. */
import { pods as podResource } from '@navarch/api/resources';
import { formatTime } from '@navarch/api/time';
import type { Pod } from '@navarch/api/types/core/v1/pod';
import type { Client } from '@navarch/client/client';
import { isNotFound } from '@navarch/client/errors';
import { type EventRecorder, referenceTo } from '@navarch/client/event-recorder';
import type { PodInfo } from './pod/pod-info.ts';

/** Why a pod has no node, for its status. */
export interface Waiting {
  readonly reason: 'Unschedulable' | 'SchedulerError';
  readonly message: string;
  /** The node that it is promised; '' for none; undefined: as before. */
  readonly nominatedNode?: string;
}

export interface PodWriter {
  bind(info: PodInfo, nodeName: string): Promise<void>;
  sayScheduled(info: PodInfo, nodeName: string): void;
  sayFailed(info: PodInfo, message: string): void;
  /** Writes the status when it does not say so already. Undefined when there is nothing to write. */
  say(pod: Pod, waiting: Waiting, signal: AbortSignal): Promise<void> | undefined;
}

/** As long as an event's text may be. */
const noteLengthMax = 1024;

export function createPodWriter(
  client: Client,
  recorder: EventRecorder,
  wallMs: () => number,
): PodWriter {
  const api = client.resource(podResource);
  return {
    async bind({ pod }, nodeName) {
      const { namespace = '', name = '', uid = '' } = pod.metadata;
      await api.createSubresource(
        { namespace, name, subresource: 'binding' },
        {
          apiVersion: 'v1',
          kind: 'Binding',
          metadata: { namespace, name, uid },
          target: { kind: 'Node', name: nodeName },
        },
      );
    },
    sayScheduled({ pod, key }, nodeName) {
      recorder.record(referenceTo(podResource, pod), {
        type: 'Normal',
        reason: 'Scheduled',
        action: 'Binding',
        message: `Successfully assigned ${key} to ${nodeName}`,
      });
    },
    sayFailed({ pod }, message) {
      recorder.record(referenceTo(podResource, pod), {
        type: 'Warning',
        reason: 'FailedScheduling',
        action: 'Scheduling',
        message: shortened(message),
      });
    },
    say(pod, waiting, signal) {
      const status = statusOf(pod, waiting, wallMs());
      if (!status) return undefined;
      const { namespace = '', name = '', uid } = pod.metadata;
      const body = { metadata: { uid }, status };
      return api
        .patchStatus(namespace, name, { type: 'strategic', body }, { signal })
        .then(noResult, (error: unknown) => {
          if (!isNotFound(error)) throw error;
        });
    },
  };
}

function noResult(): void {
  // What the server answers comes by the informer as well.
}

function shortened(message: string): string {
  return message.length <= noteLengthMax ? message : `${message.slice(0, noteLengthMax - 4)} ...`;
}

/** The parts of the status that differ from what the pod has; undefined when none does. */
function statusOf(pod: Pod, waiting: Waiting, nowMs: number): object | undefined {
  const { reason, message, nominatedNode } = waiting;
  const before = pod.status?.conditions?.find(({ type }) => type === 'PodScheduled');
  const { generation } = pod.metadata;
  const isSaid =
    before?.status === 'False' &&
    before.reason === reason &&
    before.message === message &&
    (generation === undefined || before.observedGeneration === generation);
  const isNominated =
    nominatedNode === undefined || nominatedNode === (pod.status?.nominatedNodeName ?? '');
  if (isSaid && isNominated) return undefined;
  const condition = {
    type: 'PodScheduled',
    status: 'False',
    reason,
    message,
    ...(generation !== undefined && { observedGeneration: generation }),
    lastProbeTime: null,
    lastTransitionTime: before?.status === 'False' ? before.lastTransitionTime : formatTime(nowMs),
  };
  return {
    ...(!isSaid && { conditions: [condition] }),
    ...(!isNominated && { nominatedNodeName: nominatedNode === '' ? null : nominatedNode }),
  };
}
