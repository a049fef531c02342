/** JSON as text to compare or to find things by. */
import { encodeJson } from '@navarch/codec/json';

/** Takes whatever objects have in them: JSON.stringify refuses whole numbers that are bigints. Undefined is as null. */
export function jsonText(value: unknown): string {
  return encodeJson(value);
}
