/** One call: a request through the transport, its answer as a value or as a thrown `StatusError`. */
import { genericServerResponse, type Status, StatusError } from '@navarch/api/status';
import type { Method, Transport, TransportResponse } from './transport.ts';

export interface Caller {
  readonly transport: Transport;
  readonly userAgent: string;
  readonly fieldManager: string | undefined;
}

export interface CallParts {
  readonly query?: Readonly<Record<string, string>>;
  readonly body?: unknown;
  readonly contentType?: string;
  readonly signal?: AbortSignal;
}

export async function send(
  caller: Caller,
  method: Method,
  path: string,
  parts: CallParts,
): Promise<unknown> {
  const response = await caller.transport.request({
    ...parts,
    method,
    path,
    userAgent: caller.userAgent,
    // A fresh one, not one for all calls: who serves the call may leave listeners on it.
    signal: parts.signal ?? new AbortController().signal,
  });
  if (response.status >= 400) throw refusal(response, method);
  return response.value;
}

/** What a refused call throws: the server's Status, or one made from the code when the server said something else. */
export function refusal(response: TransportResponse, method: Method): StatusError {
  const { status: code, value } = response;
  if (isStatus(value)) return new StatusError(value);
  const serverMessage = typeof value === 'string' ? value.trim() : '';
  return genericServerResponse({ code, verb: method, serverMessage, unexpected: true });
}

export function isStatus(value: unknown): value is Status {
  if (typeof value !== 'object' || value === null || !('kind' in value)) return false;
  return value.kind === 'Status' && 'apiVersion' in value && value.apiVersion === 'v1';
}
