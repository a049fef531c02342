/** Ephemeral containers may be added to a pod; those that are there stay as they are. */
import { type FieldError, forbidden, Path } from '@navarch/api/field-error';
import type { Pod } from '@navarch/api/types/core/v1/pod';
import { semanticallyEqual } from '../../equal.ts';
import { listOf } from '../../nil.ts';
import type { Errors } from '../checks.ts';
import { describeDifference } from './difference.ts';
import { checkPod, mirrorAnnotation } from './validate.ts';
import { checkAnnotationUpdate } from './validate-update.ts';

export function validateEphemeralContainersUpdate(pod: Pod, stored: Pod): readonly FieldError[] {
  if (mirrorAnnotation in (stored.metadata.annotations ?? {})) {
    // Upstream blames the pod as a whole by an empty path, which prints as brackets.
    return [forbidden('[]', 'static pods do not support ephemeral containers')];
  }
  const errors: Errors = [];
  checkPod(pod, errors, stored);
  checkAnnotationUpdate(pod, stored, errors);
  const path = Path.of('spec', 'ephemeralContainers');
  const submitted = new Map(listOf(pod.spec.ephemeralContainers).map((item) => [item.name, item]));
  for (const old of listOf(stored.spec.ephemeralContainers)) {
    const now = submitted.get(old.name);
    const subject = `existing ephemeral containers ${JSON.stringify(old.name)} may not be`;
    if (now === undefined) errors.push(forbidden(path, `${subject} removed\n`));
    else if (!semanticallyEqual(now, old)) {
      const difference = describeDifference('core/v1.EphemeralContainer', old, now);
      errors.push(forbidden(path, `${subject} changed\n${difference}`));
    }
  }
  return errors;
}
