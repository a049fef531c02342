/** What holds for a label selector. */
import { type FieldError, forbidden, invalid, type Path, required } from '@navarch/api/field-error';
import { isLabelValue, isQualifiedName } from '@navarch/api/names';
import type { LabelSelector, LabelSelectorRequirement } from '@navarch/api/types/meta/v1/selector';
import type { StringMap } from '@navarch/api/types/scalars';
import { listOf } from './nil.ts';

export function validateLabelSelector(
  selector: LabelSelector | null | undefined,
  path: Path,
): FieldError[] {
  if (!selector) return [];
  const expressions = path.child('matchExpressions');
  return [
    ...labelErrors(selector.matchLabels, path.child('matchLabels')),
    ...listOf(selector.matchExpressions).flatMap((requirement, i) =>
      requirementErrors(requirement, expressions.index(i)),
    ),
  ];
}

/** Errors name the map, not the key, as upstream's do. */
export function labelErrors(labels: StringMap<string> | undefined, path: Path): FieldError[] {
  return Object.entries(labels ?? {}).flatMap(([key, value]) => [
    ...isQualifiedName(key).map((detail) => invalid(path, key, detail)),
    ...isLabelValue(value).map((detail) => invalid(path, value, detail)),
  ]);
}

export function requirementErrors(requirement: LabelSelectorRequirement, path: Path): FieldError[] {
  const { key, operator } = requirement;
  const values = listOf(requirement.values);
  const errors: FieldError[] = [];
  switch (operator) {
    case 'In':
    case 'NotIn':
      if (values.length === 0) {
        const detail = "must be specified when `operator` is 'In' or 'NotIn'";
        errors.push(required(path.child('values'), detail));
      }
      break;
    case 'Exists':
    case 'DoesNotExist':
      if (values.length > 0) {
        const detail = "may not be specified when `operator` is 'Exists' or 'DoesNotExist'";
        errors.push(forbidden(path.child('values'), detail));
      }
      break;
    default:
      errors.push(invalid(path.child('operator'), operator, 'not a valid selector operator'));
  }
  const keyPath = path.child('key');
  errors.push(...isQualifiedName(key).map((detail) => invalid(keyPath, key, detail)));
  for (const [i, value] of values.entries()) {
    const at = path.child('values').index(i);
    errors.push(...isLabelValue(value).map((detail) => invalid(at, value, detail)));
  }
  return errors;
}
