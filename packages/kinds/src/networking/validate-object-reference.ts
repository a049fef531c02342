/** What holds for a reference to an object of any kind. */
import { type FieldError, invalid, type Path, required } from '@navarch/api/field-error';
import { isDns1123Subdomain, isPathSegmentName } from '@navarch/api/names';

interface ObjectReference {
  readonly apiGroup?: string | null;
  readonly kind?: string;
  readonly name?: string;
}

export function validateObjectReference(reference: ObjectReference, path: Path): FieldError[] {
  const { apiGroup, kind, name } = reference;
  const groupPath = path.child('apiGroup');
  return [
    ...(apiGroup === undefined || apiGroup === null
      ? []
      : isDns1123Subdomain(apiGroup).map((detail) => invalid(groupPath, apiGroup, detail))),
    ...requiredSegment(kind, path.child('kind')),
    ...requiredSegment(name, path.child('name')),
  ];
}

function requiredSegment(value: string | undefined, path: Path): FieldError[] {
  if (!value) return [required(path)];
  return isPathSegmentName(value).map((detail) => invalid(path, value, detail));
}
