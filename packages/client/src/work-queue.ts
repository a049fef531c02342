/**
 * Work queues: what a controller still has to look at, as keys.
 *
 *     const queue = createWorkQueue(runtime, { name: 'deployment' });
 *     informer.onChange({ added: (d) => queue.add(keyOf(d)), updated: (_, d) => queue.add(keyOf(d)) });
 *     runWorkers(queue, reconcile, { count: 5, lifetime, runtime });
 *
 * Invariants: Q1 a key is queued at most once. Q2 a key is never processed twice at the same time; added while processed, it is queued
 * again when done. Q3 first in, first out, so that a run under a virtual clock is always the same. Q4 the length is bounded by the
 * number of distinct keys, not by the number of adds.
 */
import type { Lifetime } from '@navarch/runtime/lifetime';
import type { Runtime } from '@navarch/runtime/runtime';
import type { RateLimit } from '@navarch/runtime/rate-limiter';
import { KeyQueue } from './work-queue/key-queue.ts';
import { startWorkers } from './work-queue/workers.ts';

export interface WorkQueue {
  readonly name: string;
  /** Queues the key now. Does nothing if it is queued already. */
  add(key: string): void;
  /** Queues the key in `ms`; of several such requests the earliest counts. */
  addAfter(key: string, ms: number): void;
  /** Queues the key after a back-off that doubles with each call until `forget`. */
  addRateLimited(key: string): void;
  /** The key's work succeeded: its back-off starts anew. */
  forget(key: string): void;
  /** How often the key was added rate-limited since it was forgotten. */
  retries(key: string): number;
  /** Keys that wait to be processed now. */
  readonly length: number;
  /** The next key, taken: call `done` with it. Undefined once stopped. */
  next(): Promise<string | undefined>;
  done(key: string): void;
  /** Ends `next` for all and takes no more keys. */
  stop(): void;
}

export interface WorkQueueOptions {
  /** The `name` label of the metrics; upstream's name of the controller. */
  readonly name: string;
  /** The first back-off of a key; 5 ms when omitted. */
  readonly backoffMinMs?: number;
  /** The longest back-off of a key; 1000 s when omitted. */
  readonly backoffMaxMs?: number;
  /** For all rate-limited adds together; 10 per second, 100 at once, when omitted. */
  readonly overall?: RateLimit;
}

export function createWorkQueue(runtime: Runtime, options: WorkQueueOptions): WorkQueue {
  return new KeyQueue(runtime, options);
}

/** Undefined or nothing: all is well, forget the back-off. */
export interface ReconcileResult {
  /** Look again in so many milliseconds, though nothing failed. */
  readonly requeueAfterMs?: number;
  /** Look again soon, with back-off, though nothing failed in a way worth a log line. */
  readonly requeue?: boolean;
}

/** Throwing queues the key again with back-off. `signal` is aborted when the lifetime ends. */
// oxlint-disable-next-line typescript/no-invalid-void-type -- A reconcile that only acts returns nothing.
export type Reconcile = (key: string, signal: AbortSignal) => Promise<ReconcileResult | void>;

export interface WorkerOptions {
  /** How many keys are processed at the same time. */
  readonly count: number;
  readonly runtime: Runtime;
  readonly lifetime: Lifetime;
  /** Awaited before the first key: `(signal) => informers.waitForSync(signal)`. */
  readonly ready?: (signal: AbortSignal) => Promise<void>;
}

/** Processes the queue with `count` workers until the lifetime ends, which also stops the queue. */
export function runWorkers(queue: WorkQueue, reconcile: Reconcile, options: WorkerOptions): void {
  startWorkers(queue, reconcile, options);
}
