/** Which pods to remove first when there are too many: those whose loss hurts least. Pure. */
import { parseTime } from '@navarch/api/time';
import type { Pod } from '@navarch/api/types/core/v1/pod';
import { isActive, isReady, readyCondition } from '../pods/readiness.ts';

const deletionCost = 'controller.kubernetes.io/pod-deletion-cost';
const phaseOrder: Readonly<Record<string, number>> = { Pending: 0, Unknown: 1, Running: 2 };

/**
 * Unassigned before assigned, pending before running, not ready before ready, cheap before dear, crowded nodes before empty ones,
 * recently ready before long ready, often restarted before stable, new before old. Times compare on a logarithmic scale (KEP-2185), so
 * that it is not always the youngest that goes.
 */
export function pickForRemoval(
  active: readonly Pod[],
  related: readonly Pod[],
  count: number,
  nowMs: number,
): readonly Pod[] {
  if (count >= active.length) return active;
  const perNode = new Map<string, number>();
  for (const pod of related) {
    const { nodeName } = pod.spec;
    if (nodeName && isActive(pod)) perNode.set(nodeName, (perNode.get(nodeName) ?? 0) + 1);
  }
  const ranked = active.map((pod) => ({ pod, rank: rankOf(pod, perNode, nowMs) }));
  ranked.sort((a, b) => compareRanks(a.rank, b.rank));
  return ranked.slice(0, count).map(({ pod }) => pod);
}

/** Smaller goes first. The name comes last, to make the order total. */
function rankOf(
  pod: Pod,
  perNode: ReadonlyMap<string, number>,
  nowMs: number,
): readonly (number | string)[] {
  const { nodeName } = pod.spec;
  const restarts = (pod.status?.containerStatuses ?? []).map((status) => status.restartCount);
  return [
    nodeName ? 1 : 0,
    phaseOrder[pod.status?.phase ?? ''] ?? 0,
    isReady(pod) ? 1 : 0,
    Number(pod.metadata.annotations?.[deletionCost] ?? 0) || 0,
    -(nodeName ? (perNode.get(nodeName) ?? 0) : 0),
    isReady(pod) ? ageScale(readyCondition(pod)?.lastTransitionTime, nowMs) : 0,
    -Math.max(0, ...restarts),
    ageScale(pod.metadata.creationTimestamp, nowMs),
    pod.metadata.uid ?? '',
  ];
}

/** Upstream's scale is of nanoseconds: it says where one step ends and the next begins. */
const nanosecondsPerMs = 1e6;

function ageScale(time: string | undefined, nowMs: number): number {
  if (!time) return 0;
  const ageMs = nowMs - parseTime(time);
  return ageMs <= 0 ? -1 : Math.floor(Math.log2(ageMs * nanosecondsPerMs));
}

function compareRanks(a: readonly (number | string)[], b: readonly (number | string)[]): number {
  for (const [index, left] of a.entries()) {
    const right = b[index] ?? 0;
    if (left !== right) return left < right ? -1 : 1;
  }
  return 0;
}
