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

/** A zone that was accepted once may stay, whatever the rules say today. So may one in the schedule. */
export function validateCronJobUpdate(object: CronJob, stored: CronJob): FieldError[] {
  return specErrors(object, stored.spec);
}

function specErrors({ spec }: CronJob, stored?: CronJob['spec']): FieldError[] {
  const { schedule, timeZone } = spec;
  const at = path.child('schedule');
  const template = path.child('jobTemplate', 'spec');
  const sameZone = stored !== undefined && stored.timeZone === timeZone;
  return [
    ...(schedule === '' ? [required(at)] : scheduleErrors(spec, stored, at)),
    ...allNonNegative(spec, ['startingDeadlineSeconds'], path),
    ...(timeZone === undefined || sameZone ? [] : zoneErrors(timeZone, path.child('timeZone'))),
    ...requiredOneOf(spec.concurrencyPolicy, policies, path.child('concurrencyPolicy')),
    ...validateJobTemplateSpec(spec.jobTemplate.spec, template),
    ...selectorErrors(spec.jobTemplate.spec, template),
    ...allNonNegative(spec, ['successfulJobsHistoryLimit', 'failedJobsHistoryLimit'], path),
  ];
}

function scheduleErrors(
  { schedule, timeZone }: CronJob['spec'],
  stored: CronJob['spec'] | undefined,
  at: Path,
): FieldError[] {
  const problem = scheduleProblem(schedule);
  const errors = problem === undefined ? [] : [invalid(at, schedule, problem)];
  if (!schedule.includes('TZ')) return errors;
  if (!stored?.schedule.includes('TZ')) {
    const detail = 'cannot use TZ or CRON_TZ in schedule, use timeZone field instead';
    errors.push(invalid(at, schedule, detail));
  } else if (timeZone !== undefined) {
    const detail = 'cannot use both timeZone field and TZ or CRON_TZ in schedule';
    errors.push(invalid(at, schedule, detail));
  }
  return errors;
}

/** As the time zone database names files: letters, and the digits and signs of old names. */
const zonePart = /^[A-Za-z._0-9+-]{1,14}$/;

function zoneErrors(zone: string, at: Path): FieldError[] {
  if (zone === '') return [invalid(at, zone, 'timeZone must be nil or non-empty string')];
  const unknown = `unknown time zone ${zone}`;
  const isName = (part: string): boolean =>
    part !== '.' && part !== '..' && !part.startsWith('-') && zonePart.test(part);
  if (!zone.split('/').every(isName)) return [invalid(at, zone, unknown)];
  const errors: FieldError[] = [];
  if (zone.toLowerCase() === 'local') {
    const detail =
      'timeZone must be an explicit time zone as defined in https://www.iana.org/time-zones';
    errors.push(invalid(at, zone, detail));
  }
  if (!isTimeZone(zone)) errors.push(invalid(at, zone, unknown));
  return errors;
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
