/**
 * Small leftovers of the core group: component status, allocations, generic lists.
 * @group core v1
 */
import type { List as MetaList, ListMeta, ObjectMeta } from '../../meta/v1/object.ts';
import type { Bytes } from '../../scalars.ts';

/** @kind */
export interface ComponentStatus {
  readonly kind?: string;
  readonly apiVersion?: string;
  /** @proto 1 @optional */
  readonly metadata: ObjectMeta;
  /** @proto 2 @listType map type @patch merge type */
  readonly conditions?: readonly ComponentCondition[];
}

/** @kind */
export interface ComponentStatusList {
  readonly kind?: string;
  readonly apiVersion?: string;
  /** @proto 1 @optional */
  readonly metadata: ListMeta;
  /** @proto 2 */
  readonly items: readonly ComponentStatus[];
}

export interface ComponentCondition {
  /** @proto 1 */
  readonly type: ComponentConditionType;
  /** @proto 2 */
  readonly status: ConditionStatus;
  /** @proto 3 */
  readonly message?: string;
  /** @proto 4 */
  readonly error?: string;
}

/** Known values: `Healthy`. */
export type ComponentConditionType = string;

/** Known values: `True`, `False`, `Unknown`. */
export type ConditionStatus = string;

/** @kind */
export interface RangeAllocation {
  readonly kind?: string;
  readonly apiVersion?: string;
  /** @proto 1 @optional */
  readonly metadata: ObjectMeta;
  /** @proto 2 */
  readonly range: string;
  /** @proto 3 */
  readonly data: Bytes;
}

/** @kind */
export type List = MetaList;

export interface Preconditions {
  /** @proto 1 @explicit */
  readonly uid?: string;
}
