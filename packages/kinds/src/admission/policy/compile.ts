/** Admission policies with their expressions compiled, once for as long as the policy does not change. */
import type {
  ValidatingAdmissionPolicy,
  ValidatingAdmissionPolicyBinding,
} from '@navarch/api/types/admissionregistration/v1/policy';
import type { MatchResources } from '@navarch/api/types/admissionregistration/v1/matching';
import {
  type AdmissionExpressions,
  createAdmissionExpressions,
  type Expression,
} from '../../cel/admission-expressions.ts';
import { listOf } from '../../nil.ts';
import { compileSelectors, type RequestSelectors } from '../match/selectors.ts';
import type { VersionedRules } from '../match/versions.ts';

export interface CompiledPolicy {
  readonly name: string;
  readonly source: ValidatingAdmissionPolicy;
  readonly fails: boolean;
  readonly matches: CompiledMatch;
  readonly conditions: readonly Expression[];
  readonly variables: readonly { readonly name: string; readonly expression: Expression }[];
  readonly validations: readonly CompiledValidation[];
  readonly auditAnnotations: readonly { readonly key: string; readonly expression: Expression }[];
}

export interface CompiledValidation {
  readonly expression: Expression;
  readonly message: string;
  readonly messageExpression: Expression | undefined;
  readonly reason: string;
}

export interface CompiledMatch {
  readonly selectors: RequestSelectors;
  readonly included: VersionedRules;
  readonly excluded: VersionedRules;
}

export interface CompiledBinding {
  readonly name: string;
  readonly source: ValidatingAdmissionPolicyBinding;
  /** Undefined when it narrows nothing. */
  readonly matches: CompiledMatch | undefined;
}

/** Everything but who puts it in force, which changes without it. */
export function compilePolicy(policy: ValidatingAdmissionPolicy): CompiledPolicy {
  const { spec, metadata } = policy;
  const hasParams = spec.paramKind !== undefined;
  const conditions = createAdmissionExpressions({
    hasParams,
    hasAuthorizer: true,
    variables: undefined,
  });
  const { expressions, variables } = compileVariables(policy, hasParams);
  return {
    name: metadata.name ?? '',
    source: policy,
    fails: spec.failurePolicy !== 'Ignore',
    matches: compileMatch(spec.matchConstraints ?? {}),
    conditions: listOf(spec.matchConditions).map(({ expression }) =>
      conditions.compile(expression, 'bool'),
    ),
    variables,
    validations: listOf(spec.validations).map((validation) => ({
      expression: expressions.compile(validation.expression, 'bool'),
      message: (validation.message ?? '').trim(),
      messageExpression: validation.messageExpression
        ? expressions.compile(validation.messageExpression, 'string')
        : undefined,
      reason: validation.reason ?? 'Invalid',
    })),
    auditAnnotations: listOf(spec.auditAnnotations).map(({ key, valueExpression }) => ({
      key,
      expression: expressions.compile(valueExpression, 'stringOrNull'),
    })),
  };
}

/** A variable may use those before it. */
function compileVariables(
  { spec }: ValidatingAdmissionPolicy,
  hasParams: boolean,
): { readonly expressions: AdmissionExpressions; readonly variables: CompiledPolicy['variables'] } {
  const variables: { readonly name: string; readonly expression: Expression }[] = [];
  const expressions = (): AdmissionExpressions =>
    createAdmissionExpressions({ hasParams, hasAuthorizer: true, variables });
  for (const { name, expression } of listOf(spec.variables)) {
    const compiled = expressions().compile(expression, 'any');
    variables.push({ name, expression: compiled });
  }
  return { expressions: expressions(), variables };
}

export function compileBinding(source: ValidatingAdmissionPolicyBinding): CompiledBinding {
  const { matchResources } = source.spec;
  return {
    name: source.metadata.name ?? '',
    source,
    matches: matchResources && compileMatch(matchResources),
  };
}

function compileMatch(resources: MatchResources): CompiledMatch {
  const matchesEquivalents = resources.matchPolicy !== 'Exact';
  return {
    selectors: compileSelectors(resources),
    included: { rules: listOf(resources.resourceRules), matchesEquivalents },
    excluded: { rules: listOf(resources.excludeResourceRules), matchesEquivalents },
  };
}
