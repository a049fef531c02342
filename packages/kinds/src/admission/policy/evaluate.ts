/**
 * What a policy makes of a request: a list of decisions, one for each of its validations. Sources: KEP-3488 and the API's
 * documentation.
 */
import type { CelObject, Value } from '@navarch/cel/values';
import { CelError, CostLimitExceeded } from '@navarch/cel/errors';
import { type Bindings, Budget, type Expression } from '../../cel/admission-expressions.ts';
import { variablesType } from '../../cel/admission-types.ts';
import type { CompiledPolicy, CompiledValidation } from './compile.ts';

export type Decision =
  | { readonly kind: 'admit' }
  /** `kind: error` is a refusal, too, where the policy fails closed. */
  | { readonly kind: 'deny' | 'error'; readonly message: string; readonly reason: string };

/** All expressions of a policy together, and its match conditions, per request (KEP-3488). */
const policyCostMax = 10_000_000;
const conditionsCostMax = 2_500_000;

const messageBytesMax = 5 * 1024;

/** Whether the policy's conditions let it look at the request; a message when one of them has no value. */
export function meetsConditions(
  conditions: readonly Expression[],
  bindings: Bindings,
): boolean | { readonly error: string } {
  const budget = new Budget(conditionsCostMax);
  const errors: string[] = [];
  for (const condition of conditions) {
    try {
      if (condition.evaluate(bindings, budget) !== true) return false;
    } catch (error) {
      errors.push(errorText(condition, error));
      if (error instanceof CostLimitExceeded) break;
    }
  }
  if (errors.length === 0) return true;
  return { error: errors.length === 1 ? (errors[0] ?? '') : `[${errors.join(', ')}]` };
}

export interface Evaluation {
  readonly decisions: readonly Decision[];
  readonly annotations: readonly PolicyAnnotation[];
}

/** For the audit log. One that has no value is a refusal where the policy fails closed. */
export type PolicyAnnotation =
  | { readonly key: string; readonly value: string }
  | { readonly problem: string };

/** With the parameters of one binding, if there are any. */
export function evaluatePolicy(policy: CompiledPolicy, request: Bindings): Evaluation {
  const budget = new Budget(policyCostMax);
  const bindings: Bindings = { ...request, variables: variablesOf(policy, request, budget) };
  const decisions: Decision[] = [];
  for (const validation of policy.validations) {
    const decision = judge(validation, bindings, budget);
    decisions.push(decision);
    if (decision.kind === 'error' && budget.isSpent) break;
  }
  return { decisions, annotations: annotationsOf(policy, request) };
}

function judge(validation: CompiledValidation, bindings: Bindings, budget: Budget): Decision {
  const { expression, reason } = validation;
  try {
    if (expression.evaluate(bindings, budget) === true) return { kind: 'admit' };
  } catch (error) {
    return { kind: 'error', message: errorText(expression, error), reason: 'Invalid' };
  }
  const message =
    computedMessage(validation, bindings, budget) ??
    (validation.message || `failed expression: ${expression.text.trim()}`);
  return { kind: 'deny', message, reason };
}

/** Undefined when it gives nothing that can be said in one line. */
function computedMessage(
  { messageExpression }: CompiledValidation,
  bindings: Bindings,
  budget: Budget,
): string | undefined {
  if (!messageExpression) return undefined;
  let value: Value;
  try {
    value = messageExpression.evaluate(bindings, budget);
  } catch (error) {
    if (error instanceof CelError) return undefined;
    throw error;
  }
  if (typeof value !== 'string') return undefined;
  const text = value.trim();
  if (text === '' || text.includes('\n') || text.length > messageBytesMax) return undefined;
  return text;
}

/** They have a budget of their own. What gives null or an empty text says nothing. */
function annotationsOf(policy: CompiledPolicy, request: Bindings): readonly PolicyAnnotation[] {
  if (policy.auditAnnotations.length === 0) return [];
  const budget = new Budget(policyCostMax);
  const bindings: Bindings = { ...request, variables: variablesOf(policy, request, budget) };
  return policy.auditAnnotations.flatMap(({ key, expression }): readonly PolicyAnnotation[] => {
    let value: Value;
    try {
      value = expression.evaluate(bindings, budget);
    } catch (error) {
      return [{ problem: errorText(expression, error) }];
    }
    const text = typeof value === 'string' ? value.trim() : '';
    return text === '' ? [] : [{ key, value: text }];
  });
}

function errorText({ text }: Expression, error: unknown): string {
  if (!(error instanceof CelError)) throw error;
  if (error instanceof CostLimitExceeded) {
    return `validation failed due to running out of cost budget, no further validation rules will be run`;
  }
  return `expression '${text}' resulted in error: ${error.message}`;
}

/** Each variable is computed when it is first read, and then kept, with its failure. */
function variablesOf(policy: CompiledPolicy, request: Bindings, budget: Budget): () => Value {
  const known = new Map<string, Value | CelError>();
  const byName = new Map(policy.variables.map(({ name, expression }) => [name, expression]));
  const variables: CelObject = {
    kind: 'object',
    type: variablesType,
    has: (name) => byName.has(name),
    fields: () => byName.keys(),
    get: (name) => {
      const expression = byName.get(name);
      if (!expression) return undefined;
      let value = known.get(name);
      if (value === undefined) {
        value = compute(name, expression, { ...request, variables: () => variables }, budget);
        known.set(name, value);
      }
      if (value instanceof CelError) throw value;
      return value;
    },
  };
  return () => variables;
}

function compute(
  name: string,
  expression: Expression,
  bindings: Bindings,
  budget: Budget,
): Value | CelError {
  try {
    return expression.evaluate(bindings, budget);
  } catch (error) {
    if (!(error instanceof CelError) || error instanceof CostLimitExceeded) throw error;
    return new CelError(`composited variable "${name}" fails to evaluate: ${error.message}`);
  }
}
