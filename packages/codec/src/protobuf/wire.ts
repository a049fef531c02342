/** The wire format of protobuf: protobufjs' minimal reader and writer, and the few words about it that our codecs need. */
import protobuf from 'protobufjs/minimal.js';
import { exactInteger } from '../json/exact-number.ts';

export type ProtobufReader = protobuf.Reader;
export type ProtobufWriter = protobuf.Writer;

export function readerOf(bytes: Uint8Array): ProtobufReader {
  return protobuf.Reader.create(bytes);
}

export function newWriter(): ProtobufWriter {
  return protobuf.Writer.create();
}

/** How a value is laid out: its low three bits of the tag. */
export const wireTypes = { varint: 0, fixed64: 1, delimited: 2 } as const;
export type WireType = (typeof wireTypes)[keyof typeof wireTypes];

export function tagOf(field: number, type: WireType): number {
  return (field << 3) | type;
}

/** A whole number of 64 bits with sign: a bigint beyond what a number holds exactly. */
export function readInt64(reader: ProtobufReader): number | bigint {
  const start = reader.pos;
  const value = Number(reader.int64());
  return Number.isSafeInteger(value) ? value : exactInteger(varintAt(reader.buf, start));
}

function varintAt(bytes: Uint8Array, start: number): bigint {
  let value = 0n;
  for (let at = start, shift = 0n; ; at++, shift += 7n) {
    const byte = bytes[at] ?? 0;
    value |= BigInt(byte & 0x7f) << shift;
    if (byte < 0x80) return BigInt.asIntN(64, value);
  }
}

export function writeInt64(writer: ProtobufWriter, value: number | bigint): void {
  if (typeof value === 'number') writer.int64(value);
  else writer.int64(halvesOf(value));
}

/** As the writer takes it where no library for such numbers is installed. */
function halvesOf(value: bigint): Pick<protobuf.Long, 'low' | 'high' | 'unsigned'> {
  const low = Number(BigInt.asIntN(32, value));
  const high = Number(BigInt.asIntN(32, value >> 32n));
  return { low, high, unsigned: false };
}

/** Bytes that are no message of the expected kind. */
export class ProtobufError extends Error {}
