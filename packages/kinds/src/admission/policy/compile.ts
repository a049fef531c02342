/** What both kinds of admission policies have, with its expressions compiled: once for as long as the policy does not change. */
import type {
  MatchCondition,
  MatchResources,
} from '@navarch/api/types/admissionregistration/v1/matching';
import type {
  ParamKind,
  ParamRef,
  Variable,
} from '@navarch/api/types/admissionregistration/v1/policy';
import type { KubernetesObject } from '@navarch/api/extension/object';
import {
  type AdmissionExpressions,
  type AdmissionScope,
  createAdmissionExpressions,
  type Expression,
} from '../../cel/admission-expressions.ts';
import { listOf } from '../../nil.ts';
import { compileSelectors, type RequestSelectors } from '../match/selectors.ts';
import type { VersionedRules } from '../match/versions.ts';

/** A ValidatingAdmissionPolicy or a MutatingAdmissionPolicy. */
export interface PolicySource extends KubernetesObject {
  readonly spec: {
    readonly paramKind?: ParamKind;
    readonly failurePolicy?: string;
    readonly matchConstraints?: MatchResources;
    readonly matchConditions?: readonly MatchCondition[];
    readonly variables?: readonly Variable[];
  };
}

/** What puts one in force. */
export interface BindingSource extends KubernetesObject {
  readonly spec: {
    readonly policyName?: string;
    readonly paramRef?: ParamRef;
    readonly matchResources?: MatchResources;
  };
}

export interface CompiledPolicy<T extends PolicySource = PolicySource> {
  readonly name: string;
  readonly source: T;
  /** Whether requests are refused when it cannot be evaluated. */
  readonly fails: boolean;
  readonly matches: CompiledMatch;
  readonly conditions: readonly Expression[];
  readonly variables: readonly NamedExpression[];
}

export interface NamedExpression {
  readonly name: string;
  readonly expression: Expression;
}

export interface CompiledMatch {
  readonly selectors: RequestSelectors;
  readonly included: VersionedRules;
  readonly excluded: VersionedRules;
}

export interface CompiledBinding<T extends BindingSource = BindingSource> {
  readonly name: string;
  readonly source: T;
  /** Undefined when it narrows nothing. */
  readonly matches: CompiledMatch | undefined;
}

/** Everything but who puts it in force, which changes without it. */
export function compilePolicy<T extends PolicySource>(source: T): CompiledPolicy<T> {
  const { spec, metadata } = source;
  const conditions = createAdmissionExpressions(scopeOf(source, undefined));
  return {
    name: metadata.name ?? '',
    source,
    fails: spec.failurePolicy !== 'Ignore',
    matches: compileMatch(spec.matchConstraints ?? {}),
    conditions: listOf(spec.matchConditions).map(({ expression }) =>
      conditions.compile(expression, 'bool'),
    ),
    variables: compileVariables(source),
  };
}

/** Where the policy's own expressions are compiled: they may use all of its variables. */
export function expressionsOf(
  { source, variables }: CompiledPolicy,
  scope: Pick<AdmissionScope, 'makesPatches'> = {},
): AdmissionExpressions {
  return createAdmissionExpressions({ ...scopeOf(source, variables), ...scope });
}

/** A variable may use those before it. */
function compileVariables(source: PolicySource): readonly NamedExpression[] {
  const variables: NamedExpression[] = [];
  for (const { name, expression } of listOf(source.spec.variables)) {
    const expressions = createAdmissionExpressions(scopeOf(source, variables));
    variables.push({ name, expression: expressions.compile(expression, 'any') });
  }
  return variables;
}

function scopeOf(
  { spec }: PolicySource,
  variables: readonly NamedExpression[] | undefined,
): AdmissionScope {
  return { hasParams: spec.paramKind !== undefined, hasAuthorizer: true, variables };
}

export function compileBinding<T extends BindingSource>(source: T): CompiledBinding<T> {
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
