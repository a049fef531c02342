/**
 * Resource quotas and limit ranges: what a namespace may use.
 * @group core v1
 */
import type { ListMeta, ObjectMeta } from '../../meta/v1/object.ts';
import type { ResourceList } from './resources.ts';

/**
 * Limits what a namespace may use in all.
 * @kind
 */
export interface ResourceQuota {
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
   * What is wanted.
   * @proto 2 @optional
   */
  readonly spec: ResourceQuotaSpec;
  /**
   * What is the case, as last seen. Set by the system, not by users.
   * @proto 3 @always
   */
  readonly status?: ResourceQuotaStatus;
}

/**
 * A list of resource quotas.
 * @kind
 */
export interface ResourceQuotaList {
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
   * The resource quotas.
   * @proto 2
   */
  readonly items: readonly ResourceQuota[];
}

/** The limits of a quota, and what counts. */
export interface ResourceQuotaSpec {
  /**
   * The limit of each resource, such as `requests.cpu`, `pods` or `count/deployments.apps`.
   * @proto 1
   */
  readonly hard?: ResourceList;
  /**
   * Count only objects that all of these fit.
   * @proto 2 @listType atomic
   */
  readonly scopes?: readonly ResourceQuotaScope[];
  /**
   * Count only objects that this fits; as `scopes`, with operators and values.
   * @proto 3 @explicit
   */
  readonly scopeSelector?: ScopeSelector;
}

/**
 * A group of pods or claims that a quota counts.
 * @enum
 */
export type ResourceQuotaScope =
  | 'Terminating'
  | 'NotTerminating'
  | 'BestEffort'
  | 'NotBestEffort'
  | 'PriorityClass'
  | 'CrossNamespacePodAffinity'
  | 'VolumeAttributesClass';

/**
 * A selection of what a quota counts.
 * @structType atomic
 */
export interface ScopeSelector {
  /**
   * Requirements that must all hold.
   * @proto 1 @listType atomic
   */
  readonly matchExpressions?: readonly ScopedResourceSelectorRequirement[];
}

/** One requirement on what a quota counts. */
export interface ScopedResourceSelectorRequirement {
  /**
   * The scope.
   * @proto 1
   */
  readonly scopeName: ResourceQuotaScope;
  /**
   * `In`, `NotIn`, `Exists` or `DoesNotExist`.
   * @proto 2
   */
  readonly operator: ScopeSelectorOperator;
  /**
   * The values for `In` and `NotIn`; empty for the others.
   * @proto 3 @listType atomic
   */
  readonly values?: readonly string[];
}

/**
 * How a scope is compared.
 * @enum
 */
export type ScopeSelectorOperator = 'In' | 'NotIn' | 'Exists' | 'DoesNotExist';

/** How much of a quota is used. */
export interface ResourceQuotaStatus {
  /**
   * The limits in effect.
   * @proto 1
   */
  readonly hard?: ResourceList;
  /**
   * What is used of each resource.
   * @proto 2
   */
  readonly used?: ResourceList;
}

/**
 * Limits and defaults for each pod, container or claim in a namespace.
 * @kind
 */
export interface LimitRange {
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
   * What is wanted.
   * @proto 2 @optional
   */
  readonly spec: LimitRangeSpec;
}

/**
 * A list of limit ranges.
 * @kind
 */
export interface LimitRangeList {
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
   * The limit ranges.
   * @proto 2
   */
  readonly items: readonly LimitRange[];
}

/** The limits. */
export interface LimitRangeSpec {
  /**
   * One entry per type of object.
   * @proto 1 @listType atomic
   */
  readonly limits: readonly LimitRangeItem[];
}

/** Limits and defaults for one type of object. */
export interface LimitRangeItem {
  /**
   * `Pod`, `Container` or `PersistentVolumeClaim`.
   * @proto 1
   */
  readonly type: LimitType;
  /**
   * The most of each resource.
   * @proto 2
   */
  readonly max?: ResourceList;
  /**
   * The least of each resource.
   * @proto 3
   */
  readonly min?: ResourceList;
  /**
   * Limits for containers that set none.
   * @proto 4
   */
  readonly default?: ResourceList;
  /**
   * Requests for containers that set none.
   * @proto 5
   */
  readonly defaultRequest?: ResourceList;
  /**
   * How many times its request a limit may be.
   * @proto 6
   */
  readonly maxLimitRequestRatio?: ResourceList;
}

/**
 * A type of object that limits apply to. Known values: `Pod`, `Container`, `PersistentVolumeClaim`.
 */
export type LimitType = string;
