/**
 * Disruption budgets, and evictions that respect them.
 * @group policy v1
 */
import type { Condition } from '../meta/v1/condition.ts';
import type { ListMeta, ObjectMeta } from '../meta/v1/object.ts';
import type { DeleteOptions } from '../meta/v1/options.ts';
import type { LabelSelector } from '../meta/v1/selector.ts';
import type { Int32, Int64, IntOrString, StringMap, Time } from '../scalars.ts';

/**
 * Asks to remove a pod, as far as budgets allow it. Created as a subresource of the pod.
 * @kind
 */
export interface Eviction {
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
   * Options of the deletion.
   * @proto 2 @explicit
   */
  readonly deleteOptions?: DeleteOptions;
}

/**
 * How many of certain pods must stay up when pods are evicted on purpose.
 * @kind
 */
export interface PodDisruptionBudget {
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
  readonly spec: PodDisruptionBudgetSpec;
  /**
   * What is the case, as last seen. Set by the system, not by users.
   * @proto 3 @always
   */
  readonly status?: PodDisruptionBudgetStatus;
}

/**
 * A list of pod disruption budgets.
 * @kind
 */
export interface PodDisruptionBudgetList {
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
   * The pod disruption budgets.
   * @proto 2
   */
  readonly items: readonly PodDisruptionBudget[];
}

/** Which pods, and how many must stay up. One of the two numbers is set. */
export interface PodDisruptionBudgetSpec {
  /**
   * How many must stay up, as a number or a share of them.
   * @proto 1 @explicit
   */
  readonly minAvailable?: IntOrString;
  /**
   * Which pods, by label. Empty selects all of the namespace, missing none.
   * @proto 2 @explicit @patch replace
   */
  readonly selector?: LabelSelector;
  /**
   * How many may be down, as a number or a share of them.
   * @proto 3 @explicit
   */
  readonly maxUnavailable?: IntOrString;
  /**
   * Whether pods that are not ready may always be evicted (`AlwaysAllow`), or only while enough
   * others are up (`IfHealthyBudget`, the default).
   * @proto 4 @explicit
   */
  readonly unhealthyPodEvictionPolicy?: UnhealthyPodEvictionPolicyType;
}

/**
 * When pods that are not ready may be evicted.
 * @enum
 */
export type UnhealthyPodEvictionPolicyType = 'IfHealthyBudget' | 'AlwaysAllow';

/** How many pods may be evicted just now. */
export interface PodDisruptionBudgetStatus {
  /**
   * The `metadata.generation` that this status is about. While it is lower than the current one,
   * the status is about an older spec.
   * @proto 1
   */
  readonly observedGeneration?: Int64;
  /**
   * Pods whose eviction was allowed but which are not gone yet, with the time.
   * @proto 2
   */
  readonly disruptedPods?: StringMap<Time>;
  /**
   * How many may be evicted now.
   * @proto 3 @optional
   */
  readonly disruptionsAllowed: Int32;
  /**
   * How many are up.
   * @proto 4 @optional
   */
  readonly currentHealthy: Int32;
  /**
   * How many must be up.
   * @proto 5 @optional
   */
  readonly desiredHealthy: Int32;
  /**
   * How many there should be.
   * @proto 6 @optional
   */
  readonly expectedPods: Int32;
  /**
   * The latest findings about this object, one per type.
   * @proto 7 @listType map type @patch merge type
   */
  readonly conditions?: readonly Condition[];
}
