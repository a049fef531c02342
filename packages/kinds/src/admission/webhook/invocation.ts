/** Whether a webhook is asked about a request, and in which version it sees the objects. */
import type { AdmissionAttributes, AdmissionVersion } from '@navarch/api/extension/admission';
import type { RequestContext } from '@navarch/api/extension/context';
import { selects } from '../match/selectors.ts';
import { versionFor } from '../match/versions.ts';
import type { Hook } from './hooks.ts';

/** The request as one webhook is to see it. */
export interface Invocation {
  readonly hook: Hook;
  readonly as: AdmissionVersion;
}

/** Otherwise nobody could repair a webhook or a policy that refuses everything. */
const neverAsked: ReadonlySet<string> = new Set([
  'mutatingadmissionpolicies',
  'mutatingadmissionpolicybindings',
  'mutatingwebhookconfigurations',
  'validatingadmissionpolicies',
  'validatingadmissionpolicybindings',
  'validatingwebhookconfigurations',
]);

export function isExempt({ resource }: Pick<AdmissionAttributes, 'resource'>): boolean {
  return resource.group === 'admissionregistration.k8s.io' && neverAsked.has(resource.resource);
}

/** Undefined when the webhook is not concerned. Conditions are still to be looked at. */
export function invocationOf(
  hook: Hook,
  attributes: AdmissionAttributes,
  context: RequestContext,
): Invocation | undefined {
  if (!selects(hook.selectors, attributes, context)) return undefined;
  const as = versionFor(hook, attributes);
  return as && { hook, as };
}
