/** What holds for validating admission policies and their bindings. */
import { duplicate, type FieldError, invalid, Path, required } from '@navarch/api/field-error';
import { isQualifiedName } from '@navarch/api/names';
import type {
  AuditAnnotation,
  ValidatingAdmissionPolicy,
  ValidatingAdmissionPolicyBinding,
  Validation,
} from '@navarch/api/types/admissionregistration/v1/policy';
import { oneOf, oneOfIfSet } from '../checks.ts';
import { listOf } from '../nil.ts';
import { expressionErrors } from './validate-match.ts';
import { PolicyScope, validateBindingSpec, validatePolicySpec } from './validate-policies.ts';

const reasons = ['Forbidden', 'Invalid', 'RequestEntityTooLarge'];
const actions = ['Audit', 'Deny', 'Warn'];
const auditAnnotationsMax = 20;
const blankText = 'must be non-empty if specified';
const nothingToDoText = 'validations or auditAnnotations must contain at least one item';
const denyAndWarnText =
  'must not contain both Deny and Warn (repeating the same validation failure information in the API response and headers serves no purpose)';

export function validatePolicy({ metadata, spec }: ValidatingAdmissionPolicy): FieldError[] {
  const path = Path.of('spec');
  const validations = listOf(spec.validations);
  const annotations = listOf(spec.auditAnnotations);
  const [validationsAt, annotationsAt] = [
    path.child('validations'),
    path.child('auditAnnotations'),
  ];
  const scope = new PolicyScope(spec);
  const errors = validatePolicySpec(spec, scope);
  if (validations.length + annotations.length === 0) {
    errors.push(required(validationsAt, nothingToDoText));
    errors.push(required(annotationsAt, nothingToDoText));
  }
  return [
    ...errors,
    ...validations.flatMap((each, i) => validateValidation(each, validationsAt.index(i), scope)),
    ...validateAnnotations(annotations, metadata.name ?? '', annotationsAt, scope),
  ];
}

function validateValidation(validation: Validation, path: Path, scope: PolicyScope): FieldError[] {
  const { expression, message, messageExpression, reason } = validation;
  const messageAt = path.child('message');
  const errors: FieldError[] = [];
  if (expression.trim() === '') {
    errors.push(required(path.child('expression'), 'expression is not specified'));
  } else {
    const compiled = scope.compile(expression, 'bool');
    errors.push(...expressionErrors(compiled, path.child('expression')));
  }
  if (messageExpression) {
    const at = path.child('messageExpression');
    if (messageExpression.trim() === '') errors.push(invalid(at, messageExpression, blankText));
    else errors.push(...expressionErrors(scope.compile(messageExpression, 'string'), at));
  }
  if (message && message.trim() === '') errors.push(invalid(messageAt, message, blankText));
  else if (message && /[\n\r]/.test(message.trim())) {
    errors.push(invalid(messageAt, message, 'must not contain line breaks'));
  } else if (!message && /[\n\r]/.test(expression.trim())) {
    errors.push(required(messageAt, 'must be specified if expression contains line breaks'));
  }
  return [...errors, ...oneOfIfSet(reason, reasons, path.child('reason'))];
}

function validateAnnotations(
  annotations: readonly AuditAnnotation[],
  policy: string,
  path: Path,
  scope: PolicyScope,
): FieldError[] {
  const errors: FieldError[] = [];
  if (annotations.length > auditAnnotationsMax) {
    const detail = `must not have more than ${auditAnnotationsMax} auditAnnotations`;
    errors.push(invalid(path, annotations, detail));
  }
  const keys = new Set<string>();
  for (const [i, { key, valueExpression }] of annotations.entries()) {
    const at = path.index(i);
    const shown = policy === '' ? key : `${policy}/${key}`;
    errors.push(...isQualifiedName(shown).map((detail) => invalid(at.child('key'), shown, detail)));
    if (valueExpression.trim() === '') {
      errors.push(required(at.child('valueExpression'), 'valueExpression is not specified'));
    } else {
      const compiled = scope.compile(valueExpression, 'stringOrNull');
      errors.push(...expressionErrors(compiled, at.child('valueExpression')));
    }
    if (keys.has(key)) errors.push(duplicate(at.child('key'), key));
    keys.add(key);
  }
  return errors;
}

export function validateBinding({ spec }: ValidatingAdmissionPolicyBinding): FieldError[] {
  return [
    ...validateBindingSpec(spec),
    ...validateActions(listOf(spec.validationActions), Path.of('spec').child('validationActions')),
  ];
}

function validateActions(values: readonly string[], path: Path): FieldError[] {
  if (values.length === 0) return [required(path, 'at least one validation action is required')];
  const errors = values.flatMap((action, i) => [
    ...oneOf(action, actions, path.index(i)),
    ...(values.indexOf(action) < i ? [duplicate(path.index(i), action)] : []),
  ]);
  if (values.includes('Deny') && values.includes('Warn')) {
    errors.push(invalid(path, values, denyAndWarnText));
  }
  return errors;
}
