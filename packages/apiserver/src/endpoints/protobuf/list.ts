/**
 * Lists in protobuf: the items' messages, one after the other, as they are kept. How long the whole is must be said before its first
 * byte, so that all items are encoded, or found, before anything leaves.
 */
import {
  encodeMessage,
  envelopeHead,
  envelopeTail,
  messageStart,
} from '@navarch/api/protobuf/envelope';
import { structOf } from '@navarch/api/schema/registry';
import type { JsonObject } from '@navarch/api/types/scalars';
import { limits } from '@navarch/runtime/limits';
import type { ListResult } from '../../registry/list.ts';
import type { TakeBuffer } from '../../request/request.ts';
import type { ListBody } from '../answer.ts';
import type { Call } from '../call.ts';
import { entryListBody, listMetaOf, type ListMeta } from '../list-body.ts';
import { encodeEntries, protobufSchema } from './encode.ts';

/** The fields of every list, and how they are tagged: metadata is 1, items are 2, both are messages. */
const metadataTag = 0x0a;
const itemTag = 0x12;

interface ListType {
  readonly kind: string;
  readonly apiVersion: string;
}

/** Bytes that hold an item's message from `start` on, but for the last `tail` bytes. */
interface Items {
  readonly encoded: readonly Uint8Array[];
  start(encoded: Uint8Array): number;
  readonly tail: number;
}

/** Of entries as they are stored. */
export async function entryList(call: Call, result: ListResult): Promise<ListBody> {
  const { resource } = call;
  const type = { kind: `${resource.definition.kind}List`, apiVersion: resource.apiVersion };
  const encoded = await encodeEntries(call, result.entries);
  const items = { encoded, start: messageStart, tail: envelopeTail.length };
  return {
    ...entryListBody(resource, result),
    chunks: (take) => chunksOf(type, listMetaOf(result), items, take),
  };
}

/** Any other list of objects: what it is made of has no bytes yet. */
export function encodeList(body: ListBody): ListBody {
  const list = body.value() as ListType & {
    readonly metadata: ListMeta;
    readonly items: readonly JsonObject[] | null;
  };
  const { kind, apiVersion, metadata } = list;
  const schema = protobufSchema({ apiVersion, kind: kind.slice(0, -'List'.length) });
  const encoded = (list.items ?? []).map((item) => encodeMessage(schema, item));
  const items = { encoded, start: () => 0, tail: 0 };
  return { ...body, chunks: (take) => chunksOf({ kind, apiVersion }, metadata, items, take) };
}

function* chunksOf(
  type: ListType,
  metadata: ListMeta,
  items: Items,
  take: TakeBuffer = (bytes) => Buffer.allocUnsafeSlow(bytes),
): Iterable<Uint8Array> {
  const meta = encodeMessage(structOf('meta/v1.ListMeta'), { ...metadata });
  const lengths = items.encoded.map((bytes) => bytes.length - items.start(bytes) - items.tail);
  let total = fieldLength(meta.length);
  for (const length of lengths) total += fieldLength(length);
  const head = envelopeHead(type, total);
  const rest = head.length + total + envelopeTail.length;
  const writer = new ChunkWriter(rest, take);
  writer.bytes(head);
  writer.field(metadataTag, meta, 0, meta.length);
  for (let index = 0; index < items.encoded.length; index++) {
    const bytes = items.encoded[index];
    const length = lengths[index] ?? 0;
    if (!bytes) continue;
    if (!writer.hasRoom(fieldLength(length))) yield writer.next(fieldLength(length));
    writer.field(itemTag, bytes, items.start(bytes), length);
  }
  if (!writer.hasRoom(envelopeTail.length)) yield writer.next(envelopeTail.length);
  writer.bytes(envelopeTail);
  yield writer.next(0);
}

function fieldLength(length: number): number {
  return 1 + varintLength(length) + length;
}

function varintLength(value: number): number {
  let length = 1;
  for (let rest = value; rest > 127; rest = Math.floor(rest / 128)) length++;
  return length;
}

/** Fills one piece of the answer after the other. */
class ChunkWriter {
  readonly #take: TakeBuffer;
  #chunk: Uint8Array;
  #at = 0;
  /** What is still to come, pieces that are full not counted. */
  #rest: number;

  constructor(total: number, take: TakeBuffer) {
    this.#take = take;
    this.#rest = total;
    this.#chunk = this.#allocate(0);
  }

  hasRoom(length: number): boolean {
    return this.#at + length <= this.#chunk.length;
  }

  /** The piece that is full; a new one has room for at least `length` bytes. */
  next(length: number): Uint8Array {
    const full = this.#chunk.subarray(0, this.#at);
    this.#rest -= this.#at;
    this.#at = 0;
    this.#chunk = this.#allocate(length);
    return full;
  }

  bytes(bytes: Uint8Array): void {
    this.#chunk.set(bytes, this.#at);
    this.#at += bytes.length;
  }

  field(tag: number, bytes: Uint8Array, start: number, length: number): void {
    const chunk = this.#chunk;
    chunk[this.#at++] = tag;
    let left = length;
    for (; left > 127; left = Math.floor(left / 128)) chunk[this.#at++] = (left & 127) | 128;
    chunk[this.#at++] = left;
    const whole = start === 0 && length === bytes.length;
    chunk.set(whole ? bytes : bytes.subarray(start, start + length), this.#at);
    this.#at += length;
  }

  /** Short lists do not need a whole piece. */
  #allocate(least: number): Uint8Array {
    const size = Math.max(Math.min(limits.responseChunkBytes, this.#rest), least);
    return this.#take(size);
  }
}
