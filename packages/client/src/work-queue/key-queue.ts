/** The queue behind `createWorkQueue`: see there for its invariants Q1-Q4. */
import type { Timer } from '@navarch/runtime/clock';
import type { Runtime } from '@navarch/runtime/runtime';
import { createRateLimiter, type RateLimiter } from '@navarch/runtime/rate-limiter';
import type { WorkQueue, WorkQueueOptions } from '../work-queue.ts';
import { KeyFifo } from './key-fifo.ts';
import { QueueMetrics } from './queue-metrics.ts';

interface Delayed {
  readonly dueMs: number;
  readonly timer: Timer;
}

export class KeyQueue implements WorkQueue {
  readonly name: string;
  readonly #runtime: Runtime;
  readonly #metrics: QueueMetrics;
  readonly #overall: RateLimiter;
  readonly #backoffMinMs: number;
  readonly #backoffMaxMs: number;
  /** Keys that need processing, whether they wait in `#fifo` or for the present processing to end. */
  readonly #dirty = new Set<string>();
  readonly #processing = new Set<string>();
  readonly #fifo = new KeyFifo();
  readonly #delayed = new Map<string, Delayed>();
  readonly #failures = new Map<string, number>();
  #waiting: ((key: string | undefined) => void)[] = [];
  #stopped = false;

  constructor(runtime: Runtime, options: WorkQueueOptions) {
    this.name = options.name;
    this.#runtime = runtime;
    this.#metrics = new QueueMetrics(runtime, options.name);
    this.#overall = createRateLimiter(
      runtime.clock,
      options.overall ?? { perSecond: 10, burst: 100 },
    );
    this.#backoffMinMs = options.backoffMinMs ?? 5;
    this.#backoffMaxMs = options.backoffMaxMs ?? 1_000_000;
  }

  get length(): number {
    return this.#fifo.length;
  }

  add(key: string): void {
    if (this.#stopped || this.#dirty.has(key)) return; // Q1
    this.#dirty.add(key);
    this.#metrics.added(key);
    if (!this.#processing.has(key)) this.#enqueue(key); // Q2
  }

  addAfter(key: string, ms: number): void {
    if (ms <= 0) this.add(key);
    else this.#delay(key, ms);
  }

  addRateLimited(key: string): void {
    if (this.#stopped) return;
    const failures = this.#failures.get(key) ?? 0;
    this.#failures.set(key, failures + 1);
    const backoffMs = Math.min(this.#backoffMinMs * 2 ** failures, this.#backoffMaxMs);
    this.#metrics.retried();
    this.addAfter(key, Math.max(backoffMs, this.#overall.reserveMs()));
  }

  forget(key: string): void {
    this.#failures.delete(key);
  }

  retries(key: string): number {
    return this.#failures.get(key) ?? 0;
  }

  next(): Promise<string | undefined> {
    if (this.#stopped) return Promise.resolve(undefined);
    const key = this.#fifo.shift();
    if (key === undefined) return new Promise((resolve) => this.#waiting.push(resolve));
    this.#begin(key);
    return Promise.resolve(key);
  }

  done(key: string): void {
    if (!this.#processing.delete(key)) return;
    this.#metrics.ended(key);
    if (this.#dirty.has(key) && !this.#stopped) this.#enqueue(key); // Q2
  }

  stop(): void {
    if (this.#stopped) return;
    this.#stopped = true;
    for (const { timer } of this.#delayed.values()) timer.cancel();
    this.#delayed.clear();
    for (const resolve of this.#waiting) resolve(undefined);
    this.#waiting = [];
    this.#metrics.stopped();
  }

  #delay(key: string, ms: number): void {
    if (this.#stopped) return;
    const dueMs = this.#runtime.clock.monotonicMs() + ms;
    const before = this.#delayed.get(key);
    if (before && before.dueMs <= dueMs) return;
    before?.timer.cancel();
    const timer = this.#runtime.clock.after(ms, () => {
      this.#delayed.delete(key);
      this.add(key);
    });
    this.#delayed.set(key, { dueMs, timer });
  }

  /** Hands the key to who waits longest, or queues it. */
  #enqueue(key: string): void {
    const resolve = this.#waiting.shift();
    if (!resolve) {
      this.#fifo.push(key); // Q3
      this.#metrics.depth(this.#fifo.length);
      return;
    }
    this.#begin(key);
    resolve(key);
  }

  #begin(key: string): void {
    this.#dirty.delete(key);
    this.#processing.add(key);
    this.#metrics.begun(key);
    this.#metrics.depth(this.#fifo.length);
  }
}
