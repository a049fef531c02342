/**
 * How a component in the same process talks to the API server: the whole request chain, without sockets, TLS and encoding.
 * The server implements it, the client's in-process transport uses it; neither imports the other.
 */
import type { UserInfo } from './context.ts';
import type { KubernetesObject } from './object.ts';

export interface LocalRequest {
  readonly method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  /** Without the query, such as `/api/v1/namespaces/default/pods`. */
  readonly path: string;
  readonly query?: Readonly<Record<string, string>>;
  /** A plain value. The server never changes it and does not keep it. */
  readonly body?: unknown;
  /** For PATCH: its patch type. `application/json` when omitted. */
  readonly contentType?: string;
  readonly user: UserInfo;
  readonly userAgent: string;
  readonly signal: AbortSignal;
}

export interface LocalResponse {
  readonly status: number;
  /** Deeply frozen: an object, a list, a Status. Text for the few answers that are text (logs). */
  readonly value: unknown;
}

export interface LocalWatchEvent {
  readonly type: 'ADDED' | 'MODIFIED' | 'DELETED' | 'BOOKMARK' | 'ERROR';
  /** Deeply frozen; for ERROR a Status. */
  readonly object: KubernetesObject;
}

export interface LocalWatchListener {
  onEvents(events: readonly LocalWatchEvent[]): void;
  /** Called once, when the server ends the watch: time-out, shutdown, a listener that is cut off. */
  onEnd(): void;
}

export interface LocalServer {
  request(request: LocalRequest): Promise<LocalResponse>;
  /** Starts a watch (`watch=1` is implied). Not started when the status is not 200: `value` says why. Aborting the signal ends it. */
  watch(request: LocalRequest, listener: LocalWatchListener): Promise<LocalResponse>;
}
