/**
 * A SPDY/3.1 connection over a tunnel: streams of bytes in both directions, opened by either side. As much of the protocol as the peers
 * of Kubernetes use: they keep no windows, and so nobody does here.
 *
 * Invariants: P1 what one stream's reader leaves unread is bounded; then the whole connection waits. P2 when the connection ends, every
 * stream ends. P3 nothing is written to a stream before its opening was answered, nor after its end.
 */
import type { Tunnel } from '../http/http.ts';
import {
  dataFrame,
  type Frame,
  FrameReader,
  openFrame,
  pingFrame,
  replyFrame,
  resetFrame,
  resetReasons,
} from './frames.ts';
import { readHeaderBlock, type SpdyHeaders, writeHeaderBlock } from './header-block.ts';
import { ByteQueue } from './byte-queue.ts';

export interface SpdyStream {
  /** Of whoever opened it. */
  readonly headers: SpdyHeaders;
  /** What the peer writes. Can be read once; ends when the peer ends or breaks off the stream, or the connection ends. */
  readonly chunks: AsyncIterable<Uint8Array>;
  /** Resolves when more may be written; rejects when the connection is gone. */
  write(bytes: Uint8Array): Promise<void>;
  /** Nothing more will be written. */
  end(): Promise<void>;
  /** Nothing more will be written or read. */
  reset(): Promise<void>;
}

export interface SpdyOptions {
  /** Who asked for the connection opens streams with odd numbers. */
  readonly side: 'client' | 'server';
  /** See `inflate/`. */
  readonly inflate: (block: Uint8Array) => Promise<Uint8Array>;
  /** Called for each stream that the peer opens; refused without it. */
  readonly onStream?: (stream: SpdyStream) => void;
}

const streamsMax = 4_096;

export class SpdyConnection {
  readonly #tunnel: Tunnel;
  readonly #options: SpdyOptions;
  readonly #streams = new Map<number, Stream>();
  #nextId: number;
  #hasWrittenHeaders = false;
  /** Writes go one after the other: a frame is never cut in two by another. */
  #writing: Promise<void> = Promise.resolve();

  constructor(tunnel: Tunnel, options: SpdyOptions) {
    this.#tunnel = tunnel;
    this.#options = options;
    this.#nextId = options.side === 'client' ? 1 : 2;
  }

  /** Reads until the connection ends, well or not; never rejects. Without it nothing comes. */
  async run(): Promise<void> {
    const reader = new FrameReader();
    try {
      for await (const chunk of this.#tunnel.chunks) {
        for (const frame of reader.read(chunk)) await this.#take(frame);
      }
    } catch {
      this.#tunnel.close(); // The peer is gone, or speaks something else.
    }
    for (const stream of this.#streams.values()) stream.onGone(); // P2
    this.#streams.clear();
  }

  /** Resolves when the peer has accepted the stream; rejects when it did not. */
  async open(headers: SpdyHeaders): Promise<SpdyStream> {
    const id = this.#nextId;
    this.#nextId += 2;
    const stream = new Stream(id, headers, this.#port);
    this.#streams.set(id, stream);
    await this.#send(() => [openFrame(id, this.#block(headers))]);
    await stream.accepted; // P3
    return stream;
  }

  /** Closes once everything written has left. */
  async end(): Promise<void> {
    await this.#writing.catch(() => {});
    this.#tunnel.end();
  }

  /** What streams need of their connection. */
  readonly #port: StreamPort = {
    send: (id, bytes, fin) => this.#send(() => dataFrame(id, bytes, fin)),
    reset: (id) => this.#send(() => [resetFrame(id, resetReasons.cancel)]),
    forget: (id) => void this.#streams.delete(id),
  };

  /** Header blocks depend on their order: they are made when it is their turn. */
  #send(frames: () => readonly Uint8Array[]): Promise<void> {
    this.#writing = this.#writing.then(async () => {
      for (const piece of frames()) if (piece.byteLength > 0) await this.#tunnel.write(piece);
    });
    this.#writing.catch(() => {}); // Whoever wrote is told.
    return this.#writing;
  }

  #block(headers: SpdyHeaders): Uint8Array {
    const isFirst = !this.#hasWrittenHeaders;
    this.#hasWrittenHeaders = true;
    return writeHeaderBlock(headers, isFirst);
  }

  async #take(frame: Frame): Promise<void> {
    switch (frame.kind) {
      case 'data':
        return this.#streams.get(frame.stream)?.onData(frame.bytes, frame.fin);
      case 'open':
        return this.#opened(frame.stream, await this.#headersOf(frame.block), frame.fin);
      case 'reply':
      case 'headers':
        await this.#headersOf(frame.block);
        if (frame.kind === 'reply') this.#streams.get(frame.stream)?.onAccepted();
        if (frame.fin) await this.#streams.get(frame.stream)?.onData(new Uint8Array(0), true);
        return;
      case 'reset':
        this.#streams.get(frame.stream)?.onGone();
        this.#streams.delete(frame.stream);
        return;
      case 'ping': {
        const isTheirs = frame.id % 2 !== (this.#options.side === 'client' ? 1 : 0);
        return isTheirs ? this.#send(() => [pingFrame(frame.id)]) : undefined;
      }
      case 'goAway':
      case 'other':
        return;
      default:
        return frame satisfies never;
    }
  }

  async #headersOf(block: Uint8Array): Promise<SpdyHeaders> {
    return readHeaderBlock(await this.#options.inflate(block));
  }

  async #opened(id: number, headers: SpdyHeaders, fin: boolean): Promise<void> {
    const { onStream } = this.#options;
    if (!onStream || this.#streams.size >= streamsMax) {
      return this.#send(() => [resetFrame(id, resetReasons.refused)]);
    }
    const stream = new Stream(id, headers, this.#port);
    this.#streams.set(id, stream);
    await this.#send(() => [replyFrame(id, this.#block({}))]);
    stream.onAccepted();
    if (fin) await stream.onData(new Uint8Array(0), true);
    onStream(stream);
  }
}

interface StreamPort {
  send(id: number, bytes: Uint8Array, fin: boolean): Promise<void>;
  reset(id: number): Promise<void>;
  forget(id: number): void;
}

class Stream implements SpdyStream {
  readonly headers: SpdyHeaders;
  readonly #id: number;
  readonly #port: StreamPort;
  readonly #queue = new ByteQueue();
  readonly #answer = Promise.withResolvers<void>();
  #hasEnded = false;
  #hasPeerEnded = false;

  constructor(id: number, headers: SpdyHeaders, port: StreamPort) {
    this.#id = id;
    this.headers = headers;
    this.#port = port;
    this.#answer.promise.catch(() => {}); // Streams of the peer have nobody who waits for it.
  }

  get accepted(): Promise<void> {
    return this.#answer.promise;
  }

  get chunks(): AsyncIterable<Uint8Array> {
    return this.#queue;
  }

  write(bytes: Uint8Array): Promise<void> {
    if (this.#hasEnded) return Promise.reject(new Error('the stream has ended'));
    return this.#port.send(this.#id, bytes, false);
  }

  async end(): Promise<void> {
    if (this.#hasEnded) return;
    this.#hasEnded = true;
    this.#forgetIfOver();
    await this.#port.send(this.#id, new Uint8Array(0), true);
  }

  async reset(): Promise<void> {
    this.#hasEnded = true;
    this.onGone();
    this.#port.forget(this.#id);
    await this.#port.reset(this.#id);
  }

  onAccepted(): void {
    this.#answer.resolve();
  }

  async onData(bytes: Uint8Array, fin: boolean): Promise<void> {
    if (bytes.byteLength > 0) await this.#queue.put(bytes); // P1
    if (!fin) return;
    this.#hasPeerEnded = true;
    this.#queue.end();
    this.#forgetIfOver();
  }

  onGone(): void {
    this.#answer.reject(new Error('the peer broke the stream off'));
    this.#hasEnded = true;
    this.#queue.end();
  }

  #forgetIfOver(): void {
    if (this.#hasEnded && this.#hasPeerEnded) this.#port.forget(this.#id);
  }
}
