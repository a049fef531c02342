/** What holds for a deployment. */
import {
  type FieldError,
  forbidden,
  invalid,
  notSupported,
  Path,
  required,
} from '@navarch/api/field-error';
import type {
  Deployment,
  DeploymentSpec,
  DeploymentStatus,
  DeploymentStrategy,
  RollingUpdateDeployment,
} from '@navarch/api/types/apps/v1/deployment';
import {
  allNonNegative,
  intOrPercentNumber,
  nonNegative,
  notDecremented,
  notMoreThanHundredPercent,
  positiveIntOrPercent,
  unchanged,
} from '../../checks.ts';
import { goForm, rollingStrategyForm } from '../../core/go-form.ts';
import { replicaSetTemplate, requiredSelector } from '../validate-template.ts';
import { workloadWarnings } from '../warnings.ts';

const path = Path.of('spec');

export const deploymentWarnings = workloadWarnings;

export function validateDeployment({ spec }: Deployment): FieldError[] {
  return [
    ...nonNegative(spec.replicas, path.child('replicas')),
    ...requiredSelector(
      spec.selector,
      'empty selector is invalid for deployment',
      path.child('selector'),
    ),
    ...replicaSetTemplate(spec.selector, spec.template, path),
    ...strategyErrors(spec.strategy ?? {}),
    ...allNonNegative(spec, ['minReadySeconds', 'revisionHistoryLimit'], path),
    ...deadlineErrors(spec),
  ];
}

export function validateDeploymentUpdate(object: Deployment, stored: Deployment): FieldError[] {
  return [
    ...validateDeployment(object),
    ...unchanged(object.spec.selector, stored.spec.selector, path.child('selector')),
  ];
}

function strategyErrors(strategy: DeploymentStrategy): FieldError[] {
  const at = path.child('strategy');
  const rolling = at.child('rollingUpdate');
  switch (strategy.type) {
    case 'Recreate':
      return strategy.rollingUpdate
        ? [forbidden(rolling, "may not be specified when strategy `type` is 'Recreate'")]
        : [];
    case 'RollingUpdate':
      return strategy.rollingUpdate
        ? rollingErrors(strategy.rollingUpdate, rolling)
        : [required(rolling, 'this should be defaulted and never be nil')];
    default: {
      // Upstream shows the whole strategy.
      const shown = goForm(rollingStrategyForm, strategy);
      return [notSupported(at, shown, ['Recreate', 'RollingUpdate'])];
    }
  }
}

function rollingErrors(rolling: RollingUpdateDeployment, at: Path): FieldError[] {
  const { maxUnavailable, maxSurge } = rolling;
  const errors = [
    ...positiveIntOrPercent(maxUnavailable, at.child('maxUnavailable')),
    ...positiveIntOrPercent(maxSurge, at.child('maxSurge')),
  ];
  if (intOrPercentNumber(maxUnavailable) === 0 && intOrPercentNumber(maxSurge) === 0) {
    const detail = 'may not be 0 when `maxSurge` is 0';
    errors.push(invalid(at.child('maxUnavailable'), maxUnavailable, detail));
  }
  return [...errors, ...notMoreThanHundredPercent(maxUnavailable, at.child('maxUnavailable'))];
}

function deadlineErrors({
  progressDeadlineSeconds,
  minReadySeconds = 0,
}: DeploymentSpec): FieldError[] {
  if (progressDeadlineSeconds === undefined) return [];
  const at = path.child('progressDeadlineSeconds');
  const errors = nonNegative(progressDeadlineSeconds, at);
  if (progressDeadlineSeconds <= minReadySeconds) {
    errors.push(invalid(at, progressDeadlineSeconds, 'must be greater than minReadySeconds'));
  }
  return errors;
}

export function validateDeploymentStatusUpdate(
  object: Deployment,
  stored: Deployment,
): FieldError[] {
  const at = Path.of('status');
  const { status = {} } = object;
  return [
    ...allNonNegative(
      status,
      [
        'observedGeneration',
        'replicas',
        'updatedReplicas',
        'readyReplicas',
        'availableReplicas',
        'unavailableReplicas',
        'terminatingReplicas',
        'collisionCount',
      ],
      at,
    ),
    ...countErrors(status, at),
    ...notDecremented(
      status.collisionCount,
      stored.status?.collisionCount,
      at.child('collisionCount'),
    ),
  ];
}

/** Parts are never more than the whole. */
function countErrors(status: DeploymentStatus, at: Path): FieldError[] {
  const { replicas = 0, updatedReplicas = 0, readyReplicas = 0, availableReplicas = 0 } = status;
  const text = 'cannot be greater than status.replicas';
  const errors: FieldError[] = [];
  if (updatedReplicas > replicas) {
    errors.push(invalid(at.child('updatedReplicas'), updatedReplicas, text));
  }
  if (readyReplicas > replicas)
    errors.push(invalid(at.child('readyReplicas'), readyReplicas, text));
  const available = at.child('availableReplicas');
  if (availableReplicas > replicas) errors.push(invalid(available, availableReplicas, text));
  if (availableReplicas > readyReplicas) {
    errors.push(invalid(available, availableReplicas, 'cannot be greater than readyReplicas'));
  }
  return errors;
}
