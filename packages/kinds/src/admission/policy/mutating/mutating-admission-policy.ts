/**
 * Changes objects as the MutatingAdmissionPolicies in force say. Which ones those are, and with which parameters, is settled before
 * the first; each then sees what the one before made of the object. KEP-3962.
 */
import type {
  AdmissionAttributes,
  AdmissionPlugin,
  AdmissionVersion,
  MutatingPass,
} from '@navarch/api/extension/admission';
import type { RequestContext } from '@navarch/api/extension/context';
import type { KubernetesObject } from '@navarch/api/extension/object';
import { internalError } from '@navarch/api/status';
import type {
  MutatingAdmissionPolicy,
  MutatingAdmissionPolicyBinding,
} from '@navarch/api/types/admissionregistration/v1/policy';
import { CelError } from '@navarch/cel/errors';
import type { CelObject, Value } from '@navarch/cel/values';
import { type Bindings, Budget } from '../../../cel/admission-expressions.ts';
import { AuthorizerBridge } from '../../../cel/authorizer-bridge.ts';
import { dynamicValue } from '../../../cel/dynamic-values.ts';
import { semanticallyEqual } from '../../../equal.ts';
import { show, showBoth } from '../../webhook/ask.ts';
import { covering, isExempt, paramsOf } from '../concern.ts';
import { errorText, meetsConditions, policyCostMax, withVariables } from '../evaluate.ts';
import { policySource } from '../in-force.ts';
import { requestBindings } from '../request-value.ts';
import { withConfiguration } from './apply-configuration.ts';
import {
  type CompiledMutation,
  compileMutatingPolicy,
  type MutatingBinding,
  type MutatingPolicy,
} from './compile.ts';
import { withJsonPatch } from './json-patch.ts';
import { MutationError } from './mutation-error.ts';
import { Reinvocation } from './reinvocation.ts';
import { type Problem, refusalFor } from './refusal.ts';

const policiesInForce = policySource<
  MutatingAdmissionPolicy,
  MutatingAdmissionPolicyBinding,
  MutatingPolicy
>({
  policies: 'mutatingadmissionpolicies',
  bindings: 'mutatingadmissionpolicybindings',
  compile: compileMutatingPolicy,
});

export const mutatingAdmissionPolicy: AdmissionPlugin = {
  name: 'MutatingAdmissionPolicy',
  // What is deleted cannot be changed.
  handles: (attributes) => attributes.operation !== 'DELETE' && !isExempt(attributes),
  mutate(attributes, context, pass) {
    const inForce = policiesInForce(context.read);
    if (inForce.length === 0) return attributes.object;
    const problems: Problem[] = [];
    const invocations = [...invocationsOf(inForce, attributes, context, problems)];
    if (invocations.length + problems.length === 0) return attributes.object;
    return mutateInTurn(invocations, attributes, context, { pass, problems });
  },
};

/** One policy, as one binding applies it, with one parameter. */
interface Invocation {
  readonly policy: MutatingPolicy;
  readonly binding: MutatingBinding;
  /** The version in which it sees the objects. */
  readonly as: AdmissionVersion;
  readonly params: KubernetesObject | undefined;
}

function* invocationsOf(
  inForce: ReturnType<typeof policiesInForce>,
  attributes: AdmissionAttributes,
  context: RequestContext,
  problems: Problem[],
): Iterable<Invocation> {
  for (const { policy, bindings } of inForce) {
    const as = covering(policy.matches, attributes, context);
    if (!as) continue;
    for (const binding of bindings) {
      if (binding.matches && !covering(binding.matches, attributes, context)) continue;
      const found = paramsOf(policy, binding, attributes, context);
      if ('problem' in found) {
        const message = `failed to configure binding: ${found.problem}`;
        problems.push({ policy, binding, message, reason: 'Forbidden' });
        continue;
      }
      for (const params of found.objects) yield { policy, binding, as, params };
    }
  }
}

interface Progress {
  readonly pass: MutatingPass | undefined;
  readonly problems: Problem[];
}

async function mutateInTurn(
  invocations: readonly Invocation[],
  attributes: AdmissionAttributes,
  context: RequestContext,
  { pass, problems }: Progress,
): Promise<KubernetesObject | undefined> {
  const bridge = new AuthorizerBridge(context, attributes);
  let { object } = attributes;
  const reinvocation = Reinvocation.of(pass, object);
  for (const invocation of invocations) {
    const key = keyOf(invocation);
    const changed = await invoke(invocation, { ...attributes, object }, context, {
      bridge,
      problems,
      isDue: () => reinvocation.isDue(key, pass),
    });
    if (changed === 'skipped') continue;
    if (!semanticallyEqual(changed, object)) {
      reinvocation.noteChange();
      pass?.again();
      object = changed;
    }
    if (invocation.policy.isReinvoked) reinvocation.noteMade(key);
  }
  reinvocation.leave(object);
  const refused = refusalFor(problems, attributes);
  if (refused) throw refused;
  return object;
}

function keyOf({ policy, binding, params }: Invocation): string {
  const { namespace, name } = params?.metadata ?? {};
  return JSON.stringify([policy.name, binding.name, namespace, name]);
}

interface Asking {
  readonly bridge: AuthorizerBridge;
  readonly problems: Problem[];
  readonly isDue: () => boolean;
}

/** The object as all mutations of a policy leave it. A mutation that cannot be made is a problem; the others are made. */
async function invoke(
  { policy, binding, as, params }: Invocation,
  attributes: AdmissionAttributes,
  context: RequestContext,
  { bridge, problems, isDue }: Asking,
): Promise<KubernetesObject | undefined | 'skipped'> {
  const note = (message: string): void => {
    problems.push({ policy, binding, message, reason: 'Invalid' });
  };
  const about = (of: AdmissionAttributes): Bindings => ({
    ...requestBindings(of, context),
    ...bridge.bindings(),
    params: () => dynamicValue(params),
  });
  const shown = { ...attributes, ...as, ...(await showBoth(attributes, as)) };
  const met = await bridge.run(() => meetsConditions(policy.conditions, about(shown)));
  if (typeof met === 'object') note(met.error);
  if (met !== true || !isDue()) return 'skipped';
  let { object } = attributes;
  let seen = shown.object;
  for (const mutation of policy.mutations) {
    if (!object || !seen) break;
    const before = { ...shown, object: seen };
    const patched = await bridge.run(() => patch(policy, mutation, before, as, about(before)));
    const next =
      patched instanceof MutationError || patched === seen
        ? patched
        : await taken(patched, mutation, { ...attributes, object }, as);
    if (next instanceof MutationError) note(next.message);
    else if (next !== seen) {
      object = next as KubernetesObject;
      seen = await show(object, as, attributes);
    }
  }
  return object;
}

/** Not decoded yet; a MutationError when the mutation cannot be made. */
function patch(
  policy: MutatingPolicy,
  { patchType, expression }: CompiledMutation,
  { object, versions }: AdmissionAttributes,
  as: AdmissionVersion,
  request: Bindings,
): unknown {
  if (!object) return object;
  if (expression.problem !== undefined) return new MutationError(expression.problem);
  const budget = new Budget(policyCostMax);
  let value: Value;
  try {
    value = expression.evaluate(withVariables(policy, request, budget), budget);
  } catch (error) {
    return new MutationError(errorText(expression, error));
  }
  try {
    if (patchType === 'JSONPatch') return withJsonPatch(object, value);
    return withConfiguration(object, value as CelObject, versions?.schema(as));
  } catch (error) {
    if (error instanceof MutationError) return error;
    if (error instanceof CelError) return new MutationError(error.message);
    throw error;
  }
}

/** The object that a patched one means: with defaults, in the stored version. What no longer is an object of its kind cannot be taken. */
async function taken(
  patched: unknown,
  { patchType }: CompiledMutation,
  { object, versions }: AdmissionAttributes,
  as: AdmissionVersion,
): Promise<KubernetesObject | MutationError> {
  if (!object || !versions) return patched as KubernetesObject;
  try {
    return await versions.take(patched, as, object);
  } catch (error) {
    if (patchType === 'JSONPatch' || !(error instanceof Error)) throw internalError(error);
    return new MutationError(error.message);
  }
}
