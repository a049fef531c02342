/** The status that a resource quota should have. Pure. */
import {
  addAmounts,
  type Amounts,
  parseAmounts,
  printAmounts,
  sameAmounts,
  selectAmounts,
} from '@navarch/api/quota/amounts';
import type { ResourceQuota } from '@navarch/api/types/core/v1/quota';

export interface Observed {
  /** What there is, of all that is limited and could be counted. */
  readonly counted: Amounts;
  /** What was charged so lately that it may not be there yet. */
  readonly charged: Amounts;
}

export interface QuotaPlan {
  /** Undefined when it is right already. */
  readonly status: ResourceQuota['status'];
  /** More is called used than was counted: count again when what was charged is there, or is known to have failed. */
  readonly isHeldBack: boolean;
}

/**
 * Used is what was counted. It is lowered only as far as charges of requests under way allow: what they will make is not there to be
 * counted yet, and must not be given away twice. What cannot be counted stays as it was.
 */
export function planQuota(quota: ResourceQuota, { counted, charged }: Observed): QuotaPlan {
  const hard = parseAmounts(quota.spec.hard);
  const before = parseAmounts(quota.status?.used);
  const used = selectAmounts(before, (name) => hard.has(name));
  const possible = addAmounts(counted, charged);
  let isHeldBack = false;
  for (const [name, there] of counted) {
    const called = before.get(name);
    const atMost = possible.get(name) ?? there;
    if (called === undefined || there.compare(called) >= 0) used.set(name, there);
    else used.set(name, atMost.compare(called) < 0 ? atMost : called);
    isHeldBack ||= (used.get(name)?.compare(there) ?? 0) > 0;
  }
  const isRight =
    quota.status?.hard !== undefined &&
    quota.status.used !== undefined &&
    sameAmounts(hard, parseAmounts(quota.status.hard)) &&
    sameAmounts(used, before);
  return {
    status: isRight ? undefined : { hard: quota.spec.hard ?? {}, used: printAmounts(used) },
    isHeldBack,
  };
}
