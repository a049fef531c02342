/**
 * A clock that moves only when told to. One of these can drive every timer of a whole cluster.
 *
 * Invariants: V1 timers run in order of their due time, then of their creation. V2 between two timers, everything that became
 * ready (promises, `soon` callbacks) runs first. V3 time never moves while something is ready.
 */
import { setImmediate as realTurn } from 'node:timers/promises';
import { type Clock, sleepWith, type Timer } from '../clock.ts';

interface Pending {
  readonly dueMs: number;
  readonly order: number;
  readonly run: () => void;
}

export class VirtualClock implements Clock {
  readonly #startMs: number;
  #nowMs = 0;
  #order = 0;
  #heap: Pending[] = [];
  readonly #cancelled = new Set<Pending>();
  #soon: (() => void)[] = [];

  /** `startMs`: what `wallMs` says at first; a fixed date unless a test is about dates. */
  constructor(startMs = Date.UTC(2026, 0, 1)) {
    this.#startMs = startMs;
  }

  wallMs(): number {
    return Math.floor(this.#startMs + this.#nowMs); // Whole, as `Date.now()` is; jittered timers are not.
  }

  monotonicMs(): number {
    return this.#nowMs;
  }

  after(ms: number, run: () => void): Timer {
    const pending = { dueMs: this.#nowMs + Math.max(ms, 0), order: this.#order++, run };
    push(this.#heap, pending);
    return { cancel: () => void this.#cancelled.add(pending) };
  }

  soon(run: () => void): void {
    this.#soon.push(run);
  }

  sleep(ms: number, signal: AbortSignal): Promise<void> {
    return sleepWith((delayMs, run) => this.after(delayMs, run), ms, signal);
  }

  /** Lets everything that is ready run, without moving time. */
  async settle(): Promise<void> {
    do {
      const ready = this.#soon;
      this.#soon = [];
      for (const run of ready) run();
      await realTurn(); // V2: drains the promise queue, however deep its chains are.
    } while (this.#soon.length > 0);
  }

  /** Moves time forward by `ms`, running what falls due on the way. */
  async advance(ms: number): Promise<void> {
    const endMs = this.#nowMs + ms;
    await this.settle();
    for (let next = this.#next(); next && next.dueMs <= endMs; next = this.#next()) {
      pop(this.#heap);
      this.#nowMs = Math.max(this.#nowMs, next.dueMs);
      next.run();
      await this.settle();
    }
    this.#nowMs = endMs;
  }

  /** Moves time until `condition` holds, at most `limitMs`; says whether it held. */
  async advanceUntil(condition: () => boolean, limitMs: number, stepMs = 100): Promise<boolean> {
    const endMs = this.#nowMs + limitMs;
    await this.settle();
    while (!condition() && this.#nowMs < endMs) await this.advance(stepMs);
    return condition();
  }

  #next(): Pending | undefined {
    while (this.#heap[0] && this.#cancelled.delete(this.#heap[0])) pop(this.#heap);
    return this.#heap[0];
  }
}

function before(a: Pending, b: Pending): boolean {
  return a.dueMs < b.dueMs || (a.dueMs === b.dueMs && a.order < b.order); // V1
}

function push(heap: Pending[], item: Pending): void {
  let index = heap.push(item) - 1;
  while (index > 0) {
    const parent = (index - 1) >> 1;
    const above = heap[parent];
    if (!above || before(above, item)) break;
    heap[index] = above;
    index = parent;
  }
  heap[index] = item;
}

function pop(heap: Pending[]): void {
  const last = heap.pop();
  if (!last || heap.length === 0) return;
  let index = 0;
  for (;;) {
    let child = 2 * index + 1;
    const left = heap[child];
    const right = heap[child + 1];
    if (!left) break;
    const least = right && before(right, left) ? right : left;
    if (least === right) child++;
    if (before(last, least)) break;
    heap[index] = least;
    index = child;
  }
  heap[index] = last;
}
