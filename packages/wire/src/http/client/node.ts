/**
 * The HTTP client. One HTTP/2 connection carries everything; it is made when first needed and made anew after it broke.
 *
 * Invariants: C1 a broken connection fails only the requests on it. C2 no error of a socket or session leaves this module other
 * than by a rejected request or a throwing body. C3 after `close`, nothing is connected.
 */
import {
  Agent as HttpAgent,
  type ClientRequest,
  request as httpRequest,
  type IncomingMessage,
  type OutgoingHttpHeaders,
} from 'node:http';
import {
  connect as connectHttp2,
  type ClientHttp2Session,
  type ClientHttp2Stream,
} from 'node:http2';
import { Agent as HttpsAgent, request as httpsRequest } from 'node:https';
import { isIP, type Socket } from 'node:net';
import { connect as connectTls, type ConnectionOptions, type TLSSocket } from 'node:tls';
import type {
  HttpClient,
  HttpClientOptions,
  HttpClientRequest,
  HttpClientResponse,
  HttpUpgrade,
} from '../client.ts';
import { tunnelOn } from '../tunnel/node.ts';
import { readBody } from '../body-reader.ts';
import { pour } from '../body-stream.ts';
import { breakWhenSilent } from '../http2/health-node.ts';

const connectTimeoutDefaultMs = 10_000;
/** The largest answer that is read whole. */
const answerMaxBytes = 512 * 1024 * 1024;
const receiveWindowBytes = 4 * 1024 * 1024;

export function createHttpClient(options: HttpClientOptions): HttpClient {
  const url = new URL(options.url);
  if (url.protocol === 'http:' || options.protocol === 'http1') return http1Client(options, url);
  return new NegotiatingClient(options, url);
}

/** Connects first and lets ALPN choose; remembers an HTTP/1.1 peer so that its connections are pooled. */
class NegotiatingClient implements HttpClient {
  readonly #options: HttpClientOptions;
  readonly #url: URL;
  #session: Promise<ClientHttp2Session | undefined> | undefined;
  #http1: HttpClient | undefined;
  #closed = false;

  constructor(options: HttpClientOptions, url: URL) {
    this.#options = options;
    this.#url = url;
  }

  async request(request: HttpClientRequest): Promise<HttpClientResponse> {
    request.signal.throwIfAborted();
    if (this.#http1) return this.#http1.request(request);
    this.#session ??= this.#connect();
    const session = await this.#session;
    request.signal.throwIfAborted();
    if (session) return requestOnSession(session, this.#url, request);
    this.#http1 ??= http1Client(this.#options, this.#url);
    return this.#http1.request(request);
  }

  upgrade(request: Omit<HttpClientRequest, 'body'>): Promise<HttpUpgrade> {
    return upgradeAlone(this.#options, this.#url, request);
  }

  close(): void {
    this.#closed = true;
    this.#http1?.close();
    void this.#session?.then(
      (session) => session?.destroy(),
      () => {},
    );
  }

  #connect(): Promise<ClientHttp2Session | undefined> {
    if (this.#closed) return Promise.reject(new Error('the client is closed')); // C3
    const connecting = this.#open(() => {
      if (this.#session === connecting) this.#session = undefined;
    });
    return connecting;
  }

  async #open(forget: () => void): Promise<ClientHttp2Session | undefined> {
    try {
      const socket = await tlsConnection(this.#options, this.#url);
      if (socket.alpnProtocol !== 'h2') {
        socket.destroy();
        return undefined;
      }
      const session = connectHttp2(this.#url.origin, {
        createConnection: () => socket,
        settings: { initialWindowSize: receiveWindowBytes, enablePush: false },
      });
      session.on('error', forget); // C2
      session.on('goaway', forget);
      session.on('close', forget);
      session.setLocalWindowSize?.(receiveWindowBytes * 4);
      breakWhenSilent(session, this.#options.silenceLimitMs);
      return session;
    } catch (error) {
      forget();
      throw error;
    }
  }
}

function tlsOptions(options: HttpClientOptions, url: URL): ConnectionOptions {
  const host = hostOf(url);
  const name = options.serverName ?? host;
  return {
    host,
    port: portOf(url),
    ...(options.authorities !== undefined && { ca: options.authorities }),
    ...(options.certificate !== undefined && { cert: options.certificate }),
    ...(options.key !== undefined && { key: options.key }),
    ...(isIP(name) === 0 && { servername: name }),
    rejectUnauthorized: options.insecure !== true,
  };
}

function hostOf(url: URL): string {
  return url.hostname.replace(/^\[(.*)\]$/, '$1');
}

function portOf(url: URL): number {
  if (url.port !== '') return Number(url.port);
  return url.protocol === 'http:' ? 80 : 443;
}

function tlsConnection(options: HttpClientOptions, url: URL): Promise<TLSSocket> {
  return new Promise((resolve, reject) => {
    const socket = connectTls({
      ...tlsOptions(options, url),
      ALPNProtocols: ['h2', 'http/1.1'],
    });
    const timeoutMs = options.connectTimeoutMs ?? connectTimeoutDefaultMs;
    socket.setTimeout(timeoutMs, () =>
      socket.destroy(new Error(`no connection to ${url.host} within ${timeoutMs} ms`)),
    );
    socket.once('error', reject);
    socket.once('secureConnect', () => {
      socket.setTimeout(0);
      socket.setNoDelay(true);
      socket.off('error', reject);
      socket.on('error', () => {}); // C2: the session reports it to its requests.
      resolve(socket);
    });
  });
}

function requestOnSession(
  session: ClientHttp2Session,
  url: URL,
  request: HttpClientRequest,
): Promise<HttpClientResponse> {
  return new Promise((resolve, reject) => {
    const stream = session.request(
      {
        ...request.headers,
        ':method': request.method,
        ':path': request.path,
        ':authority': url.host,
        ...lengthOf(request.body),
      },
      { endStream: request.body === undefined },
    );
    const abort = (): void => void stream.destroy(abortReason(request.signal));
    request.signal.addEventListener('abort', abort, { once: true });
    stream.once('close', () => {
      request.signal.removeEventListener('abort', abort);
      reject(new Error('the server closed the connection without an answer'));
    });
    stream.on('error', reject);
    stream.once('response', (headers) => {
      const { ':status': status, ...rest } = headers;
      resolve(responseOf(Number(status), rest, stream));
    });
    sendBody(request.body, stream);
  });
}

type Body = HttpClientRequest['body'];

function isStream(body: Body): body is AsyncIterable<Uint8Array> {
  return typeof body === 'object' && Symbol.asyncIterator in body;
}

function lengthOf(body: Body): { 'content-length'?: number } {
  if (body === undefined || isStream(body)) return {};
  return { 'content-length': Buffer.byteLength(body) };
}

function sendBody(body: Body, to: ClientHttp2Stream | ClientRequest): void {
  if (isStream(body)) void pour(body, to);
  else if (body !== undefined) to.end(body);
  else if (!('session' in to)) to.end(); // A stream of HTTP/2 has ended with its headers.
}

function responseOf(
  status: number,
  headers: Readonly<Record<string, string | string[] | number | undefined>>,
  body: ClientHttp2Stream | IncomingMessage,
): HttpClientResponse {
  body.on('error', () => {}); // C2: reading the body reports it, and nobody has to read.
  return {
    status,
    headers: joinedHeaders(headers),
    chunks: body as AsyncIterable<Uint8Array>,
    bytes: () => readBody(body, answerMaxBytes),
  };
}

function joinedHeaders(
  headers: Readonly<Record<string, string | string[] | number | undefined>>,
): Readonly<Record<string, string | undefined>> {
  const joined: Record<string, string | undefined> = {};
  for (const [name, value] of Object.entries(headers)) {
    const separator = name === 'set-cookie' ? '\n' : ', ';
    joined[name] = Array.isArray(value) ? value.join(separator) : value?.toString();
  }
  return joined;
}

function http1Client(options: HttpClientOptions, url: URL): HttpClient {
  const plain = url.protocol === 'http:';
  const agent = plain
    ? new HttpAgent({ keepAlive: true })
    : new HttpsAgent({ keepAlive: true, ...tlsOptions(options, url) });
  const send = plain ? httpRequest : httpsRequest;
  const request = (asked: HttpClientRequest): Promise<HttpClientResponse> =>
    new Promise((resolve, reject) => {
      const sent = send(
        {
          host: hostOf(url),
          port: portOf(url),
          agent,
          method: asked.method,
          path: asked.path,
          headers: {
            ...asked.headers,
            ...lengthOf(asked.body),
            ...(isStream(asked.body) &&
              asked.headers['content-length'] === undefined && { 'transfer-encoding': 'chunked' }),
          },
        },
        (message) => resolve(responseOf(message.statusCode ?? 0, message.headers, message)),
      );
      const abort = (): void => void sent.destroy(abortReason(asked.signal));
      if (asked.signal.aborted) abort();
      asked.signal.addEventListener('abort', abort, { once: true });
      sent.on('close', () => asked.signal.removeEventListener('abort', abort));
      sent.on('error', reject);
      if (isStream(asked.body)) sent.flushHeaders(); // The first piece may be long in coming.
      sendBody(asked.body, sent);
    });
  return {
    request,
    upgrade: (asked) => upgradeAlone(options, url, asked),
    close: () => agent.destroy(),
  };
}

/** Only HTTP/1.1 has upgrades, and a connection that leaves HTTP does not come back: it is in no pool. */
function upgradeAlone(
  options: HttpClientOptions,
  url: URL,
  asked: Omit<HttpClientRequest, 'body'>,
): Promise<HttpUpgrade> {
  const plain = url.protocol === 'http:';
  const timeoutMs = options.connectTimeoutMs ?? connectTimeoutDefaultMs;
  return new Promise((resolve, reject) => {
    const sent = (plain ? httpRequest : httpsRequest)({
      ...(plain ? { host: hostOf(url), port: portOf(url) } : tlsOptions(options, url)),
      agent: false,
      method: asked.method,
      path: asked.path,
      headers: asked.headers as OutgoingHttpHeaders,
    });
    const abort = (): void => void sent.destroy(abortReason(asked.signal));
    if (asked.signal.aborted) abort();
    asked.signal.addEventListener('abort', abort, { once: true });
    sent.on('socket', (socket) => {
      socket.setTimeout(timeoutMs, () =>
        sent.destroy(new Error(`no connection to ${url.host} within ${timeoutMs} ms`)),
      );
      socket.once(plain ? 'connect' : 'secureConnect', () => socket.setTimeout(0));
    });
    sent.on('upgrade', ({ headers }, socket: Socket, head) => {
      asked.signal.removeEventListener('abort', abort);
      const tunnel = tunnelOn(socket, head);
      resolve({ kind: 'upgraded', headers: joinedHeaders(headers), tunnel });
    });
    sent.on('response', (message) => {
      const response = responseOf(message.statusCode ?? 0, message.headers, message);
      resolve({ kind: 'answered', response });
    });
    sent.on('close', () => asked.signal.removeEventListener('abort', abort));
    sent.on('error', reject);
    sent.end();
  });
}

function abortReason(signal: AbortSignal): Error {
  return signal.reason instanceof Error ? signal.reason : new Error('aborted');
}
