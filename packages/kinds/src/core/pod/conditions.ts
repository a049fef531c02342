/** Conditions of a pod: each type at most once, with the time at which its status last changed. */
import type { Pod, PodCondition, PodStatus } from '@navarch/api/types/core/v1/pod';
import { formatTime } from '@navarch/api/time';
import { listOf } from '../../nil.ts';

export type ConditionChange = Pick<PodCondition, 'type' | 'status' | 'reason' | 'message'>;

/** The status with the condition set. The time stays when only reason or message change. */
export function withCondition(
  status: PodStatus,
  change: ConditionChange,
  nowMs: number,
): PodStatus {
  const conditions = listOf(status.conditions);
  const before = conditions.find(({ type }) => type === change.type);
  const { type, status: value, ...rest } = change;
  const condition = {
    type,
    status: value,
    // Go writes times that were never set as null.
    lastProbeTime: before?.lastProbeTime ?? null,
    lastTransitionTime:
      before?.status === value ? (before.lastTransitionTime ?? null) : formatTime(nowMs),
    ...rest,
  } as PodCondition;
  const others =
    before === undefined
      ? [...conditions, condition]
      : conditions.map((item) => (item === before ? condition : item));
  return { ...status, conditions: others };
}

export function isReady({ status }: Pod): boolean {
  return listOf(status?.conditions).some(
    ({ type, status: is }) => type === 'Ready' && is === 'True',
  );
}
