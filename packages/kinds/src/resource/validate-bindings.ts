/** What holds for the conditions that decide whether a device can be used once its pod is about to be bound. */
import { duplicate, type FieldError, invalid, type Path, tooMany } from '@navarch/api/field-error';
import { isQualifiedName } from '@navarch/api/names';
import type { Device } from '@navarch/api/types/resource/v1/slice';
import { listOf } from '../nil.ts';
import { indexesOfRepeated } from './request-names.ts';

const conditionsMax = 4;

type Bound = Pick<Device, 'bindingConditions' | 'bindingFailureConditions'>;

/** Conditions to wait for and conditions to give up on come together, each once. */
export function validateBindings(device: Bound, path: Path): FieldError[] {
  const errors: FieldError[] = [];
  const names = ['bindingConditions', 'bindingFailureConditions'] as const;
  const [waits, failures] = [
    listOf(device.bindingConditions),
    listOf(device.bindingFailureConditions),
  ];
  for (const name of names) errors.push(...conditionNameErrors(device[name], path.child(name)));
  const awaited = new Set(waits);
  for (const name of names) {
    const all = listOf(device[name]);
    const again = new Set(indexesOfRepeated(all));
    for (const [i, condition] of all.entries()) {
      const at = path.child(name).index(i);
      if (again.has(i)) errors.push(duplicate(at, condition));
      if (name === 'bindingConditions' || !awaited.has(condition)) continue;
      const detail = 'bindingFailureConditions must not overlap with bindingConditions';
      errors.push(invalid(at, condition, detail));
    }
  }
  if (waits.length === 0 && failures.length > 0) {
    const detail = 'bindingConditions are required to use bindingFailureConditions';
    errors.push(invalid(path.child('bindingConditions'), device.bindingConditions ?? null, detail));
  }
  if (failures.length === 0 && waits.length > 0) {
    const detail = 'bindingFailureConditions are required to use bindingConditions';
    const at = path.child('bindingFailureConditions');
    errors.push(invalid(at, device.bindingFailureConditions ?? null, detail));
  }
  return errors;
}

function conditionNameErrors(names: readonly string[] | undefined, path: Path): FieldError[] {
  const all = listOf(names);
  if (all.length > conditionsMax) return [tooMany(path, all.length, conditionsMax)];
  return all.flatMap((name, i) =>
    isQualifiedName(name).map((detail) => invalid(path.index(i), name, detail)),
  );
}
