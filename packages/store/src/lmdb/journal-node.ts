/**
 * The journal in lmdb: one lmdb transaction per batch, its records encoded into one buffer.
 *
 * Invariants: J3 the space for a batch is there before lmdb writes it (room-node.ts). J4 the buffer is not touched while lmdb has it:
 * there is one batch at a time.
 */
import { statSync } from 'node:fs';
import path from 'node:path';
import { crc32 } from 'node:zlib';
import { errorText } from '@navarch/runtime/log';
import type { Batch, Journal, Recovered } from '../embedded/journal.ts';
import type { Version } from '../embedded/version.ts';
import { CorruptStore, noRevision, StoreFailed, StoreLocked } from '../store.ts';
import { RecordDatabase, type RecordWriter } from './database-node.ts';
import { pagesNeeded } from './page-need.ts';
import {
  encodeLease,
  encodeState,
  encodeVersion,
  formatVersion,
  isIntact,
  keyBytes,
  keyType,
  leaseBytes,
  positionOf,
  seal,
  type State,
  stateBytes,
  valueStart,
  versionBytes,
  writeKey,
} from './record.ts';
import { Room, transactionsToReuse } from './room-node.ts';

export const dataFileName = 'data.mdb';

/** What the buffer for a batch shrinks back to. */
const arenaBytes = 256 * 1024;

const emptyBatch: Batch = {
  revision: noRevision,
  writes: [],
  removals: [],
  leases: [],
  compacted: undefined,
};

export class LmdbJournal implements Journal {
  readonly keepsValues = true;
  readonly #file: string;
  readonly #onClosed: () => void;
  readonly #database: RecordDatabase;
  readonly #room: Room;
  #state: State = { format: formatVersion, compacted: noRevision, fileBytes: 0 };
  /** Holds the records of the batch that is being committed. */
  #arena = Buffer.allocUnsafeSlow(arenaBytes);
  #arenaUsed = 0;
  readonly #key = Buffer.alloc(keyBytes);

  constructor(directory: string, onClosed: () => void) {
    this.#file = path.join(directory, dataFileName);
    this.#onClosed = onClosed;
    this.#database = new RecordDatabase(directory);
    this.#room = new Room(this.#file, () => this.#database.pageCounts());
  }

  /** Throws `StoreLocked` when another process has the file open. */
  checkAlone(): void {
    const pid = this.#database.otherProcess();
    if (pid !== undefined) throw new StoreLocked(this.#file, pid);
  }

  /** Goes on where `recovered` ended, or makes an empty file a store. */
  async start(recovered: Recovered | undefined): Promise<void> {
    const compacted = recovered?.compacted ?? noRevision;
    this.#state = { ...this.#state, compacted };
    if (!recovered) await this.commit({ ...emptyBatch, compacted });
  }

  async commit(batch: Batch): Promise<void> {
    try {
      await this.#room.make(pagesNeeded(batch, this.#room.usage)); // J3
      const fileBytes = this.#room.endBytes;
      const compacted = batch.compacted ?? this.#state.compacted;
      const isNew = batch.compacted !== undefined || fileBytes !== this.#state.fileBytes;
      await this.#commit(batch, isNew ? { ...this.#state, compacted, fileBytes } : undefined);
      if (this.#room.isFull && batch.removals.length > 0) await this.#ageFreedPages();
    } catch (error) {
      const message = `the store could not be written: ${errorText(error)}`;
      throw new StoreFailed(message, { cause: error });
    }
  }

  read(version: Version): Uint8Array {
    const key = writeKey(this.#key, keyType.version, positionOf(version));
    const buffer = this.#database.get(key);
    if (!buffer) throw new CorruptStore(this.#file, `revision ${version.revision} is missing`);
    const [high, low] = [key.readUInt32BE(0), key.readUInt32BE(4)];
    const found = { high, low, buffer, start: 0, end: buffer.length };
    if (!isIntact(found, crc32))
      throw new CorruptStore(this.#file, `revision ${version.revision} fails its checksum`);
    return Buffer.from(buffer.subarray(valueStart(found)));
  }

  sizeBytes(): number {
    return statSync(this.#file).size;
  }

  async close(): Promise<void> {
    await this.#database.close();
    this.#room.close();
    this.#onClosed();
  }

  /** What was freed just now is used again after some transactions, and on a full disk nobody else could make those. */
  async #ageFreedPages(): Promise<void> {
    for (let i = 0; i < transactionsToReuse; i++) await this.#commit(emptyBatch, this.#state);
  }

  async #commit(batch: Batch, state: State | undefined): Promise<void> {
    this.#reserveArena(batch); // J4
    await this.#database.transact((writer) => {
      for (const version of batch.writes) this.#writeVersion(writer, version);
      for (const version of batch.removals)
        writer.remove(writeKey(this.#key, keyType.version, positionOf(version)));
      for (const { lease, ttlSeconds } of batch.leases) this.#writeLease(writer, lease, ttlSeconds);
      if (state) this.#writeState(writer, state);
    });
    this.#state = state ?? this.#state;
    this.#room.committed();
  }

  #writeVersion(writer: RecordWriter, version: Version): void {
    writeKey(this.#key, keyType.version, positionOf(version));
    this.#put(writer, encodeVersion(this.#free(), version.slot.key, version.value, version));
  }

  #writeLease(writer: RecordWriter, lease: number, ttlSeconds: number | undefined): void {
    writeKey(this.#key, keyType.lease, lease);
    if (ttlSeconds === undefined) writer.remove(this.#key);
    else this.#put(writer, encodeLease(this.#free(), ttlSeconds));
  }

  #writeState(writer: RecordWriter, state: State): void {
    writeKey(this.#key, keyType.state, 0);
    this.#put(writer, encodeState(this.#free(), state));
  }

  /** Puts a record, which lies at the start of the free part of the arena, under the current key. */
  #put(writer: RecordWriter, record: Buffer): void {
    seal(record, this.#key, crc32);
    this.#arenaUsed += record.length;
    writer.put(this.#key, record);
  }

  #free(): Buffer {
    return this.#arena.subarray(this.#arenaUsed);
  }

  /** Makes the arena large enough, and small again after a large batch. */
  #reserveArena({ writes, leases }: Batch): void {
    let bytes = stateBytes + leaseBytes * leases.length;
    for (const { slot, value } of writes) bytes += versionBytes(slot.key, value);
    const wanted = Math.max(arenaBytes, 2 ** Math.ceil(Math.log2(bytes)));
    const isFar = this.#arena.length < bytes || this.#arena.length > 4 * wanted;
    if (isFar) this.#arena = Buffer.allocUnsafeSlow(wanted);
    this.#arenaUsed = 0;
  }
}
