/**
 * Priority classes: which pods go first, and whom they may displace.
 * @group scheduling.k8s.io v1
 */
import type { PreemptionPolicy } from '../core/v1/pod.ts';
import type { ListMeta, ObjectMeta } from '../meta/v1/object.ts';
import type { Int32 } from '../scalars.ts';

/**
 * A name for a priority of pods.
 * @kind
 */
export interface PriorityClass {
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
   * The priority; higher goes first. Above a billion is for the system. It cannot be changed.
   * @proto 2 @optional
   */
  readonly value: Int32;
  /**
   * Whether pods that name no class get this one. At most one class says so.
   * @proto 3
   */
  readonly globalDefault?: boolean;
  /**
   * When to use it, for people.
   * @proto 4
   */
  readonly description?: string;
  /**
   * Whether pods of this class may displace others: `PreemptLowerPriority` (the default) or
   * `Never`.
   * @proto 5 @explicit
   */
  readonly preemptionPolicy?: PreemptionPolicy;
}

/**
 * A list of priority classes.
 * @kind
 */
export interface PriorityClassList {
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
   * The priority classes.
   * @proto 2
   */
  readonly items: readonly PriorityClass[];
}
