/**
 * The latest events of one resource, so that a watch can go on from where another ended and a list can look back.
 *
 * Invariant: W1 every event after `coveredAfter` is here.
 */
import { limits } from '@navarch/runtime/limits';
import type { Revision } from '@navarch/store/store';
import type { CacheEvent } from './event.ts';

/** Space at the front that is given back at once rather than event by event. */
const slackMax = 1024;

export class EventWindow {
  #events: (CacheEvent | undefined)[] = [];
  /** Where the oldest event is; what is before it has been dropped. */
  #start = 0;
  #bytes = 0;
  #coveredAfter: Revision;

  constructor(coveredAfter: Revision) {
    this.#coveredAfter = coveredAfter;
  }

  /** The oldest revision from which a watch can go on. */
  get coveredAfter(): Revision {
    return this.#coveredAfter;
  }

  push(event: CacheEvent): void {
    this.#events.push(event);
    this.#bytes += event.entry.sizeBytes;
    while (this.#isFull()) this.#drop();
  }

  #isFull(): boolean {
    const count = this.#events.length - this.#start;
    if (count <= 1) return false;
    return count > limits.watchWindowEventsMax || this.#bytes > limits.watchWindowBytesMax;
  }

  #drop(): void {
    const oldest = this.#events[this.#start];
    this.#events[this.#start++] = undefined;
    if (oldest) {
      this.#bytes -= oldest.entry.sizeBytes;
      this.#coveredAfter = oldest.revision; // W1
    }
    if (this.#start < slackMax) return;
    this.#events = this.#events.slice(this.#start);
    this.#start = 0;
  }

  /** The events after `revision`, in order; undefined when some of them are gone. */
  after(revision: Revision): readonly CacheEvent[] | undefined {
    if (revision < this.#coveredAfter) return undefined;
    let low = this.#start;
    let high = this.#events.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((this.#events[middle]?.revision ?? 0) > revision) high = middle;
      else low = middle + 1;
    }
    return this.#events.slice(low).filter((event) => event !== undefined);
  }
}
