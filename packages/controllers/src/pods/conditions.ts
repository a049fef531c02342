/** Conditions of pods. Pure. */
import type { PodCondition } from '@navarch/api/types/core/v1/pod';

/** Sets a condition. The same array when it says that already; the transition time stays while the status does. */
export function withPodCondition(
  before: readonly PodCondition[],
  condition: Pick<PodCondition, 'type' | 'status' | 'reason' | 'message'>,
  now: string,
): readonly PodCondition[] {
  const old = before.find(({ type }) => type === condition.type);
  const isSame =
    old?.status === condition.status &&
    old.reason === condition.reason &&
    old.message === condition.message;
  if (isSame) return before;
  const lastTransitionTime =
    old?.status === condition.status ? (old.lastTransitionTime ?? now) : now;
  const next = { ...condition, lastTransitionTime };
  return old ? before.map((it) => (it === old ? next : it)) : [...before, next];
}
