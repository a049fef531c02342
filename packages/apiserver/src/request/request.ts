/** A request and its answer, free of any transport: what HTTP, HTTP/2 and in-process callers are all turned into. */
import type { UserInfo } from '@navarch/api/extension/context';
import type { KubernetesObject } from '@navarch/api/extension/object';
import type { Tunnel, WebSocketPeer } from '@navarch/wire/http/http';

/** What the peer showed of itself when it connected. */
export interface ClientCertificate {
  readonly commonName: string;
  readonly organizations: readonly string[];
  /** The DER bytes. */
  readonly raw: Uint8Array;
  /** Of the DER bytes, in lower-case hex. */
  readonly sha256: string;
  readonly validFromMs: number;
  readonly validToMs: number;
  /** Why it proves nothing: signed by someone unknown, not for clients. Undefined when it was verified. */
  readonly problem?: string;
}

/** In-process callers give a value. */
export type RequestBody =
  | {
      /** Reads the body; throws a StatusError when it is larger than allowed. */
      readonly bytes: () => Promise<Uint8Array>;
      /** Instead, for who passes it on: the body as it comes, of any length. Undefined when there is none. */
      readonly chunks?: () => AsyncIterable<Uint8Array> | undefined;
    }
  | { readonly value: unknown };

export interface ApiRequest {
  readonly method: string;
  /** Decoded only where it is used; never ends up unnormalised in a key. */
  readonly path: string;
  /** Without the question mark. */
  readonly query: string;
  /** Lower-case names. Repeats of an `impersonate-` header are joined by newlines: their values may contain commas. */
  readonly headers: Readonly<Record<string, string | undefined>>;
  readonly body: RequestBody;
  /** In-process callers are who they say; others prove it. */
  readonly identity:
    | { readonly user: UserInfo }
    | { readonly certificate: ClientCertificate | undefined };
  readonly remoteAddress: string;
  /** Under which the request is remembered; requests from within the process have none until somebody asks. */
  readonly auditId?: string;
  /** Aborted when the client is gone or the server stops. */
  readonly signal: AbortSignal;
  /** The protocol that the client asks to change to, where its connection can: only then may an answer be a tunnel. */
  readonly upgrade?: string | undefined;
}

export interface ApiResponse {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: ApiBody;
}

/** An object in both of its forms, each made at most once. */
export interface Encoded {
  /** Deeply frozen. */
  value(): KubernetesObject;
  json(): Uint8Array;
  /**
   * Of an object that somebody else converts: before this resolves it cannot be had. Undefined when it can. Rejects with what the
   * client is told.
   */
  ready?(): Promise<void> | undefined;
}

/** Pieces of a list's JSON are of about `limits.responseChunkBytes`; each may be written, and forgotten, before the next is made. */
export type ApiBody =
  | { readonly kind: 'none' }
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'bytes'; readonly bytes: Uint8Array }
  /** One object. HTTP writes `json()`, in-process callers take `value()`. */
  | { readonly kind: 'object'; readonly object: Encoded }
  /** A list, which may be large: HTTP writes `chunks()`, in-process callers take `value()`, a list of frozen items. */
  | { readonly kind: 'list'; chunks(take?: TakeBuffer): Iterable<Uint8Array>; value(): unknown }
  /** A watch: started when the transport calls `start`. */
  | {
      readonly kind: 'watch';
      start(sink: WatchSink): void;
      /** A frame as bytes, when that is not its JSON. */
      readonly bytesOf?: (frame: WatchFrame) => Uint8Array;
    }
  /** Something else passed through, such as a log from a node. */
  | { readonly kind: 'stream'; readonly chunks: AsyncIterable<Uint8Array> }
  /** The connection leaves HTTP (101, with just the answer's headers); the transport hands the client's end over. Never rejects. */
  | { readonly kind: 'tunnel'; run(client: Tunnel): Promise<void> }
  /** The same where this server speaks WebSocket itself, with one of the subprotocols that the client offers. */
  | {
      readonly kind: 'webSocket';
      readonly protocol: string;
      run(client: WebSocketPeer): Promise<void>;
    };

/** Gives a buffer of at least that size, all of its memory its own, to write a piece of an answer into. */
export type TakeBuffer = (bytes: number) => Buffer;

export interface WatchFrame {
  readonly type: 'ADDED' | 'MODIFIED' | 'DELETED' | 'BOOKMARK' | 'ERROR';
  readonly object: Encoded;
  /** `{"type":...,"object":...}` and a newline; made once and shared by all watchers. */
  json(): Uint8Array;
  /** The same in another encoding: made by `encode` for the first who asks, and shared as well. */
  encoded(encode: (frame: WatchFrame) => Uint8Array): Uint8Array;
}

/** Where a watch writes. The transport owns the buffer; the watch looks at its size and cuts off who is too slow. */
export interface WatchSink {
  /** Frames that became ready together. */
  write(frames: readonly WatchFrame[]): void;
  end(): void;
  /** Called by the watch: what has not left yet. */
  bufferedBytes(): number;
  /** The peer is gone or the transport stops. */
  readonly signal: AbortSignal;
}

/** The whole server as a function. */
export type RequestHandler = (request: ApiRequest) => Promise<ApiResponse>;
