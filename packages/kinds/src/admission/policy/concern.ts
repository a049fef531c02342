/** Which requests policies look at, and in which version of their objects. */
import type { AdmissionAttributes, AdmissionVersion } from '@navarch/api/extension/admission';
import type { RequestContext } from '@navarch/api/extension/context';
import { selects } from '../match/selectors.ts';
import { requestedVersion, versionFor } from '../match/versions.ts';
import { isNamespaceRequest } from '../match/rules.ts';
import type { CompiledBinding, CompiledMatch, CompiledPolicy } from './compile.ts';
import { paramsFor, type Params } from './params.ts';

const group = 'admissionregistration.k8s.io';

/** Whoever could refuse or change changes of policies could lock everybody out; reviews are questions, not changes. */
const exempt: ReadonlySet<string> = new Set([
  `${group}/validatingadmissionpolicies`,
  `${group}/validatingadmissionpolicybindings`,
  `${group}/mutatingadmissionpolicies`,
  `${group}/mutatingadmissionpolicybindings`,
  'authentication.k8s.io/selfsubjectreviews',
  'authentication.k8s.io/tokenreviews',
  'authorization.k8s.io/localsubjectaccessreviews',
  'authorization.k8s.io/selfsubjectaccessreviews',
  'authorization.k8s.io/selfsubjectrulesreviews',
  'authorization.k8s.io/subjectaccessreviews',
]);

export function isExempt({ resource }: Pick<AdmissionAttributes, 'resource'>): boolean {
  return exempt.has(`${resource.group}/${resource.resource}`);
}

/** The version in which a request is covered; undefined when it is not. Without rules, everything is. */
export function covering(
  { selectors, excluded, included }: CompiledMatch,
  attributes: AdmissionAttributes,
  context: RequestContext,
): AdmissionVersion | undefined {
  if (!selects(selectors, attributes, context)) return undefined;
  if (versionFor(excluded, attributes)) return undefined;
  if (included.rules.length === 0) return requestedVersion(attributes);
  return versionFor(included, attributes);
}

/** Whether the policies may look at the object as it is stored. */
export function isStoredVersion(as: AdmissionVersion, { kind }: AdmissionAttributes): boolean {
  return as.kind.version === kind.version && as.kind.group === kind.group;
}

/** The objects that a binding gives its policy as parameters, for one request. */
export function paramsOf(
  policy: CompiledPolicy,
  binding: CompiledBinding,
  attributes: AdmissionAttributes,
  context: RequestContext,
): Params {
  const namespace = attributes.namespace || (isNamespaceRequest(attributes) ? attributes.name : '');
  return paramsFor(policy, binding, namespace, {
    read: context.read,
    resourceOf: (apiVersion, kind) => context.services.resourceOf?.(apiVersion, kind),
  });
}
