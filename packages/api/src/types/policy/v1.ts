/**
 * Disruption budgets, and evictions that respect them.
 * @group policy v1
 */
import type { Condition } from '../meta/v1/condition.ts';
import type { ListMeta, ObjectMeta } from '../meta/v1/object.ts';
import type { DeleteOptions } from '../meta/v1/options.ts';
import type { LabelSelector } from '../meta/v1/selector.ts';
import type { Int32, Int64, IntOrString, StringMap, Time } from '../scalars.ts';

/** @kind */
export interface Eviction {
  readonly kind?: string;
  readonly apiVersion?: string;
  /** @proto 1 @optional */
  readonly metadata: ObjectMeta;
  /** @proto 2 @explicit */
  readonly deleteOptions?: DeleteOptions;
}

/** @kind */
export interface PodDisruptionBudget {
  readonly kind?: string;
  readonly apiVersion?: string;
  /** @proto 1 @optional */
  readonly metadata: ObjectMeta;
  /** @proto 2 @optional */
  readonly spec: PodDisruptionBudgetSpec;
  /** @proto 3 @always */
  readonly status?: PodDisruptionBudgetStatus;
}

/** @kind */
export interface PodDisruptionBudgetList {
  readonly kind?: string;
  readonly apiVersion?: string;
  /** @proto 1 @optional */
  readonly metadata: ListMeta;
  /** @proto 2 */
  readonly items: readonly PodDisruptionBudget[];
}

export interface PodDisruptionBudgetSpec {
  /** @proto 1 @explicit */
  readonly minAvailable?: IntOrString;
  /** @proto 2 @explicit @patch replace */
  readonly selector?: LabelSelector;
  /** @proto 3 @explicit */
  readonly maxUnavailable?: IntOrString;
  /** @proto 4 @explicit */
  readonly unhealthyPodEvictionPolicy?: UnhealthyPodEvictionPolicyType;
}

/** @enum */
export type UnhealthyPodEvictionPolicyType = 'IfHealthyBudget' | 'AlwaysAllow';

export interface PodDisruptionBudgetStatus {
  /** @proto 1 */
  readonly observedGeneration?: Int64;
  /** @proto 2 */
  readonly disruptedPods?: StringMap<Time>;
  /** @proto 3 @optional */
  readonly disruptionsAllowed: Int32;
  /** @proto 4 @optional */
  readonly currentHealthy: Int32;
  /** @proto 5 @optional */
  readonly desiredHealthy: Int32;
  /** @proto 6 @optional */
  readonly expectedPods: Int32;
  /** @proto 7 @listType map type @patch merge type */
  readonly conditions?: readonly Condition[];
}
