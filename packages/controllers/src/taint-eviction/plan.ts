/** Whether and when a pod must leave its node. Pure. */
import type { Taint, Toleration } from '@navarch/api/types/core/v1/scheduling';
import { tolerates } from '../nodes/taints.ts';

/** How long the pod may stay, counted from when it was first to go: 0 for not at all, undefined for ever. */
export function staySeconds(
  taints: readonly Taint[],
  tolerations: readonly Toleration[],
): number | undefined {
  if (taints.length === 0) return undefined;
  const used: Toleration[] = [];
  for (const taint of taints) {
    const toleration = tolerations.find((it) => tolerates(it, taint));
    if (!toleration) return 0;
    used.push(toleration);
  }
  const limits = used.flatMap(({ tolerationSeconds }) => tolerationSeconds ?? []).map(Number);
  return limits.length === 0 ? undefined : Math.max(Math.min(...limits), 0);
}
