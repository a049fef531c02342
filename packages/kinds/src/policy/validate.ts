/** What holds for a pod disruption budget. */
import { type FieldError, invalid, Path } from '@navarch/api/field-error';
import { structOf } from '@navarch/api/schema/registry';
import type { PodDisruptionBudget } from '@navarch/api/types/policy/v1';
import {
  allNonNegative,
  notMoreThanHundredPercent,
  oneOf,
  positiveIntOrPercent,
} from '../checks.ts';
import { goStruct } from '../core/go-value.ts';
import { validateLabelSelector } from '../label-selector.ts';
import { validateConditions } from '../conditions.ts';

const path = Path.of('spec');

export function validateBudget({ spec }: PodDisruptionBudget): FieldError[] {
  const { minAvailable, maxUnavailable, unhealthyPodEvictionPolicy: policy } = spec;
  const errors: FieldError[] = [];
  if (minAvailable !== undefined && maxUnavailable !== undefined) {
    const shown = goStruct(structOf('policy/v1.PodDisruptionBudgetSpec'), spec);
    errors.push(invalid(path, shown, 'minAvailable and maxUnavailable cannot be both set'));
  }
  for (const [name, value] of [
    ['minAvailable', minAvailable],
    ['maxUnavailable', maxUnavailable],
  ] as const) {
    errors.push(
      ...positiveIntOrPercent(value, path.child(name)),
      ...notMoreThanHundredPercent(value, path.child(name)),
    );
  }
  errors.push(...validateLabelSelector(spec.selector, path.child('selector')));
  if (policy !== undefined) {
    const at = path.child('unhealthyPodEvictionPolicy');
    errors.push(...oneOf(policy, ['AlwaysAllow', 'IfHealthyBudget'], at));
  }
  return errors;
}

export function validateBudgetStatusUpdate({ status }: PodDisruptionBudget): FieldError[] {
  const counters = [
    'disruptionsAllowed',
    'currentHealthy',
    'desiredHealthy',
    'expectedPods',
  ] as const;
  return [
    ...validateConditions(status?.conditions, Path.of('status', 'conditions')),
    ...allNonNegative<(typeof counters)[number]>(status, counters, Path.of('status')),
  ];
}
