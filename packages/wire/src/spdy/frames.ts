/**
 * SPDY/3.1's frames, as bytes and as values. Pure. Header blocks stay as they are: reading them takes the state of the whole connection.
 *
 * Data comes in the pieces in which it arrives, so that no frame is ever kept whole; control frames are, and are small.
 */

export type Frame =
  | {
      readonly kind: 'data';
      readonly stream: number;
      readonly bytes: Uint8Array;
      readonly fin: boolean;
    }
  | {
      readonly kind: 'open' | 'reply' | 'headers';
      readonly stream: number;
      readonly block: Uint8Array;
      readonly fin: boolean;
    }
  | { readonly kind: 'reset'; readonly stream: number; readonly status: number }
  | { readonly kind: 'ping'; readonly id: number }
  | { readonly kind: 'goAway' }
  /** Of no consequence: settings, windows (none of the peers that matter keep any), and what later versions may add. */
  | { readonly kind: 'other' };

export class MalformedFrame extends Error {}

const types = { open: 1, reply: 2, reset: 3, ping: 6, goAway: 7, headers: 8 } as const;
const version = 3;
const headBytes = 8;
const finFlag = 1;
/** Of a control frame. Headers are a few short names. */
const controlMaxBytes = 64 * 1024;
const dataMaxBytes = 0xff_ffff;

/** Cuts what arrives into frames. */
export class FrameReader {
  #kept: Uint8Array = new Uint8Array(0);
  /** The data frame whose bytes are arriving. */
  #data: { readonly stream: number; readonly fin: boolean; left: number } | undefined;

  /** Throws `MalformedFrame` when this is not SPDY. */
  read(chunk: Uint8Array): readonly Frame[] {
    let bytes = this.#kept.byteLength === 0 ? chunk : joined(this.#kept, chunk);
    const frames: Frame[] = [];
    for (;;) {
      const taken = this.#data ? this.#readData(bytes, frames) : this.#readHead(bytes, frames);
      if (taken === 0) break;
      bytes = bytes.subarray(taken);
    }
    this.#kept = bytes.slice();
    return frames;
  }

  /** How many bytes were used; 0 when there are not enough. */
  #readData(bytes: Uint8Array, frames: Frame[]): number {
    const data = this.#data;
    if (!data || bytes.byteLength === 0) return 0;
    const taken = Math.min(data.left, bytes.byteLength);
    data.left -= taken;
    const { stream, fin } = data;
    const isLast = data.left === 0;
    frames.push({ kind: 'data', stream, bytes: bytes.subarray(0, taken), fin: fin && isLast });
    if (isLast) this.#data = undefined;
    return taken;
  }

  #readHead(bytes: Uint8Array, frames: Frame[]): number {
    if (bytes.byteLength < headBytes) return 0;
    const view = viewOf(bytes);
    const first = view.getUint32(0);
    const flags = view.getUint8(4);
    const length = view.getUint32(4) & dataMaxBytes;
    if (first >>> 31 === 0) {
      const fin = (flags & finFlag) !== 0;
      if (length > 0) this.#data = { stream: first, fin, left: length };
      else frames.push({ kind: 'data', stream: first, bytes: new Uint8Array(0), fin });
      return headBytes;
    }
    if (first >>> 16 !== (0x8000 | version)) throw new MalformedFrame('not SPDY/3');
    if (length > controlMaxBytes) throw new MalformedFrame('a control frame is too large');
    if (bytes.byteLength < headBytes + length) return 0;
    const body = bytes.subarray(headBytes, headBytes + length);
    frames.push(controlFrame(first & 0xffff, flags, body));
    return headBytes + length;
  }
}

function controlFrame(type: number, flags: number, body: Uint8Array): Frame {
  const fin = (flags & finFlag) !== 0;
  const view = viewOf(body);
  const need = (bytes: number): void => {
    if (body.byteLength < bytes) throw new MalformedFrame('a control frame is too short');
  };
  switch (type) {
    case types.open:
      need(10);
      return { kind: 'open', stream: idAt(view, 0), block: body.subarray(10), fin };
    case types.reply:
    case types.headers:
      need(4);
      return {
        kind: type === types.reply ? 'reply' : 'headers',
        stream: idAt(view, 0),
        block: body.subarray(4),
        fin,
      };
    case types.reset:
      need(8);
      return { kind: 'reset', stream: idAt(view, 0), status: view.getUint32(4) };
    case types.ping:
      need(4);
      return { kind: 'ping', id: view.getUint32(0) };
    case types.goAway:
      return { kind: 'goAway' };
    default:
      return { kind: 'other' };
  }
}

function idAt(view: DataView, at: number): number {
  return view.getUint32(at) & 0x7fff_ffff;
}

/** `bytes` are not copied: both parts are written one after the other. */
export function dataFrame(
  stream: number,
  bytes: Uint8Array,
  fin: boolean,
): readonly [Uint8Array, Uint8Array] {
  if (bytes.byteLength > dataMaxBytes) throw new RangeError('more data than a frame can hold');
  const head = new Uint8Array(headBytes);
  const view = viewOf(head);
  view.setUint32(0, stream);
  view.setUint32(4, bytes.byteLength | (fin ? finFlag << 24 : 0));
  return [head, bytes];
}

export function openFrame(stream: number, block: Uint8Array): Uint8Array {
  return control(types.open, [stream, 0], new Uint8Array(2), block);
}

export function replyFrame(stream: number, block: Uint8Array): Uint8Array {
  return control(types.reply, [stream], block);
}

/** Why a stream is broken off. */
export const resetReasons = { protocolError: 1, refused: 3, cancel: 5 } as const;

export function resetFrame(stream: number, status: number): Uint8Array {
  return control(types.reset, [stream, status]);
}

export function pingFrame(id: number): Uint8Array {
  return control(types.ping, [id]);
}

function control(type: number, numbers: readonly number[], ...rest: Uint8Array[]): Uint8Array {
  const restBytes = rest.reduce((sum, piece) => sum + piece.byteLength, 0);
  const length = numbers.length * 4 + restBytes;
  const frame = new Uint8Array(headBytes + length);
  const view = viewOf(frame);
  view.setUint16(0, 0x8000 | version);
  view.setUint16(2, type);
  view.setUint32(4, length);
  let at = headBytes;
  for (const number of numbers) {
    view.setUint32(at, number);
    at += 4;
  }
  for (const piece of rest) {
    frame.set(piece, at);
    at += piece.byteLength;
  }
  return frame;
}

function viewOf(bytes: Uint8Array): DataView {
  return new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}

function joined(a: Uint8Array, b: Uint8Array): Uint8Array {
  const both = new Uint8Array(a.byteLength + b.byteLength);
  both.set(a);
  both.set(b, a.byteLength);
  return both;
}
