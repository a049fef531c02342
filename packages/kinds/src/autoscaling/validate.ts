/** What holds for an autoscaler. */
import { type FieldError, forbidden, invalid, Path } from '@navarch/api/field-error';
import type { HorizontalPodAutoscaler } from '@navarch/api/types/autoscaling/v2';
import { nonNegative } from '../checks.ts';
import { listOf } from '../nil.ts';
import { validateBehavior } from './validate-behavior.ts';
import { validateMetric } from './validate-metrics.ts';
import { validateScaleTarget } from './validate-scale-target.ts';

const path = Path.of('spec');

/** One that was stored with a minimum of zero, when that was switched on, may keep it. */
export function validateAutoscaler(
  { spec }: HorizontalPodAutoscaler,
  stored?: HorizontalPodAutoscaler,
): FieldError[] {
  const { minReplicas, maxReplicas } = spec;
  const errors: FieldError[] = [];
  const least = stored?.spec.minReplicas === 0 ? 0 : 1;
  if (minReplicas !== undefined && minReplicas < least) {
    const detail = `must be greater than or equal to ${least}`;
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
    ...validateMetrics(spec, path.child('metrics')),
    ...(spec.behavior ? validateBehavior(spec.behavior, path.child('behavior')) : []),
  ];
}

/** Without pods only what is measured elsewhere can be known. */
function validateMetrics(
  { metrics, minReplicas }: HorizontalPodAutoscaler['spec'],
  at: Path,
): FieldError[] {
  const all = listOf(metrics);
  const errors = all.flatMap((metric, i) => validateMetric(metric, at.index(i)));
  const elsewhere = all.some(({ type }) => type === 'Object' || type === 'External');
  if (minReplicas === 0 && !elsewhere) {
    const detail =
      'must specify at least one Object or External metric to support scaling to zero replicas';
    errors.push(forbidden(at, detail));
  }
  return errors;
}

export function validateAutoscalerStatus({ status }: HorizontalPodAutoscaler): FieldError[] {
  const at = Path.of('status');
  return [
    ...nonNegative(status?.currentReplicas, at.child('currentReplicas')),
    ...nonNegative(status?.desiredReplicas, at.child('desiredReplicas')),
  ];
}
