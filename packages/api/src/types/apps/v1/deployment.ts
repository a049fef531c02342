/**
 * Deployments: replica sets that are replaced gradually.
 * @group apps v1
 */
import type { ConditionStatus } from '../../core/v1/cluster.ts';
import type { PodTemplateSpec } from '../../core/v1/pod.ts';
import type { ListMeta, ObjectMeta } from '../../meta/v1/object.ts';
import type { LabelSelector } from '../../meta/v1/selector.ts';
import type { Int32, Int64, IntOrString, Time } from '../../scalars.ts';

/**
 * A number of interchangeable pods, replaced gradually when their template changes.
 * @kind
 */
export interface Deployment {
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
  readonly spec: DeploymentSpec;
  /**
   * What is the case, as last seen. Set by the system, not by users.
   * @proto 3 @always
   */
  readonly status?: DeploymentStatus;
}

/**
 * A list of deployments.
 * @kind
 */
export interface DeploymentList {
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
   * The deployments.
   * @proto 2
   */
  readonly items: readonly Deployment[];
}

/** What a deployment is to bring about. */
export interface DeploymentSpec {
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
   * What its pods look like. Their restart policy can only be `Always`.
   * @proto 3
   */
  readonly template: PodTemplateSpec;
  /**
   * How pods of an old template are replaced.
   * @proto 4 @always @patch retainKeys
   */
  readonly strategy?: DeploymentStrategy;
  /**
   * Seconds that a pod must be ready to count as available. Defaults to 0.
   * @proto 5
   */
  readonly minReadySeconds?: Int32;
  /**
   * How many old replica sets are kept for going back. Defaults to 10.
   * @proto 6 @explicit
   */
  readonly revisionHistoryLimit?: Int32;
  /**
   * While true, a changed template has no effect yet.
   * @proto 7
   */
  readonly paused?: boolean;
  /**
   * Seconds without progress after which the rollout counts as failed. Nothing is undone. Defaults
   * to 600.
   * @proto 9 @explicit
   */
  readonly progressDeadlineSeconds?: Int32;
}

/** How pods of an old template are replaced. */
export interface DeploymentStrategy {
  /**
   * `RollingUpdate` (the default) goes step by step, `Recreate` stops all old pods first.
   * @proto 1
   */
  readonly type?: DeploymentStrategyType;
  /**
   * How large the steps are, for `RollingUpdate`.
   * @proto 2 @explicit
   */
  readonly rollingUpdate?: RollingUpdateDeployment;
}

/**
 * How pods of an old template are replaced.
 * @enum
 */
export type DeploymentStrategyType = 'Recreate' | 'RollingUpdate';

/** How large the steps of a rolling update are. */
export interface RollingUpdateDeployment {
  /**
   * How many pods may be missing, as a number or a share of the wanted ones, rounded down. Defaults
   * to 25%. Not 0 together with `maxSurge`.
   * @proto 1 @explicit
   */
  readonly maxUnavailable?: IntOrString;
  /**
   * How many pods there may be beyond the wanted ones, as a number or a share of them, rounded up.
   * Defaults to 25%.
   * @proto 2 @explicit
   */
  readonly maxSurge?: IntOrString;
}

/** How far a deployment has come. */
export interface DeploymentStatus {
  /**
   * The `metadata.generation` that this status is about. While it is lower than the current one,
   * the status is about an older spec.
   * @proto 1
   */
  readonly observedGeneration?: Int64;
  /**
   * How many pods there are, of any template.
   * @proto 2
   */
  readonly replicas?: Int32;
  /**
   * How many of them have the current template.
   * @proto 3
   */
  readonly updatedReplicas?: Int32;
  /**
   * How many of them are ready.
   * @proto 7
   */
  readonly readyReplicas?: Int32;
  /**
   * How many of them have been ready for `minReadySeconds`.
   * @proto 4
   */
  readonly availableReplicas?: Int32;
  /**
   * How many pods are still missing to have all available.
   * @proto 5
   */
  readonly unavailableReplicas?: Int32;
  /**
   * How many pods are ending; they count in none of the others.
   * @proto 9 @explicit
   */
  readonly terminatingReplicas?: Int32;
  /**
   * The latest findings about this object, one per type.
   * @proto 6 @listType map type @patch merge type
   */
  readonly conditions?: readonly DeploymentCondition[];
  /**
   * How often a name made from a hash was taken already. Used to make another.
   * @proto 8 @explicit
   */
  readonly collisionCount?: Int32;
}

/** A finding about a deployment: `Available`, `Progressing` or `ReplicaFailure`. */
export interface DeploymentCondition {
  /**
   * What the condition is about.
   * @proto 1
   */
  readonly type: DeploymentConditionType;
  /**
   * `True`, `False` or `Unknown`.
   * @proto 2
   */
  readonly status: ConditionStatus;
  /**
   * When this condition was last written.
   * @proto 6 @always
   */
  readonly lastUpdateTime?: Time;
  /**
   * When the status of this condition last changed.
   * @proto 7 @always
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

/**
 * What a deployment's condition is about. Known values: `Available`, `Progressing`,
 * `ReplicaFailure`.
 */
export type DeploymentConditionType = string;
