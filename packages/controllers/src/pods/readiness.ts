/** What controllers ask of a pod: does it count, is it ready, for how long. Pure. */
import { parseTime } from '@navarch/api/time';
import type { Pod, PodCondition } from '@navarch/api/types/core/v1/pod';

/** Neither ended nor on its way out. */
export function isActive(pod: Pod): boolean {
  return !hasEnded(pod) && pod.metadata.deletionTimestamp === undefined;
}

export function hasEnded(pod: Pod): boolean {
  return pod.status?.phase === 'Succeeded' || pod.status?.phase === 'Failed';
}

/** Deleted, but its containers may still run. */
export function isTerminating(pod: Pod): boolean {
  return !hasEnded(pod) && pod.metadata.deletionTimestamp !== undefined;
}

export function readyCondition(pod: Pod): PodCondition | undefined {
  return pod.status?.conditions?.find(({ type }) => type === 'Ready');
}

export function isReady(pod: Pod): boolean {
  return readyCondition(pod)?.status === 'True';
}

/** When a ready pod has been ready for `minReadySeconds`; undefined when it is not ready. Milliseconds since the epoch. */
export function availableAtMs(pod: Pod, minReadySeconds: number): number | undefined {
  const condition = readyCondition(pod);
  if (condition?.status !== 'True') return undefined;
  if (minReadySeconds === 0) return 0;
  return condition.lastTransitionTime
    ? parseTime(condition.lastTransitionTime) + minReadySeconds * 1000
    : undefined;
}
