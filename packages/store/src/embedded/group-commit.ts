/**
 * Many writers, one commit: what is decided while a commit is under way goes into the next one.
 *
 * Invariants: G1 one commit at a time, in the order of the decisions. G2 an idle journal is given work at the end of the turn, never
 * later. G3 nobody hears of success before all of the commit has been published. G4 a failed commit fails everything decided since,
 * because that was decided upon it.
 */
import type { Clock } from '@navarch/runtime/clock';
import { limits } from '@navarch/runtime/limits';
import { noRevision, type Revision } from '../store.ts';
import type { Batch, Journal, LeaseChange } from './journal.ts';
import type { Version } from './version.ts';

export interface Decision {
  /** The last decided revision, this decision included. */
  readonly revision: Revision;
  readonly writes: readonly Version[];
  readonly removals: readonly Version[];
  readonly leases: readonly LeaseChange[];
  readonly compacted: Revision | undefined;
  /** About how much memory it holds until it is durable. */
  readonly bytes: number;
  settle(error: Error | undefined): void;
}

export interface CommitHandlers {
  onDurable(decisions: readonly Decision[]): void;
  onFailed(decisions: readonly Decision[], error: Error): void;
}

export class GroupCommit {
  readonly #journal: Journal;
  readonly #clock: Clock;
  readonly #handlers: CommitHandlers;
  #gathered: Decision[] = [];
  #pendingBytes = 0;
  #busy = false;
  #onIdle: (() => void)[] = [];

  constructor(journal: Journal, clock: Clock, handlers: CommitHandlers) {
    this.#journal = journal;
    this.#clock = clock;
    this.#handlers = handlers;
  }

  /** Whether so much waits for the disk that no more may be decided. */
  get isFull(): boolean {
    return this.#pendingBytes >= limits.storePendingMaxBytes;
  }

  add(decision: Decision): void {
    this.#gathered.push(decision);
    this.#pendingBytes += decision.bytes;
    if (this.#busy) return;
    this.#busy = true;
    this.#clock.soon(() => void this.#run()); // G2
  }

  /** Resolves when nothing is pending. */
  idle(): Promise<void> {
    return this.#busy ? new Promise((resolve) => this.#onIdle.push(resolve)) : Promise.resolve();
  }

  async #run(): Promise<void> {
    while (this.#gathered.length > 0) {
      const decisions = this.#take();
      const error = await this.#commit(decisions); // G1
      if (error) this.#fail([...decisions, ...this.#takeAll()], error); // G4
      else this.#succeed(decisions);
    }
    this.#busy = false;
    for (const resolve of this.#onIdle.splice(0)) resolve();
  }

  async #commit(decisions: readonly Decision[]): Promise<Error | undefined> {
    const batch = merge(decisions);
    if (isEmpty(batch)) return undefined; // All that these answers rest on is durable already.
    try {
      await this.#journal.commit(batch);
      return undefined;
    } catch (error) {
      return error as Error;
    }
  }

  #succeed(decisions: readonly Decision[]): void {
    this.#handlers.onDurable(decisions);
    this.#settle(decisions, undefined); // G3
  }

  #fail(decisions: readonly Decision[], error: Error): void {
    this.#handlers.onFailed(decisions, error);
    this.#settle(decisions, error);
  }

  #settle(decisions: readonly Decision[], error: Error | undefined): void {
    for (const decision of decisions) {
      this.#pendingBytes -= decision.bytes;
      decision.settle(error);
    }
  }

  /** What fits in one commit. */
  #take(): readonly Decision[] {
    let bytes = 0;
    const end = this.#gathered.findIndex(
      (decision) => (bytes += decision.bytes) > limits.storeCommitMaxBytes,
    );
    if (end === -1) return this.#takeAll();
    return this.#gathered.splice(0, Math.max(end, 1));
  }

  #takeAll(): readonly Decision[] {
    const decisions = this.#gathered;
    this.#gathered = [];
    return decisions;
  }
}

function merge(decisions: readonly Decision[]): Batch {
  const writes: Version[] = [];
  const removals: Version[] = [];
  const leases: LeaseChange[] = [];
  let compacted: Revision | undefined;
  for (const decision of decisions) {
    for (const version of decision.writes) writes.push(version);
    for (const version of decision.removals) removals.push(version);
    for (const change of decision.leases) leases.push(change);
    compacted = decision.compacted ?? compacted;
  }
  const revision = decisions.at(-1)?.revision ?? noRevision;
  return { revision, writes, removals, leases, compacted };
}

function isEmpty(batch: Batch): boolean {
  const { writes, removals, leases, compacted } = batch;
  return writes.length + removals.length + leases.length === 0 && compacted === undefined;
}
