/** What holds for how fast an autoscaler may go up and down. */
import { type FieldError, invalid, type Path, required } from '@navarch/api/field-error';
import { Quantity } from '@navarch/api/quantity';
import type {
  HorizontalPodAutoscalerBehavior,
  HPAScalingPolicy,
  HPAScalingRules,
} from '@navarch/api/types/autoscaling/v2';
import { negativeText, oneOf, oneOfIfSet } from '../checks.ts';
import { listOf } from '../nil.ts';

const windowSecondsMax = 3600;
const periodSecondsMax = 1800;
const selectPolicies = ['Disabled', 'Max', 'Min'];
const policyTypes = ['Percent', 'Pods'];
const positiveText = 'must be greater than zero';

export function validateBehavior(
  { scaleUp, scaleDown }: HorizontalPodAutoscalerBehavior,
  path: Path,
): FieldError[] {
  return [
    ...(scaleUp ? validateRules(scaleUp, path.child('scaleUp')) : []),
    ...(scaleDown ? validateRules(scaleDown, path.child('scaleDown')) : []),
  ];
}

function validateRules(rules: HPAScalingRules, path: Path): FieldError[] {
  const { stabilizationWindowSeconds: seconds, selectPolicy, tolerance } = rules;
  const at = path.child('stabilizationWindowSeconds');
  const policies = listOf(rules.policies);
  const errors: FieldError[] = [];
  if (seconds !== undefined && seconds < 0) {
    errors.push(invalid(at, seconds, 'must be greater than or equal to zero'));
  }
  if (seconds !== undefined && seconds > windowSecondsMax) {
    errors.push(invalid(at, seconds, `must be less than or equal to ${windowSecondsMax}`));
  }
  errors.push(...oneOfIfSet(selectPolicy, selectPolicies, path.child('selectPolicy')));
  const policiesAt = path.child('policies');
  if (policies.length === 0) {
    errors.push(required(policiesAt, 'must specify at least one Policy'));
  }
  errors.push(...policies.flatMap((policy, i) => validatePolicy(policy, policiesAt.index(i))));
  if (tolerance !== undefined && Quantity.parse(tolerance).sign() < 0) {
    errors.push(invalid(path.child('tolerance'), tolerance, negativeText));
  }
  return errors;
}

function validatePolicy(
  { type, value, periodSeconds }: HPAScalingPolicy,
  path: Path,
): FieldError[] {
  const periodAt = path.child('periodSeconds');
  const errors = oneOf(type, policyTypes, path.child('type'));
  if (value <= 0) errors.push(invalid(path.child('value'), value, positiveText));
  if (periodSeconds <= 0) errors.push(invalid(periodAt, periodSeconds, positiveText));
  if (periodSeconds > periodSecondsMax) {
    const detail = `must be less than or equal to ${periodSecondsMax}`;
    errors.push(invalid(periodAt, periodSeconds, detail));
  }
  return errors;
}
