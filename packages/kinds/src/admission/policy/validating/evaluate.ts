/**
 * What a policy makes of a request: a list of decisions, one for each of its validations. Sources: KEP-3488 and the API's
 * documentation.
 */
import type { Value } from '@navarch/cel/values';
import { CelError } from '@navarch/cel/errors';
import { type Bindings, Budget } from '../../../cel/admission-expressions.ts';
import { errorText, policyCostMax, withVariables } from '../evaluate.ts';
import type { CompiledValidation, ValidatingPolicy } from './compile.ts';

export type Decision =
  | { readonly kind: 'admit' }
  /** `kind: error` is a refusal, too, where the policy fails closed. */
  | { readonly kind: 'deny' | 'error'; readonly message: string; readonly reason: string };

const messageBytesMax = 5 * 1024;

export interface Evaluation {
  readonly decisions: readonly Decision[];
  readonly annotations: readonly PolicyAnnotation[];
}

/** For the audit log. One that has no value is a refusal where the policy fails closed. */
export type PolicyAnnotation =
  | { readonly key: string; readonly value: string }
  | { readonly problem: string };

/** With the parameters of one binding, if there are any. */
export function evaluatePolicy(policy: ValidatingPolicy, request: Bindings): Evaluation {
  const budget = new Budget(policyCostMax);
  const bindings = withVariables(policy, request, budget);
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
function annotationsOf(policy: ValidatingPolicy, request: Bindings): readonly PolicyAnnotation[] {
  if (policy.auditAnnotations.length === 0) return [];
  const budget = new Budget(policyCostMax);
  const bindings = withVariables(policy, request, budget);
  return policy.auditAnnotations.flatMap(({ name, expression }): readonly PolicyAnnotation[] => {
    let value: Value;
    try {
      value = expression.evaluate(bindings, budget);
    } catch (error) {
      return [{ problem: errorText(expression, error) }];
    }
    const text = typeof value === 'string' ? value.trim() : '';
    return text === '' ? [] : [{ key: name, value: text }];
  });
}
