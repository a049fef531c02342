/** What clients are told when a webhook says no, or cannot be asked. */
import { badRequest, internalError, StatusError, timeout } from '@navarch/api/status';
import type { Hook } from './hooks.ts';
import type { Answer } from './review.ts';

/** The webhook's own words and code, as far as they are a refusal. */
export function denial({ name }: Hook, status: Answer['status']): StatusError {
  const { code = 0, message = '', reason = '', details } = status ?? {};
  const denied = `admission webhook "${name}" denied the request`;
  const explanation = message || reason;
  return new StatusError({
    kind: 'Status',
    apiVersion: 'v1',
    metadata: {},
    status: 'Failure',
    message: explanation === '' ? `${denied} without explanation` : `${denied}: ${explanation}`,
    ...(reason === '' ? undefined : { reason }),
    ...(details ? { details } : undefined),
    code: code < 400 ? 400 : code,
  });
}

/** The webhook could not be asked, or what came back was no answer. */
export class CallFailure extends Error {
  constructor({ name }: Hook, reason: string) {
    super(`failed calling webhook "${name}": ${reason}`);
  }
}

export function refusalFor(failure: CallFailure): StatusError {
  return internalError(failure);
}

export function dryRunRefusal({ name }: Hook): StatusError {
  return badRequest(`admission webhook "${name}" does not support dry run`);
}

export function lateRefusal(): StatusError {
  return timeout('request did not complete within requested timeout');
}
