/** What holds for the conditions of a status: one of each type, complete, with reasons that are words. */
import {
  duplicate,
  type FieldError,
  invalid,
  notSupported,
  type Path,
  required,
  tooLong,
} from '@navarch/api/field-error';
import { isQualifiedName, patternText } from '@navarch/api/names';
import type { Condition } from '@navarch/api/types/meta/v1/condition';
import { textSize } from './core/sizes.ts';
import { listOf } from './nil.ts';

const statuses = ['False', 'True', 'Unknown'];
const reasonBytesMax = 1024;
const messageBytesMax = 32 * 1024;
const reasonForm = '[A-Za-z]([A-Za-z0-9_,:]*[A-Za-z0-9_])?';
const reasonPattern = new RegExp(`^${reasonForm}$`);
const reasonText = patternText(
  "a condition reason must start with alphabetic character, optionally followed by a string of alphanumeric characters or '_,:', and must end with an alphanumeric character or '_'",
  reasonForm,
  'my_name',
  'MY_NAME',
  'MyName',
  'ReasonA,ReasonB',
  'ReasonA:ReasonB',
);

/** Checks the list at `path`. */
export function validateConditions(
  conditions: readonly Condition[] | undefined,
  path: Path,
): FieldError[] {
  const seen = new Set<string>();
  return listOf(conditions).flatMap((condition, i) => {
    const at = path.index(i);
    const again = seen.has(condition.type) ? [duplicate(at.child('type'), condition.type)] : [];
    seen.add(condition.type);
    return [...again, ...conditionErrors(condition, at)];
  });
}

function conditionErrors(condition: Condition, path: Path): FieldError[] {
  const { type, status, observedGeneration = 0, reason, message } = condition;
  const at = (name: keyof Condition) => path.child(name);
  const errors = isQualifiedName(type).map((detail) => invalid(at('type'), type, detail));
  if (!statuses.includes(status)) errors.push(notSupported(at('status'), status, statuses));
  if (observedGeneration < 0) {
    const detail = 'must be greater than or equal to zero';
    errors.push(invalid(at('observedGeneration'), observedGeneration, detail));
  }
  if (!condition.lastTransitionTime) errors.push(required(at('lastTransitionTime')));
  if (!reason) errors.push(required(at('reason')));
  else {
    if (!reasonPattern.test(reason)) errors.push(invalid(at('reason'), reason, reasonText));
    if (textSize(reason) > reasonBytesMax) errors.push(tooLong(at('reason'), '', reasonBytesMax));
  }
  if (textSize(message ?? '') > messageBytesMax) {
    errors.push(tooLong(at('message'), '', messageBytesMax));
  }
  return errors;
}
