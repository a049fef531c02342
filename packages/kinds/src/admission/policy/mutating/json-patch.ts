/** A mutation in the form of a JSON patch (RFC 6902), which the expression constructs. KEP-3962. */
import type { KubernetesObject } from '@navarch/api/extension/object';
import {
  applyOperation,
  copiedSizeMax,
  OperationError,
  type readJsonPatch,
} from '@navarch/api/patch/json';
import { isStatusError } from '@navarch/api/status';
import { type CelList, type CelObject, elementsOf, kindOf, type Value } from '@navarch/cel/values';
import { toJson } from '../../../cel/json-value.ts';
import { checkTypeNames } from '../../../cel/patch-types.ts';
import { operationFailureText } from '../../operation-failure.ts';
import { MutationError } from './mutation-error.ts';

type Operation = ReturnType<typeof readJsonPatch>['operations'][number];

/** Not decoded yet. A failed `test` leaves the object as it is. Throws a MutationError, or a CelError, when it cannot be made. */
export function withJsonPatch(object: KubernetesObject, value: Value): unknown {
  let result: unknown = object;
  const budget = { left: copiedSizeMax };
  for (const operation of Array.from(elementsOf(value as CelList), operationOf)) {
    try {
      result = applyOperation(result, operation, budget);
    } catch (error) {
      const text = failureText(operation, error);
      if (text.endsWith(': test failed')) return object;
      throw new MutationError(`JSONPath: ${text}`);
    }
  }
  return result;
}

function failureText(operation: Operation, error: unknown): string {
  if (error instanceof OperationError) return operationFailureText(operation, error);
  if (isStatusError(error)) return error.message;
  throw error;
}

function operationOf(value: Value): Operation {
  const patch = value as CelObject;
  const text = (field: string): string => {
    const member = patch.get(field);
    return typeof member === 'string' ? member : '';
  };
  const from = text('from');
  const member = patch.get('value');
  if (member !== undefined && kindOf(member) === 'object') checkTypeNames(member as CelObject);
  return {
    op: text('op'),
    path: text('path'),
    ...(from !== '' && { from }),
    ...(member !== undefined && { value: toJson(member) }),
  };
}
