/** Time as an argument: the real clock in production, a virtual one in tests and simulation. */

/** A pending callback. Cancelling one that has run, or was cancelled before, does nothing. */
export interface Timer {
  cancel(): void;
}

export interface Clock {
  /** Whole milliseconds since the Unix epoch. May jump, so never subtract two of these. */
  wallMs(): number;
  /** Milliseconds since some fixed start. Never goes backwards. */
  monotonicMs(): number;
  /** Calls `run` once, `ms` from now. `run` must not throw. A pending timer does not keep the process alive. */
  after(ms: number, run: () => void): Timer;
  /** Calls `run` once, after the work that is ready now: the end of an event-loop turn. Used to batch. */
  soon(run: () => void): void;
  /** Resolves after `ms`; rejects with `signal.reason` if aborted first. */
  sleep(ms: number, signal: AbortSignal): Promise<void>;
}

/** A `sleep` made of any clock's `after`; implementations of `Clock` share it. */
export function sleepWith(
  after: (ms: number, run: () => void) => Timer,
  ms: number,
  signal: AbortSignal,
): Promise<void> {
  return new Promise((resolve, reject) => {
    if (signal.aborted) {
      reject(signal.reason);
      return;
    }
    const onAbort = (): void => {
      timer.cancel();
      reject(signal.reason);
    };
    const timer = after(ms, () => {
      signal.removeEventListener('abort', onAbort);
      resolve();
    });
    signal.addEventListener('abort', onAbort, { once: true });
  });
}
