/**
 * A transport that waits and asks again when the server says so: 429, and 5xx with Retry-After. Nothing else is repeated: whether a
 * request that broke was done is for its caller to find out.
 */
import { limits } from '@navarch/runtime/limits';
import type { Runtime } from '@navarch/runtime/runtime';
import { isStatus } from './calls.ts';
import type { Transport, TransportRequest, TransportResponse } from './transport.ts';

export function createRetryingTransport(inner: Transport, runtime: Runtime): Transport {
  return {
    decodes: inner.decodes,
    request: (request) => retry(() => inner.request(request), request, runtime),
    watch: (request, listener) => retry(() => inner.watch(request, listener), request, runtime),
    close: () => inner.close(),
  };
}

async function retry(
  send: () => Promise<TransportResponse>,
  { signal }: TransportRequest,
  { clock }: Runtime,
): Promise<TransportResponse> {
  for (let retries = 0; ; retries++) {
    const response = await send();
    const waitMs = retryAfterMs(response);
    if (waitMs === undefined || retries >= limits.clientRequestRetriesMax) return response;
    await clock.sleep(waitMs, signal);
  }
}

/** Undefined when the answer stands. */
function retryAfterMs({ status, value, retryAfterSeconds }: TransportResponse): number | undefined {
  if (status < 429 || (status > 429 && status < 500)) return undefined;
  // A timeout may have taken long already, and what timed out may have been done.
  if (status === 504) return undefined;
  const inBody = isStatus(value) ? value.details?.retryAfterSeconds : undefined;
  const seconds = retryAfterSeconds ?? inBody ?? (status === 429 ? 1 : undefined);
  return seconds === undefined ? undefined : seconds * 1000;
}
