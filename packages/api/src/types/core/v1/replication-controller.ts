/**
 * Replication controllers: the predecessor of replica sets.
 * @group core v1
 */
import type { ListMeta, ObjectMeta } from '../../meta/v1/object.ts';
import type { Int32, Int64, StringMap, Time } from '../../scalars.ts';
import type { ConditionStatus } from './cluster.ts';
import type { PodTemplateSpec } from './pod.ts';

/**
 * Keeps a number of interchangeable pods running. Replica sets replace it.
 * @kind
 */
export interface ReplicationController {
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
  readonly spec: ReplicationControllerSpec;
  /**
   * What is the case, as last seen. Set by the system, not by users.
   * @proto 3 @always
   */
  readonly status?: ReplicationControllerStatus;
}

/**
 * A list of replication controllers.
 * @kind
 */
export interface ReplicationControllerList {
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
   * The replication controllers.
   * @proto 2
   */
  readonly items: readonly ReplicationController[];
}

/** How many pods are wanted, and what they look like. */
export interface ReplicationControllerSpec {
  /**
   * How many pods are wanted. Defaults to 1.
   * @proto 1 @explicit @default 1
   */
  readonly replicas?: Int32;
  /**
   * Seconds that a pod must be ready to count as available. Defaults to 0.
   * @proto 4 @default 0
   */
  readonly minReadySeconds?: Int32;
  /**
   * Labels of the pods. By default those of the template.
   * @proto 2 @mapType atomic
   */
  readonly selector?: StringMap<string>;
  /**
   * What new pods look like.
   * @proto 3 @explicit
   */
  readonly template?: PodTemplateSpec;
}

/** How many pods there are. */
export interface ReplicationControllerStatus {
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
   * The `metadata.generation` that this status is about. While it is lower than the current one,
   * the status is about an older spec.
   * @proto 3
   */
  readonly observedGeneration?: Int64;
  /**
   * The latest findings about this object, one per type.
   * @proto 6 @listType map type @patch merge type
   */
  readonly conditions?: readonly ReplicationControllerCondition[];
}

/** A finding about a replication controller. */
export interface ReplicationControllerCondition {
  /**
   * What the condition is about.
   * @proto 1
   */
  readonly type: ReplicationControllerConditionType;
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

/** What a replication controller's condition is about. Known values: `ReplicaFailure`. */
export type ReplicationControllerConditionType = string;
