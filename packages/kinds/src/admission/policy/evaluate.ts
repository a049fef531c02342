/** How the expressions of a policy get their values: match conditions, variables, and what is said of those without a value. */
import type { CelObject, Value } from '@navarch/cel/values';
import { CelError, CostLimitExceeded } from '@navarch/cel/errors';
import { type Bindings, Budget, type Expression } from '../../cel/admission-expressions.ts';
import { variablesType } from '../../cel/admission-types.ts';
import type { CompiledPolicy } from './compile.ts';

/** All expressions of a policy together, and its match conditions, per request (KEP-3488). */
export const policyCostMax = 10_000_000;
const conditionsCostMax = 2_500_000;

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

/** Why an expression has no value. What is no such reason is thrown on. */
export function errorText({ text }: Expression, error: unknown): string {
  if (!(error instanceof CelError)) throw error;
  if (error instanceof CostLimitExceeded) {
    return `validation failed due to running out of cost budget, no further validation rules will be run`;
  }
  return `expression '${text}' resulted in error: ${error.message}`;
}

/** With `variables`: each is computed when it is first read, and then kept, with its failure. */
export function withVariables(
  policy: Pick<CompiledPolicy, 'variables'>,
  request: Bindings,
  budget: Budget,
): Bindings {
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
        value = compute(name, expression, bindings, budget);
        known.set(name, value);
      }
      if (value instanceof CelError) throw value;
      return value;
    },
  };
  const bindings: Bindings = { ...request, variables: () => variables };
  return bindings;
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
