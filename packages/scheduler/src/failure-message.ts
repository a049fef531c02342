/** What people read under `kubectl describe pod` when no node fits. Upstream's wording: tools look for it. */
import type { Unschedulable } from './schedule-one.ts';

export const noNodes = 'no nodes available to schedule pods';

/** `0/3 nodes are available: 1 Too many pods, 2 Insufficient cpu. ...`. `preemption`: why it did not help; undefined when it did. */
export function unschedulableMessage(
  { nodes, rejected, passedOver }: Unschedulable,
  preemption: string | undefined,
): string {
  if (nodes === 0) return noNodes;
  const counts = new Map<string, number>();
  for (const { reasons } of rejected) for (const reason of reasons) count(counts, reason, 1);
  if (passedOver.count > 0)
    count(
      counts,
      `node(s) didn't satisfy plugin(s) [${passedOver.plugins.join(' ')}]`,
      passedOver.count,
    );
  const message = noneAvailable(nodes, counts);
  return preemption === undefined
    ? message
    : `${message} no new claims to deallocate, preemption: ${preemption}`;
}

/** `0/2 nodes are available: 2 Insufficient cpu.` */
export function noneAvailable(nodes: number, reasons: ReadonlyMap<string, number>): string {
  const list = [...reasons].map(([reason, times]) => `${times} ${reason}`).toSorted();
  return `0/${nodes} nodes are available: ${list.join(', ')}.`;
}

export function count(counts: Map<string, number>, reason: string, times: number): void {
  counts.set(reason, (counts.get(reason) ?? 0) + times);
}
