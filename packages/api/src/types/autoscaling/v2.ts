/**
 * Horizontal pod autoscalers: replicas that follow metrics.
 * @group autoscaling v2
 */
import type { ConditionStatus } from '../core/v1/cluster.ts';
import type { ResourceName } from '../core/v1/resources.ts';
import type { ListMeta, ObjectMeta } from '../meta/v1/object.ts';
import type { LabelSelector } from '../meta/v1/selector.ts';
import type { Int32, Int64, Quantity, Time } from '../scalars.ts';

/**
 * Sets the number of replicas of a workload so that metrics stay near their targets.
 * @kind
 */
export interface HorizontalPodAutoscaler {
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
   * @proto 2
   */
  readonly spec: HorizontalPodAutoscalerSpec;
  /**
   * What is the case, as last seen. Set by the system, not by users.
   * @proto 3 @always
   */
  readonly status?: HorizontalPodAutoscalerStatus;
}

/**
 * A list of horizontal pod autoscalers.
 * @kind
 */
export interface HorizontalPodAutoscalerList {
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
   * The horizontal pod autoscalers.
   * @proto 2
   */
  readonly items: readonly HorizontalPodAutoscaler[];
}

/** What is scaled, within which limits, and by what. */
export interface HorizontalPodAutoscalerSpec {
  /**
   * What is scaled. It must have a scale subresource.
   * @proto 1
   */
  readonly scaleTargetRef: CrossVersionObjectReference;
  /**
   * The fewest replicas. Defaults to 1. Zero needs a metric that is not about pods.
   * @proto 2 @explicit
   */
  readonly minReplicas?: Int32;
  /**
   * The most replicas.
   * @proto 3
   */
  readonly maxReplicas: Int32;
  /**
   * The metrics; the one that asks for the most replicas counts. By default a CPU use of 80%.
   * @proto 4 @listType atomic
   */
  readonly metrics?: readonly MetricSpec[];
  /**
   * How fast to scale up and down.
   * @proto 5 @explicit
   */
  readonly behavior?: HorizontalPodAutoscalerBehavior;
}

/** Names an object in the same namespace. */
export interface CrossVersionObjectReference {
  /**
   * Its kind.
   * @proto 1
   */
  readonly kind: string;
  /**
   * Its name.
   * @proto 2
   */
  readonly name: string;
  /**
   * Its group and version.
   * @proto 3
   */
  readonly apiVersion?: string;
}

/** A metric to scale by, with its target. */
export interface MetricSpec {
  /**
   * Which of the others is set: `Object`, `Pods`, `Resource`, `ContainerResource` or `External`.
   * @proto 1
   */
  readonly type: MetricSourceType;
  /**
   * A metric of one object in the cluster.
   * @proto 2 @explicit
   */
  readonly object?: ObjectMetricSource;
  /**
   * A metric of each pod, averaged.
   * @proto 3 @explicit
   */
  readonly pods?: PodsMetricSource;
  /**
   * A resource, such as CPU, of each pod.
   * @proto 4 @explicit
   */
  readonly resource?: ResourceMetricSource;
  /**
   * A resource of one container of each pod.
   * @proto 7 @explicit
   */
  readonly containerResource?: ContainerResourceMetricSource;
  /**
   * A metric from outside the cluster.
   * @proto 5 @explicit
   */
  readonly external?: ExternalMetricSource;
}

/**
 * What a metric is about. Known values: `Object`, `Pods`, `Resource`, `ContainerResource`,
 * `External`.
 */
export type MetricSourceType = string;

/** A metric of one object in the cluster. */
export interface ObjectMetricSource {
  /**
   * The object that the metric is about.
   * @proto 1
   */
  readonly describedObject: CrossVersionObjectReference;
  /**
   * The value to aim for.
   * @proto 2
   */
  readonly target: MetricTarget;
  /**
   * The metric.
   * @proto 3
   */
  readonly metric: MetricIdentifier;
}

/** The value that a metric should have. One of the three is set. */
export interface MetricTarget {
  /**
   * Which one: `Utilization`, `Value` or `AverageValue`.
   * @proto 1
   */
  readonly type: MetricTargetType;
  /**
   * The value itself.
   * @proto 2 @explicit
   */
  readonly value?: Quantity;
  /**
   * The value divided by the number of pods.
   * @proto 3 @explicit
   */
  readonly averageValue?: Quantity;
  /**
   * The use, on average, in percent of the requests. Only for resources.
   * @proto 4 @explicit
   */
  readonly averageUtilization?: Int32;
}

/** How a target is given. Known values: `Utilization`, `Value`, `AverageValue`. */
export type MetricTargetType = string;

/** Names a metric. */
export interface MetricIdentifier {
  /**
   * Its name.
   * @proto 1
   */
  readonly name: string;
  /**
   * Which series of it, by label; by default all.
   * @proto 2 @explicit
   */
  readonly selector?: LabelSelector;
}

/** A metric of each pod, averaged. */
export interface PodsMetricSource {
  /**
   * The metric.
   * @proto 1
   */
  readonly metric: MetricIdentifier;
  /**
   * The value to aim for.
   * @proto 2
   */
  readonly target: MetricTarget;
}

/** A resource, such as CPU, of each pod. */
export interface ResourceMetricSource {
  /**
   * The resource.
   * @proto 1
   */
  readonly name: ResourceName;
  /**
   * The value to aim for.
   * @proto 2
   */
  readonly target: MetricTarget;
}

/** A resource of one container of each pod. */
export interface ContainerResourceMetricSource {
  /**
   * The resource.
   * @proto 1
   */
  readonly name: ResourceName;
  /**
   * The value to aim for.
   * @proto 2
   */
  readonly target: MetricTarget;
  /**
   * The container.
   * @proto 3
   */
  readonly container: string;
}

/** A metric from outside the cluster, such as the length of a queue. */
export interface ExternalMetricSource {
  /**
   * The metric.
   * @proto 1
   */
  readonly metric: MetricIdentifier;
  /**
   * The value to aim for.
   * @proto 2
   */
  readonly target: MetricTarget;
}

/** How fast to scale. */
export interface HorizontalPodAutoscalerBehavior {
  /**
   * Upwards. By default four pods or double the number in 15 seconds, whichever is more, without
   * waiting.
   * @proto 1 @explicit
   */
  readonly scaleUp?: HPAScalingRules;
  /**
   * Downwards. By default to the highest number wanted in the last five minutes.
   * @proto 2 @explicit
   */
  readonly scaleDown?: HPAScalingRules;
}

/** How fast to scale in one direction. */
export interface HPAScalingRules {
  /**
   * Seconds to look back for the safest number wanted, 0 to 3600. Defaults to 0 upwards and 300
   * downwards.
   * @proto 3 @explicit
   */
  readonly stabilizationWindowSeconds?: Int32;
  /**
   * Which policy counts: the one that allows the most change (`Max`, the default), the least
   * (`Min`), or none (`Disabled`).
   * @proto 1 @explicit
   */
  readonly selectPolicy?: ScalingPolicySelect;
  /**
   * The policies.
   * @proto 2 @listType atomic
   */
  readonly policies?: readonly HPAScalingPolicy[];
  /**
   * How far the metric may be from its target before anything is done, as a share of it. Defaults
   * to 0.1 for the whole cluster.
   * @proto 4 @explicit @gate HPAConfigurableTolerance
   */
  readonly tolerance?: Quantity;
}

/** Which of several policies counts. Known values: `Max`, `Min`, `Disabled`. */
export type ScalingPolicySelect = string;

/** How much may change in a time. */
export interface HPAScalingPolicy {
  /**
   * Whether `value` is a number of pods (`Pods`) or a share of them (`Percent`).
   * @proto 1
   */
  readonly type: HPAScalingPolicyType;
  /**
   * How much.
   * @proto 2
   */
  readonly value: Int32;
  /**
   * In how many seconds, 1 to 1800.
   * @proto 3
   */
  readonly periodSeconds: Int32;
}

/** What a policy counts. Known values: `Pods`, `Percent`. */
export type HPAScalingPolicyType = string;

/** What an autoscaler sees and wants. */
export interface HorizontalPodAutoscalerStatus {
  /**
   * The `metadata.generation` that this status is about. While it is lower than the current one,
   * the status is about an older spec.
   * @proto 1 @explicit
   */
  readonly observedGeneration?: Int64;
  /**
   * When it last changed the number of replicas.
   * @proto 2 @explicit
   */
  readonly lastScaleTime?: Time;
  /**
   * How many replicas there are, as last seen.
   * @proto 3
   */
  readonly currentReplicas?: Int32;
  /**
   * How many it wants.
   * @proto 4
   */
  readonly desiredReplicas: Int32;
  /**
   * The metrics, as last read.
   * @proto 5 @optional @listType atomic
   */
  readonly currentMetrics: readonly MetricStatus[];
  /**
   * Whether it can scale, does scale, and is held back by a limit.
   * @proto 6 @listType map type @patch merge type
   */
  readonly conditions?: readonly HorizontalPodAutoscalerCondition[];
}

/** A metric, as last read. */
export interface MetricStatus {
  /**
   * Which of the others is set.
   * @proto 1
   */
  readonly type: MetricSourceType;
  /**
   * A metric of one object in the cluster.
   * @proto 2 @explicit
   */
  readonly object?: ObjectMetricStatus;
  /**
   * A metric of each pod, averaged.
   * @proto 3 @explicit
   */
  readonly pods?: PodsMetricStatus;
  /**
   * A resource, such as CPU, of each pod.
   * @proto 4 @explicit
   */
  readonly resource?: ResourceMetricStatus;
  /**
   * A resource of one container of each pod.
   * @proto 7 @explicit
   */
  readonly containerResource?: ContainerResourceMetricStatus;
  /**
   * A metric from outside the cluster.
   * @proto 5 @explicit
   */
  readonly external?: ExternalMetricStatus;
}

/** The current value of a metric of one object. */
export interface ObjectMetricStatus {
  /**
   * The metric.
   * @proto 1
   */
  readonly metric: MetricIdentifier;
  /**
   * The current value.
   * @proto 2
   */
  readonly current: MetricValueStatus;
  /**
   * The object that the metric is about.
   * @proto 3
   */
  readonly describedObject: CrossVersionObjectReference;
}

/** The current value of a metric. */
export interface MetricValueStatus {
  /**
   * The value itself.
   * @proto 1 @explicit
   */
  readonly value?: Quantity;
  /**
   * The value divided by the number of pods.
   * @proto 2 @explicit
   */
  readonly averageValue?: Quantity;
  /**
   * The use, on average, in percent of the requests.
   * @proto 3 @explicit
   */
  readonly averageUtilization?: Int32;
}

/** The current average of a metric of the pods. */
export interface PodsMetricStatus {
  /**
   * The metric.
   * @proto 1
   */
  readonly metric: MetricIdentifier;
  /**
   * The current value.
   * @proto 2
   */
  readonly current: MetricValueStatus;
}

/** The current use of a resource by the pods. */
export interface ResourceMetricStatus {
  /**
   * The resource.
   * @proto 1
   */
  readonly name: ResourceName;
  /**
   * The current value.
   * @proto 2
   */
  readonly current: MetricValueStatus;
}

/** The current use of a resource by one container of each pod. */
export interface ContainerResourceMetricStatus {
  /**
   * The resource.
   * @proto 1
   */
  readonly name: ResourceName;
  /**
   * The current value.
   * @proto 2
   */
  readonly current: MetricValueStatus;
  /**
   * The container.
   * @proto 3
   */
  readonly container: string;
}

/** The current value of a metric from outside. */
export interface ExternalMetricStatus {
  /**
   * The metric.
   * @proto 1
   */
  readonly metric: MetricIdentifier;
  /**
   * The current value.
   * @proto 2
   */
  readonly current: MetricValueStatus;
}

/** A finding about an autoscaler: `AbleToScale`, `ScalingActive` or `ScalingLimited`. */
export interface HorizontalPodAutoscalerCondition {
  /**
   * What the condition is about.
   * @proto 1
   */
  readonly type: HorizontalPodAutoscalerConditionType;
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

/**
 * What an autoscaler's condition is about. Known values: `ScalingActive`, `AbleToScale`,
 * `ScalingLimited`, `ScaledToZero`.
 */
export type HorizontalPodAutoscalerConditionType = string;
