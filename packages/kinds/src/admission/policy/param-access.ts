/**
 * Nobody reads objects through policies that they may not read: who names a kind of parameters must be allowed to read all objects
 * of it, who names a parameter that one. This is part of the policies' kinds and cannot be turned off. KEP-3488.
 */
import type { AdmissionAttributes, AdmissionPlugin } from '@navarch/api/extension/admission';
import type { AuthorizationAttributes, RequestContext } from '@navarch/api/extension/context';
import { Path, forbidden } from '@navarch/api/field-error';
import { invalid } from '@navarch/api/status';
import type { ParamKind } from '@navarch/api/types/admissionregistration/v1/policy';
import { semanticallyEqual } from '../../equal.ts';
import type { BindingSource, PolicySource } from './compile.ts';

const group = 'admissionregistration.k8s.io';
const policies = new Set(['validatingadmissionpolicies', 'mutatingadmissionpolicies']);
const policiesOfBindings: Readonly<Record<string, string>> = {
  validatingadmissionpolicybindings: 'validatingadmissionpolicies',
  mutatingadmissionpolicybindings: 'mutatingadmissionpolicies',
};
const masters = 'system:masters';

export const paramAccess: AdmissionPlugin = {
  name: 'PolicyParamAccess',
  handles: ({ operation, resource, subresource }) =>
    (operation === 'CREATE' || operation === 'UPDATE') &&
    resource.group === group &&
    subresource === '' &&
    (policies.has(resource.resource) || Object.hasOwn(policiesOfBindings, resource.resource)),
  validate(attributes, context) {
    if (!attributes.object || context.user.groups.includes(masters)) return undefined;
    return policies.has(attributes.resource.resource)
      ? checkPolicy(attributes, context)
      : checkBinding(attributes, context);
  },
};

async function checkPolicy(
  attributes: AdmissionAttributes,
  context: RequestContext,
): Promise<void> {
  const { paramKind } = (attributes.object as PolicySource).spec;
  const before = (attributes.oldObject as PolicySource | undefined)?.spec.paramKind;
  if (!paramKind || (before && semanticallyEqual(before, paramKind))) return;
  const asked = { ...resourceOf(paramKind, context), namespace: '*', name: '*' };
  if (await isAllowed('get', asked, context)) return;
  const { kind = '', apiVersion = '' } = paramKind;
  refuse(
    attributes,
    'paramKind',
    `user ${userText(context)} must have "get" permission on all objects of the referenced paramKind (kind=${kind}, apiVersion=${apiVersion})`,
  );
}

async function checkBinding(
  attributes: AdmissionAttributes,
  context: RequestContext,
): Promise<void> {
  const { paramRef, policyName = '' } = (attributes.object as BindingSource).spec;
  const before = (attributes.oldObject as BindingSource | undefined)?.spec;
  if (!paramRef) return;
  if (before?.policyName === policyName && semanticallyEqual(before.paramRef, paramRef)) return;
  const resource = policiesOfBindings[attributes.resource.resource] ?? '';
  const policy = context.read.get<PolicySource>({ group, resource }, '', policyName);
  const { name = '', namespace = '' } = paramRef;
  const verb = name === '' ? 'list' : 'get';
  const asked = { ...resourceOf(policy?.spec.paramKind, context), namespace, name };
  if (await isAllowed(verb, asked, context)) return;
  refuse(
    attributes,
    'paramRef',
    `user ${userText(context)} does not have "${verb}" permission on the object referenced by paramRef`,
  );
}

type Asked = NonNullable<AuthorizationAttributes['resource']>;

/** Everything, as far as nobody knows what the kind's objects are served as. */
function resourceOf(
  paramKind: ParamKind | undefined,
  { services }: RequestContext,
): Omit<Asked, 'namespace' | 'name'> {
  if (!paramKind) return { group: '*', version: '*', resource: '*', subresource: '' };
  const { apiVersion = '', kind = '' } = paramKind;
  const [version = '', ofGroup = ''] = apiVersion.split('/').toReversed();
  const resource = services.resourceOf?.(apiVersion, kind)?.resource ?? '*';
  return { group: ofGroup, version, resource, subresource: '' };
}

async function isAllowed(
  verb: string,
  resource: Asked,
  { services, user }: RequestContext,
): Promise<boolean> {
  const { decision } = await services.authorize({ user, verb, path: '', resource });
  return decision === 'allow';
}

/** As Go prints who asks. */
function userText({ user: { username, uid = '', groups, extra = {} } }: RequestContext): string {
  const more = Object.entries(extra)
    .toSorted(([a], [b]) => (a < b ? -1 : 1))
    .map(([key, values]) => `${key}:[${values.join(' ')}]`);
  return `&{${username} ${uid} [${groups.join(' ')}] map[${more.join(' ')}]}`;
}

function refuse({ kind, name, object }: AdmissionAttributes, field: string, why: string): never {
  const at = Path.of('spec').child(field);
  throw invalid(kind, name || (object?.metadata.name ?? ''), [forbidden(at, why)]);
}
