/** What holds for the way that an autoscaler names an object. */
import { type FieldError, invalid, type Path, required } from '@navarch/api/field-error';
import { isPathSegmentName } from '@navarch/api/names';
import type { CrossVersionObjectReference } from '@navarch/api/types/autoscaling/v2';

export function validateScaleTarget(
  { kind, name }: CrossVersionObjectReference,
  at: Path,
): FieldError[] {
  return [...segmentErrors(kind, at.child('kind')), ...segmentErrors(name, at.child('name'))];
}

function segmentErrors(text: string, at: Path): FieldError[] {
  if (text === '') return [required(at)];
  return isPathSegmentName(text).map((detail) => invalid(at, text, detail));
}
