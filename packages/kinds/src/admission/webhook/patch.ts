/** The changes that a mutating webhook asks for: a JSON patch, with the error texts that upstream has for those. */
import type { KubernetesObject } from '@navarch/api/extension/object';
import {
  applyOperation,
  copiedSizeMax,
  OperationError,
  readJsonPatch,
} from '@navarch/api/patch/json';
import { internalError, isStatusError } from '@navarch/api/status';
import { operationFailureText } from '../operation-failure.ts';
import type { Hook } from './hooks.ts';
import { CallFailure } from './refusal.ts';

type Operation = ReturnType<typeof readJsonPatch>['operations'][number];

/** The same object when the patch says nothing. Throws a CallFailure for what is no patch, a StatusError for one that fails. */
export function patched(
  hook: Hook,
  object: KubernetesObject | undefined,
  patch: string,
  patchType: string,
): unknown {
  const operations = read(hook, patch);
  if (operations.length === 0) return object;
  if (!object) {
    const message = `admission webhook "${hook.name}" attempted to modify the object, which is not supported for this operation`;
    throw internalError(new Error(message));
  }
  if (patchType !== 'JSONPatch') {
    throw new CallFailure(hook, `unsupported patch type "${patchType}"`);
  }
  let result: unknown = object;
  const budget = { left: copiedSizeMax };
  for (const operation of operations) result = applied(result, operation, budget);
  return result;
}

function read(hook: Hook, patch: string): readonly Operation[] {
  try {
    return readJsonPatch(patch, 'lenient').operations;
  } catch (error) {
    const text = error instanceof Error ? error.message : String(error);
    throw new CallFailure(hook, `received undecodable patch in webhook response: ${text}`);
  }
}

function applied(document: unknown, operation: Operation, budget: { left: number }): unknown {
  try {
    return applyOperation(document, operation, budget);
  } catch (error) {
    if (error instanceof OperationError)
      throw internalError(operationFailureText(operation, error));
    if (isStatusError(error)) throw internalError(error);
    throw error;
  }
}
