/** Lists in order. Elements without an order among each other (NaN, different types) count as equal. */
import { CelError, noSuchOverload } from '../errors.ts';
import { compareValues } from '../evaluate/compare.ts';
import { type CelList, isList, kindOf, type Value, type ValueKind } from '../values.ts';

const ordered: ReadonlySet<ValueKind> = new Set<ValueKind>([
  ...(['int', 'uint', 'double', 'bool'] as const),
  ...(['duration', 'timestamp', 'string', 'bytes'] as const),
]);

/** Whether values of its type have an order. */
export const isOrdered = (value: Value): boolean => ordered.has(kindOf(value));

/** Negative, zero or positive. */
export function orderOf(left: Value, right: Value): number {
  try {
    return compareValues(left, right);
  } catch (error) {
    if (error instanceof CelError) return 0;
    throw error;
  }
}

/** The value as a list. */
export function asList(value: Value | undefined): CelList {
  if (value === undefined || value === null || !isList(value)) throw noSuchOverload();
  return value;
}
