/** What holds for admission policies and their bindings, those that change objects and those that judge them. */
import {
  type FieldError,
  forbidden,
  invalid,
  notSupported,
  Path,
  required,
} from '@navarch/api/field-error';
import {
  isCIdentifier,
  isDns1035Label,
  isDns1123Subdomain,
  isPathSegmentName,
} from '@navarch/api/names';
import type { MatchResources } from '@navarch/api/types/admissionregistration/v1/matching';
import type {
  ParamKind,
  ParamRef,
  Variable,
} from '@navarch/api/types/admissionregistration/v1/policy';
import type { BindingSource, PolicySource } from '../admission/policy/compile.ts';
import {
  type AdmissionExpressions,
  type AdmissionScope,
  createAdmissionExpressions,
  type Expression,
  type Output,
} from '../cel/admission-expressions.ts';
import { oneOfIfSet, requiredOneOf } from '../checks.ts';
import { validateLabelSelector } from '../label-selector.ts';
import { listOf } from '../nil.ts';
import {
  expressionErrors,
  failurePolicies,
  validateMatchConditions,
  validateMatchResources,
} from './validate-match.ts';

const notFoundActions = ['Deny', 'Allow'];
const exclusiveText = 'name and selector are mutually exclusive';

/** Words of the language that look like names. */
const reservedWords = new Set(
  'true false null in as break const continue else for function if import let loop package namespace return var void while'.split(
    ' ',
  ),
);

/** All but what the policy does: what it is about, and what its expressions may use. */
export function validatePolicySpec(spec: PolicySource['spec'], scope: PolicyScope): FieldError[] {
  const path = Path.of('spec');
  const hasParams = spec.paramKind !== undefined;
  return [
    ...oneOfIfSet(spec.failurePolicy, failurePolicies, path.child('failurePolicy')),
    ...(spec.paramKind ? validateParamKind(spec.paramKind, path.child('paramKind')) : []),
    ...validateConstraints(spec.matchConstraints, path.child('matchConstraints'), scope),
    ...validateMatchConditions(spec.matchConditions, path.child('matchConditions'), { hasParams }),
    ...listOf(spec.variables).flatMap((variable, i) =>
      validateVariable(variable, path.child('variables').index(i), scope),
    ),
  ];
}

/** Expressions may use the variables before them. */
export class PolicyScope {
  /** What requests may do that it looks at; undefined when it may look at all. */
  readonly operations: readonly string[] | undefined;
  readonly #spec: PolicySource['spec'];
  readonly #variables: { readonly name: string; readonly expression: Expression }[] = [];
  #expressions: AdmissionExpressions | undefined;
  #patches: AdmissionExpressions | undefined;

  constructor(spec: PolicySource['spec'], operations?: readonly string[]) {
    this.#spec = spec;
    this.operations = operations;
  }

  compile(text: string, output: Output): Expression {
    this.#expressions ??= this.#create({});
    return this.#expressions.compile(text, output);
  }

  compilePatch(text: string, output: Output): Expression {
    this.#patches ??= this.#create({ makesPatches: true });
    return this.#patches.compile(text, output);
  }

  declare(name: string, expression: Expression): void {
    this.#variables.push({ name, expression });
    this.#expressions = undefined;
  }

  #create(options: Pick<AdmissionScope, 'makesPatches'>): AdmissionExpressions {
    const hasParams = this.#spec.paramKind !== undefined;
    const variables = this.#variables;
    return createAdmissionExpressions({ ...options, hasParams, hasAuthorizer: true, variables });
  }
}

function validateConstraints(
  match: MatchResources | undefined,
  path: Path,
  { operations }: PolicyScope,
): FieldError[] {
  if (!match) return [required(path)];
  const rules = path.child('resourceRules');
  return [
    ...validateMatchResources(match, path),
    ...(listOf(match.resourceRules).length === 0 ? [required(rules)] : []),
    ...validateOperations(match, operations, rules.child('operations')),
  ];
}

/** As upstream, without saying in which rule. */
function validateOperations(
  match: MatchResources,
  operations: readonly string[] | undefined,
  path: Path,
): FieldError[] {
  if (!operations) return [];
  return listOf(match.resourceRules)
    .flatMap((rule) => listOf(rule.operations))
    .filter((operation) => !operations.includes(operation))
    .map((operation) => notSupported(path, operation, operations));
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

/** All but what the binding says of its own. */
export function validateBindingSpec(
  { policyName, paramRef, matchResources }: BindingSource['spec'],
  operations?: readonly string[],
): FieldError[] {
  const path = Path.of('spec');
  const at = path.child('policyName');
  const matchAt = path.child('matchResources');
  return [
    ...(policyName
      ? isDns1123Subdomain(policyName).map((detail) => invalid(at, policyName, detail))
      : [required(at)]),
    ...(paramRef ? validateParamRef(paramRef, path.child('paramRef')) : []),
    ...(matchResources ? validateMatchResources(matchResources, matchAt) : []),
    ...(matchResources
      ? validateOperations(
          matchResources,
          operations,
          matchAt.child('resourceRules').child('operations'),
        )
      : []),
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
