/** Requests and answers on an HTTP/2 stream, through the stream interface: node's request and response objects cost too much. */
import { constants, type IncomingHttpHeaders, type ServerHttp2Stream } from 'node:http2';
import type { TLSSocket } from 'node:tls';
import { readBody } from '../body-reader.ts';
import { chunksOf } from '../body-stream.ts';
import {
  type HttpBodyWriter,
  type HttpRequest,
  type HttpResponder,
  linesOf,
  type PeerIdentity,
} from '../http.ts';
import type { PeerIdentities } from '../peer/node.ts';
import { sendInPieces, type Turn, TurnWriter, wholeBodyMaxBytes } from '../turn-writer.ts';

type Headers = Readonly<Record<string, string | undefined>>;
const endOfStreamFlag = 0x1;
const noBody = Promise.resolve(new Uint8Array(0));

export class Http2Request implements HttpRequest {
  readonly method: string;
  readonly url: string;
  readonly #headers: IncomingHttpHeaders;
  readonly #rawHeaders: readonly string[];
  readonly #stream: ServerHttp2Stream;
  readonly #peers: PeerIdentities;
  readonly #hasBody: boolean;
  #abort: AbortController | undefined;
  #closed = false;

  constructor(
    stream: ServerHttp2Stream,
    received: { headers: IncomingHttpHeaders; flags: number; rawHeaders: readonly string[] },
    peers: PeerIdentities,
  ) {
    this.method = received.headers[':method'] ?? 'GET';
    this.url = received.headers[':path'] ?? '/';
    this.#headers = received.headers;
    this.#rawHeaders = received.rawHeaders;
    this.#stream = stream;
    this.#peers = peers;
    this.#hasBody = (received.flags & endOfStreamFlag) === 0;
  }

  /** Node has already joined repeated headers; the pseudo headers stay in it and harm nobody. */
  get headers(): Headers {
    return this.#headers as Headers;
  }

  headerValues(name: string): readonly string[] {
    return valuesOf(this.#rawHeaders, name);
  }

  get remoteAddress(): string {
    return this.#stream.session?.socket.remoteAddress ?? '';
  }

  peer(): PeerIdentity | undefined {
    const socket = this.#stream.session?.socket;
    return socket ? this.#peers.of(socket as TLSSocket) : undefined;
  }

  body(maxBytes: number): Promise<Uint8Array> {
    return this.#hasBody ? readBody(this.#stream, maxBytes) : noBody;
  }

  chunks(): AsyncIterable<Uint8Array> | undefined {
    return this.#hasBody ? chunksOf(this.#stream) : undefined;
  }

  /** Made when first asked for: most requests are answered before anyone does. */
  get signal(): AbortSignal {
    this.#abort ??= new AbortController();
    if (this.#closed) this.#abort.abort(new Error('the peer closed the connection'));
    return this.#abort.signal;
  }

  /** Whoever still works for a peer that got its whole answer is not interrupted: there is nothing left to save. */
  onClose(): void {
    if (!this.#stream.aborted && this.#stream.rstCode === constants.NGHTTP2_NO_ERROR) return;
    this.#closed = true;
    this.#abort?.abort(new Error('the peer closed the connection'));
  }
}

export class Http2Responder implements HttpResponder {
  readonly #stream: ServerHttp2Stream;
  readonly #isHead: boolean;
  readonly #turn: Turn;
  #writer: TurnWriter | undefined;

  constructor(stream: ServerHttp2Stream, isHead: boolean, turn: Turn) {
    this.#stream = stream;
    this.#isHead = isHead;
    this.#turn = turn;
  }

  send(status: number, headers: Headers, body: Uint8Array | string | undefined): void {
    const stream = this.#stream;
    if (stream.destroyed || stream.headersSent) return;
    const length = body === undefined ? 0 : Buffer.byteLength(body);
    const sent = { ':status': status, ...linesOf(headers), 'content-length': length };
    if (length === 0 || this.#isHead) {
      stream.respond(sent, { endStream: true });
    } else {
      stream.respond(sent);
      if (length > wholeBodyMaxBytes && typeof body === 'object')
        void sendInPieces(this.#writerTo(stream), body);
      else stream.end(body);
    }
    refuseRest(stream);
  }

  stream(status: number, headers: Headers): HttpBodyWriter {
    const stream = this.#stream;
    const dead = stream.destroyed || stream.headersSent;
    if (!dead)
      stream.respond({ ':status': status, ...linesOf(headers) }, { endStream: this.#isHead });
    if (!dead) refuseRest(stream);
    const writer = this.#writerTo(stream);
    if (dead || this.#isHead) writer.onClose();
    return writer;
  }

  #writerTo(stream: ServerHttp2Stream): TurnWriter {
    const writer = new TurnWriter(
      {
        write: (bytes, onWritten) => stream.writable && stream.write(bytes, onWritten),
        end: () => void stream.end(),
        // Closing would end it first, and the peer would take what it has for the whole.
        cut: () => void stream.destroy(new Error('the answer is cut off')),
        bufferedBytes: () => stream.bufferSize,
      },
      this.#turn,
    );
    this.#writer = writer;
    stream.on('drain', () => writer.onDrain());
    return writer;
  }

  onClose(): void {
    this.#writer?.onClose();
  }
}

/** A body nobody read (refused, too large) must not hold the stream's window: the peer is told to stop sending. */
function refuseRest(stream: ServerHttp2Stream): void {
  if (stream.readableEnded || stream.endAfterHeaders) return;
  stream.once('finish', () => {
    if (!stream.readableEnded) stream.close(constants.NGHTTP2_NO_ERROR);
  });
}

/** All values of one header in node's flat list of names and values. */
export function valuesOf(rawHeaders: readonly string[], name: string): readonly string[] {
  const values: string[] = [];
  for (let i = 0; i + 1 < rawHeaders.length; i += 2) {
    const value = rawHeaders[i + 1];
    if (value !== undefined && rawHeaders[i]?.toLowerCase() === name) values.push(value);
  }
  return values;
}
