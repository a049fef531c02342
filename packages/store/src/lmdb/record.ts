/**
 * What the engine writes into lmdb: the on-disk format, documented in the README. Pure.
 *
 * A key is a type byte and a number. Every record begins with a checksum over its key and the rest of it, so a record that is torn,
 * altered or found under another key is known for what it is.
 */
import type { RecoveredVersion } from '../embedded/journal.ts';
import type { LeaseId, Revision } from '../store.ts';

export const formatVersion = 1;

/** CRC-32 as in zlib: of `bytes`, going on from `seed`. */
export type Checksum = (bytes: Uint8Array, seed?: number) => number;

export const keyBytes = 9;
export const keyType = { state: 0, lease: 1, version: 2 } as const;
export type KeyType = (typeof keyType)[keyof typeof keyType];

/** Puts a transaction's changes next to each other, in order; below 2^53 for the first 2^44 revisions. */
const changesPerRevision = 512;

export interface VersionPosition {
  readonly revision: Revision;
  readonly index: number;
}

export function positionOf({ revision, index }: VersionPosition): number {
  return revision * changesPerRevision + index;
}

export function positionFrom(position: number): VersionPosition {
  const index = position % changesPerRevision;
  return { revision: ((position - index) / changesPerRevision) as Revision, index };
}

export function writeKey(target: Buffer, type: KeyType, value: number): Buffer {
  target[0] = type;
  target.writeUInt32BE(Math.floor(value / 2 ** 32), 1);
  target.writeUInt32BE(value % 2 ** 32, 5);
  return target;
}

export function readKey(key: Buffer): { readonly type: number; readonly value: number } {
  return { type: key[0] ?? 0, value: key.readUInt32BE(1) * 2 ** 32 + key.readUInt32BE(5) };
}

// A version: checksum u32, key length u16, two bytes unused, create revision u64, lease u64, key, value.
const versionHeaderBytes = 24;
export const leaseBytes = 16;
export const stateBytes = 24;

export interface VersionFields {
  readonly createRevision: Revision;
  readonly lease: LeaseId | undefined;
}

export function versionBytes(key: string, value: Uint8Array | undefined): number {
  return versionHeaderBytes + Buffer.byteLength(key) + (value?.length ?? 0);
}

/** Writes a version at the start of `target`; returns the part written, still without its checksum. */
export function encodeVersion(
  target: Buffer,
  key: string,
  value: Uint8Array | undefined,
  fields: VersionFields,
): Buffer {
  const valueStart = versionHeaderBytes + target.write(key, versionHeaderBytes);
  target.writeUInt16LE(valueStart - versionHeaderBytes, 4);
  target.writeUInt16LE(0, 6);
  writeU64(target, 8, fields.createRevision);
  writeU64(target, 16, fields.lease ?? 0);
  if (value) target.set(value, valueStart);
  return target.subarray(0, valueStart + (value?.length ?? 0));
}

export function decodeVersion(record: Buffer, position: number): RecoveredVersion {
  const { revision, index } = positionFrom(position);
  const createRevision = readU64(record, 8) as Revision;
  const held = readU64(record, 16);
  const lease = held === 0 ? undefined : (held as LeaseId);
  const key = record.toString('utf8', versionHeaderBytes, valueStart(record));
  return { key, revision, index, createRevision, lease };
}

/** Where in a version's record its value starts. */
export function valueStart(record: Buffer): number {
  return versionHeaderBytes + record.readUInt16LE(4);
}

// A lease: checksum u32, four bytes unused, seconds to live f64.
export function encodeLease(target: Buffer, ttlSeconds: number): Buffer {
  target.writeUInt32LE(0, 4);
  target.writeDoubleLE(ttlSeconds, 8);
  return target.subarray(0, leaseBytes);
}

export function decodeLease(record: Buffer): number {
  return record.readDoubleLE(8);
}

// The state: checksum u32, format version u32, compacted revision u64, bytes of the file u64.
export interface State {
  readonly format: number;
  readonly compacted: Revision;
  /** The file is at least this long, unless it was cut. */
  readonly fileBytes: number;
}

export function encodeState(target: Buffer, { format, compacted, fileBytes }: State): Buffer {
  target.writeUInt32LE(format, 4);
  writeU64(target, 8, compacted);
  writeU64(target, 16, fileBytes);
  return target.subarray(0, stateBytes);
}

export function decodeState(record: Buffer): State {
  return {
    format: record.readUInt32LE(4),
    compacted: readU64(record, 8) as Revision,
    fileBytes: readU64(record, 16),
  };
}

export function seal(record: Buffer, key: Buffer, checksum: Checksum): void {
  record.writeUInt32LE(checksum(record.subarray(4), checksum(key)), 0);
}

export function isIntact(record: Buffer, key: Buffer, checksum: Checksum): boolean {
  return (
    record.length >= leastBytes(key) &&
    record.readUInt32LE(0) === checksum(record.subarray(4), checksum(key))
  );
}

function leastBytes(key: Buffer): number {
  if (key[0] === keyType.version) return versionHeaderBytes;
  return key[0] === keyType.lease ? leaseBytes : stateBytes;
}

function writeU64(target: Buffer, offset: number, value: number): void {
  target.writeUInt32LE(value % 2 ** 32, offset);
  target.writeUInt32LE(Math.floor(value / 2 ** 32), offset + 4);
}

export function readU64(source: Buffer, offset: number): number {
  return source.readUInt32LE(offset) + source.readUInt32LE(offset + 4) * 2 ** 32;
}
