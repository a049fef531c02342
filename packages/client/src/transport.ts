/**
 * How requests reach an API server. `in-process.ts` calls a server in this process, `http/` goes over the network, and decorators
 * (`retrying-transport.ts`) wrap either. A transport knows paths and values, no resources.
 */
import type { LocalWatchEvent } from '@navarch/api/extension/local-server';

export type Method = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';

export interface TransportRequest {
  readonly method: Method;
  /** Without the query, such as `/api/v1/namespaces/default/pods`. Its segments are URL-encoded. */
  readonly path: string;
  readonly query?: Readonly<Record<string, string>>;
  /** A plain value, sent as JSON. Never changed. */
  readonly body?: unknown;
  /** For PATCH: its patch type. `application/json` when omitted. */
  readonly contentType?: string;
  readonly userAgent: string;
  /** Aborting it rejects the call, or ends the watch, at once. */
  readonly signal: AbortSignal;
}

export interface TransportResponse {
  readonly status: number;
  /** What was answered: an object, a list, a Status; text where the answer is text. Deeply readonly; in-process it is frozen. */
  readonly value: unknown;
  /** From the Retry-After header, when there was one. */
  readonly retryAfterSeconds?: number;
}

export type RawWatchEvent = LocalWatchEvent;

export interface RawWatchListener {
  /** Events in order, those that came together in one call. May be called before the `watch` call resolves. Must not throw. */
  onEvents(events: readonly RawWatchEvent[]): void;
  /** Called once, when a started watch is over: by the server without `error`, by a broken connection with it. */
  onEnd(error?: Error): void;
}

/** Rejects with `ConnectionFailed` when no answer came, with `signal.reason` when aborted. An HTTP error status resolves. */
export interface Transport {
  /** Whether answers are decoded from bytes, so that large ones had better come in pieces. */
  readonly decodes: boolean;
  request(request: TransportRequest): Promise<TransportResponse>;
  /** Starts a watch (`watch=1` is implied). Not started when the status is not 200: `value` says why. */
  watch(request: TransportRequest, listener: RawWatchListener): Promise<TransportResponse>;
  /** Releases connections. Requests that are under way fail. */
  close(): Promise<void>;
}

/** The server could not be reached, or the connection broke before the answer was complete. */
export class ConnectionFailed extends Error {
  override readonly name = 'ConnectionFailed';
}
