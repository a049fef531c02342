/** What holds for a cron job. TODO(correctness): read the schedule and the time zone as robfig does. */
import { type FieldError, invalid, Path, required } from '@navarch/api/field-error';
import type { CronJob } from '@navarch/api/types/batch/v1';
import { allNonNegative, requiredOneOf } from '../../checks.ts';
import { validateJobTemplateSpec } from '../job/validate.ts';

const path = Path.of('spec');
const policies = ['Allow', 'Forbid', 'Replace'];

/** Jobs get the cron job's name and eleven characters more. */
const nameLengthMax = 52;

export function validateCronJob(object: CronJob): FieldError[] {
  const { spec, metadata } = object;
  const errors = specErrors(object);
  if ((metadata.name ?? '').length > nameLengthMax) {
    errors.push(
      invalid(
        Path.of('metadata', 'name'),
        metadata.name,
        `must be no more than ${nameLengthMax} characters`,
      ),
    );
  }
  return [...errors, ...manualErrors(spec)];
}

export function validateCronJobUpdate(object: CronJob): FieldError[] {
  return [...specErrors(object), ...manualErrors(object.spec)];
}

function specErrors({ spec }: CronJob): FieldError[] {
  return [
    ...(spec.schedule === '' ? [required(path.child('schedule'))] : []),
    ...allNonNegative(spec, ['startingDeadlineSeconds'], path),
    ...requiredOneOf(spec.concurrencyPolicy, policies, path.child('concurrencyPolicy')),
    ...allNonNegative(spec, ['successfulJobsHistoryLimit', 'failedJobsHistoryLimit'], path),
    ...validateJobTemplateSpec(spec.jobTemplate.spec, path.child('jobTemplate', 'spec')),
  ];
}

/** Jobs of a cron job each need a selector of their own. */
function manualErrors({ jobTemplate }: CronJob['spec']): FieldError[] {
  if (!jobTemplate.spec.manualSelector) return [];
  const at = path.child('jobTemplate', 'spec', 'manualSelector');
  return [invalid(at, true, '`manualSelector` must not be set')];
}
