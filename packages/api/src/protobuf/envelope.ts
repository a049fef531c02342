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
  const writer = newWriter();
  const type = newWriter();
  type.uint32(tagOf(1, delimited)).string(textOf(object['apiVersion']));
  type.uint32(tagOf(2, delimited)).string(textOf(object['kind']));
  const message = newWriter();
  writeMessage(schema, message, object);
  writer.uint32(tagOf(1, delimited)).bytes(type.finish());
  writer.uint32(tagOf(2, delimited)).bytes(message.finish());
  writer.uint32(tagOf(3, delimited)).string('');
  writer.uint32(tagOf(4, delimited)).string('');
  const body = writer.finish();
  const bytes = new Uint8Array(magic.length + body.length);
  bytes.set(magic);
  bytes.set(body, magic.length);
  return bytes;
}

function textOf(value: unknown): string {
  return typeof value === 'string' ? value : '';
}
