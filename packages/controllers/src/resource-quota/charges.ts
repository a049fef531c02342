/**
 * What requests were charged lately, as seen in the statuses of quotas: until some time has passed, what they make may not be in the
 * caches. Bounded: charges that come close together are kept as one.
 */
import {
  addAmounts,
  type Amounts,
  parseAmounts,
  subtractAmounts,
} from '@navarch/api/quota/amounts';
import type { ResourceQuota } from '@navarch/api/types/core/v1/quota';

/** How long it may take from the charge until what it was for shows in the caches. */
export const settleMs = 2_000;
const closeTogetherMs = 100;

interface Charge {
  readonly atMs: number;
  readonly amounts: Amounts;
}

export class RecentCharges {
  readonly #byQuota = new Map<string, Charge[]>();

  /** Notes by how much more is used now. Returns whether it is more. */
  note(key: string, before: ResourceQuota, now: ResourceQuota, atMs: number): boolean {
    if (before.status?.used === undefined || before.status === now.status) return false;
    const amounts = subtractAmounts(
      parseAmounts(now.status?.used),
      parseAmounts(before.status.used),
    );
    if (![...amounts.values()].some((amount) => amount.sign() > 0)) return false;
    const charges = this.#current(key, atMs);
    const last = charges.at(-1);
    if (last && atMs - last.atMs < closeTogetherMs) {
      charges[charges.length - 1] = { ...last, amounts: addAmounts(last.amounts, amounts) };
    } else {
      charges.push({ atMs, amounts });
    }
    this.#byQuota.set(key, charges);
    return true;
  }

  sum(key: string, nowMs: number): Amounts {
    return this.#current(key, nowMs).reduce<Amounts>(
      (all, { amounts }) => addAmounts(all, amounts),
      new Map(),
    );
  }

  forget(key: string): void {
    this.#byQuota.delete(key);
  }

  #current(key: string, nowMs: number): Charge[] {
    const kept = (this.#byQuota.get(key) ?? []).filter(
      ({ atMs }) => nowMs - atMs < settleMs + closeTogetherMs,
    );
    if (kept.length === 0) this.#byQuota.delete(key);
    else this.#byQuota.set(key, kept);
    return kept;
  }
}
