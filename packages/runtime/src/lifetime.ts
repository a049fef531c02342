/**
 * Who owns a running task. A lifetime starts tasks, ends when it is stopped, and stops what it owns in reverse order.
 *
 * Invariants: L1 a stopped lifetime starts nothing. L2 `stop` resolves after every task has ended and every `onStop` has run.
 * L3 a task that fails is reported once and does not end its siblings.
 */
import { errorText, type Log } from './log.ts';

export class Lifetime {
  readonly #abort = new AbortController();
  readonly #tasks = new Set<Promise<void>>();
  readonly #stoppers: (() => void | Promise<void>)[] = [];
  readonly #log: Log;
  #stopped: Promise<void> | undefined;

  constructor(log: Log) {
    this.#log = log;
  }

  /** Aborted when the lifetime is stopped. */
  get signal(): AbortSignal {
    return this.#abort.signal;
  }

  /** Runs `task` until it ends by itself or the signal aborts it. `name` is for the log. */
  run(name: string, task: (signal: AbortSignal) => Promise<void>): void {
    if (this.#abort.signal.aborted) return; // L1
    const running = task(this.#abort.signal).catch((error: unknown) => {
      if (!this.#abort.signal.aborted)
        this.#log.error(`${name} failed`, { error: errorText(error) }); // L3
    });
    this.#tasks.add(running);
    void running.finally(() => this.#tasks.delete(running));
  }

  /** Calls `stopper` during `stop`, after those registered later. */
  onStop(stopper: () => void | Promise<void>): void {
    this.#stoppers.push(stopper);
  }

  /** A lifetime that this one stops with itself. */
  child(): Lifetime {
    const child = new Lifetime(this.#log);
    this.onStop(() => child.stop());
    return child;
  }

  /** Ends everything. Safe to call twice; both calls resolve when all is over. */
  stop(): Promise<void> {
    this.#stopped ??= this.#stopAll();
    return this.#stopped;
  }

  async #stopAll(): Promise<void> {
    this.#abort.abort(new Error('stopped'));
    for (const stopper of this.#stoppers.toReversed()) {
      try {
        await stopper();
      } catch (error) {
        this.#log.error('stopping failed', { error: errorText(error) });
      }
    }
    await Promise.all(this.#tasks); // L2
  }
}
