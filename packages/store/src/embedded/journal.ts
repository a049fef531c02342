/** Where an embedded engine's decisions become durable. */
import type { LeaseId, Revision } from '../store.ts';
import type { Version } from './version.ts';

export interface Journal {
  /** Makes all of it durable, or nothing. One call at a time. Rejects with `StoreFailed`. */
  commit(batch: Batch): Promise<void>;
  /** The bytes of a durable put. Throws `CorruptStore` rather than return wrong ones. */
  read(version: Version): Uint8Array;
  /** Whether `read` works: versions then drop their bytes once durable. */
  readonly keepsValues: boolean;
  sizeBytes(): number;
  close(): Promise<void>;
}

export interface Batch {
  /** The last revision once this is durable. */
  readonly revision: Revision;
  readonly writes: readonly Version[];
  /** Versions that compaction forgets. */
  readonly removals: readonly Version[];
  readonly leases: readonly LeaseChange[];
  /** Set when history up to it is being forgotten. */
  readonly compacted: Revision | undefined;
}

/** A lease that was granted, or, without a time to live, one that is gone. */
export interface LeaseChange {
  readonly lease: LeaseId;
  readonly ttlSeconds: number | undefined;
}

/** What a journal held when it was opened. */
export interface Recovered {
  readonly revision: Revision;
  readonly compacted: Revision;
  readonly leases: readonly LeaseChange[];
  /** In the order in which they were written. */
  readonly versions: Iterable<RecoveredVersion>;
}

export interface RecoveredVersion {
  readonly key: string;
  readonly revision: Revision;
  readonly index: number;
  readonly createRevision: Revision;
  readonly lease: LeaseId | undefined;
}
