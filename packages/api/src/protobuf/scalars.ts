/**
 * Codecs of single values: how scalars are read and written in protobuf. Quantities, times and the like are small messages of their own.
 * Source: the generated.proto files of k8s.io/api and k8s.io/apimachinery.
 */
import { decodeBase64, encodeBase64 } from '@navarch/codec/base64';
import { decodeJson, encodeJson } from '@navarch/codec/json';
import {
  type ProtobufReader,
  type ProtobufWriter,
  readerOf,
  readInt64,
  tagOf,
  type WireType,
  wireTypes,
  writeInt64,
} from '@navarch/codec/protobuf/wire';
import { formatDuration, parseDuration } from '../duration.ts';
import type { ScalarSchema } from '../schema/schema.ts';
import { formatMicroTime, formatTime, parseTime } from '../time.ts';
import type { Int64, JsonValue } from '../types/scalars.ts';

export interface ValueCodec {
  readonly wire: WireType;
  /** After the tag. For delimited values the reader is limited to the value's own bytes. */
  read(reader: ProtobufReader): JsonValue;
  /** After the tag; delimited values write their length themselves. */
  write(writer: ProtobufWriter, value: JsonValue): void;
  /** What a field that always has a value writes when JSON has none. */
  readonly zero: JsonValue;
}

const { varint, fixed64, delimited } = wireTypes;

/** A value that is a message of its own. */
export function message(
  read: (reader: ProtobufReader) => JsonValue,
  write: (writer: ProtobufWriter, value: JsonValue) => void,
  zero: JsonValue,
): ValueCodec {
  return {
    wire: delimited,
    read: (reader) => read(readerOf(reader.bytes())),
    write: (writer, value) => {
      writer.fork();
      write(writer, value);
      writer.ldelim();
    },
    zero,
  };
}

/** Calls `take` for each field; it reads the value and says so, or the value is skipped. */
export function eachField(reader: ProtobufReader, take: (field: number) => boolean): void {
  while (reader.pos < reader.len) {
    const tag = reader.uint32();
    if (!take(tag >>> 3)) reader.skipType(tag & 7);
  }
}

const text = (value: JsonValue): string => (typeof value === 'string' ? value : '');
const number = (value: JsonValue): number => Number(integer(value));
const integer = (value: JsonValue): Int64 =>
  typeof value === 'number' || typeof value === 'bigint' ? value : 0;

export function scalarCodec({ type }: ScalarSchema): ValueCodec {
  switch (type) {
    case 'string':
      return {
        wire: delimited,
        read: (reader) => reader.string(),
        write: (writer, value) => void writer.string(text(value)),
        zero: '',
      };
    case 'boolean':
      return {
        wire: varint,
        read: (reader) => reader.bool(),
        write: (writer, value) => void writer.bool(value === true),
        zero: false,
      };
    case 'int32':
      return {
        wire: varint,
        read: (reader) => reader.int32(),
        write: (writer, value) => void writer.int32(number(value)),
        zero: 0,
      };
    case 'int64':
      return {
        wire: varint,
        read: readInt64,
        write: (writer, value) => writeInt64(writer, integer(value)),
        zero: 0,
      };
    case 'float64':
      return {
        wire: fixed64,
        read: (reader) => reader.double(),
        write: (writer, value) => void writer.double(number(value)),
        zero: 0,
      };
    case 'bytes':
      return {
        wire: delimited,
        read: (reader) => encodeBase64(reader.bytes()),
        write: (writer, value) => void writer.bytes(decodeBase64(text(value))),
        zero: '',
      };
    case 'quantity':
      return message(
        readQuantity,
        (writer, value) => void writer.uint32(tagOf(1, delimited)).string(quantityText(value)),
        '0',
      );
    case 'intOrString':
      return message(readIntOrString, writeIntOrString, 0);
    case 'time':
      return message((reader) => readTime(reader, formatTime), writeTime, null);
    case 'microTime':
      return message((reader) => readTime(reader, formatMicroTime), writeTime, null);
    case 'duration':
      return message(readDuration, writeDuration, '0s');
    case 'any':
    case 'rawExtension':
    case 'fieldsV1':
      return message(readRaw, writeRaw, null);
  }
}

function readQuantity(reader: ProtobufReader): JsonValue {
  let quantity = '0';
  eachField(reader, (field) => {
    if (field !== 1) return false;
    quantity = reader.string();
    return true;
  });
  return quantity;
}

function quantityText(value: JsonValue): string {
  if (typeof value === 'number' || typeof value === 'bigint') return String(value);
  return text(value) || '0';
}

const kindOfString = 1;

function readIntOrString(reader: ProtobufReader): JsonValue {
  let kind = 0;
  let whole = 0;
  let words = '';
  eachField(reader, (field) => {
    if (field === 1) kind = Number(readInt64(reader));
    else if (field === 2) whole = reader.int32();
    else if (field === 3) words = reader.string();
    else return false;
    return true;
  });
  return kind === kindOfString ? words : whole;
}

function writeIntOrString(writer: ProtobufWriter, value: JsonValue): void {
  const isText = typeof value === 'string';
  writer.uint32(tagOf(1, varint)).int64(isText ? kindOfString : 0);
  writer.uint32(tagOf(2, varint)).int32(number(value));
  writer.uint32(tagOf(3, delimited)).string(text(value));
}

/** No bytes at all mean the zero time. */
function readTime(
  reader: ProtobufReader,
  format: (ms: number, micros?: number) => string,
): JsonValue {
  if (reader.len === 0) return null;
  let seconds = 0;
  let nanos = 0;
  eachField(reader, (field) => {
    if (field === 1) seconds = Number(readInt64(reader));
    else if (field === 2) nanos = reader.int32();
    else return false;
    return true;
  });
  return format(seconds * 1000 + Math.floor(nanos / 1_000_000), Math.floor(nanos / 1000) % 1000);
}

function writeTime(writer: ProtobufWriter, value: JsonValue): void {
  if (typeof value !== 'string' || value === '') return;
  const ms = parseTime(value);
  const seconds = Math.floor(ms / 1000);
  // Upstream's machinery sends whole seconds for Time; MicroTime keeps its six digits.
  const fraction = /\.(\d{1,9})/.exec(value)?.[1] ?? '';
  writer.uint32(tagOf(1, varint)).int64(seconds);
  writer.uint32(tagOf(2, varint)).int32(Number(fraction.padEnd(9, '0')));
}

function readDuration(reader: ProtobufReader): JsonValue {
  let nanos = 0n;
  eachField(reader, (field) => {
    if (field !== 1) return false;
    nanos = BigInt(readInt64(reader));
    return true;
  });
  return formatDuration(nanos);
}

function writeDuration(writer: ProtobufWriter, value: JsonValue): void {
  writer.uint32(tagOf(1, varint)).int64(Number(parseDuration(text(value) || '0s')));
}

const utf8 = new TextEncoder();

/** JSON in bytes: `{ raw = 1 }`. */
function readRaw(reader: ProtobufReader): JsonValue {
  let value: JsonValue = null;
  eachField(reader, (field) => {
    if (field !== 1) return false;
    const raw = reader.string();
    if (raw !== '') value = decodeJson(raw) as JsonValue;
    return true;
  });
  return value;
}

function writeRaw(writer: ProtobufWriter, value: JsonValue): void {
  if (value !== null) writer.uint32(tagOf(1, delimited)).bytes(utf8.encode(encodeJson(value)));
}
