/**
 * SPDY/3's header blocks. Pure. What is written is not compressed: deflate allows blocks that are stored as they are, and the few short
 * headers of a stream are not worth the state. What is read is, by others, and needs `inflate/`.
 */
import { MalformedFrame } from './frames.ts';

/** Lower-case names. */
export type SpdyHeaders = Readonly<Record<string, string>>;

/** Begins the one zlib stream of all blocks that a side writes: no dictionary, fastest. */
const zlibHead = [0x78, 0x01] as const;
const storedMaxBytes = 0xffff;
/** A stored block of nothing: readers hand out what came before it without waiting for more. */
const flush = [0, 0, 0, 0xff, 0xff] as const;

/** `isFirst`: whether the connection has written no block before. */
export function writeHeaderBlock(headers: SpdyHeaders, isFirst: boolean): Uint8Array {
  const plain = plainBlock(headers);
  if (plain.byteLength > storedMaxBytes) throw new RangeError('more headers than a block can hold');
  const head = isFirst ? zlibHead : [];
  const block = new Uint8Array(head.length + 5 + plain.byteLength + flush.length);
  block.set(head);
  const view = new DataView(block.buffer, head.length);
  view.setUint8(0, 0); // A stored block, and not the last one.
  view.setUint16(1, plain.byteLength, true);
  view.setUint16(3, ~plain.byteLength & 0xffff, true);
  block.set(plain, head.length + 5);
  block.set(flush, head.length + 5 + plain.byteLength);
  return block;
}

function plainBlock(headers: SpdyHeaders): Uint8Array {
  const entries = Object.entries(headers);
  const texts = entries.flat().map((text) => new TextEncoder().encode(text));
  const length = texts.reduce((sum, { byteLength }) => sum + 4 + byteLength, 4);
  const block = new Uint8Array(length);
  const view = new DataView(block.buffer);
  view.setUint32(0, entries.length);
  let at = 4;
  for (const text of texts) {
    view.setUint32(at, text.byteLength);
    block.set(text, at + 4);
    at += 4 + text.byteLength;
  }
  return block;
}

/** `plain`: decompressed. Values that were repeated are joined by a comma and a space. */
export function readHeaderBlock(plain: Uint8Array): SpdyHeaders {
  const view = new DataView(plain.buffer, plain.byteOffset, plain.byteLength);
  let at = 0;
  const number = (): number => {
    if (at + 4 > plain.byteLength) throw new MalformedFrame('a header block is too short');
    at += 4;
    return view.getUint32(at - 4);
  };
  const text = (): string => {
    const length = number();
    if (at + length > plain.byteLength) throw new MalformedFrame('a header block is too short');
    at += length;
    return new TextDecoder().decode(plain.subarray(at - length, at));
  };
  const headers: Record<string, string> = {};
  for (let left = number(); left > 0; left--) {
    const name = text().toLowerCase();
    headers[name] = text().replaceAll('\0', ', ');
  }
  return headers;
}
