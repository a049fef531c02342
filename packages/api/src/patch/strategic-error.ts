/** Failures of strategic merge patches. Some have code 400; upstream forgot the others, which are 500. */
import { goValue } from '@navarch/codec/go/text';
import { badRequest, genericServerResponse, unknownReason, type StatusError } from '../status.ts';
import { typeName } from './strategic-type.ts';

export function patchFailed(message: string): StatusError {
  return unknownReason(message);
}

export function badRetainKeys(): StatusError {
  return badRequest('invalid patch format of retainKeys');
}

export function badSetElementOrder(): StatusError {
  return badRequest('invalid patch format of setElementOrder list');
}

export function badPrimitiveList(): StatusError {
  return badRequest('invalid patch format of primitive list');
}

export function badPatchType(directive: unknown, patch: unknown): StatusError {
  const shown = typeof directive === 'string' ? directive : notText(directive);
  return patchFailed(`unknown patch type: ${shown} in map: ${goValue(patch)}`);
}

export function badArgument(expected: string, value: unknown): StatusError {
  const received = value === null ? notText(value) : typeName(value);
  return patchFailed(`expected a ${expected}, but received a ${received}`);
}

/** What is no text where Go's format wants one. */
function notText(value: unknown): string {
  if (value === null) return '%!s(<nil>)';
  return `%!s(${typeName(value)}=${goValue(value)})`;
}

export function noMergeKey(item: unknown, key: string): StatusError {
  return patchFailed(`map: ${goValue(item)} does not contain declared merge key: ${key}`);
}

export function listOfLists(): StatusError {
  return genericServerResponse({ code: 422, serverMessage: 'lists of lists are not supported' });
}
