/**
 * Resource quotas and limit ranges: what a namespace may use.
 * @group core v1
 */
import type { ListMeta, ObjectMeta } from '../../meta/v1/object.ts';
import type { ResourceList } from './resources.ts';

/** @kind */
export interface ResourceQuota {
  readonly kind?: string;
  readonly apiVersion?: string;
  /** @proto 1 @optional */
  readonly metadata: ObjectMeta;
  /** @proto 2 @optional */
  readonly spec: ResourceQuotaSpec;
  /** @proto 3 @always */
  readonly status?: ResourceQuotaStatus;
}

/** @kind */
export interface ResourceQuotaList {
  readonly kind?: string;
  readonly apiVersion?: string;
  /** @proto 1 @optional */
  readonly metadata: ListMeta;
  /** @proto 2 */
  readonly items: readonly ResourceQuota[];
}

export interface ResourceQuotaSpec {
  /** @proto 1 */
  readonly hard?: ResourceList;
  /** @proto 2 @listType atomic */
  readonly scopes?: readonly ResourceQuotaScope[];
  /** @proto 3 @explicit */
  readonly scopeSelector?: ScopeSelector;
}

/** @enum */
export type ResourceQuotaScope =
  | 'Terminating'
  | 'NotTerminating'
  | 'BestEffort'
  | 'NotBestEffort'
  | 'PriorityClass'
  | 'CrossNamespacePodAffinity'
  | 'VolumeAttributesClass';

/** @structType atomic */
export interface ScopeSelector {
  /** @proto 1 @listType atomic */
  readonly matchExpressions?: readonly ScopedResourceSelectorRequirement[];
}

export interface ScopedResourceSelectorRequirement {
  /** @proto 1 */
  readonly scopeName: ResourceQuotaScope;
  /** @proto 2 */
  readonly operator: ScopeSelectorOperator;
  /** @proto 3 @listType atomic */
  readonly values?: readonly string[];
}

/** @enum */
export type ScopeSelectorOperator = 'In' | 'NotIn' | 'Exists' | 'DoesNotExist';

export interface ResourceQuotaStatus {
  /** @proto 1 */
  readonly hard?: ResourceList;
  /** @proto 2 */
  readonly used?: ResourceList;
}

/** @kind */
export interface LimitRange {
  readonly kind?: string;
  readonly apiVersion?: string;
  /** @proto 1 @optional */
  readonly metadata: ObjectMeta;
  /** @proto 2 @optional */
  readonly spec: LimitRangeSpec;
}

/** @kind */
export interface LimitRangeList {
  readonly kind?: string;
  readonly apiVersion?: string;
  /** @proto 1 @optional */
  readonly metadata: ListMeta;
  /** @proto 2 */
  readonly items: readonly LimitRange[];
}

export interface LimitRangeSpec {
  /** @proto 1 @listType atomic */
  readonly limits: readonly LimitRangeItem[];
}

export interface LimitRangeItem {
  /** @proto 1 */
  readonly type: LimitType;
  /** @proto 2 */
  readonly max?: ResourceList;
  /** @proto 3 */
  readonly min?: ResourceList;
  /** @proto 4 */
  readonly default?: ResourceList;
  /** @proto 5 */
  readonly defaultRequest?: ResourceList;
  /** @proto 6 */
  readonly maxLimitRequestRatio?: ResourceList;
}

/** Known values: `Pod`, `Container`, `PersistentVolumeClaim`. */
export type LimitType = string;
