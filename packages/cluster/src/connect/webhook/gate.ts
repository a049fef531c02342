/** Lets so many through at once, keeps so many waiting, and turns the rest away. Whoever waits may leave. */

export class TooMany extends Error {}

export class Gate {
  readonly #parallelMax: number;
  readonly #waitingMax: number;
  readonly #waiting = new Set<() => void>();
  #inside = 0;

  constructor(parallelMax: number, waitingMax: number) {
    this.#parallelMax = parallelMax;
    this.#waitingMax = waitingMax;
  }

  get isIdle(): boolean {
    return this.#inside === 0 && this.#waiting.size === 0;
  }

  /** Rejects with `TooMany`, or with the signal's reason when it aborts before `act` has begun. */
  async run<T>(signal: AbortSignal, act: () => Promise<T>): Promise<T> {
    if (this.#inside < this.#parallelMax) this.#inside++;
    else await this.#wait(signal);
    try {
      return await act();
    } finally {
      this.#leave();
    }
  }

  /** The place of one who leaves goes to one who waits: the count stays. */
  #leave(): void {
    const [next] = this.#waiting;
    if (next) next();
    else this.#inside--;
  }

  #wait(signal: AbortSignal): Promise<void> {
    if (this.#waiting.size >= this.#waitingMax) {
      return Promise.reject(new TooMany('too many calls of this webhook are under way'));
    }
    return new Promise((resolve, reject) => {
      const enter = (): void => {
        this.#waiting.delete(enter);
        signal.removeEventListener('abort', give);
        resolve();
      };
      const give = (): void => {
        this.#waiting.delete(enter);
        reject(signal.reason);
      };
      this.#waiting.add(enter);
      signal.addEventListener('abort', give, { once: true });
    });
  }
}
