/** Requests and answers of HTTP/1.1. */
import { type IncomingMessage, ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import type { TLSSocket } from 'node:tls';
import { readBody } from '../body-reader.ts';
import { chunksOf } from '../body-stream.ts';
import { valuesOf } from '../http2/node.ts';
import {
  type HttpBodyWriter,
  type HttpRequest,
  type HttpResponder,
  linesOf,
  type PeerIdentity,
  type Tunnel,
  type WebSocketPeer,
} from '../http.ts';
import type { PeerIdentities } from '../peer/node.ts';
import { readyForLong, tunnelOn } from '../tunnel/node.ts';
import { sendInPieces, type Turn, TurnWriter, wholeBodyMaxBytes } from '../turn-writer.ts';

type Headers = Readonly<Record<string, string | undefined>>;
const noBody = Promise.resolve(new Uint8Array(0));

export class Http1Request implements HttpRequest {
  readonly method: string;
  readonly url: string;
  readonly upgrade?: string;
  readonly #message: IncomingMessage;
  readonly #peers: PeerIdentities;
  #abort: AbortController | undefined;
  #closed = false;

  constructor(message: IncomingMessage, peers: PeerIdentities, upgrade?: string) {
    if (upgrade !== undefined) this.upgrade = upgrade;
    this.method = message.method ?? 'GET';
    this.url = message.url ?? '/';
    this.#message = message;
    this.#peers = peers;
  }

  /** Node joins repeats with commas, except for `set-cookie`, which no request carries. */
  get headers(): Headers {
    return this.#message.headers as Headers;
  }

  headerValues(name: string): readonly string[] {
    return valuesOf(this.#message.rawHeaders, name);
  }

  get remoteAddress(): string {
    return this.#message.socket.remoteAddress ?? '';
  }

  peer(): PeerIdentity | undefined {
    return this.#peers.of(this.#message.socket as TLSSocket);
  }

  body(maxBytes: number): Promise<Uint8Array> {
    return this.#isEmpty() ? noBody : readBody(this.#message, maxBytes);
  }

  chunks(): AsyncIterable<Uint8Array> | undefined {
    return this.#isEmpty() ? undefined : chunksOf(this.#message);
  }

  #isEmpty(): boolean {
    const { 'content-length': length, 'transfer-encoding': coding } = this.#message.headers;
    return length === '0' || (length === undefined && coding === undefined);
  }

  get signal(): AbortSignal {
    this.#abort ??= new AbortController();
    if (this.#closed) this.#abort.abort(new Error('the peer closed the connection'));
    return this.#abort.signal;
  }

  /** `answered`: whether the peer got its whole answer; then there is nothing left to save by stopping. */
  onClose(answered: boolean): void {
    if (answered) return;
    this.#closed = true;
    this.#abort?.abort(new Error('the peer closed the connection'));
  }
}

export class Http1Responder implements HttpResponder {
  readonly #message: IncomingMessage;
  readonly #response: ServerResponse;
  readonly #turn: Turn;
  #writer: TurnWriter | undefined;

  constructor(message: IncomingMessage, response: ServerResponse, turn: Turn) {
    this.#message = message;
    this.#response = response;
    this.#turn = turn;
  }

  send(status: number, headers: Headers, body: Uint8Array | string | undefined): void {
    const response = this.#response;
    if (response.destroyed || response.headersSent) return;
    response.writeHead(status, {
      ...linesOf(headers),
      ...(!forbidsLength(status) && {
        'content-length': body === undefined ? 0 : Buffer.byteLength(body),
      }),
      ...this.#unreadBody(),
    });
    if (typeof body === 'object' && body.byteLength > wholeBodyMaxBytes) {
      void sendInPieces(this.#writerTo(response), body);
    } else {
      response.end(body);
    }
  }

  stream(status: number, headers: Headers): HttpBodyWriter {
    const response = this.#response;
    const dead = response.destroyed || response.headersSent;
    if (!dead) {
      response.writeHead(status, { ...linesOf(headers), ...this.#unreadBody() });
      response.flushHeaders();
    }
    const writer = this.#writerTo(response);
    if (dead) writer.onClose();
    return writer;
  }

  #writerTo(response: ServerResponse): TurnWriter {
    const writer = new TurnWriter(
      {
        write: (bytes, onWritten) => response.write(bytes, onWritten),
        end: () => void response.end(),
        cut: () => void response.destroy(),
        bufferedBytes: () => response.writableLength,
      },
      this.#turn,
    );
    this.#writer = writer;
    response.on('drain', () => writer.onDrain());
    return writer;
  }

  onClose(): void {
    this.#writer?.onClose();
  }

  /**
   * A body that is still coming when the answer goes out was too large, or nobody knows how long it goes on: this connection ends
   * with the answer. One that nobody has begun to read node drops.
   */
  #unreadBody(): { connection?: 'close' } {
    const { complete, readableFlowing, readableDidRead } = this.#message;
    return !complete && (readableFlowing === true || readableDidRead)
      ? { connection: 'close' }
      : {};
  }
}

/** The socket of a request that asks for another protocol: node's server has let go of it. */
export interface LooseSocket {
  readonly socket: Socket;
  readonly head: Uint8Array;
  /** Called when the connection has left HTTP, with how to end it. */
  readonly onLeft: (end: () => void) => void;
}

/** Answers requests that ask for another protocol: with it, or as any other request, and then the connection ends. */
export class Http1Upgrader extends Http1Responder {
  readonly upgrade: (headers: Headers) => Tunnel;
  readonly webSocket: (protocol: string) => Promise<WebSocketPeer>;

  constructor(message: IncomingMessage, response: ServerResponse, turn: Turn, loose: LooseSocket) {
    super(message, response, turn);
    const { socket, head, onLeft } = loose;
    this.upgrade = (headers) => {
      if (!response.headersSent) {
        response.sendDate = false;
        response.writeHead(101, { ...linesOf(headers) });
        response.flushHeaders();
        response.detachSocket(socket);
      }
      const tunnel = tunnelOn(socket, head);
      onLeft(() => tunnel.end());
      return tunnel;
    };
    this.webSocket = async (protocol) => {
      // Loaded only now: most servers never need it.
      const { acceptWebSocket } = await import('../websocket/node.ts');
      try {
        const accepted = acceptWebSocket(message, socket, head, protocol);
        if (!accepted) return gonePeer();
        response.detachSocket(socket);
        readyForLong(socket);
        onLeft(accepted.goAway);
        return accepted.peer;
      } catch (error) {
        this.send(400, { 'content-type': 'text/plain; charset=utf-8' }, `${textOf(error)}\n`);
        return gonePeer();
      }
    };
  }
}

function textOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

/** Whoever went before anything was said. */
function gonePeer(): WebSocketPeer {
  return {
    messages: (async function* () {})(),
    send: () => Promise.reject(new Error('the peer closed the connection')),
    end: () => {},
    close: () => {},
  };
}

/** What node's server would have made, had it kept the socket. */
export function responseOn(message: IncomingMessage, socket: Socket): ServerResponse {
  const response = new ServerResponse(message);
  response.shouldKeepAlive = false;
  response.assignSocket(socket);
  socket.on('drain', () => response.emit('drain'));
  response.on('finish', () => {
    response.detachSocket(socket);
    socket.destroySoon();
  });
  return response;
}

function forbidsLength(status: number): boolean {
  return status === 204 || status === 304;
}
