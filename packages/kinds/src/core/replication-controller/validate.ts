/** What holds for a replication controller. */
import { type FieldError, Path, required } from '@navarch/api/field-error';
import { selectorFromLabels } from '@navarch/api/selectors';
import type { ReplicationController } from '@navarch/api/types/core/v1/replication-controller';
import { alwaysRunning, labelMismatch } from '../../apps/validate-template.ts';
import { replicaCountErrors } from '../../apps/replica-set/validate.ts';
import { workloadWarnings } from '../../apps/warnings.ts';
import { nonNegative } from '../../checks.ts';
import { validatePodTemplateSpec } from '../pod/validate.ts';

const path = Path.of('spec');

export const controllerWarnings = workloadWarnings;

export function validateController({ spec }: ReplicationController): FieldError[] {
  const { selector = {} } = spec;
  return [
    ...nonNegative(spec.minReadySeconds, path.child('minReadySeconds')),
    ...(Object.keys(selector).length === 0 ? [required(path.child('selector'))] : []),
    ...nonNegative(spec.replicas, path.child('replicas')),
    ...templateErrors(spec),
  ];
}

function templateErrors({ selector, template }: ReplicationController['spec']): FieldError[] {
  const at = path.child('template');
  if (!template) return [required(at)];
  return [
    ...labelMismatch(selectorFromLabels(selector), template, at),
    ...validatePodTemplateSpec(template, at),
    ...alwaysRunning(template, 'ReplicationController', at),
  ];
}

export function validateControllerUpdate(object: ReplicationController): FieldError[] {
  const errors = validateController(object);
  // Upstream checks twice on update; the message says each error once, the list of causes twice.
  return [...errors, ...errors];
}

export function validateControllerStatusUpdate({ status }: ReplicationController): FieldError[] {
  return replicaCountErrors(status ?? { replicas: 0 });
}
