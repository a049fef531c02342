/**
 * Replication controllers: the predecessor of replica sets.
 * @group core v1
 */
import type { ListMeta, ObjectMeta } from '../../meta/v1/object.ts';
import type { Int32, Int64, StringMap, Time } from '../../scalars.ts';
import type { ConditionStatus } from './cluster.ts';
import type { PodTemplateSpec } from './pod.ts';

/** @kind */
export interface ReplicationController {
  readonly kind?: string;
  readonly apiVersion?: string;
  /** @proto 1 @optional */
  readonly metadata: ObjectMeta;
  /** @proto 2 @optional */
  readonly spec: ReplicationControllerSpec;
  /** @proto 3 @always */
  readonly status?: ReplicationControllerStatus;
}

/** @kind */
export interface ReplicationControllerList {
  readonly kind?: string;
  readonly apiVersion?: string;
  /** @proto 1 @optional */
  readonly metadata: ListMeta;
  /** @proto 2 */
  readonly items: readonly ReplicationController[];
}

export interface ReplicationControllerSpec {
  /** @proto 1 @explicit @default 1 */
  readonly replicas?: Int32;
  /** @proto 4 @default 0 */
  readonly minReadySeconds?: Int32;
  /** @proto 2 @mapType atomic */
  readonly selector?: StringMap<string>;
  /** @proto 3 @explicit */
  readonly template?: PodTemplateSpec;
}

export interface ReplicationControllerStatus {
  /** @proto 1 */
  readonly replicas: Int32;
  /** @proto 2 */
  readonly fullyLabeledReplicas?: Int32;
  /** @proto 4 */
  readonly readyReplicas?: Int32;
  /** @proto 5 */
  readonly availableReplicas?: Int32;
  /** @proto 3 */
  readonly observedGeneration?: Int64;
  /** @proto 6 @listType map type @patch merge type */
  readonly conditions?: readonly ReplicationControllerCondition[];
}

export interface ReplicationControllerCondition {
  /** @proto 1 */
  readonly type: ReplicationControllerConditionType;
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
export type ReplicationControllerConditionType = string;
