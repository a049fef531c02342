/**
 * Roles and their bindings: who may do what.
 * @group rbac.authorization.k8s.io v1
 */
import type { ListMeta, ObjectMeta } from '../meta/v1/object.ts';
import type { LabelSelector } from '../meta/v1/selector.ts';

/** @kind */
export interface ClusterRole {
  readonly kind?: string;
  readonly apiVersion?: string;
  /** @proto 1 @optional */
  readonly metadata: ObjectMeta;
  /** @proto 2 @optional @listType atomic */
  readonly rules: readonly PolicyRule[];
  /** @proto 3 @explicit */
  readonly aggregationRule?: AggregationRule;
}

/** @kind */
export interface ClusterRoleList {
  readonly kind?: string;
  readonly apiVersion?: string;
  /** @proto 1 @optional */
  readonly metadata: ListMeta;
  /** @proto 2 */
  readonly items: readonly ClusterRole[];
}

export interface PolicyRule {
  /** @proto 1 @listType atomic */
  readonly verbs: readonly string[];
  /** @proto 2 @listType atomic */
  readonly apiGroups?: readonly string[];
  /** @proto 3 @listType atomic */
  readonly resources?: readonly string[];
  /** @proto 4 @listType atomic */
  readonly resourceNames?: readonly string[];
  /** @proto 5 @listType atomic */
  readonly nonResourceURLs?: readonly string[];
}

export interface AggregationRule {
  /** @proto 1 @listType atomic */
  readonly clusterRoleSelectors?: readonly LabelSelector[];
}

/** @kind */
export interface ClusterRoleBinding {
  readonly kind?: string;
  readonly apiVersion?: string;
  /** @proto 1 @optional */
  readonly metadata: ObjectMeta;
  /** @proto 2 @listType atomic */
  readonly subjects?: readonly Subject[];
  /** @proto 3 */
  readonly roleRef: RoleRef;
}

/** @kind */
export interface ClusterRoleBindingList {
  readonly kind?: string;
  readonly apiVersion?: string;
  /** @proto 1 @optional */
  readonly metadata: ListMeta;
  /** @proto 2 */
  readonly items: readonly ClusterRoleBinding[];
}

/** @structType atomic */
export interface Subject {
  /** @proto 1 */
  readonly kind: string;
  /** @proto 2 */
  readonly apiGroup?: string;
  /** @proto 3 */
  readonly name: string;
  /** @proto 4 */
  readonly namespace?: string;
}

/** @structType atomic */
export interface RoleRef {
  /** @proto 1 @optional */
  readonly apiGroup: string;
  /** @proto 2 */
  readonly kind: string;
  /** @proto 3 */
  readonly name: string;
}

/** @kind */
export interface Role {
  readonly kind?: string;
  readonly apiVersion?: string;
  /** @proto 1 @optional */
  readonly metadata: ObjectMeta;
  /** @proto 2 @optional @listType atomic */
  readonly rules: readonly PolicyRule[];
}

/** @kind */
export interface RoleList {
  readonly kind?: string;
  readonly apiVersion?: string;
  /** @proto 1 @optional */
  readonly metadata: ListMeta;
  /** @proto 2 */
  readonly items: readonly Role[];
}

/** @kind */
export interface RoleBinding {
  readonly kind?: string;
  readonly apiVersion?: string;
  /** @proto 1 @optional */
  readonly metadata: ObjectMeta;
  /** @proto 2 @listType atomic */
  readonly subjects?: readonly Subject[];
  /** @proto 3 */
  readonly roleRef: RoleRef;
}

/** @kind */
export interface RoleBindingList {
  readonly kind?: string;
  readonly apiVersion?: string;
  /** @proto 1 @optional */
  readonly metadata: ListMeta;
  /** @proto 2 */
  readonly items: readonly RoleBinding[];
}
