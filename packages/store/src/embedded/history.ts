/** Every durable version since compaction, in the order in which it was written. */
import type { Revision } from '../store.ts';
import type { Version } from './version.ts';

export class History {
  #versions: Version[] = [];
  /** How many at the front are forgotten; they are dropped together, since that copies the rest. */
  #forgotten = 0;

  append(version: Version): void {
    this.#versions.push(version);
  }

  /** Where the first version after `revision` stands. */
  positionAfter(revision: Revision): number {
    let low = this.#forgotten;
    let high = this.#versions.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      const version = this.#versions[middle];
      if (version && version.revision <= revision) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  at(position: number): Version | undefined {
    return this.#versions[position];
  }

  /** The oldest versions up to `revision`, at most `max`. */
  oldest(revision: Revision, max: number): readonly Version[] {
    const end = Math.min(this.positionAfter(revision), this.#forgotten + max);
    return this.#versions.slice(this.#forgotten, end);
  }

  /** Forgets the `count` oldest. */
  forget(count: number): void {
    this.#forgotten += count;
    if (this.#forgotten * 2 < this.#versions.length) return;
    this.#versions = this.#versions.slice(this.#forgotten);
    this.#forgotten = 0;
  }
}
