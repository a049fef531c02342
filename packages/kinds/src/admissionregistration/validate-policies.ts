/** What holds for admission policies and their bindings. */
import {
  duplicate,
  type FieldError,
  forbidden,
  invalid,
  Path,
  required,
} from '@navarch/api/field-error';
import {
  isCIdentifier,
  isDns1035Label,
  isDns1123Subdomain,
  isPathSegmentName,
  isQualifiedName,
} from '@navarch/api/names';
import type {
  AuditAnnotation,
  ParamKind,
  ParamRef,
  ValidatingAdmissionPolicy,
  ValidatingAdmissionPolicyBinding,
  Validation,
  Variable,
} from '@navarch/api/types/admissionregistration/v1/policy';
import {
  type AdmissionExpressions,
  createAdmissionExpressions,
  type Expression,
  type Output,
} from '../cel/admission-expressions.ts';
import { oneOf, oneOfIfSet, requiredOneOf } from '../checks.ts';
import { validateLabelSelector } from '../label-selector.ts';
import { listOf } from '../nil.ts';
import {
  expressionErrors,
  failurePolicies,
  validateMatchConditions,
  validateMatchResources,
} from './validate-match.ts';

const reasons = ['Forbidden', 'Invalid', 'RequestEntityTooLarge'];
const actions = ['Audit', 'Deny', 'Warn'];
const notFoundActions = ['Deny', 'Allow'];
const auditAnnotationsMax = 20;
const blankText = 'must be non-empty if specified';
const nothingToDoText = 'validations or auditAnnotations must contain at least one item';
const exclusiveText = 'name and selector are mutually exclusive';
const denyAndWarnText =
  'must not contain both Deny and Warn (repeating the same validation failure information in the API response and headers serves no purpose)';

/** Words of the language that look like names. */
const reservedWords = new Set(
  'true false null in as break const continue else for function if import let loop package namespace return var void while'.split(
    ' ',
  ),
);

export function validatePolicy({ metadata, spec }: ValidatingAdmissionPolicy): FieldError[] {
  const path = Path.of('spec');
  const validations = listOf(spec.validations);
  const annotations = listOf(spec.auditAnnotations);
  const [validationsAt, annotationsAt] = [
    path.child('validations'),
    path.child('auditAnnotations'),
  ];
  const hasParams = spec.paramKind !== undefined;
  const scope = new PolicyScope(hasParams);
  const errors = [
    ...oneOfIfSet(spec.failurePolicy, failurePolicies, path.child('failurePolicy')),
    ...(spec.paramKind ? validateParamKind(spec.paramKind, path.child('paramKind')) : []),
    ...validateConstraints(spec.matchConstraints, path.child('matchConstraints')),
    ...validateMatchConditions(spec.matchConditions, path.child('matchConditions'), { hasParams }),
    ...listOf(spec.variables).flatMap((variable, i) =>
      validateVariable(variable, path.child('variables').index(i), scope),
    ),
  ];
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

/** Expressions may use the variables before them. */
class PolicyScope {
  readonly #hasParams: boolean;
  readonly #variables: { readonly name: string; readonly expression: Expression }[] = [];
  #expressions: AdmissionExpressions | undefined;

  constructor(hasParams: boolean) {
    this.#hasParams = hasParams;
  }

  compile(text: string, output: Output): Expression {
    this.#expressions ??= createAdmissionExpressions({
      hasParams: this.#hasParams,
      hasAuthorizer: true,
      variables: this.#variables,
    });
    return this.#expressions.compile(text, output);
  }

  declare(name: string, expression: Expression): void {
    this.#variables.push({ name, expression });
    this.#expressions = undefined;
  }
}

function validateConstraints(
  match: ValidatingAdmissionPolicy['spec']['matchConstraints'],
  path: Path,
): FieldError[] {
  if (!match) return [required(path)];
  const errors = validateMatchResources(match, path);
  if (listOf(match.resourceRules).length === 0) errors.push(required(path.child('resourceRules')));
  return errors;
}

function validateParamKind({ apiVersion, kind }: ParamKind, path: Path): FieldError[] {
  const [versionAt, kindAt] = [path.child('apiVersion'), path.child('kind')];
  const errors: FieldError[] = [];
  if (!apiVersion) errors.push(required(versionAt));
  else errors.push(...validateGroupVersion(apiVersion, versionAt));
  if (!kind) return [...errors, required(kindAt)];
  const details = isDns1035Label(kind.toLowerCase());
  if (details.length > 0) {
    const detail = `may have mixed case, but should otherwise match: ${details.join(',')}`;
    errors.push(invalid(kindAt, kind, detail));
  }
  return errors;
}

function validateGroupVersion(text: string, path: Path): FieldError[] {
  const parts = text.split('/');
  if (parts.length > 2) {
    return [invalid(path, text, `unexpected GroupVersion string: ${text}`)];
  }
  const version = parts.pop() ?? '';
  const group = parts.pop() ?? '';
  return [
    ...(group === '' ? [] : isDns1123Subdomain(group)).map((detail) =>
      invalid(path, group, detail),
    ),
    ...isDns1035Label(version).map((detail) => invalid(path, version, detail)),
  ];
}

function validateVariable(
  { name, expression }: Variable,
  path: Path,
  scope: PolicyScope,
): FieldError[] {
  const errors: FieldError[] = [];
  if (name.trim() === '') errors.push(required(path.child('name'), 'name is not specified'));
  else if (reservedWords.has(name) || isCIdentifier(name).length > 0) {
    errors.push(invalid(path.child('name'), name, 'must be a valid CEL identifier'));
  }
  if (expression.trim() === '') {
    return [...errors, required(path.child('expression'), 'expression is not specified')];
  }
  const compiled = scope.compile(expression, 'any');
  scope.declare(name, compiled);
  return [...errors, ...expressionErrors(compiled, path.child('expression'))];
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
  const path = Path.of('spec');
  const at = path.child('policyName');
  const { policyName, paramRef, matchResources } = spec;
  return [
    ...(policyName
      ? isDns1123Subdomain(policyName).map((detail) => invalid(at, policyName, detail))
      : [required(at)]),
    ...(paramRef ? validateParamRef(paramRef, path.child('paramRef')) : []),
    ...(matchResources ? validateMatchResources(matchResources, path.child('matchResources')) : []),
    ...validateActions(listOf(spec.validationActions), path.child('validationActions')),
  ];
}

function validateParamRef(reference: ParamRef, path: Path): FieldError[] {
  const { name, selector, parameterNotFoundAction } = reference;
  const [nameAt, selectorAt] = [path.child('name'), path.child('selector')];
  const errors: FieldError[] = [];
  if (name) {
    errors.push(...isPathSegmentName(name).map((detail) => invalid(nameAt, name, detail)));
  }
  if (name && selector) {
    errors.push(forbidden(nameAt, exclusiveText), forbidden(selectorAt, exclusiveText));
  }
  if (!name && !selector) {
    errors.push(required(path, 'one of name or selector must be specified'));
  }
  const actionAt = path.child('parameterNotFoundAction');
  return [
    ...errors,
    ...validateLabelSelector(selector, selectorAt),
    ...requiredOneOf(parameterNotFoundAction, notFoundActions, actionAt),
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
