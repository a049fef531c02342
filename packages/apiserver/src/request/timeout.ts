/** How long a request may take: as long as its client says, but no longer than the server allows. */
import { parseDuration } from '@navarch/api/duration';
import { badRequest } from '@navarch/api/status';
import { TimeError } from '@navarch/api/time';
import { limits } from '@navarch/runtime/limits';
import { parseQuery } from './query.ts';

/** Throws 400 for what is no duration. Nothing, and what is not above zero, mean the server's own limit. */
export function requestTimeoutMs(query: string): number {
  const asked = query.includes('timeout=') ? (parseQuery(query).get('timeout') ?? '') : '';
  if (asked === '') return limits.requestTimeoutMs;
  const ms = millisecondsOf(asked);
  return ms > 0 ? Math.min(ms, limits.requestTimeoutMs) : limits.requestTimeoutMs;
}

function millisecondsOf(text: string): number {
  try {
    return Number(parseDuration(text)) / 1e6;
  } catch (error) {
    if (!(error instanceof TimeError)) throw error;
    throw badRequest(`invalid timeout specified in the request URL - ${error.message}`);
  }
}
