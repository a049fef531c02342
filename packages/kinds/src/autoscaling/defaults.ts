/** What an autoscaler means where it says nothing. */
import type { HorizontalPodAutoscaler as OldAutoscaler } from '@navarch/api/types/autoscaling/v1';
import type { HPAScalingRules, HorizontalPodAutoscaler } from '@navarch/api/types/autoscaling/v2';
import { otherMetrics } from './annotations.ts';
import type { Draft } from '@navarch/api/types/scalars';

export const defaultUtilization = 80;

export function setAutoscalerDefaults(draft: Draft<HorizontalPodAutoscaler>): void {
  const { spec } = draft;
  spec.minReplicas ??= 1;
  if ((spec.metrics ?? []).length === 0) {
    const target = { type: 'Utilization', averageUtilization: defaultUtilization };
    spec.metrics = [{ type: 'Resource', resource: { name: 'cpu', target } }];
  }
  if (spec.behavior) {
    spec.behavior.scaleUp = completeRules(spec.behavior.scaleUp, scaleUp());
    spec.behavior.scaleDown = completeRules(spec.behavior.scaleDown, scaleDown());
  }
}

/** The older version's other metrics are in an annotation; only where there are none is the processor the default. */
export function setOldAutoscalerDefaults({ spec, metadata }: Draft<OldAutoscaler>): void {
  spec.minReplicas ??= 1;
  if (otherMetrics(metadata.annotations).length === 0) {
    spec.targetCPUUtilizationPercentage ??= defaultUtilization;
  }
}

/** As fast as possible: at once, doubling, or by four pods. */
function scaleUp(): Draft<HPAScalingRules> {
  return {
    stabilizationWindowSeconds: 0,
    selectPolicy: 'Max',
    policies: [
      { type: 'Pods', value: 4, periodSeconds: 15 },
      { type: 'Percent', value: 100, periodSeconds: 15 },
    ],
  };
}

/** No window: its default is an option of the controller. */
function scaleDown(): Draft<HPAScalingRules> {
  return { selectPolicy: 'Max', policies: [{ type: 'Percent', value: 100, periodSeconds: 15 }] };
}

/** What the user says wins, member by member; the members are in the order of the type. */
function completeRules(
  given: Draft<HPAScalingRules> | undefined,
  usual: Draft<HPAScalingRules>,
): Draft<HPAScalingRules> {
  const window = given?.stabilizationWindowSeconds ?? usual.stabilizationWindowSeconds;
  return {
    ...(window !== undefined && { stabilizationWindowSeconds: window }),
    selectPolicy: given?.selectPolicy ?? usual.selectPolicy ?? 'Max',
    policies: given?.policies ?? usual.policies ?? [],
    ...(given?.tolerance !== undefined && { tolerance: given.tolerance }),
  };
}
