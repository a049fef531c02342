/** A token bucket: `perSecond` on average, `burst` at once. Time comes from the clock it is given. */
import type { Clock } from './clock.ts';

export interface RateLimit {
  readonly perSecond: number;
  readonly burst: number;
}

export interface RateLimiter {
  /** Takes a token if there is one. */
  tryTake(): boolean;
  /** Takes the next token, even if it is not there yet, and says in how many milliseconds it will be. */
  reserveMs(): number;
  /** Waits for the next token. Rejects with the signal's reason; the token is spent all the same. */
  take(signal: AbortSignal): Promise<void>;
}

export function createRateLimiter(clock: Clock, limit: RateLimit): RateLimiter {
  return new TokenBucket(clock, limit);
}

class TokenBucket implements RateLimiter {
  readonly #clock: Clock;
  readonly #perMs: number;
  readonly #burst: number;
  /** Below zero when tokens have been reserved ahead. */
  #tokens: number;
  #atMs: number;

  constructor(clock: Clock, limit: RateLimit) {
    this.#clock = clock;
    this.#perMs = limit.perSecond / 1000;
    this.#burst = limit.burst;
    this.#tokens = limit.burst;
    this.#atMs = clock.monotonicMs();
  }

  tryTake(): boolean {
    this.#refill();
    if (this.#tokens < 1) return false;
    this.#tokens -= 1;
    return true;
  }

  reserveMs(): number {
    this.#refill();
    this.#tokens -= 1;
    return this.#tokens >= 0 ? 0 : -this.#tokens / this.#perMs;
  }

  async take(signal: AbortSignal): Promise<void> {
    const waitMs = this.reserveMs();
    if (waitMs > 0) await this.#clock.sleep(waitMs, signal);
  }

  #refill(): void {
    const nowMs = this.#clock.monotonicMs();
    this.#tokens = Math.min(this.#burst, this.#tokens + (nowMs - this.#atMs) * this.#perMs);
    this.#atMs = nowMs;
  }
}
