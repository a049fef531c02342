/**
 * Stateful sets: pods with a stable name, order and storage.
 * @group apps v1
 */
import type { ConditionStatus } from '../../core/v1/cluster.ts';
import type { PersistentVolumeClaim } from '../../core/v1/persistent-volume.ts';
import type { PodTemplateSpec } from '../../core/v1/pod.ts';
import type { ListMeta, ObjectMeta } from '../../meta/v1/object.ts';
import type { LabelSelector } from '../../meta/v1/selector.ts';
import type { Int32, Int64, IntOrString, Time } from '../../scalars.ts';

/** @kind */
export interface StatefulSet {
  readonly kind?: string;
  readonly apiVersion?: string;
  /** @proto 1 @optional */
  readonly metadata: ObjectMeta;
  /** @proto 2 @optional */
  readonly spec: StatefulSetSpec;
  /** @proto 3 @always */
  readonly status?: StatefulSetStatus;
}

/** @kind */
export interface StatefulSetList {
  readonly kind?: string;
  readonly apiVersion?: string;
  /** @proto 1 @optional */
  readonly metadata: ListMeta;
  /** @proto 2 */
  readonly items: readonly StatefulSet[];
}

export interface StatefulSetSpec {
  /** @proto 1 @explicit */
  readonly replicas?: Int32;
  /** @proto 2 @nullable */
  readonly selector: LabelSelector;
  /** @proto 3 */
  readonly template: PodTemplateSpec;
  /** @proto 4 @listType atomic */
  readonly volumeClaimTemplates?: readonly PersistentVolumeClaim[];
  /** @proto 5 @optional */
  readonly serviceName: string;
  /** @proto 6 */
  readonly podManagementPolicy?: PodManagementPolicyType;
  /** @proto 7 @always */
  readonly updateStrategy?: StatefulSetUpdateStrategy;
  /** @proto 8 @explicit */
  readonly revisionHistoryLimit?: Int32;
  /** @proto 9 */
  readonly minReadySeconds?: Int32;
  /** @proto 10 @explicit */
  readonly persistentVolumeClaimRetentionPolicy?: StatefulSetPersistentVolumeClaimRetentionPolicy;
  /** @proto 11 @explicit */
  readonly ordinals?: StatefulSetOrdinals;
}

/** @enum */
export type PodManagementPolicyType = 'OrderedReady' | 'Parallel';

export interface StatefulSetUpdateStrategy {
  /** @proto 1 */
  readonly type?: StatefulSetUpdateStrategyType;
  /** @proto 2 @explicit */
  readonly rollingUpdate?: RollingUpdateStatefulSetStrategy;
}

/** @enum */
export type StatefulSetUpdateStrategyType = 'RollingUpdate' | 'OnDelete';

export interface RollingUpdateStatefulSetStrategy {
  /** @proto 1 @explicit */
  readonly partition?: Int32;
  /** @proto 2 @explicit @gate MaxUnavailableStatefulSet */
  readonly maxUnavailable?: IntOrString;
}

export interface StatefulSetPersistentVolumeClaimRetentionPolicy {
  /** @proto 1 */
  readonly whenDeleted?: PersistentVolumeClaimRetentionPolicyType;
  /** @proto 2 */
  readonly whenScaled?: PersistentVolumeClaimRetentionPolicyType;
}

/** Known values: `Retain`, `Delete`. */
export type PersistentVolumeClaimRetentionPolicyType = string;

export interface StatefulSetOrdinals {
  /** @proto 1 @optional */
  readonly start: Int32;
}

export interface StatefulSetStatus {
  /** @proto 1 */
  readonly observedGeneration?: Int64;
  /** @proto 2 */
  readonly replicas: Int32;
  /** @proto 3 */
  readonly readyReplicas?: Int32;
  /** @proto 4 */
  readonly currentReplicas?: Int32;
  /** @proto 5 */
  readonly updatedReplicas?: Int32;
  /** @proto 6 */
  readonly currentRevision?: string;
  /** @proto 7 */
  readonly updateRevision?: string;
  /** @proto 9 @explicit */
  readonly collisionCount?: Int32;
  /** @proto 10 @listType map type @patch merge type */
  readonly conditions?: readonly StatefulSetCondition[];
  /** @proto 11 @optional */
  readonly availableReplicas: Int32;
}

export interface StatefulSetCondition {
  /** @proto 1 */
  readonly type: StatefulSetConditionType;
  /** @proto 2 */
  readonly status: ConditionStatus;
  /** @proto 3 @always */
  readonly lastTransitionTime?: Time;
  /** @proto 4 */
  readonly reason?: string;
  /** @proto 5 */
  readonly message?: string;
}

export type StatefulSetConditionType = string;
