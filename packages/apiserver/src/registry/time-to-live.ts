/** Leases for objects that vanish by themselves: shared, because there are many such objects and time need not be exact. */
import type { Clock } from '@navarch/runtime/clock';
import type { LeaseId, Store } from '@navarch/store/store';

/** Objects written within this part of their life share a lease, and so may live that much longer. */
const sharedPart = 0.05;

export class SharedLease {
  readonly #store: Store;
  readonly #clock: Clock;
  readonly #seconds: number;
  #current: { readonly lease: Promise<LeaseId>; readonly untilMs: number } | undefined;

  constructor(store: Store, clock: Clock, seconds: number) {
    this.#store = store;
    this.#clock = clock;
    this.#seconds = seconds;
  }

  /** A lease that lasts at least the time that it was made for. */
  current(): Promise<LeaseId> {
    const nowMs = this.#clock.monotonicMs();
    if (this.#current && nowMs < this.#current.untilMs) return this.#current.lease;
    const extraSeconds = Math.ceil(this.#seconds * sharedPart);
    const lease = this.#store.grantLease(this.#seconds + extraSeconds);
    this.#current = { lease, untilMs: nowMs + extraSeconds * 1000 };
    lease.catch(() => {
      this.#current = undefined;
    });
    return lease;
  }
}
