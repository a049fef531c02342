/** What holds for access reviews. */
import { type FieldError, forbidden, invalid, Path, required } from '@navarch/api/field-error';
import { isLabelValue, isQualifiedName } from '@navarch/api/names';
import type {
  LabelSelectorAttributes,
  LocalSubjectAccessReview,
  NonResourceAttributes,
  SelfSubjectAccessReview,
  SubjectAccessReview,
  SubjectAccessReviewSpec,
} from '@navarch/api/types/authorization/v1';
import type { ObjectMeta } from '@navarch/api/types/meta/v1/object';
import { listOf } from '../nil.ts';
import type { AskedAttributes } from './attributes.ts';

const path = Path.of('spec');

export function validateReview({ metadata, spec }: SubjectAccessReview): FieldError[] {
  return [...specErrors(spec), ...metadataErrors(metadata)];
}

export function validateSelfReview({ metadata, spec }: SelfSubjectAccessReview): FieldError[] {
  return [...attributeErrors(spec), ...selectorErrors(spec), ...metadataErrors(metadata)];
}

/** Local reviews are about their own namespace, and never about paths. */
export function validateLocalReview({ metadata, spec }: LocalSubjectAccessReview): FieldError[] {
  const errors = [...specErrors(spec), ...metadataErrors(metadata, 'namespace')];
  const { resourceAttributes, nonResourceAttributes } = spec;
  if (resourceAttributes && resourceAttributes.namespace !== metadata.namespace) {
    const at = path.child('resourceAttributes', 'namespace');
    const { namespace = '' } = resourceAttributes;
    errors.push(invalid(at, namespace, 'must match metadata.namespace'));
  }
  if (nonResourceAttributes) {
    const at = path.child('nonResourceAttributes');
    const detail = 'disallowed on this kind of request';
    errors.push(invalid(at, shown(nonResourceAttributes), detail));
  }
  return errors;
}

function specErrors(spec: SubjectAccessReviewSpec): FieldError[] {
  const errors = attributeErrors(spec);
  if (!spec.user && listOf(spec.groups).length === 0) {
    const detail = 'at least one of user or group must be specified';
    errors.push(invalid(path.child('user'), spec.user ?? '', detail));
  }
  return [...errors, ...selectorErrors(spec)];
}

function attributeErrors({
  resourceAttributes,
  nonResourceAttributes,
}: AskedAttributes): FieldError[] {
  if (resourceAttributes && nonResourceAttributes) {
    const detail = 'cannot be specified in combination with resourceAttributes';
    return [invalid(path.child('nonResourceAttributes'), shown(nonResourceAttributes), detail)];
  }
  if (!resourceAttributes && !nonResourceAttributes) {
    const detail = 'exactly one of nonResourceAttributes or resourceAttributes must be specified';
    return [invalid(path.child('resourceAttributes'), null, detail)];
  }
  return [];
}

function selectorErrors({ resourceAttributes }: AskedAttributes): FieldError[] {
  const { fieldSelector, labelSelector } = resourceAttributes ?? {};
  const at = path.child('resourceAttributes');
  return [
    ...(fieldSelector ? formErrors(fieldSelector, at.child('fieldSelector'), fieldErrors) : []),
    ...(labelSelector ? formErrors(labelSelector, at.child('labelSelector'), labelErrors) : []),
  ];
}

type Requirement = NonNullable<LabelSelectorAttributes['requirements']>[number];
type Check = (requirement: Requirement, at: Path) => readonly FieldError[];

/** Either as text or as requirements; the text is not read here. */
function formErrors(
  { rawSelector, requirements }: LabelSelectorAttributes,
  at: Path,
  check: Check,
): FieldError[] {
  const list = listOf(requirements);
  const path = at.child('requirements');
  const errors: FieldError[] = [];
  if (rawSelector && list.length > 0) {
    const detail = 'may not specified at the same time as requirements';
    errors.push(invalid(at.child('rawSelector'), rawSelector, detail));
  }
  if (!rawSelector && list.length === 0) {
    const detail = `when ${at.toString()} is specified, requirements or rawSelector is required`;
    errors.push(required(path, detail));
  }
  return [...errors, ...list.flatMap((requirement, i) => check(requirement, path.index(i)))];
}

/** Which fields there are is known to the resource alone. */
function fieldErrors(requirement: Requirement, at: Path): FieldError[] {
  const unnamed = requirement.key ? [] : [required(at.child('key'), 'must be specified')];
  return [...unnamed, ...operatorErrors(requirement, at)];
}

function labelErrors(requirement: Requirement, at: Path): FieldError[] {
  const { key, values } = requirement;
  return [
    ...operatorErrors(requirement, at),
    ...isQualifiedName(key).map((detail) => invalid(at.child('key'), key, detail)),
    ...listOf(values).flatMap((value, i) =>
      isLabelValue(value).map((detail) => invalid(at.child('values').index(i), value, detail)),
    ),
  ];
}

/** Operators that nobody knows yet are let through: an authorizer may know them. */
function operatorErrors({ operator, values }: Requirement, at: Path): FieldError[] {
  const count = listOf(values).length;
  if ((operator === 'In' || operator === 'NotIn') && count === 0) {
    const detail = "must be specified when `operator` is 'In' or 'NotIn'";
    return [required(at.child('values'), detail)];
  }
  if ((operator === 'Exists' || operator === 'DoesNotExist') && count > 0) {
    const detail = "may not be specified when `operator` is 'Exists' or 'DoesNotExist'";
    return [forbidden(at.child('values'), detail)];
  }
  return [];
}

/** As upstream prints it: with the names of its Go fields. */
function shown({ path: asked = '', verb = '' }: NonResourceAttributes): object {
  return { Path: asked, Verb: verb };
}

function metadataErrors(metadata: ObjectMeta, but?: 'namespace'): FieldError[] {
  const rest = without(but ? without(metadata, but) : metadata, 'managedFields');
  if (Object.keys(rest).length === 0) return [];
  const detail = but ? `must be empty except for ${but}` : 'must be empty';
  return [invalid(Path.of('metadata'), metadata, detail)];
}

function without(metadata: ObjectMeta, name: keyof ObjectMeta): ObjectMeta {
  const { [name]: _, ...rest } = metadata;
  return rest;
}
