/** Writes an answer: small ones at once, lists piece by piece as the client takes them, watches as events come. */
import type { HttpBodyWriter, HttpResponder } from '@navarch/wire/http/http';
import type { ApiBody, ApiResponse, WatchFrame, WatchSink } from '../request/request.ts';
import { ChunkBuffers } from './chunk-buffers.ts';

/** Smaller answers cost more to compress than to send; as upstream. */
const compressMinBytes = 128 * 1024;

/** With more than this still unsent when a watch ends, its peer has stopped reading. */
const abandonedMinBytes = 4 * 1024 * 1024;

export interface ResponseTools {
  /** Goes back to the client, so that both sides can speak about the same request. */
  readonly auditId: string;
  /** Compresses a stream of pieces, off the event loop. */
  readonly gzipPieces: (pieces: Iterable<Uint8Array>) => AsyncIterable<Uint8Array>;
  /** Aborted when the client is gone or the server stops. */
  readonly signal: () => AbortSignal;
  readonly acceptsGzip: boolean;
}

/** Resolves when the answer is written, or nobody is left to read it; for a watch, when it has begun; for a tunnel, when it has ended. */
export async function writeResponse(
  responder: HttpResponder,
  response: ApiResponse,
  tools: ResponseTools,
): Promise<void> {
  const { status, body } = response;
  const headers = {
    'audit-id': tools.auditId,
    'cache-control': 'no-cache, private',
    ...response.headers,
  };
  switch (body.kind) {
    case 'none':
      return responder.send(status, headers, undefined);
    case 'text':
      return responder.send(status, headers, body.text);
    case 'bytes':
      return sendBytes(responder, status, headers, body.bytes, tools);
    case 'object':
      return sendBytes(responder, status, headers, body.object.json(), tools);
    case 'list':
      return sendList(responder, status, headers, body, tools);
    case 'watch':
      return body.start(
        new HttpWatchSink(
          responder.stream(status, headers),
          tools.signal(),
          body.bytesOf ?? jsonOf,
        ),
      );
    case 'stream':
      return pump(responder.stream(status, headers), body.chunks);
    case 'tunnel':
      if (!responder.upgrade) throw cannotLeave();
      return body.run(responder.upgrade(response.headers));
    case 'webSocket':
      if (!responder.webSocket) throw cannotLeave();
      return body.run(await responder.webSocket(body.protocol));
  }
}

/** Whoever answers with a tunnel has looked at the request's `upgrade`. */
function cannotLeave(): Error {
  return new Error('a tunnel over a connection that cannot leave HTTP');
}

type Headers = Readonly<Record<string, string>>;

function sendBytes(
  responder: HttpResponder,
  status: number,
  headers: Headers,
  bytes: Uint8Array,
  tools: ResponseTools,
): Promise<void> | void {
  if (tools.acceptsGzip && bytes.byteLength >= compressMinBytes) {
    return pump(responder.stream(status, compressed(headers)), tools.gzipPieces([bytes]));
  }
  return responder.send(status, headers, bytes);
}

async function sendList(
  responder: HttpResponder,
  status: number,
  headers: Headers,
  list: Extract<ApiBody, { kind: 'list' }>,
  tools: ResponseTools,
): Promise<void> {
  const buffers = tools.acceptsGzip ? undefined : new ChunkBuffers();
  const iterator = list.chunks(buffers?.take)[Symbol.iterator]();
  const first = iterator.next();
  const second = iterator.next();
  if (second.done) return sendBytes(responder, status, headers, first.value ?? noBytes, tools);
  const all = resumed([first.value, second.value], iterator);
  if (tools.acceptsGzip) {
    return pump(responder.stream(status, compressed(headers)), tools.gzipPieces(all));
  }
  return pump(responder.stream(status, headers), all, buffers);
}

const noBytes = new Uint8Array(0);

function* resumed(
  seen: readonly Uint8Array[],
  rest: Iterator<Uint8Array>,
): Generator<Uint8Array, void> {
  yield* seen;
  for (let next = rest.next(); !next.done; next = rest.next()) yield next.value;
}

function compressed(headers: Headers): Headers {
  return { ...headers, 'content-encoding': 'gzip', vary: 'Accept-Encoding' };
}

/** Ends early, quietly, when the client goes; a source that fails cuts the answer off, so that nobody takes it for whole. */
async function pump(
  writer: HttpBodyWriter,
  chunks: Iterable<Uint8Array> | AsyncIterable<Uint8Array>,
  buffers?: ChunkBuffers,
): Promise<void> {
  try {
    for await (const chunk of chunks) {
      writer.write(chunk);
      if (!(await isThere(buffers ? writer.released() : writer.drained()))) return;
      buffers?.give(chunk);
    }
    writer.end();
  } catch (error) {
    writer.cut();
    throw error;
  }
}

/** False when nobody is left to read. */
function isThere(waiting: Promise<void>): Promise<boolean> {
  return waiting.then(
    () => true,
    () => false,
  );
}

const jsonOf = (frame: WatchFrame): Uint8Array => frame.json();

class HttpWatchSink implements WatchSink {
  readonly signal: AbortSignal;
  readonly #writer: HttpBodyWriter;
  readonly #bytesOf: (frame: WatchFrame) => Uint8Array;

  constructor(
    writer: HttpBodyWriter,
    signal: AbortSignal,
    bytesOf: (frame: WatchFrame) => Uint8Array,
  ) {
    this.#writer = writer;
    this.signal = signal;
    this.#bytesOf = bytesOf;
  }

  write(frames: readonly WatchFrame[]): void {
    for (const frame of frames) this.#writer.write(this.#bytesOf(frame));
  }

  /** What is buffered for a peer that does not read would stay for as long as the peer does: it gets no goodbye. */
  end(): void {
    if (this.#writer.bufferedBytes() > abandonedMinBytes) this.#writer.cut();
    else this.#writer.end();
  }

  bufferedBytes(): number {
    return this.#writer.bufferedBytes();
  }
}
