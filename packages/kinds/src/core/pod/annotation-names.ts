/** Rules for annotations of any kind: names and how much they may hold together. */
import { invalid, type Path, tooLong } from '@navarch/api/field-error';
import { isQualifiedName } from '@navarch/api/names';
import type { StringMap } from '@navarch/api/types/scalars';
import { annotationsBytesMax, entriesOf, type Errors } from '../checks.ts';
import { textSize } from '../sizes.ts';

export function checkAnnotationNames(
  annotations: StringMap<string>,
  path: Path,
  errors: Errors,
): void {
  let bytes = 0;
  for (const [key, value] of entriesOf(annotations)) {
    for (const message of isQualifiedName(key.toLowerCase()))
      errors.push(invalid(path, key, message));
    bytes += textSize(key) + textSize(value);
  }
  if (bytes > annotationsBytesMax) errors.push(tooLong(path, '', annotationsBytesMax));
}
