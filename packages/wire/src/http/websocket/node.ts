/** The server's side of WebSocket, by the `ws` library: messages over a socket that HTTP has left. */
import type { IncomingMessage } from 'node:http';
import type { Socket } from 'node:net';
import type { Duplex } from 'node:stream';
// @ts-expect-error -- It comes without types; what is used of it is written down below.
import * as ws from 'ws';
import type { WebSocketPeer } from '../http.ts';

/** A peer that sends larger messages is told so, and closed. */
const messageMaxBytes = 16 * 1024 * 1024;
/** Messages that wait to be read before the peer has to wait. */
const messagesWaitingMax = 16;
/** How long a peer may take to say goodbye. */
const closeLimitMs = 10_000;

/** Clients take a goodbye without a code for a broken connection. */
const normalClosure = 1000;
/** Not the end of what was to be said, but of the server. */
const goingAway = 1001;

export interface AcceptedWebSocket {
  readonly peer: WebSocketPeer;
  /** Says that the server stops. */
  readonly goAway: () => void;
}

interface Connection {
  send(
    message: Uint8Array | string,
    options: { readonly binary: boolean },
    onSent: (error?: Error) => void,
  ): void;
  close(code: number): void;
  terminate(): void;
}

interface Library {
  readonly WebSocketServer: new (options: object) => {
    handleUpgrade(
      request: Pick<IncomingMessage, 'method' | 'url' | 'headers'>,
      socket: Duplex,
      head: Uint8Array,
      onOpen: (connection: Connection) => void,
    ): void;
    on(event: 'wsClientError', listener: (error: Error) => void): void;
    on(event: 'headers', listener: (lines: string[]) => void): void;
  };
  createWebSocketStream(connection: Connection, options: object): Duplex;
}

const library = ws as Library;

/** Answers the handshake. Throws, having written nothing, when it is none; undefined when the socket is gone already. */
export function acceptWebSocket(
  request: IncomingMessage,
  socket: Socket,
  head: Uint8Array,
  protocol: string,
): AcceptedWebSocket | undefined {
  const server = new library.WebSocketServer({
    noServer: true,
    clientTracking: false,
    maxPayload: messageMaxBytes,
    closeTimeout: closeLimitMs,
  });
  let accepted: AcceptedWebSocket | undefined;
  let problem: Error | undefined;
  server.on('wsClientError', (error) => {
    problem = error;
  });
  // The library takes the names of subprotocols for tokens, in which there is no slash: Kubernetes has some with one.
  const { 'sec-websocket-protocol': _offered, ...headers } = request.headers;
  server.on('headers', (lines) => {
    if (protocol !== '') lines.push(`Sec-WebSocket-Protocol: ${protocol}`);
  });
  const { method, url } = request;
  server.handleUpgrade({ method, url, headers }, socket, head, (connection) => {
    accepted = {
      peer: peerOf(connection, socket),
      goAway: () => connection.close(goingAway),
    };
  });
  if (problem) throw problem;
  return accepted;
}

function peerOf(connection: Connection, socket: Socket): WebSocketPeer {
  const stream = library.createWebSocketStream(connection, {
    readableObjectMode: true,
    readableHighWaterMark: messagesWaitingMax,
  });
  stream.on('error', () => {}); // Reading reports it.
  return {
    messages: messagesOf(stream),
    send: (message) =>
      new Promise((resolve, reject) => {
        connection.send(message, { binary: typeof message !== 'string' }, (error) => {
          if (error) reject(error);
          else resolve();
        });
      }),
    end: () => {
      connection.close(normalClosure);
      // Some clients wait for the end of the connection; the library waits for them to answer, and then for its time limit.
      socket.end();
    },
    close: () => connection.terminate(),
  };
}

/** When the reader leaves, what comes is dropped, so that the client's goodbye is seen. */
async function* messagesOf(stream: Duplex): AsyncIterable<Uint8Array | string> {
  try {
    yield* stream.iterator({ destroyOnReturn: false }) as AsyncIterable<Uint8Array | string>;
  } finally {
    stream.resume();
  }
}
