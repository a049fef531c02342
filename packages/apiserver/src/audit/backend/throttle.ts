/** A bucket of tokens that fills at a steady rate: whoever finds it empty waits for the next. One asks at a time. */
import type { Clock } from '@navarch/runtime/clock';

export interface ThrottleRate {
  readonly perSecond: number;
  /** What the bucket holds. */
  readonly burst: number;
}

export class Throttle {
  readonly #rate: ThrottleRate;
  readonly #clock: Clock;
  #tokens: number;
  #countedAtMs: number;

  constructor(rate: ThrottleRate, clock: Clock) {
    this.#rate = rate;
    this.#clock = clock;
    this.#tokens = rate.burst;
    this.#countedAtMs = clock.monotonicMs();
  }

  /** Rejects when the signal aborts first. */
  async take(signal: AbortSignal): Promise<void> {
    const { perSecond, burst } = this.#rate;
    const nowMs = this.#clock.monotonicMs();
    const grown = ((nowMs - this.#countedAtMs) / 1000) * perSecond;
    this.#tokens = Math.min(this.#tokens + grown, burst) - 1;
    this.#countedAtMs = nowMs;
    if (this.#tokens < 0) await this.#clock.sleep((-this.#tokens / perSecond) * 1000, signal);
  }
}
