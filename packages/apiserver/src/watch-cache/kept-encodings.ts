/**
 * The current objects' bytes in protobuf, kept while there is room: made for the first reader, copied for all that follow. JSON, which
 * is what is stored, needs none of this.
 *
 * Invariants: K1 only entries that are in the tree are kept. K2 all resources together keep no more than the budget allows; a
 * resource that nobody reads any more gives way to one that somebody reads, and nothing else does: two that do not fit
 * together would push each other out again and again.
 */
import type { Clock } from '@navarch/runtime/clock';
import { limits } from '@navarch/runtime/limits';
import type { Entry } from './entry.ts';

/** One for all resources of a server. */
export class EncodingBudget {
  readonly #clock: Clock;
  readonly #holders = new Set<KeptEncodings>();
  #bytes = 0;

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  get bytes(): number {
    return this.#bytes;
  }

  nowMs(): number {
    return this.#clock.monotonicMs();
  }

  /** Whether `bytes` more may be kept; they count from now on when so. */
  take(holder: KeptEncodings, bytes: number): boolean {
    if (this.#bytes + bytes > limits.keptEncodingsMaxBytes) this.#freeIdle(holder);
    if (this.#bytes + bytes > limits.keptEncodingsMaxBytes) return false; // K2
    this.#holders.add(holder);
    this.#bytes += bytes;
    return true;
  }

  give(bytes: number): void {
    this.#bytes -= bytes;
  }

  #freeIdle(except: KeptEncodings): void {
    const idleSinceMs = this.nowMs() - limits.keptEncodingsIdleMs;
    for (const holder of this.#holders) {
      if (holder === except || holder.usedMs > idleSinceMs) continue;
      holder.clear();
      this.#holders.delete(holder);
    }
  }
}

export class KeptEncodings {
  readonly #budget: EncodingBudget;
  readonly #isCurrent: (entry: Entry) => boolean;
  readonly #kept = new Map<Entry, Uint8Array>();
  #bytes = 0;
  #usedMs = 0;

  constructor(budget: EncodingBudget, isCurrent: (entry: Entry) => boolean) {
    this.#budget = budget;
    this.#isCurrent = isCurrent;
  }

  /** When somebody last read or kept something, on the budget's clock. */
  get usedMs(): number {
    return this.#usedMs;
  }

  /** The entry in this encoding, as `encode` makes it unless it is known. */
  get(entry: Entry, encode: (entry: Entry) => Uint8Array): Uint8Array {
    const known = this.#kept.get(entry);
    if (known) return known;
    const bytes = encode(entry);
    if (this.#isCurrent(entry)) this.#keep(entry, bytes); // K1
    return bytes;
  }

  known(entry: Entry): Uint8Array | undefined {
    return this.#kept.get(entry);
  }

  /** Before many are read: once for all of them, because asking what time it is costs more than finding one. */
  touch(): void {
    this.#usedMs = this.#budget.nowMs();
  }

  #keep(entry: Entry, bytes: Uint8Array): void {
    if (!this.#budget.take(this, bytes.length)) return;
    this.#kept.set(entry, bytes);
    this.#bytes += bytes.length;
  }

  /** The entry is no longer in the tree. */
  drop(entry: Entry): void {
    if (this.#kept.size === 0) return;
    const bytes = this.#kept.get(entry);
    if (!bytes) return;
    this.#kept.delete(entry);
    this.#bytes -= bytes.length;
    this.#budget.give(bytes.length);
  }

  clear(): void {
    this.#kept.clear();
    this.#budget.give(this.#bytes);
    this.#bytes = 0;
  }
}
