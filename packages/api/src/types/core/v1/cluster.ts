/**
 * Small leftovers of the core group: component status, allocations, generic lists.
 * @group core v1
 */
import type { List as MetaList, ListMeta, ObjectMeta } from '../../meta/v1/object.ts';
import type { Bytes } from '../../scalars.ts';

/**
 * The health of a component of the control plane. Out of use; ask the components themselves.
 * @kind
 */
export interface ComponentStatus {
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
   * What was found out about the component.
   * @proto 2 @listType map type @patch merge type
   */
  readonly conditions?: readonly ComponentCondition[];
}

/**
 * A list of component statuses.
 * @kind
 */
export interface ComponentStatusList {
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
   * The component statuses.
   * @proto 2
   */
  readonly items: readonly ComponentStatus[];
}

/** A finding about a component. */
export interface ComponentCondition {
  /**
   * What the condition is about; only `Healthy`.
   * @proto 1
   */
  readonly type: ComponentConditionType;
  /**
   * `True`, `False` or `Unknown`.
   * @proto 2
   */
  readonly status: ConditionStatus;
  /**
   * More about it, such as the answer of a health check.
   * @proto 3
   */
  readonly message?: string;
  /**
   * The error of a health check that failed.
   * @proto 4
   */
  readonly error?: string;
}

/** What a component's condition is about. Known values: `Healthy`. */
export type ComponentConditionType = string;

/** Whether a condition holds. Known values: `True`, `False`, `Unknown`. */
export type ConditionStatus = string;

/**
 * Which addresses or ports of a range are in use. Internal to the API server.
 * @kind
 */
export interface RangeAllocation {
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
   * The range, as text.
   * @proto 2
   */
  readonly range: string;
  /**
   * One bit per address or port.
   * @proto 3
   */
  readonly data: Bytes;
}

/**
 * A list of objects of any kinds.
 * @kind
 */
export type List = MetaList;

/** Conditions under which an object may be deleted. */
export interface Preconditions {
  /**
   * It must have this uid.
   * @proto 1 @explicit
   */
  readonly uid?: string;
}
