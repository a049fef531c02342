/** Match conditions: a webhook is only asked when all of them hold. Expressions see the objects as the webhook would. */
import type { AdmissionAttributes } from '@navarch/api/extension/admission';
import type { RequestContext } from '@navarch/api/extension/context';
import { forbidden } from '@navarch/api/status';
import type { MatchCondition } from '@navarch/api/types/admissionregistration/v1/matching';
import { createAdmissionExpressions, type Expression } from '../../cel/admission-expressions.ts';
import { AuthorizerBridge } from '../../cel/authorizer-bridge.ts';
import { meetsConditions as meetsAll } from '../policy/evaluate.ts';
import { requestBindings } from '../policy/request-value.ts';
import { showBoth } from './ask.ts';
import type { Invocation } from './invocation.ts';

/** Compiled for one webhook. One that does not compile fails whenever it is looked at. */
export function compileConditions(conditions: readonly MatchCondition[]): readonly Expression[] {
  if (conditions.length === 0) return [];
  const scope = { hasParams: false, hasAuthorizer: true, variables: undefined };
  const expressions = createAdmissionExpressions(scope);
  return conditions.map(({ expression }) => expressions.compile(expression, 'bool'));
}

/** Rejects with a refusal when a condition has no value and the webhook's failures are not forgiven. */
export async function meetsConditions(
  { hook, as }: Invocation,
  attributes: AdmissionAttributes,
  context: RequestContext,
): Promise<boolean> {
  if (hook.conditions.length === 0) return true;
  const shown = { ...attributes, ...as, ...(await showBoth(attributes, as)) };
  const bridge = new AuthorizerBridge(context, attributes);
  const bindings = { ...requestBindings(shown, context), ...bridge.bindings() };
  const met = await bridge.run(() => meetsAll(hook.conditions, bindings));
  if (typeof met === 'boolean') return met;
  if (hook.failsOpen) return false;
  throw forbidden(attributes.resource, attributes.name, met.error);
}
