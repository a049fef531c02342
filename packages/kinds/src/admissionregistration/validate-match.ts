/** What holds where webhooks and policies say which requests they look at. */
import {
  duplicate,
  type FieldError,
  invalid,
  type Path,
  required,
  tooMany,
} from '@navarch/api/field-error';
import { isPathSegmentName, isQualifiedName } from '@navarch/api/names';
import type {
  MatchCondition,
  MatchResources,
  NamedRuleWithOperations,
} from '@navarch/api/types/admissionregistration/v1/matching';
import { createAdmissionExpressions, type Expression } from '../cel/admission-expressions.ts';
import { oneOfIfSet } from '../checks.ts';
import { validateLabelSelector } from '../label-selector.ts';
import { lazily } from '../lazily.ts';
import { listOf } from '../nil.ts';
import { validateRule } from './validate-rules.ts';

export const failurePolicies = ['Fail', 'Ignore'];
export const matchPolicies = ['Equivalent', 'Exact'];
const matchConditionsMax = 64;

export function validateMatchResources(match: MatchResources, path: Path): FieldError[] {
  return [
    ...oneOfIfSet(match.matchPolicy, matchPolicies, path.child('matchPolicy')),
    ...validateLabelSelector(match.namespaceSelector, path.child('namespaceSelector')),
    ...validateLabelSelector(match.objectSelector, path.child('objectSelector')),
    ...validateNamedRules(match.resourceRules, path.child('resourceRules')),
    ...validateNamedRules(match.excludeResourceRules, path.child('excludeResourceRules')),
  ];
}

function validateNamedRules(
  rules: readonly NamedRuleWithOperations[] | undefined,
  path: Path,
): FieldError[] {
  return listOf(rules).flatMap((rule, i) => {
    const at = path.index(i);
    const names = listOf(rule.resourceNames);
    return [...validateResourceNames(names, at.child('resourceNames')), ...validateRule(rule, at)];
  });
}

function validateResourceNames(names: readonly string[], path: Path): FieldError[] {
  return names.flatMap((name, i) => [
    ...isPathSegmentName(name).map((detail) => invalid(path.index(i), name, detail)),
    ...(names.indexOf(name) < i ? [duplicate(path.index(i), name)] : []),
  ]);
}

export function validateMatchConditions(
  conditions: readonly MatchCondition[] | undefined,
  path: Path,
  { hasParams }: { readonly hasParams: boolean } = { hasParams: false },
): FieldError[] {
  const scope = { hasParams, hasAuthorizer: true, variables: undefined };
  const expressions = lazily(() => createAdmissionExpressions(scope));
  const all = listOf(conditions);
  const names = new Set<string>();
  const errors =
    all.length > matchConditionsMax ? [tooMany(path, all.length, matchConditionsMax)] : [];
  for (const [i, { name, expression }] of all.entries()) {
    const at = path.index(i);
    const expressionAt = at.child('expression');
    if (expression.trim() === '') errors.push(required(expressionAt));
    else errors.push(...expressionErrors(expressions().compile(expression, 'bool'), expressionAt));
    if (name === '') {
      errors.push(required(at.child('name')));
      continue;
    }
    errors.push(...isQualifiedName(name).map((detail) => invalid(at.child('name'), name, detail)));
    if (names.has(name)) errors.push(duplicate(at.child('name'), name));
    names.add(name);
  }
  return errors;
}

/** What is wrong with an expression's text, in its place. */
export function expressionErrors({ problem, text }: Expression, path: Path): FieldError[] {
  return problem === undefined ? [] : [invalid(path, text, problem)];
}
