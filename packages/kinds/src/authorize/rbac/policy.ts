/**
 * Roles and bindings, arranged by whom they concern, so that a check looks at no binding of somebody else.
 * Made again when a role or binding changed.
 */
import type { ObjectReader, ResourceName, UserInfo } from '@navarch/api/extension/context';
import type {
  ClusterRole,
  ClusterRoleBinding,
  PolicyRule,
  Role,
  RoleBinding,
  RoleRef,
  Subject,
} from '@navarch/api/types/rbac/v1';

/** One binding as a check sees it. */
export interface Grant {
  /** The place among all bindings of its scope: the first that allows is named in the answer. */
  readonly order: number;
  /** Undefined when the role does not exist. */
  readonly rules: readonly PolicyRule[] | undefined;
  readonly roleRef: RoleRef;
  /** Such as `ClusterRoleBinding "cluster-admin" of ClusterRole "cluster-admin"`. */
  readonly description: string;
  readonly subjects: readonly Subject[];
  /** Where subjects that are service accounts without a namespace live; '' at the cluster's scope. */
  readonly namespace: string;
}

/** The grants of one scope: the cluster, or a namespace. */
interface Scope {
  readonly byUser: ReadonlyMap<string, readonly Grant[]>;
  readonly byGroup: ReadonlyMap<string, readonly Grant[]>;
}

export interface Policy {
  /** What concerns a user: first the cluster's grants, then those of the namespace unless it is ''. */
  grantsFor(user: UserInfo, namespace: string): readonly Grant[];
}

const group = 'rbac.authorization.k8s.io';
const clusterRoles: ResourceName = { group, resource: 'clusterroles' };
const clusterRoleBindings: ResourceName = { group, resource: 'clusterrolebindings' };
const roles: ResourceName = { group, resource: 'roles' };
const roleBindings: ResourceName = { group, resource: 'rolebindings' };

/** Gives the current policy; compiles only what changed. */
export class PolicyCache {
  #cluster: { readonly versions: readonly number[]; readonly scope: Scope } | undefined;
  #namespaced:
    | { readonly versions: readonly number[]; readonly scopes: Map<string, Scope> }
    | undefined;

  current(read: ObjectReader): Policy {
    const clusterRolesVersion = read.version(clusterRoles);
    const cluster = this.#clusterScope(read, clusterRolesVersion);
    const scopes = this.#namespaceScopes(read, clusterRolesVersion);
    return {
      grantsFor(user, namespace) {
        const grants = grantsOf(cluster, user);
        if (namespace === '') return grants;
        let scope = scopes.get(namespace);
        if (!scope) {
          scope = compileNamespace(read, namespace);
          scopes.set(namespace, scope);
        }
        const more = grantsOf(scope, user);
        return more.length === 0 ? grants : [...grants, ...more];
      },
    };
  }

  #clusterScope(read: ObjectReader, rolesVersion: number): Scope {
    const bindingsVersion = read.version(clusterRoleBindings);
    const known = this.#cluster;
    if (known?.versions[0] === rolesVersion && known.versions[1] === bindingsVersion) {
      return known.scope;
    }
    const scope = compileCluster(read);
    this.#cluster = { versions: [rolesVersion, bindingsVersion], scope };
    return scope;
  }

  /** Namespaces are compiled when first asked about; an absent one costs an empty scope at most. */
  #namespaceScopes(read: ObjectReader, clusterRolesVersion: number): Map<string, Scope> {
    const versions = [clusterRolesVersion, read.version(roles), read.version(roleBindings)];
    const known = this.#namespaced;
    if (known && versions.every((version, i) => version === known.versions[i])) {
      if (known.scopes.size > namespacesMax) known.scopes.clear();
      return known.scopes;
    }
    const scopes = new Map<string, Scope>();
    this.#namespaced = { versions, scopes };
    return scopes;
  }
}

/** Anybody may ask about any name, so that what is kept about names needs a bound. */
const namespacesMax = 10_000;

function compileCluster(read: ObjectReader): Scope {
  const bindings = sorted(read.list<ClusterRoleBinding>(clusterRoleBindings, ''));
  return compile(
    bindings.map((binding, order) => ({
      order,
      rules: rulesOf(read.get<ClusterRole>(clusterRoles, '', binding.roleRef.name)),
      roleRef: binding.roleRef,
      description: `ClusterRoleBinding "${binding.metadata.name}" of ${binding.roleRef.kind} "${binding.roleRef.name}"`,
      subjects: binding.subjects ?? [],
      namespace: '',
    })),
  );
}

function compileNamespace(read: ObjectReader, namespace: string): Scope {
  const bindings = sorted(read.list<RoleBinding>(roleBindings, namespace));
  return compile(
    bindings.map((binding, order) => ({
      order,
      rules: referencedRules(read, namespace, binding.roleRef),
      roleRef: binding.roleRef,
      description: `RoleBinding "${binding.metadata.name}/${namespace}" of ${binding.roleRef.kind} "${binding.roleRef.name}"`,
      subjects: binding.subjects ?? [],
      namespace,
    })),
  );
}

function referencedRules(
  read: ObjectReader,
  namespace: string,
  { kind, name }: RoleRef,
): readonly PolicyRule[] | undefined {
  if (kind === 'ClusterRole') return rulesOf(read.get<ClusterRole>(clusterRoles, '', name));
  return rulesOf(read.get<Role>(roles, namespace, name));
}

/** A role that exists has rules, if only none: Go writes an empty list as null. */
function rulesOf(role: Role | ClusterRole | undefined): readonly PolicyRule[] | undefined {
  return role && (role.rules ?? []);
}

function compile(grants: readonly Grant[]): Scope {
  const byUser = new Map<string, Grant[]>();
  const byGroup = new Map<string, Grant[]>();
  for (const grant of grants) {
    for (const subject of grant.subjects) {
      if (subject.kind === 'Group') append(byGroup, subject.name, grant);
      else append(byUser, userNameOf(subject, grant.namespace), grant);
    }
  }
  return { byUser, byGroup };
}

function append(map: Map<string, Grant[]>, key: string, grant: Grant): void {
  const grants = map.get(key);
  if (!grants) map.set(key, [grant]);
  else if (grants.at(-1) !== grant) grants.push(grant);
}

/** The user that a subject of kind User or ServiceAccount stands for. */
export function userNameOf(subject: Subject, bindingNamespace: string): string {
  if (subject.kind !== 'ServiceAccount') return subject.name;
  return `system:serviceaccount:${subject.namespace ?? bindingNamespace}:${subject.name}`;
}

function grantsOf(scope: Scope, user: UserInfo): readonly Grant[] {
  const own = scope.byUser.get(user.username);
  let found: readonly Grant[] = own ?? [];
  let merged: Set<Grant> | undefined;
  for (const name of user.groups) {
    const grants = scope.byGroup.get(name);
    if (!grants) continue;
    if (found.length === 0) {
      found = grants;
    } else {
      merged ??= new Set(found);
      for (const grant of grants) merged.add(grant);
    }
  }
  return merged ? [...merged].sort((a, b) => a.order - b.order) : found;
}

function sorted<T extends { readonly metadata: { readonly name?: string } }>(
  objects: readonly T[],
): readonly T[] {
  return objects.toSorted((a, b) => ((a.metadata.name ?? '') < (b.metadata.name ?? '') ? -1 : 1));
}
