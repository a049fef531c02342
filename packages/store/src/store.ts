/**
 * A multi-version key-value store: etcd's model. Every implementation passes `contract.ts`.
 *
 * It knows keys, bytes and revisions; what they mean is its caller's business. One revision per transaction, for the whole store.
 */

/** A point in the store's history. 0 is "before everything"; the first transaction makes 2, as in etcd. */
export type Revision = number & { readonly _brand: 'Revision' };
export type LeaseId = number & { readonly _brand: 'LeaseId' };

export interface Entry {
  readonly key: string;
  /** Never changed after it is handed over, in either direction. */
  readonly value: Uint8Array;
  readonly createRevision: Revision;
  readonly modRevision: Revision;
  readonly lease?: LeaseId;
}

/** All keys k with start <= k < end, in the order of their UTF-8 bytes. */
export interface KeyRange {
  readonly start: string;
  readonly end: string;
}

export interface RangeOptions {
  /** The latest when omitted. */
  readonly revision?: Revision;
  readonly limit?: number;
}

export interface RangeResult {
  readonly entries: readonly Entry[];
  /** The revision that was read. */
  readonly revision: Revision;
  /** Whether entries remain past `limit`. */
  readonly more: boolean;
}

/** Holds when the key's latest modification is `modRevision`; 0 means that the key must not exist. */
export interface Condition {
  readonly key: string;
  readonly modRevision: Revision;
}

export type Operation =
  | {
      readonly kind: 'put';
      readonly key: string;
      readonly value: Uint8Array;
      readonly lease?: LeaseId;
    }
  | { readonly kind: 'delete'; readonly key: string };

/** All operations or none, at one new revision; none when any condition fails. At most one operation per key. */
export interface Transaction {
  readonly conditions: readonly Condition[];
  readonly operations: readonly Operation[];
}

export type Outcome =
  | { readonly succeeded: true; readonly revision: Revision }
  | {
      readonly succeeded: false;
      readonly revision: Revision;
      /** What each condition's key holds instead, in the order of the conditions. */
      readonly current: readonly (Entry | undefined)[];
    };

export interface Change {
  readonly kind: 'put' | 'delete';
  readonly key: string;
  /** The new entry of a put; the last entry of a deleted key. */
  readonly entry: Entry;
  /** What a put replaced; undefined when it created the key. */
  readonly previous?: Entry;
  readonly revision: Revision;
}

export interface WatchListener {
  /** Whole revisions, in order, without gap or repeat. Must not throw. */
  onChanges(changes: readonly Change[]): void;
  /** Everything up to `revision` has been delivered, though nothing may have matched. */
  onProgress?(revision: Revision): void;
  /** Called once, when the watch cannot go on: `Compacted`, `StoreFailed` or `StoreClosed`. */
  onEnd(error: Error): void;
}

export interface Subscription {
  stop(): void;
}

export interface Store {
  /** The latest durable revision. */
  revision(): Revision;
  /** Reads a durable state. Throws `Compacted` when the revision is gone, `FutureRevision` when it has not happened. */
  range(range: KeyRange, options?: RangeOptions): Promise<RangeResult>;
  /**
   * Resolves once durable. Rejects with `LimitExceeded`, `StoreFailed` (disk full, I/O error: nothing of it was done).
   *
   * An embedded engine decides at once: it calls `onDecided` before this method returns, checking conditions against all earlier
   * transactions whether durable yet or not, and no success is durable before the successes it was decided upon. Others call it
   * just before resolving. Changes reach watchers when durable, and before this promise resolves.
   */
  transact(transaction: Transaction, onDecided?: (outcome: Outcome) => void): Promise<Outcome>;
  /** Every change after `after`. An embedded engine delivers what is already there before this method returns. */
  watch(range: KeyRange, after: Revision, listener: WatchListener): Subscription;
  /** Forgets history at or before `revision`, keeping each key's latest value. */
  compact(revision: Revision): Promise<void>;
  /** A lease's keys are deleted when it is not kept alive for `ttlSeconds`. */
  grantLease(ttlSeconds: number): Promise<LeaseId>;
  keepLeaseAlive(lease: LeaseId): Promise<void>;
  revokeLease(lease: LeaseId): Promise<void>;
  /** Why writes fail at present: what the last one was refused by, such as a full disk. Undefined when they do not. */
  problem(): string | undefined;
  /** Bytes on disk (or in memory) that the store uses, for metrics. */
  sizeBytes(): number;
  /** Makes what is decided durable, ends watches with `StoreClosed`, releases the files. */
  close(): Promise<void>;
}

export class Compacted extends Error {
  /** The oldest revision that can still be read. */
  readonly compacted: Revision;
  constructor(compacted: Revision) {
    super(`revision ${compacted} and before have been compacted`);
    this.compacted = compacted;
  }
}
export class FutureRevision extends Error {
  readonly current: Revision;
  constructor(current: Revision) {
    super(`the store is at revision ${current}`);
    this.current = current;
  }
}
export class LimitExceeded extends Error {}
export class LeaseNotFound extends Error {}
/** The disk refused a write. The store keeps answering reads; writes are tried again. */
export class StoreFailed extends Error {}
export class StoreClosed extends Error {}
/** Another process has the store open. */
export class StoreLocked extends Error {
  readonly pid: number;
  constructor(file: string, pid: number) {
    super(`the store is in use by process ${pid} (${file})`);
    this.pid = pid;
  }
}
/** What is on the disk is not what was written. It is never served; restore a backup. */
export class CorruptStore extends Error {
  readonly file: string;
  constructor(file: string, problem: string) {
    super(`${file} cannot be used: ${problem}`);
    this.file = file;
  }
}

export const noRevision = 0 as Revision;

/** All keys that begin with `prefix`. */
export function prefixRange(prefix: string): KeyRange {
  const last = prefix.charCodeAt(prefix.length - 1);
  return { start: prefix, end: prefix.slice(0, -1) + String.fromCharCode(last + 1) };
}

export function keyRange(key: string): KeyRange {
  return { start: key, end: `${key}\0` };
}
