/** Pods that nobody will ever remove. Pure. */
import type { Node } from '@navarch/api/types/core/v1/node';
import type { Pod, PodCondition } from '@navarch/api/types/core/v1/pod';
import { taintKeys } from '../nodes/taints.ts';
import { hasEnded } from '../pods/readiness.ts';

/** More ended pods than this are not kept. */
export const endedPodsMax = 12_500;

export type Condition = Pick<PodCondition, 'type' | 'status' | 'reason' | 'message'>;

export interface Removal {
  readonly pod: Pod;
  /** Says why, where the pod did not end by itself. */
  readonly condition?: Condition;
}

const nodeGone: Condition = {
  type: 'DisruptionTarget',
  status: 'True',
  reason: 'DeletionByPodGC',
  message: 'PodGC: node no longer exists',
};

/** Bound to a node that is not there. */
export function planOrphans(podsOfNode: readonly Pod[]): readonly Removal[] {
  return podsOfNode.map((pod) => ({ pod, condition: nodeGone }));
}

/** On a node whose operator says that it is shut down for good: no kubelet will confirm that they ended. */
export function planOutOfService(node: Node, podsOfNode: readonly Pod[]): readonly Removal[] {
  const isOut = (node.spec.taints ?? []).some(({ key }) => key === taintKeys.outOfService);
  const ready = node.status?.conditions?.find(({ type }) => type === 'Ready');
  if (!isOut || ready?.status === 'True') return [];
  return podsOfNode
    .filter(({ metadata }) => metadata.deletionTimestamp !== undefined)
    .map((pod) => ({ pod }));
}

/** Deleted before it had a node. */
export function isUnscheduledTerminating({ metadata, spec }: Pod): boolean {
  return metadata.deletionTimestamp !== undefined && !spec.nodeName;
}

/** The oldest of too many that have ended; those that were evicted first. */
export function planEnded(ended: readonly Pod[], max: number = endedPodsMax): readonly Removal[] {
  const excess = ended.length - max;
  if (excess <= 0) return [];
  const ordered = ended.filter(hasEnded).toSorted((a, b) => {
    const evicted = Number(isEvicted(b)) - Number(isEvicted(a));
    if (evicted !== 0) return evicted;
    return ageKey(a) < ageKey(b) ? -1 : 1;
  });
  return ordered.slice(0, excess).map((pod) => ({ pod }));
}

function isEvicted({ status }: Pod): boolean {
  return status?.phase === 'Failed' && status.reason === 'Evicted';
}

function ageKey({ metadata }: Pod): string {
  return `${metadata.creationTimestamp ?? ''}/${metadata.namespace ?? ''}/${metadata.name ?? ''}`;
}
