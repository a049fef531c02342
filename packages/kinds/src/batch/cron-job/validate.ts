/** What holds for a cron job. */
import { type FieldError, invalid, notSupported, Path, required } from '@navarch/api/field-error';
import type { CronJob, JobSpec } from '@navarch/api/types/batch/v1';
import { allNonNegative, requiredOneOf } from '../../checks.ts';
import { validateJobTemplateSpec } from '../job/validate.ts';
import { scheduleProblem } from './schedule.ts';
import { isTimeZone } from './time-zone.ts';

const path = Path.of('spec');
const policies = ['Allow', 'Forbid', 'Replace'];

/** Jobs get the cron job's name and eleven characters more. */
const nameLengthMax = 52;

export function validateCronJob(object: CronJob): FieldError[] {
  const { name = '' } = object.metadata;
  const errors = specErrors(object);
  if (name.length <= nameLengthMax) return errors;
  const detail = `must be no more than ${nameLengthMax} characters`;
  return [...errors, invalid(Path.of('metadata', 'name'), name, detail)];
}

/** A schedule or zone that was accepted once may stay, whatever the rules say today. */
export function validateCronJobUpdate(object: CronJob, stored: CronJob): FieldError[] {
  const { schedule, timeZone } = stored.spec;
  const kept = object.spec.schedule === schedule && object.spec.timeZone === timeZone;
  return kept ? unscheduledErrors(object) : specErrors(object);
}

function specErrors(object: CronJob): FieldError[] {
  const { schedule, timeZone } = object.spec;
  const at = path.child('schedule');
  return [
    ...(schedule === '' ? [required(at)] : scheduleErrors(schedule, at)),
    ...(timeZone === undefined ? [] : zoneErrors(timeZone, path.child('timeZone'))),
    ...unscheduledErrors(object),
  ];
}

function scheduleErrors(schedule: string, at: Path): FieldError[] {
  const problem = scheduleProblem(schedule);
  const errors = problem === undefined ? [] : [invalid(at, schedule, problem)];
  if (!schedule.includes('TZ')) return errors;
  const detail = 'cannot use TZ or CRON_TZ in schedule, use timeZone field instead';
  return [...errors, invalid(at, schedule, detail)];
}

function zoneErrors(zone: string, at: Path): FieldError[] {
  if (zone === '') return [invalid(at, zone, 'timeZone must be nil or non-empty string')];
  if (zone.toLowerCase() === 'local') {
    const detail =
      'timeZone must be an explicit time zone as defined in https://www.iana.org/time-zones';
    return [invalid(at, zone, detail)];
  }
  return isTimeZone(zone) ? [] : [invalid(at, zone, `unknown time zone ${zone}`)];
}

function unscheduledErrors({ spec }: CronJob): FieldError[] {
  const template = path.child('jobTemplate', 'spec');
  return [
    ...allNonNegative(spec, ['startingDeadlineSeconds'], path),
    ...requiredOneOf(spec.concurrencyPolicy, policies, path.child('concurrencyPolicy')),
    ...validateJobTemplateSpec(spec.jobTemplate.spec, template),
    ...selectorErrors(spec.jobTemplate.spec, template),
    ...allNonNegative(spec, ['successfulJobsHistoryLimit', 'failedJobsHistoryLimit'], path),
  ];
}

/** Jobs of a cron job each need a selector of their own. */
function selectorErrors({ selector, manualSelector }: JobSpec, at: Path): FieldError[] {
  const errors: FieldError[] = [];
  if (selector) {
    errors.push(invalid(at.child('selector'), selector, '`selector` will be auto-generated'));
  }
  if (manualSelector) {
    errors.push(notSupported(at.child('manualSelector'), true, ['nil', 'false']));
  }
  return errors;
}
