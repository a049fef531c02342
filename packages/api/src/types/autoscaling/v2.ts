/**
 * Horizontal pod autoscalers: replicas that follow metrics.
 * @group autoscaling v2
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
  /** @proto 4 @listType atomic */
  readonly metrics?: readonly MetricSpec[];
  /** @proto 5 @explicit */
  readonly behavior?: HorizontalPodAutoscalerBehavior;
}

export interface CrossVersionObjectReference {
  /** @proto 1 */
  readonly kind: string;
  /** @proto 2 */
  readonly name: string;
  /** @proto 3 */
  readonly apiVersion?: string;
}

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

/** Known values: `Object`, `Pods`, `Resource`, `ContainerResource`, `External`. */
export type MetricSourceType = string;

export interface ObjectMetricSource {
  /** @proto 1 */
  readonly describedObject: CrossVersionObjectReference;
  /** @proto 2 */
  readonly target: MetricTarget;
  /** @proto 3 */
  readonly metric: MetricIdentifier;
}

export interface MetricTarget {
  /** @proto 1 */
  readonly type: MetricTargetType;
  /** @proto 2 @explicit */
  readonly value?: Quantity;
  /** @proto 3 @explicit */
  readonly averageValue?: Quantity;
  /** @proto 4 @explicit */
  readonly averageUtilization?: Int32;
}

/** Known values: `Utilization`, `Value`, `AverageValue`. */
export type MetricTargetType = string;

export interface MetricIdentifier {
  /** @proto 1 */
  readonly name: string;
  /** @proto 2 @explicit */
  readonly selector?: LabelSelector;
}

export interface PodsMetricSource {
  /** @proto 1 */
  readonly metric: MetricIdentifier;
  /** @proto 2 */
  readonly target: MetricTarget;
}

export interface ResourceMetricSource {
  /** @proto 1 */
  readonly name: ResourceName;
  /** @proto 2 */
  readonly target: MetricTarget;
}

export interface ContainerResourceMetricSource {
  /** @proto 1 */
  readonly name: ResourceName;
  /** @proto 2 */
  readonly target: MetricTarget;
  /** @proto 3 */
  readonly container: string;
}

export interface ExternalMetricSource {
  /** @proto 1 */
  readonly metric: MetricIdentifier;
  /** @proto 2 */
  readonly target: MetricTarget;
}

export interface HorizontalPodAutoscalerBehavior {
  /** @proto 1 @explicit */
  readonly scaleUp?: HPAScalingRules;
  /** @proto 2 @explicit */
  readonly scaleDown?: HPAScalingRules;
}

export interface HPAScalingRules {
  /** @proto 3 @explicit */
  readonly stabilizationWindowSeconds?: Int32;
  /** @proto 1 @explicit */
  readonly selectPolicy?: ScalingPolicySelect;
  /** @proto 2 @listType atomic */
  readonly policies?: readonly HPAScalingPolicy[];
  /** @proto 4 @explicit @gate HPAConfigurableTolerance */
  readonly tolerance?: Quantity;
}

/** Known values: `Max`, `Min`, `Disabled`. */
export type ScalingPolicySelect = string;

export interface HPAScalingPolicy {
  /** @proto 1 */
  readonly type: HPAScalingPolicyType;
  /** @proto 2 */
  readonly value: Int32;
  /** @proto 3 */
  readonly periodSeconds: Int32;
}

/** Known values: `Pods`, `Percent`. */
export type HPAScalingPolicyType = string;

export interface HorizontalPodAutoscalerStatus {
  /** @proto 1 @explicit */
  readonly observedGeneration?: Int64;
  /** @proto 2 @explicit */
  readonly lastScaleTime?: Time;
  /** @proto 3 */
  readonly currentReplicas?: Int32;
  /** @proto 4 */
  readonly desiredReplicas: Int32;
  /** @proto 5 @optional @listType atomic */
  readonly currentMetrics: readonly MetricStatus[];
  /** @proto 6 @listType map type @patch merge type */
  readonly conditions?: readonly HorizontalPodAutoscalerCondition[];
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
  readonly metric: MetricIdentifier;
  /** @proto 2 */
  readonly current: MetricValueStatus;
  /** @proto 3 */
  readonly describedObject: CrossVersionObjectReference;
}

export interface MetricValueStatus {
  /** @proto 1 @explicit */
  readonly value?: Quantity;
  /** @proto 2 @explicit */
  readonly averageValue?: Quantity;
  /** @proto 3 @explicit */
  readonly averageUtilization?: Int32;
}

export interface PodsMetricStatus {
  /** @proto 1 */
  readonly metric: MetricIdentifier;
  /** @proto 2 */
  readonly current: MetricValueStatus;
}

export interface ResourceMetricStatus {
  /** @proto 1 */
  readonly name: ResourceName;
  /** @proto 2 */
  readonly current: MetricValueStatus;
}

export interface ContainerResourceMetricStatus {
  /** @proto 1 */
  readonly name: ResourceName;
  /** @proto 2 */
  readonly current: MetricValueStatus;
  /** @proto 3 */
  readonly container: string;
}

export interface ExternalMetricStatus {
  /** @proto 1 */
  readonly metric: MetricIdentifier;
  /** @proto 2 */
  readonly current: MetricValueStatus;
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
