/** The wire format of protobuf: protobufjs' minimal reader and writer, and the few words about it that our codecs need. */
import protobuf from 'protobufjs/minimal.js';

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

/** A whole number of 64 bits; exact up to 2^53, as numbers are in JSON here. */
export function readInt64(reader: ProtobufReader): number {
  return Number(reader.int64());
}

/** Bytes that are no message of the expected kind. */
export class ProtobufError extends Error {}
