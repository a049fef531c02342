/** Questions about errors: what the server refused, by its reason, and what never reached it. */
import { isStatusError, StatusError } from '@navarch/api/status';
import { ConnectionFailed } from './transport.ts';

export function isNotFound(error: unknown): error is StatusError {
  return isStatusError(error, 'NotFound');
}

/** A create met an object of that name. */
export function isAlreadyExists(error: unknown): error is StatusError {
  return isStatusError(error, 'AlreadyExists');
}

/** The object changed since it was read. Read it again, decide again. */
export function isConflict(error: unknown): error is StatusError {
  return isStatusError(error, 'Conflict');
}

export function isInvalid(error: unknown): error is StatusError {
  return isStatusError(error, 'Invalid');
}

export function isForbidden(error: unknown): error is StatusError {
  return isStatusError(error, 'Forbidden');
}

export function isUnauthorized(error: unknown): error is StatusError {
  return isStatusError(error, 'Unauthorized');
}

export function isBadRequest(error: unknown): error is StatusError {
  return isStatusError(error, 'BadRequest');
}

/** The resource version or the continue token is older than what the server keeps. */
export function isExpired(error: unknown): error is StatusError {
  return isStatusError(error, 'Expired') || isStatusError(error, 'Gone');
}

export function isTooManyRequests(error: unknown): error is StatusError {
  return isStatusError(error, 'TooManyRequests') || hasCode(error, 429);
}

export function isTimeout(error: unknown): error is StatusError {
  return isStatusError(error, 'Timeout') || isStatusError(error, 'ServerTimeout');
}

/** The server has not reached the asked-for resource version yet. */
export function isTooLargeResourceVersion(error: unknown): error is StatusError {
  if (!isStatusError(error, 'Timeout')) return false;
  const causes = error.status.details?.causes ?? [];
  return causes.some((cause) => cause.reason === 'ResourceVersionTooLarge');
}

export function isServiceUnavailable(error: unknown): error is StatusError {
  return isStatusError(error, 'ServiceUnavailable');
}

export function isInternalError(error: unknown): error is StatusError {
  return isStatusError(error, 'InternalError');
}

/** A write into a namespace that is being deleted: trying again is no use. */
export function isNamespaceTerminating(error: unknown): error is StatusError {
  if (!isStatusError(error, 'Forbidden')) return false;
  const causes = error.status.details?.causes ?? [];
  return causes.some((cause) => cause.reason === 'NamespaceTerminating');
}

/** No answer came. The request may have been done all the same. */
export function isConnectionFailed(error: unknown): error is ConnectionFailed {
  return error instanceof ConnectionFailed;
}

function hasCode(error: unknown, code: number): boolean {
  return error instanceof StatusError && error.code === code;
}
