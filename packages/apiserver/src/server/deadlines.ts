/**
 * Requests that take too long are answered with a time-out, whatever became of their work. One timer watches all of them: a
 * request costs an entry in a set, not a timer.
 *
 * Invariants: D1 no request waits longer than its time plus one sweep. D2 the timer runs only while requests do.
 */
import type { Clock } from '@navarch/runtime/clock';
import { timeout } from '@navarch/api/status';

interface Pending {
  readonly dueMs: number;
  readonly reject: (error: Error) => void;
}

const sweepIntervalMs = 1_000;

export class Deadlines {
  readonly #clock: Clock;
  readonly #pending = new Set<Pending>();
  #isWatched = false;

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /** Settles as `work` does; rejects with a StatusError (504) when that takes longer than `ms`. */
  within<T>(ms: number, work: Promise<T>): Promise<T> {
    return new Promise((resolve, reject) => {
      const pending: Pending = { dueMs: this.#clock.monotonicMs() + ms, reject };
      this.#pending.add(pending);
      this.#watch();
      work.then(
        (value) => {
          this.#pending.delete(pending);
          resolve(value);
        },
        (error: unknown) => {
          this.#pending.delete(pending);
          reject(error instanceof Error ? error : new Error(String(error)));
        },
      );
    });
  }

  #watch(): void {
    if (this.#isWatched) return;
    this.#isWatched = true;
    this.#clock.after(sweepIntervalMs, this.#sweep);
  }

  readonly #sweep = (): void => {
    this.#isWatched = false;
    const nowMs = this.#clock.monotonicMs();
    for (const pending of this.#pending) {
      if (pending.dueMs > nowMs) continue;
      this.#pending.delete(pending);
      pending.reject(timeout('request did not complete within the allotted timeout'));
    }
    if (this.#pending.size > 0) this.#watch(); // D2
  };
}
