/**
 * Between the two versions of an autoscaler. Version 1 knows one metric, the processor; whatever else version 2 says is
 * carried in annotations, so that a client of version 1 that reads and writes loses nothing.
 */
import type { KubernetesObject } from '@navarch/api/extension/object';
import type {
  HorizontalPodAutoscaler as OldAutoscaler,
  MetricStatus as OldStatus,
} from '@navarch/api/types/autoscaling/v1';
import type {
  HorizontalPodAutoscaler,
  HorizontalPodAutoscalerCondition,
  MetricSpec,
  MetricStatus,
} from '@navarch/api/types/autoscaling/v2';
import type { ObjectMeta } from '@navarch/api/types/meta/v1/object';
import { listOf, nilList } from '../nil.ts';
import { withMember } from '../strategy.ts';
import { carried, conditionsOf, otherMetrics, otherStatuses } from './annotations.ts';
import { behaviorFromText, behaviorText } from './behavior.ts';
import { defaultUtilization } from './defaults.ts';
import { fromOldSpec, fromOldStatus, toOldSpec, toOldStatus } from './metrics.ts';

export function toVersion2(object: OldAutoscaler): HorizontalPodAutoscaler {
  const { spec, status } = object;
  const { annotations } = object.metadata;
  const metrics = withProcessor(otherMetrics(annotations).map(fromOldSpec), spec);
  const behavior = behaviorFromText(annotations?.[carried.behavior]);
  return {
    kind: 'HorizontalPodAutoscaler',
    apiVersion: 'autoscaling/v2',
    metadata: withoutAnnotations(object.metadata),
    spec: {
      scaleTargetRef: spec.scaleTargetRef,
      ...(spec.minReplicas !== undefined && { minReplicas: spec.minReplicas }),
      maxReplicas: spec.maxReplicas,
      metrics,
      ...(behavior && { behavior }),
    },
    status: newStatus(status, otherStatuses(annotations), conditionsOf(annotations)),
  };
}

/** The processor comes last; it is the default when there is nothing else. */
function withProcessor(metrics: MetricSpec[], spec: OldAutoscaler['spec']): MetricSpec[] {
  const percentage =
    spec.targetCPUUtilizationPercentage ?? (metrics.length === 0 ? defaultUtilization : undefined);
  if (percentage === undefined) return metrics;
  const target = { type: 'Utilization', averageUtilization: percentage };
  return [...metrics, { type: 'Resource', resource: { name: 'cpu', target } }];
}

function newStatus(
  status: OldAutoscaler['status'],
  metrics: readonly OldStatus[],
  conditions: readonly HorizontalPodAutoscalerCondition[],
): NonNullable<HorizontalPodAutoscaler['status']> {
  const { observedGeneration, lastScaleTime, currentReplicas, desiredReplicas = 0 } = status ?? {};
  const utilization = status?.currentCPUUtilizationPercentage;
  const others = metrics.map(fromOldStatus);
  const processor: MetricStatus[] =
    utilization === undefined
      ? []
      : [
          {
            type: 'Resource',
            resource: { name: 'cpu', current: { averageUtilization: utilization } },
          },
        ];
  const all = [...others, ...processor];
  return {
    ...(observedGeneration !== undefined && { observedGeneration }),
    ...(lastScaleTime !== undefined && { lastScaleTime }),
    ...(currentReplicas && { currentReplicas }),
    desiredReplicas,
    currentMetrics: all.length > 0 ? all : nilList,
    ...(conditions.length > 0 && { conditions }),
  };
}

/** Only version 2 is ever stored under this resource. */
function isVersion2(object: KubernetesObject): object is HorizontalPodAutoscaler {
  return object.kind === 'HorizontalPodAutoscaler' && 'spec' in object;
}

export function fromVersion2(object: KubernetesObject): OldAutoscaler {
  if (!isVersion2(object)) throw new Error(`not an autoscaler: ${object.kind ?? ''}`);
  const { spec, status } = object;
  const processor = listOf(spec.metrics).find(isProcessor);
  const percentage = processor?.resource?.target.averageUtilization;
  return {
    kind: 'HorizontalPodAutoscaler',
    apiVersion: 'autoscaling/v1',
    metadata: withAnnotations(object, processor),
    spec: {
      scaleTargetRef: spec.scaleTargetRef,
      ...(spec.minReplicas !== undefined && { minReplicas: spec.minReplicas }),
      maxReplicas: spec.maxReplicas,
      ...(percentage !== undefined && { targetCPUUtilizationPercentage: percentage }),
    },
    status: oldStatus(status),
  };
}

function oldStatus(
  status: HorizontalPodAutoscaler['status'],
): NonNullable<OldAutoscaler['status']> {
  const utilization = listOf(status?.currentMetrics).find(isProcessorNow)?.resource?.current
    .averageUtilization;
  return {
    ...(status?.observedGeneration !== undefined && {
      observedGeneration: status.observedGeneration,
    }),
    ...(status?.lastScaleTime !== undefined && { lastScaleTime: status.lastScaleTime }),
    currentReplicas: status?.currentReplicas ?? 0,
    desiredReplicas: status?.desiredReplicas ?? 0,
    ...(utilization !== undefined && { currentCPUUtilizationPercentage: utilization }),
  };
}

function isProcessor({ type, resource }: MetricSpec): boolean {
  return (
    type === 'Resource' &&
    resource?.name === 'cpu' &&
    resource.target.averageUtilization !== undefined
  );
}

function isProcessorNow({ type, resource }: MetricStatus): boolean {
  return (
    type === 'Resource' &&
    resource?.name === 'cpu' &&
    resource.current.averageUtilization !== undefined
  );
}

/** The metadata with what version 1 cannot say as annotations. */
function withAnnotations(
  { metadata, spec, status }: HorizontalPodAutoscaler,
  processor: MetricSpec | undefined,
): ObjectMeta {
  const others = listOf(spec.metrics).filter((metric) => metric !== processor);
  const current = listOf(status?.currentMetrics);
  const conditions = listOf(status?.conditions);
  const extra = {
    ...(spec.behavior && { [carried.behavior]: behaviorText(spec.behavior) }),
    ...(conditions.length > 0 && { [carried.conditions]: JSON.stringify(conditions) }),
    ...(current.length > 0 && {
      [carried.currentMetrics]: JSON.stringify(current.map(toOldStatus)),
    }),
    ...(others.length > 0 && { [carried.metrics]: JSON.stringify(others.map(toOldSpec)) }),
  };
  const own = withoutAnnotations(metadata);
  if (Object.keys(extra).length === 0) return own;
  return { ...own, annotations: { ...own.annotations, ...extra } };
}

function withoutAnnotations(metadata: ObjectMeta): ObjectMeta {
  const names: readonly string[] = Object.values(carried);
  const rest = Object.entries(metadata.annotations ?? {}).filter(([key]) => !names.includes(key));
  if (rest.length === Object.keys(metadata.annotations ?? {}).length) return metadata;
  return withMember(
    metadata,
    'annotations',
    rest.length > 0 ? Object.fromEntries(rest) : undefined,
  );
}
