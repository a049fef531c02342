/** What holds for counters that devices share, and for what a device takes of them. */
import { type FieldError, invalid, type Path, required, tooMany } from '@navarch/api/field-error';
import { isDns1123Label } from '@navarch/api/names';
import type { Counter } from '@navarch/api/types/resource/v1/slice';
import type { StringMap } from '@navarch/api/types/scalars';

/** Any amount will do; names are labels. Wrong names are reported at the map. */
export function validateCounters(
  counters: StringMap<Counter> | undefined,
  path: Path,
  max: number,
): FieldError[] {
  const names = Object.keys(counters ?? {});
  if (names.length === 0) return [required(path)];
  if (names.length > max) return [tooMany(path, names.length, max)];
  return names
    .toSorted()
    .flatMap((name) => isDns1123Label(name).map((detail) => invalid(path, name, detail)));
}
