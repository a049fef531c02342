/** Asking over HTTP: HTTP/2 where the server speaks it, HTTP/1.1 otherwise. The caller does not see which. */
import type { Tunnel } from './http.ts';

export interface HttpClientOptions {
  /** `https://host:port`, or `http://host:port` for a peer without TLS. A path in it is ignored. */
  readonly url: string;
  /** PEM of the authorities that the server's certificate must be signed by; the system's when omitted. */
  readonly authorities?: string;
  /** PEM. */
  readonly certificate?: string;
  readonly key?: string;
  /** The name the server's certificate must be for, when it is not the URL's. */
  readonly serverName?: string;
  /** Accepts any server certificate. */
  readonly insecure?: boolean;
  /** 'http1' never offers HTTP/2: for peers that hijack connections. */
  readonly protocol?: 'any' | 'http1';
  readonly connectTimeoutMs?: number;
  /** HTTP/2: after how long without a byte the server is asked whether it is there; it fails after as long again. */
  readonly silenceLimitMs?: number;
}

export interface HttpClientRequest {
  readonly method: string;
  /** Path and query. */
  readonly path: string;
  /** A header with several values is sent as that many lines. */
  readonly headers: Readonly<Record<string, string | readonly string[]>>;
  /**
   * Pieces are sent as they come and the peer takes them; when they end by throwing the request is broken off. Their length may be
   * among the headers.
   */
  readonly body?: Uint8Array | string | AsyncIterable<Uint8Array>;
  /** Ends the request, and the reading of its answer. */
  readonly signal: AbortSignal;
}

export interface HttpClientResponse {
  readonly status: number;
  /** Lower-case names; repeated headers joined by a comma and a space, those of `set-cookie` by a newline. */
  readonly headers: Readonly<Record<string, string | undefined>>;
  /** The body as it comes; can be read once. Ends by throwing when the connection breaks. */
  readonly chunks: AsyncIterable<Uint8Array>;
  /** The whole body; instead of `chunks`. */
  bytes(): Promise<Uint8Array>;
}

/** What came of asking to leave HTTP. */
export type HttpUpgrade =
  | {
      readonly kind: 'upgraded';
      readonly headers: HttpClientResponse['headers'];
      readonly tunnel: Tunnel;
    }
  /** Any other answer. Its connection closes with its body. */
  | { readonly kind: 'answered'; readonly response: HttpClientResponse };

export interface HttpClient {
  /** Rejects when there is no answer: refused, broken, aborted. An answer with any status resolves. */
  request(request: HttpClientRequest): Promise<HttpClientResponse>;
  /**
   * Asks to leave HTTP, on a connection of its own: `connection` and `upgrade` are among the request's headers. Rejects when there is
   * no answer. The request's signal ends the asking; a tunnel is the caller's, and outlives the client.
   */
  upgrade(request: Omit<HttpClientRequest, 'body'>): Promise<HttpUpgrade>;
  /** Breaks what is under way and frees the connections. */
  close(): void;
}
