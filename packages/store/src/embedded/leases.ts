/**
 * Who holds which keys, and until when.
 *
 * Time counts from the grant, the last sign of life, or the start of the process: how long the process was down is not held against
 * anyone, as in etcd. Invariants: L1 a lease knows exactly the keys whose last decided version names it. L2 one timer for all.
 */
import type { Clock, Timer } from '@navarch/runtime/clock';
import { limits } from '@navarch/runtime/limits';
import type { LeaseId } from '../store.ts';
import type { Slot, Version } from './version.ts';

export interface Lease {
  readonly id: LeaseId;
  readonly ttlSeconds: number;
  deadlineMs: number;
  /** Set while its keys are being deleted: nobody may use it any more. */
  ending: boolean;
  readonly slots: Set<Slot>;
}

export class Leases {
  readonly #clock: Clock;
  readonly #onExpired: (expired: readonly Lease[]) => Promise<void>;
  readonly #byId = new Map<LeaseId, Lease>();
  #timer: Timer | undefined;
  #timerDueMs = Number.POSITIVE_INFINITY;
  #stopped = false;

  /** `onExpired` deletes the leases, or leaves them to be handed over again. It must not reject. */
  constructor(clock: Clock, onExpired: (expired: readonly Lease[]) => Promise<void>) {
    this.#clock = clock;
    this.#onExpired = onExpired;
  }

  get size(): number {
    return this.#byId.size;
  }

  has(id: LeaseId): boolean {
    return this.#byId.has(id);
  }

  /** The lease, unless it is unknown or its keys are being deleted. */
  usable(id: LeaseId): Lease | undefined {
    const lease = this.#byId.get(id);
    return lease?.ending ? undefined : lease;
  }

  add(id: LeaseId, ttlSeconds: number): void {
    const lease = { id, ttlSeconds, deadlineMs: 0, ending: false, slots: new Set<Slot>() };
    this.#byId.set(id, lease);
    this.keepAlive(lease);
  }

  remove(id: LeaseId): void {
    this.#byId.delete(id);
  }

  keepAlive(lease: Lease): void {
    lease.deadlineMs = this.#clock.monotonicMs() + lease.ttlSeconds * 1000;
    this.#check(lease.deadlineMs);
  }

  attach(version: Version): void {
    if (version.lease === undefined) return;
    this.#byId.get(version.lease)?.slots.add(version.slot);
  }

  detach(version: Version): void {
    if (version.lease === undefined) return;
    this.#byId.get(version.lease)?.slots.delete(version.slot);
  }

  stop(): void {
    this.#stopped = true;
    this.#timer?.cancel();
  }

  /** Sees to it that the leases are looked at by `dueMs`, a little later when they were looked at just now. */
  #check(dueMs: number): void {
    if (this.#stopped || dueMs >= this.#timerDueMs) return;
    this.#timer?.cancel();
    this.#timerDueMs = dueMs;
    const delayMs = Math.max(dueMs - this.#clock.monotonicMs(), limits.storeLeaseCheckIntervalMs);
    this.#timer = this.#clock.after(delayMs, () => void this.#expire());
  }

  async #expire(): Promise<void> {
    const nowMs = this.#clock.monotonicMs();
    const all = [...this.#byId.values()];
    const expired = all
      .filter((lease) => lease.deadlineMs <= nowMs && !lease.ending)
      .slice(0, limits.storeLeaseExpiriesMax);
    if (expired.length > 0) await this.#onExpired(expired);
    this.#timerDueMs = Number.POSITIVE_INFINITY;
    let nextMs = Number.POSITIVE_INFINITY;
    for (const lease of this.#byId.values()) nextMs = Math.min(nextMs, lease.deadlineMs);
    this.#check(nextMs);
  }
}
