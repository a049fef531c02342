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

/**
 * Pods that each keep a name, a place in the order, and their storage.
 * @kind
 */
export interface StatefulSet {
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
  readonly spec: StatefulSetSpec;
  /**
   * What is the case, as last seen. Set by the system, not by users.
   * @proto 3 @always
   */
  readonly status?: StatefulSetStatus;
}

/**
 * A list of stateful sets.
 * @kind
 */
export interface StatefulSetList {
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
   * The stateful sets.
   * @proto 2
   */
  readonly items: readonly StatefulSet[];
}

/** What a stateful set is to bring about. */
export interface StatefulSetSpec {
  /**
   * How many pods are wanted. Defaults to 1.
   * @proto 1 @explicit
   */
  readonly replicas?: Int32;
  /**
   * Which pods belong to it, by label. It must fit the template, and cannot be changed.
   * @proto 2 @nullable
   */
  readonly selector: LabelSelector;
  /**
   * What its pods look like. Each is called `SET-NUMBER`.
   * @proto 3
   */
  readonly template: PodTemplateSpec;
  /**
   * Claims that each pod gets for its own. They go before volumes of the same name in the template.
   * @proto 4 @listType atomic
   */
  readonly volumeClaimTemplates?: readonly PersistentVolumeClaim[];
  /**
   * The headless service that gives each pod its DNS name. It must be made beforehand.
   * @proto 5 @optional
   */
  readonly serviceName: string;
  /**
   * `OrderedReady` (the default) starts and stops pods one by one, `Parallel` all at once.
   * @proto 6
   */
  readonly podManagementPolicy?: PodManagementPolicyType;
  /**
   * How pods of an old template are replaced.
   * @proto 7 @always
   */
  readonly updateStrategy?: StatefulSetUpdateStrategy;
  /**
   * How many old revisions are kept for going back. Defaults to 10.
   * @proto 8 @explicit
   */
  readonly revisionHistoryLimit?: Int32;
  /**
   * Seconds that a pod must be ready to count as available. Defaults to 0.
   * @proto 9
   */
  readonly minReadySeconds?: Int32;
  /**
   * What becomes of the claims when pods, or the set, go. By default they are kept.
   * @proto 10 @explicit
   */
  readonly persistentVolumeClaimRetentionPolicy?: StatefulSetPersistentVolumeClaimRetentionPolicy;
  /**
   * How the pods are numbered. By default from 0.
   * @proto 11 @explicit
   */
  readonly ordinals?: StatefulSetOrdinals;
}

/**
 * Whether pods are started one by one.
 * @enum
 */
export type PodManagementPolicyType = 'OrderedReady' | 'Parallel';

/** How pods of an old template are replaced. */
export interface StatefulSetUpdateStrategy {
  /**
   * `RollingUpdate` (the default) goes from the highest number down, `OnDelete` waits until someone
   * deletes them.
   * @proto 1
   */
  readonly type?: StatefulSetUpdateStrategyType;
  /**
   * Details for `RollingUpdate`.
   * @proto 2 @explicit
   */
  readonly rollingUpdate?: RollingUpdateStatefulSetStrategy;
}

/**
 * How pods of an old template are replaced.
 * @enum
 */
export type StatefulSetUpdateStrategyType = 'RollingUpdate' | 'OnDelete';

/** Details of a rolling update. */
export interface RollingUpdateStatefulSetStrategy {
  /**
   * Only pods with this number or a higher one are replaced. Defaults to 0.
   * @proto 1 @explicit
   */
  readonly partition?: Int32;
  /**
   * How many pods may be missing, as a number or a share of the wanted ones, rounded up. Defaults
   * to 1.
   * @proto 2 @explicit @gate MaxUnavailableStatefulSet
   */
  readonly maxUnavailable?: IntOrString;
}

/** What becomes of the claims made from templates. */
export interface StatefulSetPersistentVolumeClaimRetentionPolicy {
  /**
   * When the set is deleted: `Retain` (the default) or `Delete`.
   * @proto 1
   */
  readonly whenDeleted?: PersistentVolumeClaimRetentionPolicyType;
  /**
   * When it is scaled down: `Retain` (the default) or `Delete`, for the claims of pods that go.
   * @proto 2
   */
  readonly whenScaled?: PersistentVolumeClaimRetentionPolicyType;
}

/** Whether claims are kept or deleted. Known values: `Retain`, `Delete`. */
export type PersistentVolumeClaimRetentionPolicyType = string;

/** How pods are numbered. */
export interface StatefulSetOrdinals {
  /**
   * The number of the first pod. Defaults to 0.
   * @proto 1 @optional
   */
  readonly start: Int32;
}

/** How far a stateful set has come. */
export interface StatefulSetStatus {
  /**
   * The `metadata.generation` that this status is about. While it is lower than the current one,
   * the status is about an older spec.
   * @proto 1
   */
  readonly observedGeneration?: Int64;
  /**
   * How many pods there are.
   * @proto 2
   */
  readonly replicas: Int32;
  /**
   * How many of them are ready.
   * @proto 3
   */
  readonly readyReplicas?: Int32;
  /**
   * How many of them have the template of `currentRevision`.
   * @proto 4
   */
  readonly currentReplicas?: Int32;
  /**
   * How many of them have the template of `updateRevision`.
   * @proto 5
   */
  readonly updatedReplicas?: Int32;
  /**
   * The revision of pods not yet replaced.
   * @proto 6
   */
  readonly currentRevision?: string;
  /**
   * The revision of pods already replaced.
   * @proto 7
   */
  readonly updateRevision?: string;
  /**
   * How often a name made from a hash was taken already. Used to make another.
   * @proto 9 @explicit
   */
  readonly collisionCount?: Int32;
  /**
   * The latest findings about this object, one per type.
   * @proto 10 @listType map type @patch merge type
   */
  readonly conditions?: readonly StatefulSetCondition[];
  /**
   * How many of them have been ready for `minReadySeconds`.
   * @proto 11 @optional
   */
  readonly availableReplicas: Int32;
}

/** A finding about a stateful set. */
export interface StatefulSetCondition {
  /**
   * What the condition is about.
   * @proto 1
   */
  readonly type: StatefulSetConditionType;
  /**
   * `True`, `False` or `Unknown`.
   * @proto 2
   */
  readonly status: ConditionStatus;
  /**
   * When the status of this condition last changed.
   * @proto 3 @always
   */
  readonly lastTransitionTime?: Time;
  /**
   * Why, as one word for programs.
   * @proto 4
   */
  readonly reason?: string;
  /**
   * Why, as text for people.
   * @proto 5
   */
  readonly message?: string;
}

/** What a stateful set's condition is about. */
export type StatefulSetConditionType = string;
