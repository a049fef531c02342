/** HTTP as the rest of the system sees it: HTTP/1.1 and HTTP/2 look the same. */
import type { Clock } from '@navarch/runtime/clock';

export interface PeerIdentity {
  readonly commonName: string;
  readonly organizations: readonly string[];
  /** The DER bytes. */
  readonly raw: Uint8Array;
  /** Of the DER bytes, in lower-case hex. */
  readonly sha256: string;
  readonly validFromMs: number;
  readonly validToMs: number;
  /** Why the certificate proves nothing: expired, signed by someone unknown. Undefined when it was verified. */
  readonly problem?: string;
}

export interface HttpRequest {
  readonly method: string;
  /** Path and query, as sent. */
  readonly url: string;
  /** Lower-case names; repeated headers joined as HTTP allows. */
  readonly headers: Readonly<Record<string, string | undefined>>;
  /** Each value of a header that was repeated; lower-case name. */
  headerValues(name: string): readonly string[];
  readonly remoteAddress: string;
  /** The client certificate, when the peer showed one; look at its `problem` before believing it. The same object per connection. */
  peer(): PeerIdentity | undefined;
  /** Reads it all. Rejects with `BodyTooLarge` past `maxBytes`, without keeping more. */
  body(maxBytes: number): Promise<Uint8Array>;
  /** Aborted when the peer is gone. */
  readonly signal: AbortSignal;
}

export class BodyTooLarge extends Error {
  readonly maxBytes: number;
  constructor(maxBytes: number) {
    super(`the body is larger than ${maxBytes} bytes`);
    this.maxBytes = maxBytes;
  }
}

/** Answers exactly once: `send` or `stream`. */
export interface HttpResponder {
  /** Sets `content-length` itself. */
  send(
    status: number,
    headers: Readonly<Record<string, string>>,
    body: Uint8Array | string | undefined,
  ): void;
  stream(status: number, headers: Readonly<Record<string, string>>): HttpBodyWriter;
}

export interface HttpBodyWriter {
  write(chunk: Uint8Array): void;
  /** What has been written and not yet left the process. */
  bufferedBytes(): number;
  /** Resolves when little is buffered; rejects when the peer is gone. */
  drained(): Promise<void>;
  /** Resolves when nothing that was written is in use any more, so that its memory may be written again; rejects when the peer is gone. */
  released(): Promise<void>;
  end(): void;
  /** Breaks off, so that nobody takes what has come for the whole. */
  cut(): void;
}

export type HttpHandler = (request: HttpRequest, responder: HttpResponder) => void;

export interface HttpServerOptions {
  readonly clock: Clock;
  readonly host: string;
  /** 0 for a free one. */
  readonly port: number;
  /** PEM. */
  readonly certificate: string;
  readonly key: string;
  /** PEM of the authorities that client certificates are verified against; asked for, not required. */
  readonly clientAuthorities?: string;
  readonly handler: HttpHandler;
  /** The 405 for HTTP/1.1 methods that the parser does not know; a 400 when omitted. HTTP/2 hands every method to the handler. */
  readonly unknownMethod?: { readonly contentType: string; readonly body: string };
  /** Takes over the socket of an `Upgrade` request (WebSocket, SPDY). */
  readonly onUpgrade?: (request: HttpRequest, socket: unknown, head: Uint8Array) => void;
}

export interface HttpServer {
  readonly port: number;
  /** Replaces certificate and key for new connections. */
  useCertificate(certificate: string, key: string): void;
  /** Takes no new connections (and says so on HTTP/2), lets requests finish for `graceMs`, then cuts what is left. */
  stop(graceMs: number): Promise<void>;
}
