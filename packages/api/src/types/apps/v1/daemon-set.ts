/**
 * Daemon sets: one pod on every matching node.
 * @group apps v1
 */
import type { ConditionStatus } from '../../core/v1/cluster.ts';
import type { PodTemplateSpec } from '../../core/v1/pod.ts';
import type { ListMeta, ObjectMeta } from '../../meta/v1/object.ts';
import type { LabelSelector } from '../../meta/v1/selector.ts';
import type { Int32, Int64, IntOrString, Time } from '../../scalars.ts';

/** @kind */
export interface DaemonSet {
  readonly kind?: string;
  readonly apiVersion?: string;
  /** @proto 1 @optional */
  readonly metadata: ObjectMeta;
  /** @proto 2 @optional */
  readonly spec: DaemonSetSpec;
  /** @proto 3 @always */
  readonly status?: DaemonSetStatus;
}

/** @kind */
export interface DaemonSetList {
  readonly kind?: string;
  readonly apiVersion?: string;
  /** @proto 1 @optional */
  readonly metadata: ListMeta;
  /** @proto 2 */
  readonly items: readonly DaemonSet[];
}

export interface DaemonSetSpec {
  /** @proto 1 @nullable */
  readonly selector: LabelSelector;
  /** @proto 2 */
  readonly template: PodTemplateSpec;
  /** @proto 3 @always */
  readonly updateStrategy?: DaemonSetUpdateStrategy;
  /** @proto 4 */
  readonly minReadySeconds?: Int32;
  /** @proto 6 @explicit */
  readonly revisionHistoryLimit?: Int32;
}

export interface DaemonSetUpdateStrategy {
  /** @proto 1 */
  readonly type?: DaemonSetUpdateStrategyType;
  /** @proto 2 @explicit */
  readonly rollingUpdate?: RollingUpdateDaemonSet;
}

/** @enum */
export type DaemonSetUpdateStrategyType = 'RollingUpdate' | 'OnDelete';

export interface RollingUpdateDaemonSet {
  /** @proto 1 @explicit */
  readonly maxUnavailable?: IntOrString;
  /** @proto 2 @explicit */
  readonly maxSurge?: IntOrString;
}

export interface DaemonSetStatus {
  /** @proto 1 */
  readonly currentNumberScheduled: Int32;
  /** @proto 2 */
  readonly numberMisscheduled: Int32;
  /** @proto 3 */
  readonly desiredNumberScheduled: Int32;
  /** @proto 4 */
  readonly numberReady: Int32;
  /** @proto 5 */
  readonly observedGeneration?: Int64;
  /** @proto 6 */
  readonly updatedNumberScheduled?: Int32;
  /** @proto 7 */
  readonly numberAvailable?: Int32;
  /** @proto 8 */
  readonly numberUnavailable?: Int32;
  /** @proto 9 @explicit */
  readonly collisionCount?: Int32;
  /** @proto 10 @listType map type @patch merge type */
  readonly conditions?: readonly DaemonSetCondition[];
}

export interface DaemonSetCondition {
  /** @proto 1 */
  readonly type: DaemonSetConditionType;
  /** @proto 2 */
  readonly status: ConditionStatus;
  /** @proto 3 @always */
  readonly lastTransitionTime?: Time;
  /** @proto 4 */
  readonly reason?: string;
  /** @proto 5 */
  readonly message?: string;
}

export type DaemonSetConditionType = string;
