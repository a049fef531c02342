/**
 * Daemon sets: one pod on every matching node.
 * @group apps v1
 */
import type { ConditionStatus } from '../../core/v1/cluster.ts';
import type { PodTemplateSpec } from '../../core/v1/pod.ts';
import type { ListMeta, ObjectMeta } from '../../meta/v1/object.ts';
import type { LabelSelector } from '../../meta/v1/selector.ts';
import type { Int32, Int64, IntOrString, Time } from '../../scalars.ts';

/**
 * One pod on every matching node.
 * @kind
 */
export interface DaemonSet {
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
  readonly spec: DaemonSetSpec;
  /**
   * What is the case, as last seen. Set by the system, not by users.
   * @proto 3 @always
   */
  readonly status?: DaemonSetStatus;
}

/**
 * A list of daemon sets.
 * @kind
 */
export interface DaemonSetList {
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
   * The daemon sets.
   * @proto 2
   */
  readonly items: readonly DaemonSet[];
}

/** What a daemon set is to bring about. */
export interface DaemonSetSpec {
  /**
   * Which pods belong to it, by label. It must fit the template, and cannot be changed.
   * @proto 1 @nullable
   */
  readonly selector: LabelSelector;
  /**
   * What its pods look like. They go to the nodes that its node selector and affinity allow. Their
   * restart policy can only be `Always`.
   * @proto 2
   */
  readonly template: PodTemplateSpec;
  /**
   * How pods of an old template are replaced.
   * @proto 3 @always
   */
  readonly updateStrategy?: DaemonSetUpdateStrategy;
  /**
   * Seconds that a pod must be ready to count as available. Defaults to 0.
   * @proto 4
   */
  readonly minReadySeconds?: Int32;
  /**
   * How many old revisions are kept for going back. Defaults to 10.
   * @proto 6 @explicit
   */
  readonly revisionHistoryLimit?: Int32;
}

/** How pods of an old template are replaced. */
export interface DaemonSetUpdateStrategy {
  /**
   * `RollingUpdate` (the default) goes step by step, `OnDelete` waits until someone deletes them.
   * @proto 1
   */
  readonly type?: DaemonSetUpdateStrategyType;
  /**
   * How large the steps are, for `RollingUpdate`.
   * @proto 2 @explicit
   */
  readonly rollingUpdate?: RollingUpdateDaemonSet;
}

/**
 * How pods of an old template are replaced.
 * @enum
 */
export type DaemonSetUpdateStrategyType = 'RollingUpdate' | 'OnDelete';

/** How large the steps of a rolling update are. */
export interface RollingUpdateDaemonSet {
  /**
   * On how many nodes the pod may be missing, as a number or a share of the nodes, rounded up.
   * Defaults to 1. Not 0 together with `maxSurge`.
   * @proto 1 @explicit
   */
  readonly maxUnavailable?: IntOrString;
  /**
   * On how many nodes a new pod may start beside the old one, as a number or a share of the nodes,
   * rounded up. Defaults to 0.
   * @proto 2 @explicit
   */
  readonly maxSurge?: IntOrString;
}

/** On how many nodes the pods of a daemon set are. */
export interface DaemonSetStatus {
  /**
   * How many nodes that should have the pod have one.
   * @proto 1
   */
  readonly currentNumberScheduled: Int32;
  /**
   * How many nodes that should not have the pod have one.
   * @proto 2
   */
  readonly numberMisscheduled: Int32;
  /**
   * How many nodes should have the pod.
   * @proto 3
   */
  readonly desiredNumberScheduled: Int32;
  /**
   * How many of the nodes that should have it have one that is ready.
   * @proto 4
   */
  readonly numberReady: Int32;
  /**
   * The `metadata.generation` that this status is about. While it is lower than the current one,
   * the status is about an older spec.
   * @proto 5
   */
  readonly observedGeneration?: Int64;
  /**
   * How many nodes have one of the current template.
   * @proto 6
   */
  readonly updatedNumberScheduled?: Int32;
  /**
   * How many nodes have one that has been ready for `minReadySeconds`.
   * @proto 7
   */
  readonly numberAvailable?: Int32;
  /**
   * How many nodes that should have one have none that is available.
   * @proto 8
   */
  readonly numberUnavailable?: Int32;
  /**
   * How often a name made from a hash was taken already. Used to make another.
   * @proto 9 @explicit
   */
  readonly collisionCount?: Int32;
  /**
   * The latest findings about this object, one per type.
   * @proto 10 @listType map type @patch merge type
   */
  readonly conditions?: readonly DaemonSetCondition[];
}

/** A finding about a daemon set. */
export interface DaemonSetCondition {
  /**
   * What the condition is about.
   * @proto 1
   */
  readonly type: DaemonSetConditionType;
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

/** What a daemon set's condition is about. */
export type DaemonSetConditionType = string;
