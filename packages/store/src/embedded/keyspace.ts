/**
 * What every key holds by the decisions so far. Synchronous and in memory: the logic of the store without its disk.
 *
 * Invariants: K1 a decision sees every earlier one, durable or not. K2 undoing goes newest first and restores exactly what was. K3 a
 * revision is never given twice, even when its first use was undone.
 */
import {
  type Condition,
  type LeaseId,
  noRevision,
  type Operation,
  type Revision,
  type Transaction,
} from '../store.ts';
import type { RecoveredVersion } from './journal.ts';
import { KeyIndex } from './key-index.ts';
import type { Leases } from './leases.ts';
import { decided, isDeletion, type Slot, type Version } from './version.ts';

interface Fields {
  readonly revision: Revision;
  readonly index: number;
  readonly createRevision: Revision;
  readonly lease: LeaseId | undefined;
  readonly value?: Uint8Array | undefined;
}

export class Keyspace {
  readonly index = new KeyIndex();
  readonly #leases: Leases;
  #revision: Revision;
  /** The highest revision ever given, kept or undone. */
  #given: Revision;

  constructor(leases: Leases, revision: Revision) {
    this.#leases = leases;
    this.#revision = revision;
    this.#given = revision;
  }

  /** The last decided revision. */
  get revision(): Revision {
    return this.#revision;
  }

  /** Whether the key's last decided modification is the condition's. */
  holds(condition: Condition): boolean {
    return (this.latest(condition.key)?.revision ?? noRevision) === condition.modRevision; // K1
  }

  latest(key: string): Version | undefined {
    return decided(this.index.get(key));
  }

  /** What the operations change. Deleting what does not exist changes nothing; changing nothing takes no revision. */
  apply(operations: readonly Operation[]): readonly Version[] {
    const revision = (this.#given + 1) as Revision; // K3
    const writes: Version[] = [];
    for (const operation of operations) {
      const version = this.#write(operation, revision, writes.length);
      if (version) writes.push(version);
    }
    if (writes.length > 0) this.#given = this.#revision = revision;
    return writes;
  }

  /** Takes back what was decided after `revision`: all of `writes`, given oldest first. */
  undo(writes: readonly Version[], revision: Revision, compacted: Revision): void {
    for (const version of writes.toReversed()) this.#undo(version, compacted); // K2
    this.#revision = revision;
  }

  /** Whether what `transaction` looks at was decided after `durable`. */
  isPending({ conditions, operations }: Transaction, durable: Revision): boolean {
    if (this.#revision === durable) return false;
    const pending = ({ key }: { readonly key: string }): boolean =>
      (this.index.get(key)?.latest.revision ?? noRevision) > durable;
    return conditions.some(pending) || operations.some(pending);
  }

  /** Starts from what a journal held, in order. Calls `visit` for each. To be called once, first. */
  recover(found: Iterable<RecoveredVersion>, visit: (version: Version) => void): void {
    this.index.addAll((add) => {
      for (const fields of found) {
        const slot = this.index.get(fields.key);
        visit(slot ? this.#append(slot, fields) : this.#create(fields.key, fields, add));
      }
    });
  }

  #write(operation: Operation, revision: Revision, index: number): Version | undefined {
    const { key } = operation;
    const slot = this.index.get(key);
    const current = decided(slot);
    const isPut = operation.kind === 'put';
    if (!isPut && !current) return undefined;
    const createRevision = isPut ? (current?.createRevision ?? revision) : noRevision;
    const lease = isPut ? operation.lease : undefined;
    const value = isPut ? operation.value : undefined;
    const fields = { revision, index, createRevision, lease, value };
    return slot
      ? this.#append(slot, fields)
      : this.#create(key, fields, (created) => this.index.add(created));
  }

  #append(slot: Slot, fields: Fields): Version {
    const { revision, index, createRevision, lease, value } = fields;
    const previous = slot.latest;
    const version = { slot, revision, index, createRevision, lease, previous, value };
    this.#setLatest(slot, version);
    return version;
  }

  #create(key: string, fields: Fields, add: (slot: Slot) => void): Version {
    const { revision, index, createRevision, lease, value } = fields;
    const slot = { key } as { key: string; latest: Version };
    const previous = undefined;
    const version: Version = { slot, revision, index, createRevision, lease, previous, value };
    slot.latest = version;
    add(slot);
    this.#leases.attach(version);
    return version;
  }

  #setLatest(slot: Slot, version: Version): void {
    this.#leases.detach(slot.latest);
    slot.latest = version;
    this.#leases.attach(version);
  }

  #undo(version: Version, compacted: Revision): void {
    const { slot, previous } = version;
    const isForgotten = previous && isDeletion(previous) && previous.revision <= compacted;
    if (previous && !isForgotten) {
      this.#setLatest(slot, previous);
      return;
    }
    this.#leases.detach(version);
    this.index.remove(slot);
  }
}
