/**
 * Replica sets: a number of interchangeable pods.
 * @group apps v1
 */
import type { ConditionStatus } from '../../core/v1/cluster.ts';
import type { PodTemplateSpec } from '../../core/v1/pod.ts';
import type { ListMeta, ObjectMeta } from '../../meta/v1/object.ts';
import type { LabelSelector } from '../../meta/v1/selector.ts';
import type { Int32, Int64, Time } from '../../scalars.ts';

/**
 * A number of interchangeable pods. Mostly made by a deployment.
 * @kind
 */
export interface ReplicaSet {
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
  readonly spec: ReplicaSetSpec;
  /**
   * What is the case, as last seen. Set by the system, not by users.
   * @proto 3 @always
   */
  readonly status?: ReplicaSetStatus;
}

/**
 * A list of replica sets.
 * @kind
 */
export interface ReplicaSetList {
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
   * The replica sets.
   * @proto 2
   */
  readonly items: readonly ReplicaSet[];
}

/** How many pods are wanted, and what they look like. */
export interface ReplicaSetSpec {
  /**
   * How many pods are wanted. Defaults to 1.
   * @proto 1 @explicit
   */
  readonly replicas?: Int32;
  /**
   * Seconds that a pod must be ready to count as available. Defaults to 0.
   * @proto 4
   */
  readonly minReadySeconds?: Int32;
  /**
   * Which pods belong to it, by label. It must fit the template, and cannot be changed.
   * @proto 2 @nullable
   */
  readonly selector: LabelSelector;
  /**
   * What its pods look like.
   * @proto 3 @always
   */
  readonly template?: PodTemplateSpec;
}

/** How many pods there are. */
export interface ReplicaSetStatus {
  /**
   * How many pods there are.
   * @proto 1
   */
  readonly replicas: Int32;
  /**
   * How many of them have all labels of the template.
   * @proto 2
   */
  readonly fullyLabeledReplicas?: Int32;
  /**
   * How many of them are ready.
   * @proto 4
   */
  readonly readyReplicas?: Int32;
  /**
   * How many of them have been ready for `minReadySeconds`.
   * @proto 5
   */
  readonly availableReplicas?: Int32;
  /**
   * How many pods are ending; they count in none of the others.
   * @proto 7 @explicit
   */
  readonly terminatingReplicas?: Int32;
  /**
   * The `metadata.generation` that this status is about. While it is lower than the current one,
   * the status is about an older spec.
   * @proto 3
   */
  readonly observedGeneration?: Int64;
  /**
   * The latest findings about this object, one per type.
   * @proto 6 @listType map type @patch merge type
   */
  readonly conditions?: readonly ReplicaSetCondition[];
}

/** A finding about a replica set. */
export interface ReplicaSetCondition {
  /**
   * What the condition is about.
   * @proto 1
   */
  readonly type: ReplicaSetConditionType;
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

/** What a replica set's condition is about. Known values: `ReplicaFailure`. */
export type ReplicaSetConditionType = string;
