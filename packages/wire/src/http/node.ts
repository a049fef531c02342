/**
 * An HTTPS server for HTTP/2 and HTTP/1.1 on one port, chosen by ALPN.
 *
 * Invariants: S1 no error of a socket, session or stream leaves this module. S2 after `stop` is called, no new request starts.
 * S3 `stop` resolves after the last connection is gone.
 */
import type { IncomingMessage, ServerResponse } from 'node:http';
import {
  createSecureServer,
  type Http2SecureServer,
  type IncomingHttpHeaders,
  type ServerHttp2Session,
  type ServerHttp2Stream,
} from 'node:http2';
import type { AddressInfo, Socket } from 'node:net';
import type { Clock } from '@navarch/runtime/clock';
import { Http1Request, Http1Responder, Http1Upgrader, responseOn } from './http1/node.ts';
import { breakWhenSilent } from './http2/health-node.ts';
import { Http2Request, Http2Responder } from './http2/node.ts';
import type { HttpServer, HttpServerOptions } from './http.ts';
import { PeerIdentities } from './peer/node.ts';
import { createTurn, type Turn } from './turn-writer.ts';

const headerMaxBytes = 1024 * 1024;
const streamsPerSessionMax = 1000;
/** What a session may buffer before it refuses new streams; slow watchers are cut off long before, by their own limit. */
const sessionMemoryMaxMb = 512;
const idleConnectionMs = 120_000;
const headersTimeoutMs = 32_000;
/** While stopping: how often HTTP/1.1 connections that have become idle are closed; they have no GOAWAY. */
const idleSweepMs = 20;

/** Resolves once the server listens; rejects when it cannot. */
export async function startHttpServer(options: HttpServerOptions): Promise<HttpServer> {
  const server = createSecureServer({
    allowHTTP1: true,
    minVersion: 'TLSv1.2',
    cert: options.certificate,
    key: options.key,
    ...(options.clientAuthorities !== undefined && {
      ca: options.clientAuthorities,
      requestCert: true,
      rejectUnauthorized: false, // The authenticator decides; many clients show a token instead.
    }),
    maxHeaderSize: headerMaxBytes,
    maxSessionMemory: sessionMemoryMaxMb,
    settings: {
      maxConcurrentStreams: streamsPerSessionMax,
      maxHeaderListSize: headerMaxBytes,
      initialWindowSize: 1024 * 1024,
    },
    headersTimeout: headersTimeoutMs,
    requestTimeout: 0, // Only for headers is there a limit: what is proxied may come for hours.
    keepAliveTimeout: idleConnectionMs,
  } as Parameters<typeof createSecureServer>[0]);
  const connections = new Connections(options.clock);
  const served: Served = {
    options,
    peers: new PeerIdentities(),
    turn: createTurn((run) => options.clock.soon(run)),
  };
  serveHttp2(server, served, connections);
  serveHttp1(server, served);
  serveUpgrades(server, served, connections);
  absorbErrors(server, options, connections);
  await listen(server, options);
  return {
    port: (server.address() as AddressInfo).port,
    useCertificate: (certificate, key) =>
      server.setSecureContext({
        cert: certificate,
        key,
        ...(options.clientAuthorities !== undefined && { ca: options.clientAuthorities }),
      }),
    stop: (graceMs) => connections.stop(server, graceMs),
  };
}

/** What both protocols serve with. */
interface Served {
  readonly options: HttpServerOptions;
  readonly peers: PeerIdentities;
  readonly turn: Turn;
}

function serveHttp2(
  server: Http2SecureServer,
  { options, peers, turn }: Served,
  connections: Connections,
): void {
  server.on('session', (session: ServerHttp2Session) => {
    connections.addSession(session);
    breakWhenSilent(session, options.silenceLimitMs);
  });
  server.on(
    'stream',
    (
      stream: ServerHttp2Stream,
      headers: IncomingHttpHeaders,
      flags: number,
      rawHeaders: readonly string[],
    ) => {
      const request = new Http2Request(stream, { headers, flags, rawHeaders }, peers);
      const responder = new Http2Responder(stream, request.method === 'HEAD', turn);
      stream.on('error', () => {}); // S1
      stream.on('close', () => {
        request.onClose();
        responder.onClose();
      });
      options.handler(request, responder);
    },
  );
}

function serveHttp1(server: Http2SecureServer, { options, peers, turn }: Served): void {
  // A 'request' listener makes node wrap HTTP/2 streams for it too, by this hook; ours are served as streams.
  server.removeAllListeners('newListener');
  server.on('request', (message: unknown, response: unknown) => {
    const received = message as IncomingMessage;
    const request = new Http1Request(received, peers);
    const answer = response as ServerResponse;
    const responder = new Http1Responder(received, answer, turn);
    received.on('error', () => {}); // S1
    answer.on('error', () => {});
    answer.on('close', () => {
      request.onClose(answer.writableFinished);
      responder.onClose();
    });
    options.handler(request, responder);
  });
}

/** Requests that ask for another protocol pass the same handler: whether they get it is its decision. */
function serveUpgrades(
  server: Http2SecureServer,
  { options, peers, turn }: Served,
  connections: Connections,
): void {
  // An option of node:http's servers, which node:http2's has without taking it from its options.
  Object.assign(server, { shouldUpgradeCallback: asksToLeave });
  server.on('upgrade', (message: IncomingMessage, socket: Socket, head: Uint8Array) => {
    socket.on('error', () => {}); // S1
    const request = new Http1Request(message, peers, message.headers.upgrade);
    const answer = responseOn(message, socket);
    answer.on('error', () => {});
    const onLeft = (end: () => void): void => connections.addLeft(end, socket);
    const responder = new Http1Upgrader(message, answer, turn, { socket, head, onLeft });
    socket.on('close', () => {
      request.onClose(answer.writableFinished);
      responder.onClose();
    });
    options.handler(request, responder);
  });
}

/**
 * Whether a request leaves node's HTTP server. A body would be lost with it: such a request is answered as if it had not asked, which
 * HTTP allows, and so is one that asks for HTTP/2 in clear text.
 */
function asksToLeave({ headers }: IncomingMessage): boolean {
  const hasBody =
    headers['transfer-encoding'] !== undefined || (headers['content-length'] ?? '0') !== '0';
  return !hasBody && !/^h2c?\b/iu.test(headers.upgrade ?? 'h2c');
}

/** S1: what goes wrong on one connection is the peer's business; it ends that connection. */
function absorbErrors(
  server: Http2SecureServer,
  options: HttpServerOptions,
  connections: Connections,
): void {
  server.on('connection', (socket: Socket) => {
    socket.setNoDelay(true); // Answers are whole writes: waiting to gather more only delays them.
    socket.on('error', () => {});
    connections.addSocket(socket);
  });
  server.on('secureConnection', (socket: Socket) => socket.on('error', () => {}));
  server.on('tlsClientError', (_error, socket: Socket) => socket.destroy());
  server.on('sessionError', () => {});
  server.on('unknownProtocol', (socket: Socket) => socket.destroy());
  server.on('clientError', (error: NodeJS.ErrnoException, socket: Socket) => {
    if (socket.writable) socket.end(refusalOf(error, options));
    else socket.destroy();
  });
}

/** What somebody reads whose message is not HTTP, or not as far as the parser knows. */
function refusalOf({ code }: NodeJS.ErrnoException, { unknownMethod }: HttpServerOptions): string {
  if (code !== 'HPE_INVALID_METHOD' || !unknownMethod) {
    return 'HTTP/1.1 400 Bad Request\r\nconnection: close\r\n\r\n';
  }
  const { contentType, body } = unknownMethod;
  return `HTTP/1.1 405 Method Not Allowed\r\ncontent-type: ${contentType}\r\ncontent-length: ${Buffer.byteLength(body)}\r\nconnection: close\r\n\r\n${body}`;
}

function listen(server: Http2SecureServer, options: HttpServerOptions): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen({ host: options.host, port: options.port, backlog: 1024 }, () => {
      server.off('error', reject);
      server.on('error', () => {}); // S1: running out of file descriptors must not end the process.
      resolve();
    });
  });
}

class Connections {
  readonly #sockets = new Set<Socket>();
  readonly #sessions = new Set<ServerHttp2Session>();
  /** How to end the connections that have left HTTP. */
  readonly #left = new Map<Socket, () => void>();
  readonly #clock: Clock;
  #stopping: Promise<void> | undefined;

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  addSocket(socket: Socket): void {
    if (this.#stopping) {
      socket.destroy(); // S2
      return;
    }
    this.#sockets.add(socket);
    socket.on('close', () => this.#sockets.delete(socket));
  }

  addSession(session: ServerHttp2Session): void {
    this.#sessions.add(session);
    session.on('error', () => {}); // S1
    session.on('close', () => this.#sessions.delete(session));
  }

  addLeft(end: () => void, socket: Socket): void {
    if (this.#stopping) {
      end();
      socket.destroySoon();
      return;
    }
    this.#left.set(socket, end);
    socket.on('close', () => this.#left.delete(socket));
  }

  stop(server: Http2SecureServer, graceMs: number): Promise<void> {
    this.#stopping ??= this.#stop(server, graceMs);
    return this.#stopping;
  }

  #stop(server: Http2SecureServer, graceMs: number): Promise<void> {
    return new Promise((resolve) => {
      const cut = this.#clock.after(graceMs, () => {
        for (const socket of this.#sockets) socket.destroy();
      });
      let closed = false;
      const sweep = (): void => {
        if (closed) return;
        closeIdleHttp1(server);
        this.#clock.after(idleSweepMs, sweep);
      };
      server.close(() => {
        closed = true;
        cut.cancel();
        resolve(); // S3
      });
      for (const session of this.#sessions) session.close(); // GOAWAY, then closes when its streams have ended.
      for (const [socket, end] of this.#left) {
        end(); // They may last for hours: nobody waits for them.
        socket.destroySoon();
      }
      sweep();
    });
  }
}

/** With `allowHTTP1` the server has the method of node:http's servers, which its type does not know. */
function closeIdleHttp1(server: Http2SecureServer): void {
  const { closeIdleConnections } = server as { closeIdleConnections?: () => void };
  closeIdleConnections?.call(server);
}
