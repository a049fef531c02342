/**
 * Replica sets: a number of interchangeable pods.
 * @group apps v1
 */
import type { ConditionStatus } from '../../core/v1/cluster.ts';
import type { PodTemplateSpec } from '../../core/v1/pod.ts';
import type { ListMeta, ObjectMeta } from '../../meta/v1/object.ts';
import type { LabelSelector } from '../../meta/v1/selector.ts';
import type { Int32, Int64, Time } from '../../scalars.ts';

/** @kind */
export interface ReplicaSet {
  readonly kind?: string;
  readonly apiVersion?: string;
  /** @proto 1 @optional */
  readonly metadata: ObjectMeta;
  /** @proto 2 @optional */
  readonly spec: ReplicaSetSpec;
  /** @proto 3 @always */
  readonly status?: ReplicaSetStatus;
}

/** @kind */
export interface ReplicaSetList {
  readonly kind?: string;
  readonly apiVersion?: string;
  /** @proto 1 @optional */
  readonly metadata: ListMeta;
  /** @proto 2 */
  readonly items: readonly ReplicaSet[];
}

export interface ReplicaSetSpec {
  /** @proto 1 @explicit */
  readonly replicas?: Int32;
  /** @proto 4 */
  readonly minReadySeconds?: Int32;
  /** @proto 2 @nullable */
  readonly selector: LabelSelector;
  /** @proto 3 @always */
  readonly template?: PodTemplateSpec;
}

export interface ReplicaSetStatus {
  /** @proto 1 */
  readonly replicas: Int32;
  /** @proto 2 */
  readonly fullyLabeledReplicas?: Int32;
  /** @proto 4 */
  readonly readyReplicas?: Int32;
  /** @proto 5 */
  readonly availableReplicas?: Int32;
  /** @proto 7 @explicit */
  readonly terminatingReplicas?: Int32;
  /** @proto 3 */
  readonly observedGeneration?: Int64;
  /** @proto 6 @listType map type @patch merge type */
  readonly conditions?: readonly ReplicaSetCondition[];
}

export interface ReplicaSetCondition {
  /** @proto 1 */
  readonly type: ReplicaSetConditionType;
  /** @proto 2 */
  readonly status: ConditionStatus;
  /** @proto 3 @always */
  readonly lastTransitionTime?: Time;
  /** @proto 4 */
  readonly reason?: string;
  /** @proto 5 */
  readonly message?: string;
}

/** Known values: `ReplicaFailure`. */
export type ReplicaSetConditionType = string;
