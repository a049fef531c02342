/**
 * The journal in lmdb: one lmdb transaction per batch, synced to the disk before it counts.
 *
 * Invariants: J1 a batch is one lmdb transaction, so a process that dies leaves all of it or none. J2 `commit` resolves after lmdb has
 * synced the data and then the meta page (never lmdb's overlapping sync, where visible comes before durable). J3 after a failed
 * commit lmdb's write thread is not trusted: batches are written from this thread, where every error is an exception, until one
 * succeeds; and lmdb is opened anew when it says that it cannot go on.
 */
import { statSync } from 'node:fs';
import path from 'node:path';
import { crc32 } from 'node:zlib';
import { errorText } from '@navarch/runtime/log';
import { open, type RootDatabase } from 'lmdb';
import type { Batch, Journal } from '../embedded/journal.ts';
import type { Version } from '../embedded/version.ts';
import { CorruptStore, StoreFailed, StoreLocked } from '../store.ts';
import {
  encodeLease,
  encodeState,
  encodeVersion,
  formatVersion,
  isIntact,
  keyBytes,
  keyType,
  positionOf,
  seal,
  valueStart,
  versionBytes,
  writeKey,
} from './record.ts';

export const dataFileName = 'data.mdb';

/** Address space, not memory or disk: larger than any cluster's state, so that nobody has to think of it. */
const mapBytes = 2 ** 40;

/** What the buffer for a batch shrinks back to. */
const arenaBytes = 256 * 1024;

type Database = RootDatabase<Buffer, Buffer>;

export class LmdbJournal implements Journal {
  readonly keepsValues = true;
  readonly #directory: string;
  readonly #file: string;
  readonly #onClosed: () => void;
  #database: Database;
  #isTrusted = true; // J3
  /** Holds the records of the batch that is being committed; there is only one. */
  #arena = Buffer.allocUnsafeSlow(arenaBytes);
  #arenaUsed = 0;
  readonly #key = Buffer.alloc(keyBytes);

  constructor(directory: string, onClosed: () => void) {
    this.#directory = directory;
    this.#file = path.join(directory, dataFileName);
    this.#onClosed = onClosed;
    this.#database = openDatabase(directory);
  }

  async commit(batch: Batch): Promise<void> {
    this.#reserve(batch);
    try {
      if (this.#isTrusted) await this.#database.batch(() => this.#write(batch)); // J1, J2
      else this.#database.transactionSync(() => this.#write(batch));
      this.#isTrusted = true;
    } catch (error) {
      const cause = await causeOf(error);
      await this.#distrust(cause);
      throw new StoreFailed(`the store could not be written: ${errorText(cause)}`, { cause });
    }
  }

  /**
   * Throws `StoreLocked` when another process has the file open. The lock in the directory cannot see processes of other pid
   * namespaces, as those of containers; the kernel keeps lmdb's locks for all.
   */
  checkAlone(): void {
    this.#database.useReadTransaction().done(); // Registers us with lmdb, before we look: see D1 in lock-node.ts.
    this.#database.readerCheck();
    const pids = this.#database.readerList().matchAll(/^\s*(\d+) /gm);
    const other = [...pids].map(([, pid]) => Number(pid)).find((pid) => pid !== process.pid);
    if (other !== undefined) throw new StoreLocked(this.#file, other);
  }

  read(version: Version): Uint8Array {
    const key = writeKey(this.#key, keyType.version, positionOf(version));
    const found = this.#database.getBinaryFast(key);
    if (!found) throw new CorruptStore(this.#file, `revision ${version.revision} is missing`);
    const record = found.subarray(0, found.length); // lmdb's buffer is longer than it says.
    if (!isIntact(record, key, crc32))
      throw new CorruptStore(this.#file, `revision ${version.revision} fails its checksum`);
    return Buffer.from(record.subarray(valueStart(record)));
  }

  sizeBytes(): number {
    return statSync(this.#file).size;
  }

  async close(): Promise<void> {
    await this.#database.close();
    this.#onClosed();
  }

  #write({ writes, removals, leases, compacted }: Batch): void {
    for (const version of writes) this.#writeVersion(version);
    for (const version of removals)
      void this.#database.remove(writeKey(this.#key, keyType.version, positionOf(version)));
    for (const { lease, ttlSeconds } of leases) {
      writeKey(this.#key, keyType.lease, lease);
      if (ttlSeconds === undefined) void this.#database.remove(this.#key);
      else this.#put(encodeLease(this.#free(), ttlSeconds));
    }
    if (compacted === undefined) return;
    writeKey(this.#key, keyType.state, 0);
    this.#put(encodeState(this.#free(), { format: formatVersion, compacted }));
  }

  #writeVersion(version: Version): void {
    writeKey(this.#key, keyType.version, positionOf(version));
    this.#put(encodeVersion(this.#free(), version.slot.key, version.value, version));
  }

  /** Puts a record, which lies at the start of the free part of the arena, under the current key. */
  #put(record: Buffer): void {
    seal(record, this.#key, crc32);
    this.#arenaUsed += record.length;
    void this.#database.put(this.#key, record);
  }

  #free(): Buffer {
    return this.#arena.subarray(this.#arenaUsed);
  }

  /** Makes the arena large enough, and small again after a large batch. */
  #reserve({ writes, leases }: Batch): void {
    let bytes = 16 * (leases.length + 1);
    for (const { slot, value } of writes) bytes += versionBytes(slot.key, value);
    const wanted = Math.max(arenaBytes, 2 ** Math.ceil(Math.log2(bytes)));
    const isFar = this.#arena.length < bytes || this.#arena.length > 4 * wanted;
    if (isFar) this.#arena = Buffer.allocUnsafeSlow(wanted);
    this.#arenaUsed = 0;
  }

  async #distrust(cause: unknown): Promise<void> {
    this.#isTrusted = false;
    if (!/MDB_PANIC|MDB_BAD_TXN/.test(errorText(cause))) return;
    await this.#database.close();
    this.#database = openDatabase(this.#directory);
  }
}

function openDatabase(directory: string): Database {
  return open<Buffer, Buffer>({
    path: directory,
    noSubdir: false,
    encoding: 'binary',
    keyEncoding: 'binary',
    mapSize: mapBytes,
    maxDbs: 1,
    overlappingSync: false, // J2
  });
}

/** lmdb rejects a failed commit with a general error, and that error's `commitError` with the cause. */
async function causeOf(error: unknown): Promise<unknown> {
  const commitError = (error as { commitError?: Promise<never> }).commitError;
  if (!commitError) return error;
  return commitError.catch((cause: unknown) => cause);
}
