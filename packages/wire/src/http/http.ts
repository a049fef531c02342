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
  /**
   * Instead of `body`: the body as it comes, of any length; the peer waits for who reads it. Undefined when there is none. Throws
   * when the peer breaks off.
   */
  chunks(): AsyncIterable<Uint8Array> | undefined;
  /** Aborted when the peer is gone. */
  readonly signal: AbortSignal;
  /** The other protocol that the peer asks for, as sent, where the connection can change to one: HTTP/2's cannot. */
  readonly upgrade?: string;
}

export class BodyTooLarge extends Error {
  readonly maxBytes: number;
  constructor(maxBytes: number) {
    super(`the body is larger than ${maxBytes} bytes`);
    this.maxBytes = maxBytes;
  }
}

/**
 * Answers exactly once: `send` or `stream`; or `upgrade`, which requests that ask for it have. Of `set-cookie`, which cannot be joined
 * by commas, several values are joined by newlines.
 */
export interface HttpResponder {
  /** Sets `content-length` itself. */
  send(
    status: number,
    headers: Readonly<Record<string, string>>,
    body: Uint8Array | string | undefined,
  ): void;
  stream(status: number, headers: Readonly<Record<string, string>>): HttpBodyWriter;
  /** Answers 101 with just these headers; the connection is the caller's from then on, until the server stops. */
  readonly upgrade?: (headers: Readonly<Record<string, string>>) => Tunnel;
  /**
   * Instead of `upgrade`: speaks WebSocket with the peer, by one of the subprotocols that it offers. A peer whose handshake is wrong
   * is told so, and is as good as gone.
   */
  readonly webSocket?: (protocol: string) => Promise<WebSocketPeer>;
}

/** A connection that HTTP has left: bytes in both directions. What is buffered is bounded: whoever is ahead waits. */
export interface Tunnel {
  /** What the peer sends, as it comes; can be read once. Ends when the peer ends; throws when the connection breaks. */
  readonly chunks: AsyncIterable<Uint8Array>;
  /** Resolves when more may be written; rejects when the peer is gone. */
  write(bytes: Uint8Array): Promise<void>;
  /** Closes once everything written has left, or the peer has stopped taking it. */
  end(): void;
  /** Closes at once. */
  close(): void;
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

/** A connection that carries messages: binary as bytes, text as text. What is buffered is bounded, as that of a tunnel. */
export interface WebSocketPeer {
  /** Can be read once. Ends when the peer closes; throws when the connection breaks. */
  readonly messages: AsyncIterable<Uint8Array | string>;
  /** Resolves when more may be sent; rejects when the peer is gone. */
  send(message: Uint8Array | string): Promise<void>;
  /** Says goodbye once everything sent has left. */
  end(): void;
  /** Closes at once. */
  close(): void;
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
  /** HTTP/2: after how long without a byte a peer is asked whether it is there; it is cut off after as long again. */
  readonly silenceLimitMs?: number;
  /** The 405 for HTTP/1.1 methods that the parser does not know; a 400 when omitted. HTTP/2 hands every method to the handler. */
  readonly unknownMethod?: { readonly contentType: string; readonly body: string };
}

export interface HttpServer {
  readonly port: number;
  /** Replaces certificate and key for new connections. */
  useCertificate(certificate: string, key: string): void;
  /** Takes no new connections (and says so on HTTP/2), ends tunnels, lets requests finish for `graceMs`, then cuts what is left. */
  stop(graceMs: number): Promise<void>;
}

/** The headers as node takes them: several cookies are several lines. */
export function linesOf(
  headers: Readonly<Record<string, string | undefined>>,
): Readonly<Record<string, string | string[] | undefined>> {
  const cookies = headers['set-cookie'];
  return cookies?.includes('\n') ? { ...headers, 'set-cookie': cookies.split('\n') } : headers;
}
