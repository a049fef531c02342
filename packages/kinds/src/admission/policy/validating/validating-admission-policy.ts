/** Judges requests by the ValidatingAdmissionPolicies that are in force. KEP-3488. */
import type {
  AdmissionAttributes,
  AdmissionPlugin,
  AdmissionVersion,
} from '@navarch/api/extension/admission';
import type { RequestContext } from '@navarch/api/extension/context';
import type { KubernetesObject } from '@navarch/api/extension/object';
import { failure, type StatusError } from '@navarch/api/status';
import type {
  ValidatingAdmissionPolicy,
  ValidatingAdmissionPolicyBinding,
} from '@navarch/api/types/admissionregistration/v1/policy';
import type { Bindings } from '../../../cel/admission-expressions.ts';
import { AuthorizerBridge } from '../../../cel/authorizer-bridge.ts';
import { dynamicValue } from '../../../cel/dynamic-values.ts';
import { listOf } from '../../../nil.ts';
import { refusal } from '../../refuse.ts';
import { showBoth } from '../../webhook/ask.ts';
import { covering, isExempt, isStoredVersion, paramsOf } from '../concern.ts';
import { meetsConditions } from '../evaluate.ts';
import { type PolicyInForce, policySource } from '../in-force.ts';
import { requestBindings } from '../request-value.ts';
import {
  compileValidatingPolicy,
  type ValidatingBinding,
  type ValidatingPolicy,
} from './compile.ts';
import { type Decision, type Evaluation, evaluatePolicy } from './evaluate.ts';
import { failureOf, publishAnnotations, publishFailure, type Refused } from './findings.ts';

const policiesInForce = policySource<
  ValidatingAdmissionPolicy,
  ValidatingAdmissionPolicyBinding,
  ValidatingPolicy
>({
  policies: 'validatingadmissionpolicies',
  bindings: 'validatingadmissionpolicybindings',
  compile: compileValidatingPolicy,
});

type InForce = PolicyInForce<ValidatingPolicy, ValidatingAdmissionPolicyBinding>;

export const validatingAdmissionPolicy: AdmissionPlugin = {
  name: 'ValidatingAdmissionPolicy',
  handles: (attributes) => !isExempt(attributes),
  validate(attributes, context) {
    const inForce = policiesInForce(context.read);
    if (inForce.length === 0) return;
    const concerned = inForce.flatMap((each) => concernOf(each, attributes, context) ?? []);
    if (concerned.length === 0) return;
    const bridge = new AuthorizerBridge(context, attributes);
    const shown = showAll(concerned, attributes);
    const judge = (all: readonly Shown[]): void | Promise<void> =>
      bridge.run(() => judgeAll(all, attributes, context, bridge));
    return shown instanceof Promise ? shown.then(judge) : judge(shown);
  },
};

/** A policy, and the version in which it sees the objects. */
interface Concern {
  readonly inForce: InForce;
  readonly as: AdmissionVersion;
}

interface Shown {
  readonly inForce: InForce;
  readonly attributes: AdmissionAttributes;
}

function concernOf(
  inForce: InForce,
  attributes: AdmissionAttributes,
  context: RequestContext,
): Concern | undefined {
  const as = covering(inForce.policy.matches, attributes, context);
  return as && { inForce, as };
}

/** At once where the policies look at the objects as they are stored. */
function showAll(
  concerned: readonly Concern[],
  attributes: AdmissionAttributes,
): readonly Shown[] | Promise<readonly Shown[]> {
  const isStored = ({ as }: Concern): boolean => isStoredVersion(as, attributes);
  if (concerned.every(isStored)) return concerned.map(({ inForce }) => ({ inForce, attributes }));
  return Promise.all(
    concerned.map(async (concern) => {
      const { inForce, as } = concern;
      if (isStored(concern)) return { inForce, attributes };
      const objects = await showBoth(attributes, as);
      return { inForce, attributes: { ...attributes, ...as, ...objects } };
    }),
  );
}

function judgeAll(
  concerned: readonly Shown[],
  asked: AdmissionAttributes,
  context: RequestContext,
  bridge: AuthorizerBridge,
): void {
  const warnings = new Set<string>();
  let audited: Refused | undefined;
  let denied: Refused | undefined;
  for (const { inForce, attributes } of concerned) {
    const { policy, bindings } = inForce;
    const request = { ...requestBindings(attributes, context), ...bridge.bindings() };
    const annotations: (readonly [string, string])[] = [];
    for (const binding of bindings) {
      if (binding.matches && !covering(binding.matches, asked, context)) continue;
      const judged = judgeBinding(policy, binding, attributes, context, request);
      const actions = listOf(binding.source.spec.validationActions);
      denied ??= judged.refused.find(({ always }) => always || actions.includes('Deny'));
      const said = judged.refused.filter(({ always }) => !always);
      if (actions.includes('Warn')) for (const each of said) warnings.add(warningOf(each));
      if (actions.includes('Audit')) audited ??= said[0];
      annotations.push(...judged.annotations);
    }
    publishAnnotations(policy, annotations, context);
  }
  for (const text of warnings) context.warn(text);
  publishFailure(audited && failureOf(audited), context);
  if (denied) throw refuse(asked, denied);
}

interface Judged {
  readonly refused: readonly Refused[];
  /** For the audit log. */
  readonly annotations: readonly (readonly [key: string, value: string])[];
}

/** Bindings that cannot be evaluated, and annotations without a value, refuse whatever the actions are. */
function judgeBinding(
  policy: ValidatingPolicy,
  binding: ValidatingBinding,
  attributes: AdmissionAttributes,
  context: RequestContext,
  request: Bindings,
): Judged {
  const always = (message: string): readonly Refused[] =>
    policy.fails ? [{ policy, binding, message, reason: 'Invalid', index: 0, always: true }] : [];
  const params = paramsOf(policy, binding, attributes, context);
  if ('problem' in params) {
    return { refused: always(`failed to configure binding: ${params.problem}`), annotations: [] };
  }
  const evaluated = params.objects.map((object) =>
    judgeWith(policy, { ...request, params: paramsBinding(object) }),
  );
  return {
    refused: evaluated.flatMap(({ decisions, annotations }) => [
      ...decisions.flatMap((decision, index) => refusalBy(policy, binding, decision, index)),
      ...annotations.flatMap((each) => ('problem' in each ? always(each.problem) : [])),
    ]),
    annotations: evaluated.flatMap(({ annotations }) =>
      annotations.flatMap((each) => ('problem' in each ? [] : [[each.key, each.value] as const])),
    ),
  };
}

function paramsBinding(object: KubernetesObject | undefined): Bindings[string] {
  return () => dynamicValue(object);
}

const nothing: Evaluation = { decisions: [], annotations: [] };

function judgeWith(policy: ValidatingPolicy, request: Bindings): Evaluation {
  const met = meetsConditions(policy.conditions, request);
  if (met === false) return nothing;
  if (met === true) return evaluatePolicy(policy, request);
  return { ...nothing, decisions: [{ kind: 'error', message: met.error, reason: 'Invalid' }] };
}

function refusalBy(
  policy: ValidatingPolicy,
  binding: ValidatingBinding,
  decision: Decision,
  index: number,
): readonly Refused[] {
  if (decision.kind === 'admit') return [];
  if (decision.kind === 'error' && !policy.fails) return [];
  const { message, reason } = decision;
  return [{ policy, binding, message, reason, index, always: false }];
}

function warningOf({ policy, binding, message }: Refused): string {
  return `Validation failed for ValidatingAdmissionPolicy '${policy.name}' with binding '${binding.name}': ${message}`;
}

const codes: Readonly<Record<string, number>> = {
  Unauthorized: 401,
  Forbidden: 403,
  RequestEntityTooLarge: 413,
};

function refuse(
  attributes: AdmissionAttributes,
  { policy, binding, message, reason }: Refused,
): StatusError {
  const text = `ValidatingAdmissionPolicy '${policy.name}' with binding '${binding.name}' denied request: ${message}`;
  const { status } = refusal(attributes, text);
  const details = { ...status.details, causes: [{ message: text }] };
  return failure(codes[reason] ?? 422, reason, status.message ?? '', details);
}
