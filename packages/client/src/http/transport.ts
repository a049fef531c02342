/** The transport to a server over the network: values as JSON over HTTP. Connections are `@navarch/wire`'s business. */
import { JsonLines } from '@navarch/codec/json-lines';
import { limits } from '@navarch/runtime/limits';
import type { HttpClient, HttpClientResponse } from '@navarch/wire/http/client';
import { decodeJson, encodeJson } from '@navarch/codec/json';
import {
  ConnectionFailed,
  type RawWatchEvent,
  type RawWatchListener,
  type Transport,
  type TransportRequest,
  type TransportResponse,
} from '../transport.ts';

export interface HttpTransportOptions {
  readonly http: HttpClient;
  /** Before every path, for servers behind a proxy: `/clusters/a`. */
  readonly basePath?: string;
  /** The bearer token; asked for at each request, since tokens are renewed. */
  readonly token?: () => string | undefined | Promise<string | undefined>;
  /** Other headers of every request, such as `impersonate-user`. */
  readonly headers?: Readonly<Record<string, string>>;
  /** Hears the warnings that the server sends with its answers. */
  readonly onWarning?: (message: string) => void;
}

export function createHttpTransport(options: HttpTransportOptions): Transport {
  return new HttpTransport(options);
}

class HttpTransport implements Transport {
  readonly decodes = true;
  readonly #options: HttpTransportOptions;

  constructor(options: HttpTransportOptions) {
    this.#options = options;
  }

  async request(request: TransportRequest): Promise<TransportResponse> {
    const response = await this.#send(request, request.query);
    return this.#whole(response, request.signal);
  }

  async watch(request: TransportRequest, listener: RawWatchListener): Promise<TransportResponse> {
    const response = await this.#send(request, { ...request.query, watch: '1' });
    if (response.status !== 200) return this.#whole(response, request.signal);
    this.#warn(response);
    void pump(response.chunks, listener, request.signal);
    return { status: 200, value: undefined };
  }

  close(): Promise<void> {
    this.#options.http.close();
    return Promise.resolve();
  }

  async #send(
    request: TransportRequest,
    query: TransportRequest['query'],
  ): Promise<HttpClientResponse> {
    const { http, basePath = '', headers = {}, token: readToken } = this.#options;
    const { method, path, body, contentType = 'application/json', userAgent, signal } = request;
    const search = query ? `?${new URLSearchParams(query).toString()}` : '';
    const token = await readToken?.();
    signal.throwIfAborted();
    try {
      return await http.request({
        method,
        path: `${basePath}${path}${search}`,
        headers: {
          accept: 'application/json',
          'user-agent': userAgent,
          ...headers,
          ...(token && { authorization: `Bearer ${token}` }),
          ...(body !== undefined && { 'content-type': contentType }),
        },
        ...(body !== undefined && { body: encodeJson(body) }),
        signal,
      });
    } catch (error) {
      throw connectionError(error, signal);
    }
  }

  async #whole(response: HttpClientResponse, signal: AbortSignal): Promise<TransportResponse> {
    this.#warn(response);
    const retryAfter = Number(response.headers['retry-after'] ?? '');
    let bytes: Uint8Array;
    try {
      bytes = await response.bytes();
    } catch (error) {
      throw connectionError(error, signal);
    }
    return {
      status: response.status,
      value: valueOf(bytes, response.headers['content-type'] ?? ''),
      ...(retryAfter > 0 && { retryAfterSeconds: retryAfter }),
    };
  }

  #warn(response: HttpClientResponse): void {
    const { onWarning } = this.#options;
    if (!onWarning) return;
    for (const message of warningsIn(response.headers['warning'] ?? '')) onWarning(message);
  }
}

/** Feeds the listener until the body ends. Never rejects. Silent when aborted: who aborted knows. */
async function pump(
  chunks: AsyncIterable<Uint8Array>,
  listener: RawWatchListener,
  signal: AbortSignal,
): Promise<void> {
  const lines = new JsonLines(limits.clientWatchLineMaxBytes);
  try {
    for await (const chunk of chunks) {
      if (signal.aborted) return;
      const events = lines.take(chunk) as RawWatchEvent[];
      if (events.length > 0) listener.onEvents(events);
    }
    if (!signal.aborted) listener.onEnd();
  } catch (error) {
    if (!signal.aborted) listener.onEnd(connectionError(error, signal));
  }
}

/** An answer that says JSON and is none counts as text: proxies in between do that. */
function valueOf(bytes: Uint8Array, contentType: string): unknown {
  const text = new TextDecoder().decode(bytes);
  if (!contentType.includes('json')) return text;
  try {
    return decodeJson(text);
  } catch {
    return text;
  }
}

function connectionError(error: unknown, signal: AbortSignal): Error {
  if (signal.aborted && signal.reason instanceof Error) return signal.reason;
  const message = error instanceof Error ? error.message : String(error);
  return new ConnectionFailed(message, { cause: error });
}

/** The texts of `299 - "text", 299 - "text"`. */
export function warningsIn(header: string): string[] {
  const warnings: string[] = [];
  for (const [, text = ''] of header.matchAll(/\b\d{3} \S+ "((?:[^"\\]|\\.)*)"/g)) {
    warnings.push(text.replace(/\\(.)/g, '$1'));
  }
  return warnings;
}
