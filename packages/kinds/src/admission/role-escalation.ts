/**
 * Nobody grants rights that they do not hold: who writes a role must hold what it says or the verb `escalate` on it, who
 * binds a role must hold what it says or the verb `bind` on it. This is part of the RBAC kinds and cannot be turned off.
 */
import type { AdmissionAttributes, AdmissionPlugin } from '@navarch/api/extension/admission';
import type { RequestContext } from '@navarch/api/extension/context';
import type { KubernetesObject } from '@navarch/api/extension/object';
import { notFound } from '@navarch/api/status';
import type {
  ClusterRole,
  ClusterRoleBinding,
  PolicyRule,
  Role,
  RoleBinding,
  RoleRef,
} from '@navarch/api/types/rbac/v1';
import { semanticallyEqual } from '../equal.ts';
import { listOf } from '../nil.ts';
import { missingRights } from '../rbac/covers.ts';
import { refusal } from './refuse.ts';

const group = 'rbac.authorization.k8s.io';
const resources = new Set(['roles', 'clusterroles', 'rolebindings', 'clusterrolebindings']);
const masters = 'system:masters';

const everything: readonly PolicyRule[] = [
  { verbs: ['*'], apiGroups: ['*'], resources: ['*'] },
  { verbs: ['*'], nonResourceURLs: ['*'] },
];

export const roleEscalation: AdmissionPlugin = {
  name: 'RoleEscalation',
  handles: ({ operation, resource, subresource }) =>
    (operation === 'CREATE' || operation === 'UPDATE') &&
    resource.group === group &&
    subresource === '' &&
    resources.has(resource.resource),
  mutate(attributes, context) {
    const { object, oldObject } = attributes;
    if (!object || context.user.groups.includes(masters)) return object;
    if (oldObject && changesOwnershipOnly(object, oldObject)) return object;
    return check(attributes, object, context).then(() => object);
  },
};

/** The garbage collector takes owners and finalizers away, whatever the role says. */
function changesOwnershipOnly(object: KubernetesObject, stored: KubernetesObject): boolean {
  const rest = ({ metadata, ...members }: KubernetesObject) => {
    const { ownerReferences: _, finalizers: __, managedFields: ___, ...kept } = metadata;
    return { ...members, metadata: kept };
  };
  return !semanticallyEqual(object, stored) && semanticallyEqual(rest(object), rest(stored));
}

async function check(
  attributes: AdmissionAttributes,
  object: KubernetesObject,
  context: RequestContext,
): Promise<void> {
  if (isBinding(object)) await checkBinding(attributes, object, context);
  else if (isRole(object)) await checkRole(attributes, object, context);
}

async function checkRole(
  attributes: AdmissionAttributes,
  role: ClusterRole,
  context: RequestContext,
): Promise<void> {
  const { operation, resource, namespace, name, oldObject } = attributes;
  const may = await isAllowed(context, 'escalate', {
    resource: resource.resource,
    namespace,
    // A new object has no name yet that rights could be tied to.
    name: operation === 'CREATE' ? '' : name,
  });
  if (may) return;
  refuseUnheld(attributes, listOf(role.rules), namespace, context);
  const aggregates =
    role.aggregationRule !== undefined ||
    (oldObject !== undefined && isRole(oldObject) && oldObject.aggregationRule !== undefined);
  if (aggregates && missingRights(rights(context, namespace), everything).length > 0) {
    throw refusal(attributes, 'must have cluster-admin privileges to use the aggregationRule');
  }
}

async function checkBinding(
  attributes: AdmissionAttributes,
  binding: RoleBinding,
  context: RequestContext,
): Promise<void> {
  const { namespace } = attributes;
  const { roleRef } = binding;
  const may = await isAllowed(context, 'bind', {
    resource: roleRef.kind === 'ClusterRole' ? 'clusterroles' : 'roles',
    namespace,
    name: roleRef.name,
  });
  if (may) return;
  const role = roleOf(roleRef, namespace, context);
  if (!role) throw notFound(attributes.resource, binding.metadata.name ?? '');
  refuseUnheld(attributes, listOf(role.rules), namespace, context);
}

function roleOf(
  { kind, name }: RoleRef,
  namespace: string,
  { read }: RequestContext,
): Role | undefined {
  return kind === 'ClusterRole'
    ? read.get<ClusterRole>({ group, resource: 'clusterroles' }, '', name)
    : read.get<Role>({ group, resource: 'roles' }, namespace, name);
}

function rights({ services, user }: RequestContext, namespace: string) {
  return services.rulesFor(user, namespace);
}

function refuseUnheld(
  attributes: AdmissionAttributes,
  rules: readonly PolicyRule[],
  namespace: string,
  context: RequestContext,
): void {
  const missing = missingRights(rights(context, namespace), rules);
  if (missing.length === 0) return;
  const { username, groups } = context.user;
  const who = `user ${JSON.stringify(username)} (groups=[${groups.map((name) => JSON.stringify(name)).join(' ')}])`;
  const what = 'is attempting to grant RBAC permissions not currently held';
  throw refusal(attributes, `${who} ${what}:\n${missing.join('\n')}`);
}

async function isAllowed(
  { services, user }: RequestContext,
  verb: string,
  on: { readonly resource: string; readonly namespace: string; readonly name: string },
): Promise<boolean> {
  const resource = { group, version: '*', subresource: '', ...on };
  const { decision } = await services.authorize({ user, verb, path: '', resource });
  return decision === 'allow';
}

function isBinding(object: KubernetesObject): object is RoleBinding | ClusterRoleBinding {
  return object.kind === 'RoleBinding' || object.kind === 'ClusterRoleBinding';
}

function isRole(object: KubernetesObject): object is ClusterRole {
  return object.kind === 'Role' || object.kind === 'ClusterRole';
}
