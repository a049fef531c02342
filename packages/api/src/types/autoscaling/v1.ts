/**
 * The scale subresource, and autoscalers that look at CPU only.
 * @group autoscaling v1
 */
import type { ConditionStatus } from '../core/v1/cluster.ts';
import type { ResourceName } from '../core/v1/resources.ts';
import type { ListMeta, ObjectMeta } from '../meta/v1/object.ts';
import type { LabelSelector } from '../meta/v1/selector.ts';
import type { Int32, Int64, Quantity, Time } from '../scalars.ts';

/** @kind */
export interface HorizontalPodAutoscaler {
  readonly kind?: string;
  readonly apiVersion?: string;
  /** @proto 1 @optional */
  readonly metadata: ObjectMeta;
  /** @proto 2 */
  readonly spec: HorizontalPodAutoscalerSpec;
  /** @proto 3 @always */
  readonly status?: HorizontalPodAutoscalerStatus;
}

/** @kind */
export interface HorizontalPodAutoscalerList {
  readonly kind?: string;
  readonly apiVersion?: string;
  /** @proto 1 @optional */
  readonly metadata: ListMeta;
  /** @proto 2 */
  readonly items: readonly HorizontalPodAutoscaler[];
}

export interface HorizontalPodAutoscalerSpec {
  /** @proto 1 */
  readonly scaleTargetRef: CrossVersionObjectReference;
  /** @proto 2 @explicit */
  readonly minReplicas?: Int32;
  /** @proto 3 */
  readonly maxReplicas: Int32;
  /** @proto 4 @explicit */
  readonly targetCPUUtilizationPercentage?: Int32;
}

/** @structType atomic */
export interface CrossVersionObjectReference {
  /** @proto 1 */
  readonly kind: string;
  /** @proto 2 */
  readonly name: string;
  /** @proto 3 */
  readonly apiVersion?: string;
}

export interface HorizontalPodAutoscalerStatus {
  /** @proto 1 @explicit */
  readonly observedGeneration?: Int64;
  /** @proto 2 @explicit */
  readonly lastScaleTime?: Time;
  /** @proto 3 */
  readonly currentReplicas: Int32;
  /** @proto 4 */
  readonly desiredReplicas: Int32;
  /** @proto 5 @explicit */
  readonly currentCPUUtilizationPercentage?: Int32;
}

/** @kind */
export interface Scale {
  readonly kind?: string;
  readonly apiVersion?: string;
  /** @proto 1 @optional */
  readonly metadata: ObjectMeta;
  /** @proto 2 @optional */
  readonly spec: ScaleSpec;
  /** @proto 3 @always */
  readonly status?: ScaleStatus;
}

export interface ScaleSpec {
  /** @proto 1 @default 0 */
  readonly replicas?: Int32;
}

export interface ScaleStatus {
  /** @proto 1 */
  readonly replicas: Int32;
  /** @proto 2 */
  readonly selector?: string;
}

export interface ContainerResourceMetricSource {
  /** @proto 1 */
  readonly name: ResourceName;
  /** @proto 2 @explicit */
  readonly targetAverageUtilization?: Int32;
  /** @proto 3 @explicit */
  readonly targetAverageValue?: Quantity;
  /** @proto 5 */
  readonly container: string;
}

export interface ContainerResourceMetricStatus {
  /** @proto 1 */
  readonly name: ResourceName;
  /** @proto 2 @explicit */
  readonly currentAverageUtilization?: Int32;
  /** @proto 3 */
  readonly currentAverageValue: Quantity;
  /** @proto 4 */
  readonly container: string;
}

export interface ExternalMetricSource {
  /** @proto 1 */
  readonly metricName: string;
  /** @proto 2 @explicit */
  readonly metricSelector?: LabelSelector;
  /** @proto 3 @explicit */
  readonly targetValue?: Quantity;
  /** @proto 4 @explicit */
  readonly targetAverageValue?: Quantity;
}

export interface ExternalMetricStatus {
  /** @proto 1 */
  readonly metricName: string;
  /** @proto 2 @explicit */
  readonly metricSelector?: LabelSelector;
  /** @proto 3 */
  readonly currentValue: Quantity;
  /** @proto 4 @explicit */
  readonly currentAverageValue?: Quantity;
}

export interface HorizontalPodAutoscalerCondition {
  /** @proto 1 */
  readonly type: HorizontalPodAutoscalerConditionType;
  /** @proto 2 */
  readonly status: ConditionStatus;
  /** @proto 3 @always */
  readonly lastTransitionTime?: Time;
  /** @proto 4 */
  readonly reason?: string;
  /** @proto 5 */
  readonly message?: string;
}

/** Known values: `ScalingActive`, `AbleToScale`, `ScalingLimited`, `ScaledToZero`. */
export type HorizontalPodAutoscalerConditionType = string;

/** @enum */
export type MetricSourceType = 'Object' | 'Pods' | 'Resource' | 'ContainerResource' | 'External';

export interface MetricSpec {
  /** @proto 1 */
  readonly type: MetricSourceType;
  /** @proto 2 @explicit */
  readonly object?: ObjectMetricSource;
  /** @proto 3 @explicit */
  readonly pods?: PodsMetricSource;
  /** @proto 4 @explicit */
  readonly resource?: ResourceMetricSource;
  /** @proto 7 @explicit */
  readonly containerResource?: ContainerResourceMetricSource;
  /** @proto 5 @explicit */
  readonly external?: ExternalMetricSource;
}

export interface ObjectMetricSource {
  /** @proto 1 */
  readonly target: CrossVersionObjectReference;
  /** @proto 2 */
  readonly metricName: string;
  /** @proto 3 */
  readonly targetValue: Quantity;
  /** @proto 4 @explicit */
  readonly selector?: LabelSelector;
  /** @proto 5 @explicit */
  readonly averageValue?: Quantity;
}

export interface PodsMetricSource {
  /** @proto 1 */
  readonly metricName: string;
  /** @proto 2 */
  readonly targetAverageValue: Quantity;
  /** @proto 3 @explicit */
  readonly selector?: LabelSelector;
}

export interface ResourceMetricSource {
  /** @proto 1 */
  readonly name: ResourceName;
  /** @proto 2 @explicit */
  readonly targetAverageUtilization?: Int32;
  /** @proto 3 @explicit */
  readonly targetAverageValue?: Quantity;
}

export interface MetricStatus {
  /** @proto 1 */
  readonly type: MetricSourceType;
  /** @proto 2 @explicit */
  readonly object?: ObjectMetricStatus;
  /** @proto 3 @explicit */
  readonly pods?: PodsMetricStatus;
  /** @proto 4 @explicit */
  readonly resource?: ResourceMetricStatus;
  /** @proto 7 @explicit */
  readonly containerResource?: ContainerResourceMetricStatus;
  /** @proto 5 @explicit */
  readonly external?: ExternalMetricStatus;
}

export interface ObjectMetricStatus {
  /** @proto 1 */
  readonly target: CrossVersionObjectReference;
  /** @proto 2 */
  readonly metricName: string;
  /** @proto 3 */
  readonly currentValue: Quantity;
  /** @proto 4 @explicit */
  readonly selector?: LabelSelector;
  /** @proto 5 @explicit */
  readonly averageValue?: Quantity;
}

export interface PodsMetricStatus {
  /** @proto 1 */
  readonly metricName: string;
  /** @proto 2 */
  readonly currentAverageValue: Quantity;
  /** @proto 3 @explicit */
  readonly selector?: LabelSelector;
}

export interface ResourceMetricStatus {
  /** @proto 1 */
  readonly name: ResourceName;
  /** @proto 2 @explicit */
  readonly currentAverageUtilization?: Int32;
  /** @proto 3 */
  readonly currentAverageValue: Quantity;
}
