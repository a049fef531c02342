/**
 * Writes whose fate is decided and not yet durable. The next write of the same object builds on them; nobody else sees them.
 *
 * Invariants: D1 a write leaves here when the cache receives it, or when the store gave up on it. D2 when several writes of an
 * object wait, `latest` is the last of them; if one fails, the store fails all that were decided upon it.
 */
import type { Revision } from '@navarch/store/store';
import type { Entry } from './entry.ts';

/** What an object's next state is: an entry, or nothing (it will be deleted). */
export interface DecidedState {
  readonly revision: Revision;
  readonly entry: Entry | undefined;
  /** Resolves when it is durable, rejects when the store failed. */
  readonly durable: Promise<unknown>;
}

export class DecidedWrites {
  readonly #latest = new Map<string, DecidedState>();
  readonly #byRevision = new Map<Revision, Entry>();

  latest(key: string): DecidedState | undefined {
    return this.#latest.size === 0 ? undefined : this.#latest.get(key);
  }

  add(key: string, state: DecidedState): void {
    this.#latest.set(key, state);
    if (state.entry) this.#byRevision.set(state.revision, state.entry);
  }

  /** The entry of that write when this process made it (D1). */
  take(key: string, revision: Revision): Entry | undefined {
    if (this.#latest.size === 0) return undefined;
    const entry = this.#byRevision.get(revision);
    this.drop(key, revision);
    return entry?.key === key ? entry : undefined;
  }

  /** Forgets a write that will not happen, or has. */
  drop(key: string, revision: Revision): void {
    this.#byRevision.delete(revision);
    if (this.#latest.get(key)?.revision === revision) this.#latest.delete(key); // D2
  }
}
