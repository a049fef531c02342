/** Pods that were about to be disrupted, and were not: what says so is taken back after two minutes. Pure. */
import { parseTime } from '@navarch/api/time';
import type { Pod } from '@navarch/api/types/core/v1/pod';
import { hasEnded } from '../pods/readiness.ts';

const patienceMs = 120_000;

/** In how many milliseconds the pod's condition is stale, at least 0; undefined when it has none that could be. */
export function staleInMs(pod: Pod, nowMs: number): number | undefined {
  if (pod.metadata.deletionTimestamp || hasEnded(pod)) return undefined;
  const target = pod.status?.conditions?.find(({ type }) => type === 'DisruptionTarget');
  // The kubelet may take arbitrarily long between saying so and the end.
  if (target?.status !== 'True' || target.reason === 'TerminationByKubelet') return undefined;
  const sinceMs = target.lastTransitionTime ? parseTime(target.lastTransitionTime) : 0;
  return Math.max(sinceMs + patienceMs - nowMs, 0);
}
