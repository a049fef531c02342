/**
 * The scale subresource, and autoscalers that look at CPU only.
 * @group autoscaling v1
 */
import type { ConditionStatus } from '../core/v1/cluster.ts';
import type { ResourceName } from '../core/v1/resources.ts';
import type { ListMeta, ObjectMeta } from '../meta/v1/object.ts';
import type { LabelSelector } from '../meta/v1/selector.ts';
import type { Int32, Int64, Quantity, Time } from '../scalars.ts';

/**
 * Sets the number of replicas by the CPU use of the pods.
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
   * The fewest replicas. Defaults to 1.
   * @proto 2 @explicit
   */
  readonly minReplicas?: Int32;
  /**
   * The most replicas.
   * @proto 3
   */
  readonly maxReplicas: Int32;
  /**
   * The CPU use to aim for, on average, in percent of the requests. Defaults to 80.
   * @proto 4 @explicit
   */
  readonly targetCPUUtilizationPercentage?: Int32;
}

/**
 * Names an object in the same namespace.
 * @structType atomic
 */
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
  readonly currentReplicas: Int32;
  /**
   * How many it wants.
   * @proto 4
   */
  readonly desiredReplicas: Int32;
  /**
   * The CPU use, on average, in percent of the requests.
   * @proto 5 @explicit
   */
  readonly currentCPUUtilizationPercentage?: Int32;
}

/**
 * The scale subresource: how many replicas something has and should have.
 * @kind
 */
export interface Scale {
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
  readonly spec: ScaleSpec;
  /**
   * What is the case, as last seen. Set by the system, not by users.
   * @proto 3 @always
   */
  readonly status?: ScaleStatus;
}

/** How many replicas are wanted. */
export interface ScaleSpec {
  /**
   * How many replicas are wanted.
   * @proto 1 @default 0
   */
  readonly replicas?: Int32;
}

/** How many replicas there are. */
export interface ScaleStatus {
  /**
   * How many replicas there are.
   * @proto 1
   */
  readonly replicas: Int32;
  /**
   * Which pods they are, as a label selector in text form.
   * @proto 2
   */
  readonly selector?: string;
}

/** A resource of one container of each pod. */
export interface ContainerResourceMetricSource {
  /**
   * The resource.
   * @proto 1
   */
  readonly name: ResourceName;
  /**
   * The use to aim for, on average, in percent of the requests.
   * @proto 2 @explicit
   */
  readonly targetAverageUtilization?: Int32;
  /**
   * The value to aim for, on average over the pods.
   * @proto 3 @explicit
   */
  readonly targetAverageValue?: Quantity;
  /**
   * The container.
   * @proto 5
   */
  readonly container: string;
}

/** The current use of a resource by one container of each pod. */
export interface ContainerResourceMetricStatus {
  /**
   * The resource.
   * @proto 1
   */
  readonly name: ResourceName;
  /**
   * The current use, on average, in percent of the requests.
   * @proto 2 @explicit
   */
  readonly currentAverageUtilization?: Int32;
  /**
   * The current value, on average over the pods.
   * @proto 3
   */
  readonly currentAverageValue: Quantity;
  /**
   * The container.
   * @proto 4
   */
  readonly container: string;
}

/** A metric from outside the cluster. */
export interface ExternalMetricSource {
  /**
   * The metric's name.
   * @proto 1
   */
  readonly metricName: string;
  /**
   * Which series of the metric, by label.
   * @proto 2 @explicit
   */
  readonly metricSelector?: LabelSelector;
  /**
   * The value to aim for.
   * @proto 3 @explicit
   */
  readonly targetValue?: Quantity;
  /**
   * The value to aim for, on average over the pods.
   * @proto 4 @explicit
   */
  readonly targetAverageValue?: Quantity;
}

/** The current value of a metric from outside. */
export interface ExternalMetricStatus {
  /**
   * The metric's name.
   * @proto 1
   */
  readonly metricName: string;
  /**
   * Which series of the metric, by label.
   * @proto 2 @explicit
   */
  readonly metricSelector?: LabelSelector;
  /**
   * The current value.
   * @proto 3
   */
  readonly currentValue: Quantity;
  /**
   * The current value, on average over the pods.
   * @proto 4 @explicit
   */
  readonly currentAverageValue?: Quantity;
}

/** A finding about an autoscaler. */
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

/**
 * What a metric is about.
 * @enum
 */
export type MetricSourceType = 'Object' | 'Pods' | 'Resource' | 'ContainerResource' | 'External';

/** A metric to scale by, as kept in an annotation of the v1 form. */
export interface MetricSpec {
  /**
   * Which of the others is set.
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

/** A metric of one object in the cluster. */
export interface ObjectMetricSource {
  /**
   * The object.
   * @proto 1
   */
  readonly target: CrossVersionObjectReference;
  /**
   * The metric's name.
   * @proto 2
   */
  readonly metricName: string;
  /**
   * The value to aim for.
   * @proto 3
   */
  readonly targetValue: Quantity;
  /**
   * Which series of the metric, by label.
   * @proto 4 @explicit
   */
  readonly selector?: LabelSelector;
  /**
   * The value to aim for, or the current one, divided by the number of pods.
   * @proto 5 @explicit
   */
  readonly averageValue?: Quantity;
}

/** A metric of each pod, averaged. */
export interface PodsMetricSource {
  /**
   * The metric's name.
   * @proto 1
   */
  readonly metricName: string;
  /**
   * The value to aim for, on average over the pods.
   * @proto 2
   */
  readonly targetAverageValue: Quantity;
  /**
   * Which series of the metric, by label.
   * @proto 3 @explicit
   */
  readonly selector?: LabelSelector;
}

/** A resource, such as CPU, of each pod. */
export interface ResourceMetricSource {
  /**
   * The resource.
   * @proto 1
   */
  readonly name: ResourceName;
  /**
   * The use to aim for, on average, in percent of the requests.
   * @proto 2 @explicit
   */
  readonly targetAverageUtilization?: Int32;
  /**
   * The value to aim for, on average over the pods.
   * @proto 3 @explicit
   */
  readonly targetAverageValue?: Quantity;
}

/** The current value of a metric. */
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
   * The object.
   * @proto 1
   */
  readonly target: CrossVersionObjectReference;
  /**
   * The metric's name.
   * @proto 2
   */
  readonly metricName: string;
  /**
   * The current value.
   * @proto 3
   */
  readonly currentValue: Quantity;
  /**
   * Which series of the metric, by label.
   * @proto 4 @explicit
   */
  readonly selector?: LabelSelector;
  /**
   * The value to aim for, or the current one, divided by the number of pods.
   * @proto 5 @explicit
   */
  readonly averageValue?: Quantity;
}

/** The current average of a metric of the pods. */
export interface PodsMetricStatus {
  /**
   * The metric's name.
   * @proto 1
   */
  readonly metricName: string;
  /**
   * The current value, on average over the pods.
   * @proto 2
   */
  readonly currentAverageValue: Quantity;
  /**
   * Which series of the metric, by label.
   * @proto 3 @explicit
   */
  readonly selector?: LabelSelector;
}

/** The current use of a resource by the pods. */
export interface ResourceMetricStatus {
  /**
   * The resource.
   * @proto 1
   */
  readonly name: ResourceName;
  /**
   * The current use, on average, in percent of the requests.
   * @proto 2 @explicit
   */
  readonly currentAverageUtilization?: Int32;
  /**
   * The current value, on average over the pods.
   * @proto 3
   */
  readonly currentAverageValue: Quantity;
}
