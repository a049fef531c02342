/** What holds for an autoscaler. */
import { type FieldError, invalid, Path } from '@navarch/api/field-error';
import type { HorizontalPodAutoscaler } from '@navarch/api/types/autoscaling/v2';
import { nonNegative } from '../checks.ts';
import { listOf } from '../nil.ts';
import { validateBehavior } from './validate-behavior.ts';
import { validateMetric } from './validate-metrics.ts';
import { validateScaleTarget } from './validate-scale-target.ts';

const path = Path.of('spec');

export function validateAutoscaler({ spec }: HorizontalPodAutoscaler): FieldError[] {
  const { minReplicas, maxReplicas } = spec;
  const errors: FieldError[] = [];
  if (minReplicas !== undefined && minReplicas < 1) {
    const detail = 'must be greater than or equal to 1';
    errors.push(invalid(path.child('minReplicas'), minReplicas, detail));
  }
  const at = path.child('maxReplicas');
  if (maxReplicas < 1) errors.push(invalid(at, maxReplicas, 'must be greater than 0'));
  if (minReplicas !== undefined && maxReplicas < minReplicas) {
    const detail = 'must be greater than or equal to `minReplicas`';
    errors.push(invalid(at, maxReplicas, detail));
  }
  return [
    ...errors,
    ...validateScaleTarget(spec.scaleTargetRef, path.child('scaleTargetRef')),
    ...listOf(spec.metrics).flatMap((metric, i) =>
      validateMetric(metric, path.child('metrics').index(i)),
    ),
    ...(spec.behavior ? validateBehavior(spec.behavior, path.child('behavior')) : []),
  ];
}

export function validateAutoscalerStatus({ status }: HorizontalPodAutoscaler): FieldError[] {
  const at = Path.of('status');
  return [
    ...nonNegative(status?.currentReplicas, at.child('currentReplicas')),
    ...nonNegative(status?.desiredReplicas, at.child('desiredReplicas')),
  ];
}
