/** What people read under `kubectl describe pod` when no node fits. Upstream's wording: tools look for it. */
import type { RejectedNode } from './schedule-one.ts';

export const noNodes = 'no nodes available to schedule pods';

/** `0/3 nodes are available: 1 Too many pods, 2 Insufficient cpu. ...` */
export function unschedulableMessage(nodes: number, rejected: readonly RejectedNode[]): string {
  if (nodes === 0) return noNodes;
  const available = `0/${nodes} nodes are available`;
  const reasons = counted(rejected.map(({ reason }) => reason));
  const preemption = counted(
    rejected.map(({ preemptionMayHelp }) =>
      preemptionMayHelp
        ? 'No preemption victims found for incoming pod'
        : 'Preemption is not helpful for scheduling',
    ),
  );
  return `${available}: ${reasons}. no new claims to deallocate, preemption: ${available}: ${preemption}.`;
}

function counted(reasons: readonly string[]): string {
  const counts = new Map<string, number>();
  for (const reason of reasons) counts.set(reason, (counts.get(reason) ?? 0) + 1);
  return [...counts]
    .map(([reason, count]) => `${count} ${reason}`)
    .toSorted((a, b) => (a < b ? -1 : 1))
    .join(', ');
}
