/**
 * A store inside the process: decisions in memory at once, durability from a journal.
 *
 *     transact -> decide (keyspace) -> gather (group-commit) -> journal -> history -> watchers -> the caller's promise
 *
 * Invariants: S1 deciding is synchronous. S2 readers and watchers see durable revisions only. S3 when a commit fails, everything
 * decided and not durable is undone. S4 an answer that rests on a decision waits until that is durable; no other answer waits.
 */
import { errorText } from '@navarch/runtime/log';
import { limits } from '@navarch/runtime/limits';
import { integer } from '@navarch/runtime/random';
import type { Runtime } from '@navarch/runtime/runtime';
import {
  type Change,
  Compacted,
  type Entry,
  FutureRevision,
  type KeyRange,
  type LeaseId,
  LeaseNotFound,
  LimitExceeded,
  type Outcome,
  type RangeOptions,
  type RangeResult,
  type Revision,
  type Store,
  StoreClosed,
  StoreFailed,
  type Subscription,
  type Transaction,
  type WatchListener,
} from '../store.ts';
import { catchUp } from './catch-up.ts';
import { exceeded } from './check-limits.ts';
import { forgetUpTo } from './compaction.ts';
import { type Decision, GroupCommit } from './group-commit.ts';
import { History } from './history.ts';
import type { Journal, Recovered } from './journal.ts';
import { Keyspace } from './keyspace.ts';
import { type Lease, Leases } from './leases.ts';
import { entryOf, isDeletion, type Version, visibleAt } from './version.ts';
import { WatchHub } from './watch-hub.ts';

/** A new store stands at revision 1, as etcd does: its first transaction makes 2. */
export const firstRevision = 1 as Revision;

/** What a pending decision takes besides the values it writes. */
const decisionBytes = 256;

export class EmbeddedStore implements Store {
  readonly #runtime: Runtime;
  readonly #journal: Journal;
  readonly #keys: Keyspace;
  readonly #leases: Leases;
  readonly #history = new History();
  readonly #hub = new WatchHub();
  readonly #commits: GroupCommit;
  #durable: Revision;
  #compacted: Revision;
  #problem: string | undefined;
  #compacting: Promise<void> = Promise.resolve();
  #closed: Promise<void> | undefined;

  constructor(runtime: Runtime, journal: Journal, recovered: Recovered) {
    this.#runtime = runtime;
    this.#journal = journal;
    this.#leases = new Leases(runtime.clock, (expired) => this.#expire(expired));
    this.#keys = new Keyspace(this.#leases, recovered.revision);
    this.#commits = new GroupCommit(journal, runtime.clock, {
      onDurable: (decisions) => this.#onDurable(decisions),
      onFailed: (decisions, error) => this.#onFailed(decisions, error),
    });
    this.#durable = recovered.revision;
    this.#compacted = recovered.compacted;
    this.#recover(recovered);
  }

  revision(): Revision {
    return this.#durable;
  }

  async range(range: KeyRange, options: RangeOptions = {}): Promise<RangeResult> {
    this.#checkOpen();
    const revision = options.revision ?? this.#durable; // S2
    if (revision > this.#durable) throw new FutureRevision(this.#durable);
    if (revision < this.#compacted) throw new Compacted(this.#compacted);
    const limit = options.limit ?? Number.POSITIVE_INFINITY;
    const entries: Entry[] = [];
    let more = false;
    this.#keys.index.visit(range, (slot) => {
      const version = visibleAt(slot, revision);
      if (!version) return true;
      more = entries.length >= limit;
      if (!more) entries.push(this.#entry(version));
      return !more;
    });
    return { entries, revision, more };
  }

  transact(transaction: Transaction, onDecided?: (outcome: Outcome) => void): Promise<Outcome> {
    const refusal = this.#refusal(transaction);
    if (refusal) return Promise.reject(refusal);
    const succeeded = transaction.conditions.every((condition) => this.#keys.holds(condition));
    const writes = succeeded ? this.#keys.apply(transaction.operations) : []; // S1
    const waits = writes.length > 0 || this.#keys.isPending(transaction, this.#durable); // S4
    const revision = waits ? this.#keys.revision : this.#durable;
    const outcome: Outcome = succeeded
      ? { succeeded, revision }
      : { succeeded, revision, current: this.#current(transaction) };
    onDecided?.(outcome);
    return waits ? this.#decide({ writes }, outcome) : Promise.resolve(outcome);
  }

  watch(range: KeyRange, after: Revision, listener: WatchListener): Subscription {
    try {
      this.#checkOpen();
      if (after < this.#compacted) throw new Compacted(this.#compacted);
      catchUp(this.#history, range, after, listener, (version) => this.#change(version));
    } catch (error) {
      listener.onEnd(error as Error);
      return { stop: () => undefined };
    }
    if (after <= this.#durable) listener.onProgress?.(this.#durable);
    return this.#hub.add(range, after, listener);
  }

  compact(revision: Revision): Promise<void> {
    const compacting = this.#compacting.then(() => this.#compact(revision));
    this.#compacting = compacting.catch(() => undefined); // Its caller hears of it; the next one starts all the same.
    return compacting;
  }

  async grantLease(ttlSeconds: number): Promise<LeaseId> {
    this.#checkOpen();
    if (!(ttlSeconds > 0)) throw new LimitExceeded('a lease lasts longer than 0 seconds');
    if (this.#leases.size >= limits.storeLeasesMax)
      throw new LimitExceeded(`there are at most ${limits.storeLeasesMax} leases`);
    const lease = this.#newLeaseId();
    this.#leases.add(lease, ttlSeconds);
    await this.#decide({ leases: [{ lease, ttlSeconds }] }, undefined);
    return lease;
  }

  async keepLeaseAlive(lease: LeaseId): Promise<void> {
    this.#checkOpen();
    this.#leases.keepAlive(this.#usableLease(lease));
  }

  async revokeLease(lease: LeaseId): Promise<void> {
    this.#checkOpen();
    await this.#endLease(this.#usableLease(lease));
  }

  problem(): string | undefined {
    return this.#problem;
  }

  sizeBytes(): number {
    return this.#journal.sizeBytes();
  }

  close(): Promise<void> {
    this.#closed ??= this.#close();
    return this.#closed;
  }

  #checkOpen(): void {
    if (this.#closed) throw new StoreClosed('the store is closed');
  }

  #refusal(transaction: Transaction): Error | undefined {
    if (this.#closed) return new StoreClosed('the store is closed');
    const problem = exceeded(transaction);
    if (problem) return problem;
    if (this.#commits.isFull) return new StoreFailed('the disk does not keep up with the writes');
    for (const operation of transaction.operations) {
      const lease = operation.kind === 'put' ? operation.lease : undefined;
      if (lease !== undefined && !this.#leases.usable(lease)) return noLease(lease);
    }
    return undefined;
  }

  #current({ conditions }: Transaction): readonly (Entry | undefined)[] {
    return conditions.map(({ key }) => {
      const version = this.#keys.latest(key);
      return version && this.#entry(version);
    });
  }

  /** Resolves with `answer` once everything decided so far is durable and watchers have been told. */
  #decide<Answer>(part: DecisionPart, answer: Answer): Promise<Answer> {
    const { writes = [], removals = [], leases = [], compacted } = part;
    let bytes = decisionBytes;
    for (const version of writes) bytes += decisionBytes + (version.value?.length ?? 0);
    return new Promise((resolve, reject) => {
      const settle = (error: Error | undefined): void => (error ? reject(error) : resolve(answer));
      const { revision } = this.#keys;
      this.#commits.add({ revision, writes, removals, leases, compacted, bytes, settle });
    });
  }

  #onDurable(decisions: readonly Decision[]): void {
    if (this.#problem !== undefined) this.#runtime.log.info('writes work again');
    this.#problem = undefined;
    const writes: Version[] = [];
    for (const decision of decisions) {
      for (const version of decision.writes) writes.push(version);
      this.#durable = decision.revision;
      this.#compacted = decision.compacted ?? this.#compacted;
      for (const { lease, ttlSeconds } of decision.leases)
        if (ttlSeconds === undefined) this.#leases.remove(lease);
    }
    for (const version of writes) this.#history.append(version);
    this.#hub.publish(writes, this.#durable, (version) => this.#change(version));
    if (this.#journal.keepsValues) for (const version of writes) version.value = undefined;
  }

  #onFailed(decisions: readonly Decision[], error: Error): void {
    if (this.#problem === undefined)
      this.#runtime.log.error('writes fail', { error: errorText(error) });
    this.#problem = errorText(error);
    const writes = decisions.flatMap((decision) => decision.writes);
    this.#keys.undo(writes, this.#durable, this.#compacted); // S3
    for (const { leases } of decisions)
      for (const { lease, ttlSeconds } of leases)
        if (ttlSeconds !== undefined) this.#leases.remove(lease);
  }

  #entry(version: Version): Entry {
    return entryOf(version, version.value ?? this.#journal.read(version));
  }

  #change(version: Version): Change {
    const { slot, revision, previous: replaced } = version;
    const { key } = slot;
    const previous = replaced && !isDeletion(replaced) ? this.#entry(replaced) : undefined;
    if (!isDeletion(version)) {
      const entry = this.#entry(version);
      return previous
        ? { kind: 'put', key, entry, previous, revision }
        : { kind: 'put', key, entry, revision };
    }
    if (!previous) throw new StoreFailed(`what revision ${revision} deleted of ${key} is missing`);
    return { kind: 'delete', key, entry: previous, revision };
  }

  async #compact(revision: Revision): Promise<void> {
    this.#checkOpen();
    if (revision > this.#durable) throw new FutureRevision(this.#durable);
    if (revision <= this.#compacted) throw new Compacted(this.#compacted);
    await this.#decide({ compacted: revision }, undefined);
    await forgetUpTo(revision, {
      history: this.#history,
      index: this.#keys.index,
      drop: (removals) => {
        this.#checkOpen();
        return this.#decide({ removals }, undefined);
      },
      pause: () => new Promise((resolve) => this.#runtime.clock.soon(resolve)),
    });
  }

  /** Random, so that an id is not met again after its lease is gone. */
  #newLeaseId(): LeaseId {
    for (;;) {
      const id = (1 + integer(this.#runtime.random, Number.MAX_SAFE_INTEGER - 1)) as LeaseId;
      if (!this.#leases.has(id)) return id;
    }
  }

  #usableLease(id: LeaseId): Lease {
    const lease = this.#leases.usable(id);
    if (!lease) throw noLease(id);
    return lease;
  }

  /** Deletes the lease's keys, then the lease, which is durable with the last of them. */
  async #endLease(lease: Lease): Promise<void> {
    lease.ending = true;
    try {
      for (;;) {
        this.#checkOpen();
        const slots = [...lease.slots].slice(0, limits.storeTransactionOperationsMax);
        const writes = this.#keys.apply(slots.map(({ key }) => ({ kind: 'delete', key })));
        const isLast = lease.slots.size === 0;
        const leases = isLast ? [{ lease: lease.id, ttlSeconds: undefined }] : [];
        await this.#decide({ writes, leases }, undefined);
        if (isLast) return;
      }
    } finally {
      lease.ending = false; // Matters when it failed: the lease is still there, and will expire again.
    }
  }

  async #expire(expired: readonly Lease[]): Promise<void> {
    const ended = await Promise.allSettled(expired.map((lease) => this.#endLease(lease)));
    const failure = ended.find((result) => result.status === 'rejected');
    if (!failure || this.#closed) return;
    this.#runtime.log.warn('expired leases could not be ended', {
      error: errorText(failure.reason),
    });
  }

  #recover(recovered: Recovered): void {
    for (const { lease, ttlSeconds } of recovered.leases)
      if (ttlSeconds !== undefined) this.#leases.add(lease, ttlSeconds);
    this.#keys.recover(recovered.versions, (version) => {
      // Of what is compacted, only what a compaction that was cut short has yet to drop.
      const isLeftOver = version.previous !== undefined || isDeletion(version);
      if (version.revision > this.#compacted || isLeftOver) this.#history.append(version);
    });
  }

  async #close(): Promise<void> {
    this.#leases.stop();
    await this.#commits.idle();
    this.#hub.endAll(new StoreClosed('the store is closed'));
    await this.#journal.close();
  }
}

type DecisionPart = Partial<Pick<Decision, 'writes' | 'removals' | 'leases' | 'compacted'>>;

function noLease(lease: LeaseId): LeaseNotFound {
  return new LeaseNotFound(`lease ${lease} is not known`);
}
