/**
 * Keeps events for a while and writes many together, so that no request waits: mode `batch`.
 *
 * Invariants: B1 events are written in the order in which they came, as far as batches are taken; batches that are written side by
 * side may arrive in any order. B2 at most so many events wait and so many batches are under way; an event that finds no room is
 * lost, and that is said. B3 an event that has found room is written before `stop` resolves, or is lost and said so.
 */
import type { Clock, Timer } from '@navarch/runtime/clock';
import { limits } from '@navarch/runtime/limits';
import { createRateLimiter, type RateLimit, type RateLimiter } from '@navarch/runtime/rate-limiter';
import type { AuditEvent } from '../event.ts';
import type { AuditSink } from '../request-audit.ts';
import type { AuditLosses } from './losses.ts';
import type { WriteEvents } from './sinks.ts';

export interface BatchOptions {
  /** Events that may wait. */
  readonly bufferEventsMax: number;
  readonly batchEventsMax: number;
  /** How long an event waits for others before a batch that is not full goes. */
  readonly waitMaxMs: number;
  /** Batches, not events. */
  readonly throttle: RateLimit | undefined;
  /** Batches that are written at once: 1 keeps their order. */
  readonly parallelMax: number;
}

export interface BatchParts extends BatchOptions {
  readonly write: WriteEvents;
  readonly clock: Clock;
  readonly losses: AuditLosses;
}

export class BatchingSink implements AuditSink {
  readonly #parts: BatchParts;
  readonly #throttle: RateLimiter | undefined;
  readonly #writing = new Set<Promise<unknown>>();
  readonly #late = new AbortController();
  #waiting: AuditEvent[] = [];
  #timer: Timer | undefined;
  #isDue = false;
  #isStopped = false;
  #sending: Promise<void> | undefined;

  constructor(parts: BatchParts) {
    this.#parts = parts;
    this.#throttle = parts.throttle && createRateLimiter(parts.clock, parts.throttle);
  }

  record(event: AuditEvent): undefined {
    const { bufferEventsMax, losses } = this.#parts;
    if (this.#isStopped) losses.add('buffered', 'audit backend shut down', 1);
    else if (this.#waiting.length >= bufferEventsMax) {
      losses.add('buffered', 'audit buffer queue blocked', 1); // B2
    } else {
      this.#waiting.push(event);
      this.#look();
    }
  }

  /** Writes what waits. What is not written within the grace is lost; `giveUp` is told then, once. */
  async stop(giveUp: () => void): Promise<void> {
    this.#isStopped = true;
    this.#timer?.cancel();
    const late = this.#parts.clock.after(limits.shutdownGraceMs, () => {
      this.#late.abort(new Error('audit backend shut down'));
      giveUp();
    });
    this.#isDue = true;
    this.#look();
    while (this.#sending) await this.#sending;
    await Promise.all(this.#writing);
    late.cancel();
    const left = this.#waiting.splice(0);
    this.#parts.losses.add('buffered', 'audit backend shut down', left.length); // B3
  }

  /** Starts to send when there is reason to, and makes sure that there will be. */
  #look(): void {
    if (this.#sending || this.#waiting.length === 0 || this.#late.signal.aborted) return;
    if (this.#hasBatch()) {
      this.#sending = this.#send().finally(() => {
        this.#sending = undefined;
        this.#look();
      });
      return;
    }
    this.#timer ??= this.#parts.clock.after(this.#parts.waitMaxMs, () => {
      this.#timer = undefined;
      this.#isDue = true;
      this.#look();
    });
  }

  #hasBatch(): boolean {
    const { length } = this.#waiting;
    return length > 0 && (this.#isDue || length >= this.#parts.batchEventsMax);
  }

  /** One batch after the other; never rejects. */
  async #send(): Promise<void> {
    const { batchEventsMax, parallelMax, write } = this.#parts;
    while (this.#hasBatch() && !this.#late.signal.aborted) {
      while (this.#writing.size >= parallelMax) await Promise.race(this.#writing);
      if (!(await this.#turn())) return; // The grace is over: `stop` says what is left.
      const batch = this.#waiting.splice(0, batchEventsMax);
      this.#timer?.cancel();
      this.#timer = undefined;
      this.#isDue = this.#isStopped;
      const writing: Promise<unknown> = write(batch).finally(() => this.#writing.delete(writing));
      this.#writing.add(writing);
    }
  }

  async #turn(): Promise<boolean> {
    const { signal } = this.#late;
    try {
      await this.#throttle?.take(signal);
    } catch {
      return false;
    }
    return !signal.aborted;
  }
}
