/** What holds for a daemon set. */
import { type FieldError, invalid, notSupported, Path, required } from '@navarch/api/field-error';
import type {
  DaemonSet,
  DaemonSetUpdateStrategy,
  RollingUpdateDaemonSet,
} from '@navarch/api/types/apps/v1/daemon-set';
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
import { validatePodTemplateSpec } from '../../core/pod/validate.ts';
import { validateLabelSelector } from '../../label-selector.ts';
import { alwaysRunning, compiled, isEmptySelector, labelMismatch } from '../validate-template.ts';
import { workloadWarnings } from '../warnings.ts';

const path = Path.of('spec');

export const daemonSetWarnings = workloadWarnings;

export function validateDaemonSet({ spec }: DaemonSet): FieldError[] {
  const { selector, template } = spec;
  const matcher = compiled(selector);
  const at = path.child('template');
  const emptyText = 'empty selector is invalid for daemonset';
  return [
    ...validateLabelSelector(selector, path.child('selector')),
    ...(matcher ? labelMismatch(matcher, template, at) : []),
    ...(selector && isEmptySelector(selector)
      ? [invalid(path.child('selector'), selector, emptyText)]
      : []),
    ...validatePodTemplateSpec(template, at),
    ...alwaysRunning(template, 'DaemonSet', at),
    ...nonNegative(spec.minReadySeconds, path.child('minReadySeconds')),
    ...strategyErrors(spec.updateStrategy ?? {}, path.child('updateStrategy')),
    ...nonNegative(spec.revisionHistoryLimit, path.child('revisionHistoryLimit')),
  ];
}

export function validateDaemonSetUpdate(object: DaemonSet, stored: DaemonSet): FieldError[] {
  const errors = validateDaemonSet(object);
  return [
    ...errors,
    // Upstream checks twice on update; the message says each error once, the list of causes twice.
    ...errors,
    ...unchanged(object.spec.selector, stored.spec.selector, path.child('selector')),
  ];
}

function strategyErrors(strategy: DaemonSetUpdateStrategy, at: Path): FieldError[] {
  switch (strategy.type) {
    case 'OnDelete':
      return [];
    case 'RollingUpdate': {
      const rolling = at.child('rollingUpdate');
      return strategy.rollingUpdate
        ? rollingErrors(strategy.rollingUpdate, rolling)
        : [required(rolling)];
    }
    default: {
      const shown = goForm(rollingStrategyForm, strategy);
      return [notSupported(at, shown, ['RollingUpdate', 'OnDelete'])];
    }
  }
}

/** Either pods may be missing for a while, or there may be two of them for a while, but not both. */
function rollingErrors(
  { maxUnavailable, maxSurge }: RollingUpdateDaemonSet,
  at: Path,
): FieldError[] {
  const [unavailable, surge] = [at.child('maxUnavailable'), at.child('maxSurge')];
  const errors = [
    ...positiveIntOrPercent(maxUnavailable, unavailable),
    ...positiveIntOrPercent(maxSurge, surge),
    ...notMoreThanHundredPercent(maxUnavailable, unavailable),
    ...notMoreThanHundredPercent(maxSurge, surge),
  ];
  const missing = intOrPercentNumber(maxUnavailable) !== 0;
  const doubled = intOrPercentNumber(maxSurge) !== 0;
  if (missing && doubled) {
    errors.push(invalid(surge, maxSurge, 'may not be set when maxUnavailable is non-zero'));
  }
  if (!missing && !doubled) errors.push(required(unavailable, 'cannot be 0 when maxSurge is 0'));
  return errors;
}

export function validateDaemonSetStatusUpdate(
  { status }: DaemonSet,
  stored: DaemonSet,
): FieldError[] {
  const at = Path.of('status');
  const counters = [
    'currentNumberScheduled',
    'numberMisscheduled',
    'desiredNumberScheduled',
    'numberReady',
    'observedGeneration',
    'updatedNumberScheduled',
    'numberAvailable',
    'numberUnavailable',
    'collisionCount',
  ] as const;
  const collisions = at.child('collisionCount');
  return [
    ...allNonNegative<(typeof counters)[number]>(status, counters, at),
    ...notDecremented(status?.collisionCount, stored.status?.collisionCount, collisions),
  ];
}
