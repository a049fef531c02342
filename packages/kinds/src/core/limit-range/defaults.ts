/** What a limit range means where it says nothing: a maximum is the default limit, a minimum the least default request. */
import type { LimitRange, LimitRangeItem } from '@navarch/api/types/core/v1/quota';
import type { Draft } from '@navarch/api/types/scalars';
import { listOf } from '../../nil.ts';

export function setLimitRangeDefaults({ spec }: Draft<LimitRange>): void {
  for (const item of listOf(spec.limits)) {
    if (item.type === 'Container') setContainerDefaults(item);
  }
}

function setContainerDefaults(item: Draft<LimitRangeItem>): void {
  const limits = { ...item.default };
  const requests = { ...item.defaultRequest };
  for (const [name, amount] of Object.entries(item.max ?? {})) limits[name] ??= amount;
  for (const [name, amount] of Object.entries(limits)) requests[name] ??= amount;
  for (const [name, amount] of Object.entries(item.min ?? {})) requests[name] ??= amount;
  if (Object.keys(limits).length > 0) item.default = sorted(limits);
  if (Object.keys(requests).length > 0) item.defaultRequest = sorted(requests);
}

function sorted(amounts: { [name: string]: string }): { [name: string]: string } {
  return Object.fromEntries(Object.entries(amounts).toSorted(([a], [b]) => (a < b ? -1 : 1)));
}
