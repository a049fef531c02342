/** What waits for the end of the event-loop turn, so that many events of one turn leave in one write per watcher. */
import type { Clock } from '@navarch/runtime/clock';

export interface Flushable {
  /** Must not throw. */
  flush(): void;
}

export class FlushQueue {
  readonly #clock: Clock;
  #waiting = new Set<Flushable>();
  #isScheduled = false;

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /** `flush` is called once at the end of this turn, however often this is. */
  add(flushable: Flushable): void {
    this.#waiting.add(flushable);
    if (this.#isScheduled) return;
    this.#isScheduled = true;
    this.#clock.soon(() => this.#run());
  }

  #run(): void {
    const ready = this.#waiting;
    this.#waiting = new Set();
    this.#isScheduled = false;
    for (const flushable of ready) flushable.flush();
  }
}
