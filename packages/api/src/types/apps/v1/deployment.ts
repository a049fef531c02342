/**
 * Deployments: replica sets that are replaced gradually.
 * @group apps v1
 */
import type { ConditionStatus } from '../../core/v1/cluster.ts';
import type { PodTemplateSpec } from '../../core/v1/pod.ts';
import type { ListMeta, ObjectMeta } from '../../meta/v1/object.ts';
import type { LabelSelector } from '../../meta/v1/selector.ts';
import type { Int32, Int64, IntOrString, Time } from '../../scalars.ts';

/** @kind */
export interface Deployment {
  readonly kind?: string;
  readonly apiVersion?: string;
  /** @proto 1 @optional */
  readonly metadata: ObjectMeta;
  /** @proto 2 @optional */
  readonly spec: DeploymentSpec;
  /** @proto 3 @always */
  readonly status?: DeploymentStatus;
}

/** @kind */
export interface DeploymentList {
  readonly kind?: string;
  readonly apiVersion?: string;
  /** @proto 1 @optional */
  readonly metadata: ListMeta;
  /** @proto 2 */
  readonly items: readonly Deployment[];
}

export interface DeploymentSpec {
  /** @proto 1 @explicit */
  readonly replicas?: Int32;
  /** @proto 2 @nullable */
  readonly selector: LabelSelector;
  /** @proto 3 */
  readonly template: PodTemplateSpec;
  /** @proto 4 @always @patch retainKeys */
  readonly strategy?: DeploymentStrategy;
  /** @proto 5 */
  readonly minReadySeconds?: Int32;
  /** @proto 6 @explicit */
  readonly revisionHistoryLimit?: Int32;
  /** @proto 7 */
  readonly paused?: boolean;
  /** @proto 9 @explicit */
  readonly progressDeadlineSeconds?: Int32;
}

export interface DeploymentStrategy {
  /** @proto 1 */
  readonly type?: DeploymentStrategyType;
  /** @proto 2 @explicit */
  readonly rollingUpdate?: RollingUpdateDeployment;
}

/** @enum */
export type DeploymentStrategyType = 'Recreate' | 'RollingUpdate';

export interface RollingUpdateDeployment {
  /** @proto 1 @explicit */
  readonly maxUnavailable?: IntOrString;
  /** @proto 2 @explicit */
  readonly maxSurge?: IntOrString;
}

export interface DeploymentStatus {
  /** @proto 1 */
  readonly observedGeneration?: Int64;
  /** @proto 2 */
  readonly replicas?: Int32;
  /** @proto 3 */
  readonly updatedReplicas?: Int32;
  /** @proto 7 */
  readonly readyReplicas?: Int32;
  /** @proto 4 */
  readonly availableReplicas?: Int32;
  /** @proto 5 */
  readonly unavailableReplicas?: Int32;
  /** @proto 9 @explicit */
  readonly terminatingReplicas?: Int32;
  /** @proto 6 @listType map type @patch merge type */
  readonly conditions?: readonly DeploymentCondition[];
  /** @proto 8 @explicit */
  readonly collisionCount?: Int32;
}

export interface DeploymentCondition {
  /** @proto 1 */
  readonly type: DeploymentConditionType;
  /** @proto 2 */
  readonly status: ConditionStatus;
  /** @proto 6 @always */
  readonly lastUpdateTime?: Time;
  /** @proto 7 @always */
  readonly lastTransitionTime?: Time;
  /** @proto 4 */
  readonly reason?: string;
  /** @proto 5 */
  readonly message?: string;
}

/** Known values: `Available`, `Progressing`, `ReplicaFailure`. */
export type DeploymentConditionType = string;
