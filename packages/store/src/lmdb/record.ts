/**
 * What the engine writes into lmdb: the on-disk format, documented in the README. Pure.
 *
 * A key is a type and a number. Every record begins with a checksum that depends on its key, so a record that is torn, altered or
 * found under another key is known for what it is. Reading makes no garbage: a start reads everything.
 */
import type { LeaseChange, RecoveredVersion } from '../embedded/journal.ts';
import type { LeaseId, Revision } from '../store.ts';

export const formatVersion = 1;

/** CRC-32 as in zlib: of `bytes`, going on from `seed`. */
export type Checksum = (bytes: Uint8Array, seed: number) => number;

export const keyBytes = 8;
export const keyType = { state: 0, lease: 1, version: 2 } as const;
export type KeyType = (typeof keyType)[keyof typeof keyType];

/** A record where it was found, and its key as two numbers. */
export interface FoundRecord {
  readonly high: number;
  readonly low: number;
  readonly buffer: Buffer;
  readonly start: number;
  readonly end: number;
}

/** Puts a transaction's changes next to each other, in order; below 2^53 for the first 2^44 revisions. */
const changesPerRevision = 512;

export interface VersionPosition {
  readonly revision: Revision;
  readonly index: number;
}

export function positionOf({ revision, index }: VersionPosition): number {
  return revision * changesPerRevision + index;
}

/** The type in the first byte, the number in the other seven, so that keys are in the order of their numbers. */
export function writeKey(target: Buffer, type: KeyType, value: number): Buffer {
  target.writeUInt32BE(type * 2 ** 24 + Math.floor(value / 2 ** 32), 0);
  target.writeUInt32BE(value % 2 ** 32, 4);
  return target;
}

export function typeOf({ high }: FoundRecord): number {
  return high >>> 24;
}

function numberOf({ high, low }: FoundRecord): number {
  return (high & 0xffffff) * 2 ** 32 + low;
}

export function describeKey(found: FoundRecord): string {
  const number = numberOf(found);
  if (typeOf(found) !== keyType.version) return `type ${typeOf(found)}, number ${number}`;
  const index = number % changesPerRevision;
  return `revision ${(number - index) / changesPerRevision}, change ${index}`;
}

// A version: checksum u32, key length u16, two bytes unused, create revision u64, lease u64, key, value.
const versionHeaderBytes = 24;

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
  const valueAt = versionHeaderBytes + target.write(key, versionHeaderBytes);
  target.writeUInt16LE(valueAt - versionHeaderBytes, 4);
  target.writeUInt16LE(0, 6);
  writeU64(target, 8, fields.createRevision);
  writeU64(target, 16, fields.lease ?? 0);
  if (value) target.set(value, valueAt);
  return target.subarray(0, valueAt + (value?.length ?? 0));
}

export function decodeVersion(found: FoundRecord): RecoveredVersion {
  const { buffer, start } = found;
  const number = numberOf(found);
  const index = number % changesPerRevision;
  const revision = ((number - index) / changesPerRevision) as Revision;
  const createRevision = readU64(buffer, start + 8) as Revision;
  const held = readU64(buffer, start + 16);
  const lease = held === 0 ? undefined : (held as LeaseId);
  const key = buffer.toString('utf8', start + versionHeaderBytes, valueStart(found));
  return { key, revision, index, createRevision, lease };
}

/** Where in the buffer a version's value starts. */
export function valueStart({ buffer, start }: FoundRecord): number {
  return start + versionHeaderBytes + buffer.readUInt16LE(start + 4);
}

// A lease: checksum u32, four bytes unused, seconds to live f64.
export const leaseBytes = 16;

export function encodeLease(target: Buffer, ttlSeconds: number): Buffer {
  target.writeUInt32LE(0, 4);
  target.writeDoubleLE(ttlSeconds, 8);
  return target.subarray(0, leaseBytes);
}

export function decodeLease(found: FoundRecord): LeaseChange {
  const lease = numberOf(found) as LeaseId;
  return { lease, ttlSeconds: found.buffer.readDoubleLE(found.start + 8) };
}

// The state: checksum u32, format version u32, compacted revision u64, bytes of the file u64.
export const stateBytes = 24;

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

export function decodeState({ buffer, start }: FoundRecord): State {
  return {
    format: buffer.readUInt32LE(start + 4),
    compacted: readU64(buffer, start + 8) as Revision,
    fileBytes: readU64(buffer, start + 16),
  };
}

/** Writes the checksum of a record that is to be put under `key`. */
export function seal(record: Buffer, key: Buffer, checksum: Checksum): void {
  const seed = seedOf(key.readUInt32BE(0), key.readUInt32BE(4));
  record.writeUInt32LE(checksum(record.subarray(4), seed), 0);
}

export function isIntact(found: FoundRecord, checksum: Checksum): boolean {
  const { buffer, start, end, high, low } = found;
  if (end - start < leastBytes(typeOf(found))) return false;
  return (
    buffer.readUInt32LE(start) === checksum(buffer.subarray(start + 4, end), seedOf(high, low))
  );
}

/** Differs for any two keys with the same upper half, and for nearly all others. */
function seedOf(high: number, low: number): number {
  return (Math.imul(high, 2_654_435_761) + low) >>> 0;
}

function leastBytes(type: number): number {
  if (type === keyType.version) return versionHeaderBytes;
  return type === keyType.lease ? leaseBytes : stateBytes;
}

function writeU64(target: Buffer, offset: number, value: number): void {
  target.writeUInt32LE(value % 2 ** 32, offset);
  target.writeUInt32LE(Math.floor(value / 2 ** 32), offset + 4);
}

export function readU64(source: Buffer, offset: number): number {
  return source.readUInt32LE(offset) + source.readUInt32LE(offset + 4) * 2 ** 32;
}
