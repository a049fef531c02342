/** What holds for the way in which a capacity of a shared device may be asked for: by listed amounts, or by a range of them. */
import {
  duplicate,
  type FieldError,
  forbidden,
  invalid,
  type Path,
  required,
  tooMany,
} from '@navarch/api/field-error';
import { Quantity } from '@navarch/api/quantity';
import type {
  CapacityRequestPolicy,
  CapacityRequestPolicyRange,
} from '@navarch/api/types/resource/v1/slice';
import { listOf } from '../nil.ts';

const valuesMax = 10;
const bothText =
  'exactly one policy can be specified, cannot specify "validValues" and "validRange" at the same time';

/** `value`: all that there is. */
export function validateRequestPolicy(
  policy: CapacityRequestPolicy,
  value: string,
  path: Path,
): FieldError[] {
  const { validRange } = policy;
  const values = listOf(policy.validValues);
  const whole = Quantity.parse(value);
  // What the type promises, clients may leave out.
  const preset = policy.default as string | null | undefined;
  if (values.length > 0 && validRange) return [forbidden(path, bothText)];
  if (values.length === 0 && !validRange) return [];
  const kind = validRange ? 'validRange' : 'validValues';
  if (preset === undefined || preset === null) {
    return [required(path.child('default'), `required when ${kind} is defined`)];
  }
  const standard = Quantity.parse(preset);
  const at = path.child(kind);
  return validRange
    ? rangeErrors(validRange, standard, whole, at)
    : valueErrors(values, standard, whole, at);
}

/** Ascending, each once, none more than there is, and the default is one of them. */
function valueErrors(
  texts: readonly string[],
  standard: Quantity,
  whole: Quantity,
  path: Path,
): FieldError[] {
  const values = texts.map((text) => Quantity.parse(text));
  const errors = values.flatMap((value, i) => {
    const before = values[i - 1];
    if (!before || before.compare(value) <= 0) return [];
    return [invalid(path.index(i), String(value), 'values must be sorted in ascending order')];
  });
  const among = values.some((value) => value.compare(standard) === 0);
  if (values.length > valuesMax) errors.push(tooMany(path, values.length, valuesMax));
  else {
    const isMore = `option is larger than capacity value: ${String(whole)}`;
    for (const [i, value] of values.entries()) {
      if (value.compare(whole) <= 0) continue;
      errors.push(invalid(path.index(i), String(value), isMore));
    }
    // Told apart by whole units only.
    const units = values.map((value) => value.value());
    for (const [i, unit] of units.entries()) {
      if (units.indexOf(unit) < i) errors.push(duplicate(path.index(i), String(unit)));
    }
  }
  if (!among || values.length > valuesMax) {
    const detail = 'default value is not valid according to the requestPolicy';
    errors.push(invalid(path, String(standard), detail));
  }
  return errors;
}

function rangeErrors(
  range: CapacityRequestPolicyRange,
  standard: Quantity,
  whole: Quantity,
  path: Path,
): FieldError[] {
  const errors: FieldError[] = [];
  const check = (right: boolean, name: string, shown: Quantity, detail: string) => {
    if (!right) errors.push(invalid(path.child(name), String(shown), detail));
  };
  if (range.min === undefined) {
    return [required(path.child('min'), 'required when validRange is defined')];
  }
  const min = Quantity.parse(range.min);
  const capacity = `is larger than capacity value: ${String(whole)}`;
  check(min.compare(whole) <= 0, 'min', min, `min ${capacity}`);
  check(standard.compare(min) >= 0, 'min', standard, `default is less than min: ${String(min)}`);
  const max = range.max === undefined ? undefined : Quantity.parse(range.max);
  if (max) {
    check(min.compare(max) <= 0, 'max', min, `min is larger than max: ${String(max)}`);
    check(max.compare(whole) <= 0, 'max', max, `max ${capacity}`);
    check(standard.compare(max) <= 0, 'max', standard, `default is more than max: ${String(max)}`);
  }
  if (range.step === undefined) return errors;
  const step = Quantity.parse(range.step);
  if (step.sign() <= 0) {
    check(false, 'step', step, 'must be greater than zero');
    return errors;
  }
  const next = min.add(step);
  check(next.compare(whole) <= 0, 'step', step, `one step ${String(next)} ${capacity}`);
  for (const value of max ? [standard, max] : [standard]) {
    const detail = `value is not a multiple of a given step (${String(step)}) from (${String(min)})`;
    const isReached = (value.value() - min.value()) % step.value() === 0;
    check(isReached, 'step', value, detail);
  }
  return errors;
}
