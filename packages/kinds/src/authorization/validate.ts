/** What holds for access reviews. */
import { type FieldError, forbidden, invalid, Path, required } from '@navarch/api/field-error';
import { isQualifiedName } from '@navarch/api/names';
import type {
  LabelSelectorAttributes,
  LocalSubjectAccessReview,
  NonResourceAttributes,
  ResourceAttributes,
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
  return [...attributeErrors(spec), ...metadataErrors(metadata)];
}

/** Local reviews are about their own namespace, and never about paths. */
export function validateLocalReview({ metadata, spec }: LocalSubjectAccessReview): FieldError[] {
  const errors = [...specErrors(spec), ...metadataErrors(without(metadata, 'namespace'))];
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
  return errors;
}

function attributeErrors({
  resourceAttributes,
  nonResourceAttributes,
}: AskedAttributes): FieldError[] {
  if (resourceAttributes && nonResourceAttributes) {
    const detail = 'cannot be specified in combination with resourceAttributes';
    return [invalid(path.child('nonResourceAttributes'), shown(nonResourceAttributes), detail)];
  }
  const at = path.child('resourceAttributes');
  if (!resourceAttributes && !nonResourceAttributes) {
    const detail = 'exactly one of nonResourceAttributes or resourceAttributes must be specified';
    return [invalid(at, null, detail)];
  }
  return resourceAttributes ? selectorErrors(resourceAttributes, at) : [];
}

function selectorErrors(
  { fieldSelector, labelSelector }: ResourceAttributes,
  at: Path,
): FieldError[] {
  return [
    ...(fieldSelector ? formErrors(fieldSelector, at.child('fieldSelector')) : []),
    ...(labelSelector ? formErrors(labelSelector, at.child('labelSelector')) : []),
  ];
}

/** Either as text or as requirements; the text is not read here. */
function formErrors(
  { rawSelector, requirements }: LabelSelectorAttributes,
  at: Path,
): FieldError[] {
  const list = listOf(requirements);
  if (rawSelector && list.length > 0) {
    const detail = 'may not specified at the same time as requirements';
    return [invalid(at.child('rawSelector'), rawSelector, detail)];
  }
  if (rawSelector) return [];
  const path = at.child('requirements');
  if (list.length === 0) {
    return [
      required(path, `when ${at.toString()} is specified, requirements or rawSelector is required`),
    ];
  }
  return list.flatMap((requirement, i) => requirementErrors(requirement, path.index(i)));
}

/** Operators that nobody knows yet are let through: an authorizer may know them. */
function requirementErrors(
  { key, operator, values }: NonNullable<LabelSelectorAttributes['requirements']>[number],
  at: Path,
): FieldError[] {
  const errors: FieldError[] = [];
  const count = listOf(values).length;
  if ((operator === 'In' || operator === 'NotIn') && count === 0) {
    const detail = "must be specified when `operator` is 'In' or 'NotIn'";
    errors.push(required(at.child('values'), detail));
  }
  if ((operator === 'Exists' || operator === 'DoesNotExist') && count > 0) {
    const detail = "may not be specified when `operator` is 'Exists' or 'DoesNotExist'";
    errors.push(forbidden(at.child('values'), detail));
  }
  for (const detail of isQualifiedName(key)) errors.push(invalid(at.child('key'), key, detail));
  return errors;
}

/** As upstream prints it: with the names of its Go fields. */
function shown({ path: asked = '', verb = '' }: NonResourceAttributes): object {
  return { Path: asked, Verb: verb };
}

function metadataErrors(metadata: ObjectMeta): FieldError[] {
  const rest = without(metadata, 'managedFields');
  if (Object.keys(rest).length === 0) return [];
  return [invalid(Path.of('metadata'), metadata, 'must be empty')];
}

function without(metadata: ObjectMeta, name: keyof ObjectMeta): ObjectMeta {
  const { [name]: _, ...rest } = metadata;
  return rest;
}
