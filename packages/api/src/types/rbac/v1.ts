/**
 * Roles and their bindings: who may do what.
 * @group rbac.authorization.k8s.io v1
 */
import type { ListMeta, ObjectMeta } from '../meta/v1/object.ts';
import type { LabelSelector } from '../meta/v1/selector.ts';

/**
 * Permissions in the whole cluster, or for use in bindings of any namespace.
 * @kind
 */
export interface ClusterRole {
  /** The kind of this object, in CamelCase. Clients may leave it out where the URL says it. */
  readonly kind?: string;
  /** The group and version that this object is written in, such as `v1` or `apps/v1`. */
  readonly apiVersion?: string;
  /**
   * Name, namespace, labels, annotations and the rest of what every object carries.
   * @proto 1 @optional
   */
  readonly metadata: ObjectMeta;
  /**
   * The permissions. They only add up; none can be taken away.
   * @proto 2 @optional @listType atomic
   */
  readonly rules: readonly PolicyRule[];
  /**
   * Collect the rules of other cluster roles; `rules` is then filled in from them.
   * @proto 3 @explicit
   */
  readonly aggregationRule?: AggregationRule;
}

/**
 * A list of cluster roles.
 * @kind
 */
export interface ClusterRoleList {
  /** The kind of this object, in CamelCase. Clients may leave it out where the URL says it. */
  readonly kind?: string;
  /** The group and version that this object is written in, such as `v1` or `apps/v1`. */
  readonly apiVersion?: string;
  /**
   * The version of the list, and where it goes on.
   * @proto 1 @optional
   */
  readonly metadata: ListMeta;
  /**
   * The cluster roles.
   * @proto 2
   */
  readonly items: readonly ClusterRole[];
}

/** Verbs that are allowed on resources, or on paths that are no resources. */
export interface PolicyRule {
  /**
   * The verbs, such as `get`, `list` or `create`; `*` for all.
   * @proto 1 @listType atomic
   */
  readonly verbs: readonly string[];
  /**
   * The API groups of the resources; empty text for the core group, `*` for all.
   * @proto 2 @listType atomic
   */
  readonly apiGroups?: readonly string[];
  /**
   * The resources, such as `pods` or `pods/log`; `*` for all.
   * @proto 3 @listType atomic
   */
  readonly resources?: readonly string[];
  /**
   * Only objects of these names; by default all. Of no use with `create` and `deletecollection`.
   * @proto 4 @listType atomic
   */
  readonly resourceNames?: readonly string[];
  /**
   * Paths such as `/healthz`; a `*` stands for any rest. Only in cluster roles.
   * @proto 5 @listType atomic
   */
  readonly nonResourceURLs?: readonly string[];
}

/** Which cluster roles are collected into one. */
export interface AggregationRule {
  /**
   * Selectors of cluster roles; those that any of them selects.
   * @proto 1 @listType atomic
   */
  readonly clusterRoleSelectors?: readonly LabelSelector[];
}

/**
 * Gives the permissions of a cluster role to users, groups or service accounts, in all namespaces.
 * @kind
 */
export interface ClusterRoleBinding {
  /** The kind of this object, in CamelCase. Clients may leave it out where the URL says it. */
  readonly kind?: string;
  /** The group and version that this object is written in, such as `v1` or `apps/v1`. */
  readonly apiVersion?: string;
  /**
   * Name, namespace, labels, annotations and the rest of what every object carries.
   * @proto 1 @optional
   */
  readonly metadata: ObjectMeta;
  /**
   * Who gets them.
   * @proto 2 @listType atomic
   */
  readonly subjects?: readonly Subject[];
  /**
   * The cluster role. It cannot be changed.
   * @proto 3
   */
  readonly roleRef: RoleRef;
}

/**
 * A list of cluster role bindings.
 * @kind
 */
export interface ClusterRoleBindingList {
  /** The kind of this object, in CamelCase. Clients may leave it out where the URL says it. */
  readonly kind?: string;
  /** The group and version that this object is written in, such as `v1` or `apps/v1`. */
  readonly apiVersion?: string;
  /**
   * The version of the list, and where it goes on.
   * @proto 1 @optional
   */
  readonly metadata: ListMeta;
  /**
   * The cluster role bindings.
   * @proto 2
   */
  readonly items: readonly ClusterRoleBinding[];
}

/**
 * A user, group or service account.
 * @structType atomic
 */
export interface Subject {
  /**
   * `User`, `Group` or `ServiceAccount`.
   * @proto 1
   */
  readonly kind: string;
  /**
   * `rbac.authorization.k8s.io` for users and groups, empty for service accounts. Filled in by the
   * server.
   * @proto 2
   */
  readonly apiGroup?: string;
  /**
   * The name.
   * @proto 3
   */
  readonly name: string;
  /**
   * The namespace of a service account. Others have none.
   * @proto 4
   */
  readonly namespace?: string;
}

/**
 * Names the role of a binding.
 * @structType atomic
 */
export interface RoleRef {
  /**
   * `rbac.authorization.k8s.io`.
   * @proto 1 @optional
   */
  readonly apiGroup: string;
  /**
   * `Role` or `ClusterRole`.
   * @proto 2
   */
  readonly kind: string;
  /**
   * The name.
   * @proto 3
   */
  readonly name: string;
}

/**
 * Permissions in one namespace. They come into effect through a binding.
 * @kind
 */
export interface Role {
  /** The kind of this object, in CamelCase. Clients may leave it out where the URL says it. */
  readonly kind?: string;
  /** The group and version that this object is written in, such as `v1` or `apps/v1`. */
  readonly apiVersion?: string;
  /**
   * Name, namespace, labels, annotations and the rest of what every object carries.
   * @proto 1 @optional
   */
  readonly metadata: ObjectMeta;
  /**
   * The permissions. They only add up; none can be taken away.
   * @proto 2 @optional @listType atomic
   */
  readonly rules: readonly PolicyRule[];
}

/**
 * A list of roles.
 * @kind
 */
export interface RoleList {
  /** The kind of this object, in CamelCase. Clients may leave it out where the URL says it. */
  readonly kind?: string;
  /** The group and version that this object is written in, such as `v1` or `apps/v1`. */
  readonly apiVersion?: string;
  /**
   * The version of the list, and where it goes on.
   * @proto 1 @optional
   */
  readonly metadata: ListMeta;
  /**
   * The roles.
   * @proto 2
   */
  readonly items: readonly Role[];
}

/**
 * Gives the permissions of a role to users, groups or service accounts, in one namespace.
 * @kind
 */
export interface RoleBinding {
  /** The kind of this object, in CamelCase. Clients may leave it out where the URL says it. */
  readonly kind?: string;
  /** The group and version that this object is written in, such as `v1` or `apps/v1`. */
  readonly apiVersion?: string;
  /**
   * Name, namespace, labels, annotations and the rest of what every object carries.
   * @proto 1 @optional
   */
  readonly metadata: ObjectMeta;
  /**
   * Who gets them.
   * @proto 2 @listType atomic
   */
  readonly subjects?: readonly Subject[];
  /**
   * The role, in the same namespace, or the cluster role. It cannot be changed.
   * @proto 3
   */
  readonly roleRef: RoleRef;
}

/**
 * A list of role bindings.
 * @kind
 */
export interface RoleBindingList {
  /** The kind of this object, in CamelCase. Clients may leave it out where the URL says it. */
  readonly kind?: string;
  /** The group and version that this object is written in, such as `v1` or `apps/v1`. */
  readonly apiVersion?: string;
  /**
   * The version of the list, and where it goes on.
   * @proto 1 @optional
   */
  readonly metadata: ListMeta;
  /**
   * The role bindings.
   * @proto 2
   */
  readonly items: readonly RoleBinding[];
}
