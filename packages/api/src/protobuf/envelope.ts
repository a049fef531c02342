/**
 * Objects in protobuf as they travel and are stored: four bytes that say so, then a message `runtime.Unknown` with the object's type and
 * its own message inside. Source: k8s.io/apimachinery/pkg/runtime/serializer/protobuf.
 */
import { newWriter, ProtobufError, readerOf, tagOf, wireTypes } from '@navarch/codec/protobuf/wire';
import type { StructSchema } from '../schema/schema.ts';
import type { JsonObject } from '../types/scalars.ts';
import { eachField } from './scalars.ts';
import { readMessage, writeMessage } from './message.ts';

export const protobufMediaType = 'application/vnd.kubernetes.protobuf';

/** `k8s` and a zero byte. */
const magic = Uint8Array.of(0x6b, 0x38, 0x73, 0x00);
const { delimited } = wireTypes;

export interface Enveloped {
  readonly apiVersion: string;
  readonly kind: string;
  /** The object's own message. */
  readonly raw: Uint8Array;
}

export function isEnveloped(bytes: Uint8Array): boolean {
  return bytes.length >= magic.length && magic.every((byte, index) => bytes[index] === byte);
}

/** Throws a ProtobufError when the bytes are none. */
export function openEnvelope(bytes: Uint8Array): Enveloped {
  if (!isEnveloped(bytes))
    throw new ProtobufError(
      'provided data does not appear to be a protobuf message, expected prefix [107 56 115 0]',
    );
  const reader = readerOf(bytes.subarray(magic.length));
  let apiVersion = '';
  let kind = '';
  let raw: Uint8Array = new Uint8Array();
  try {
    eachField(reader, (field) => {
      if (field === 1) {
        const type = readerOf(reader.bytes());
        eachField(type, (number) => {
          if (number === 1) apiVersion = type.string();
          else if (number === 2) kind = type.string();
          else return false;
          return true;
        });
      } else if (field === 2) raw = reader.bytes();
      else return false;
      return true;
    });
  } catch (error) {
    throw new ProtobufError('unexpected EOF', { cause: error });
  }
  return { apiVersion, kind, raw };
}

/** The object in its JSON form, as sent: decode it against the schema afterwards, which settles zero values and order. */
export function decodeProtobuf(
  schema: StructSchema,
  { apiVersion, kind, raw }: Enveloped,
): JsonObject {
  try {
    return { kind, apiVersion, ...readMessage(schema, readerOf(raw)) };
  } catch (error) {
    throw error instanceof ProtobufError
      ? error
      : new ProtobufError('unexpected EOF', { cause: error });
  }
}

/** `object` must fit its schema and carry its kind and apiVersion. */
export function encodeProtobuf(schema: StructSchema, object: JsonObject): Uint8Array {
  const message = encodeMessage(schema, object);
  const head = envelopeHead(
    { apiVersion: textOf(object['apiVersion']), kind: textOf(object['kind']) },
    message.length,
  );
  const bytes = new Uint8Array(head.length + message.length + envelopeTail.length);
  bytes.set(head);
  bytes.set(message, head.length);
  bytes.set(envelopeTail, head.length + message.length);
  return bytes;
}

/** The object's own message, with no envelope: what an object is inside another one, such as a list. */
export function encodeMessage(schema: StructSchema, object: JsonObject): Uint8Array {
  const writer = newWriter();
  writeMessage(schema, writer, object);
  return writer.finish();
}

/** What comes before a message of `messageBytes` bytes: for messages that are put together piece by piece. */
export function envelopeHead(
  { apiVersion, kind }: Omit<Enveloped, 'raw'>,
  messageBytes: number,
): Uint8Array {
  const writer = newWriter();
  writer.uint32(tagOf(1, delimited)).fork();
  writer.uint32(tagOf(1, delimited)).string(apiVersion);
  writer.uint32(tagOf(2, delimited)).string(kind);
  writer.ldelim();
  writer.uint32(tagOf(2, delimited)).uint32(messageBytes);
  const body = writer.finish();
  const bytes = new Uint8Array(magic.length + body.length);
  bytes.set(magic);
  bytes.set(body, magic.length);
  return bytes;
}

/** What comes after the message: a content encoding and a content type that nobody uses. */
export const envelopeTail: Uint8Array = newWriter()
  .uint32(tagOf(3, delimited))
  .string('')
  .uint32(tagOf(4, delimited))
  .string('')
  .finish();

/** Where the message begins in what `encodeProtobuf` made; it ends where the tail begins. */
export function messageStart(enveloped: Uint8Array): number {
  const typeLengthAt = magic.length + 1;
  const typeAt = afterVarint(enveloped, typeLengthAt);
  return afterVarint(enveloped, typeAt + readVarint(enveloped, typeLengthAt) + 1);
}

function afterVarint(bytes: Uint8Array, at: number): number {
  let end = at;
  while ((bytes[end] ?? 0) > 127) end++;
  return end + 1;
}

function readVarint(bytes: Uint8Array, at: number): number {
  let value = 0;
  const end = afterVarint(bytes, at);
  for (let index = end - 1; index >= at; index--) value = value * 128 + ((bytes[index] ?? 0) & 127);
  return value;
}

function textOf(value: unknown): string {
  return typeof value === 'string' ? value : '';
}
