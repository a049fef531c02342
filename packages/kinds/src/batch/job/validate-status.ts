/**
 * What holds for the status of a job: it never contradicts itself, and what is finished stays finished. A rule is asked only
 * when a write changes what it is about, so that a status that is wrong already does not block other writes.
 */
import {
  duplicate,
  type FieldError,
  invalid,
  omitted,
  Path,
  required,
} from '@navarch/api/field-error';
import type { Job, JobStatus } from '@navarch/api/types/batch/v1';
import { allNonNegative, immutableText } from '../../checks.ts';
import { semanticallyEqual } from '../../equal.ts';
import { listOf } from '../../nil.ts';
import { indexErrors } from './status-indexes.ts';

const path = Path.of('status');
const conditionsPath = path.child('conditions');
const counters = ['active', 'succeeded', 'failed', 'ready', 'terminating'] as const;

/** What a write says and what was there before it. */
interface Write {
  readonly job: Job;
  readonly status: JobStatus;
  readonly before: JobStatus;
}

export function validateJobStatusUpdate(object: Job, stored: Job): FieldError[] {
  const write = { job: object, status: object.status ?? {}, before: stored.status ?? {} };
  return [
    ...allNonNegative<(typeof counters)[number]>(write.status, counters, path),
    ...uncountedErrors(write.status),
    ...exclusionErrors(write),
    ...completionErrors(write),
    ...needErrors(write),
    ...finishedErrors(write),
    ...indexErrors(object, write.before),
    ...podErrors(write),
    ...criteriaErrors(write),
    ...backwardErrors(write),
  ];
}

function has({ conditions }: JobStatus, type: string, value = 'True'): boolean {
  return listOf(conditions).some((known) => known.type === type && known.status === value);
}

function isFinished(status: JobStatus): boolean {
  return has(status, 'Complete') || has(status, 'Failed');
}

/** Whether the write sets or takes back one of the conditions. */
function turned({ status, before }: Write, ...types: readonly string[]): boolean {
  return types.some((type) => has(status, type) !== has(before, type));
}

function changed({ status, before }: Write, ...names: readonly (keyof JobStatus)[]): boolean {
  return names.some((name) => !semanticallyEqual(status[name], before[name]));
}

function finishing({ status, before }: Write): boolean {
  return isFinished(status) !== isFinished(before);
}

const refused = (detail: string): FieldError => invalid(conditionsPath, omitted, detail);

/** A pod that ended is waiting to be counted once. */
function uncountedErrors({ uncountedTerminatedPods: uncounted }: JobStatus): FieldError[] {
  const seen = new Set<string>();
  return (['succeeded', 'failed'] as const).flatMap((name) =>
    listOf(uncounted?.[name]).flatMap((uid, index) => {
      const at = path.child('uncountedTerminatedPods', name).index(index);
      if (uid === '') return [invalid(at, uid, 'must not be empty')];
      if (seen.has(uid)) return [duplicate(at, uid)];
      seen.add(uid);
      return [];
    }),
  );
}

function exclusionErrors(write: Write): FieldError[] {
  const { status } = write;
  const errors: FieldError[] = [];
  const complete = has(status, 'Complete');
  if (turned(write, 'Complete', 'Failed') && complete && has(status, 'Failed')) {
    errors.push(refused('cannot set Complete=True and Failed=true conditions'));
  }
  if (turned(write, 'Complete', 'FailureTarget') && complete && has(status, 'FailureTarget')) {
    errors.push(refused('cannot set Complete=True and FailureTarget=true conditions'));
  }
  return errors;
}

function completionErrors(write: Write): FieldError[] {
  const { completionTime, startTime } = write.status;
  const at = path.child('completionTime');
  const errors: FieldError[] = [];
  if (turned(write, 'Complete') || changed(write, 'completionTime')) {
    const complete = has(write.status, 'Complete');
    if (completionTime !== undefined && !complete) {
      const detail = 'cannot set completionTime when there is no Complete=True condition';
      errors.push(invalid(at, completionTime, detail));
    }
    if (completionTime === undefined && complete) {
      errors.push(required(at, 'completionTime is required for Complete jobs'));
    }
  }
  if (completionTime === undefined || startTime === undefined) return errors;
  const early = Date.parse(completionTime) < Date.parse(startTime);
  if (early && changed(write, 'startTime', 'completionTime')) {
    errors.push(invalid(at, completionTime, 'must be equal to or after `startTime`'));
  }
  return errors;
}

/** Endings are announced before they are reached. */
function needErrors(write: Write): FieldError[] {
  const { status } = write;
  const errors: FieldError[] = [];
  const failing = turned(write, 'Failed') || changed(write, 'failedIndexes');
  if (failing && has(status, 'Failed') && !has(status, 'FailureTarget')) {
    const detail = 'cannot set Failed=True condition without the FailureTarget=true condition';
    errors.push(refused(detail));
  }
  const completing = turned(write, 'Complete', 'SuccessCriteriaMet');
  if (completing && has(status, 'Complete') && !has(status, 'SuccessCriteriaMet')) {
    const detail =
      'cannot set Complete=True condition without the SuccessCriteriaMet=true condition';
    errors.push(refused(detail));
  }
  return errors;
}

function finishedErrors(write: Write): FieldError[] {
  const { job, status } = write;
  if (!isFinished(status)) return [];
  const errors: FieldError[] = [];
  const { active = 0, startTime, uncountedTerminatedPods: uncounted } = status;
  const ending = finishing(write);
  if (active > 0 && (ending || changed(write, 'active'))) {
    errors.push(invalid(path.child('active'), active, 'active>0 is invalid for finished job'));
  }
  // A suspended job that wants nothing is complete without ever having started.
  const neverStarts = job.spec.suspend === true && job.spec.completions === 0;
  if (startTime === undefined && !neverStarts && (ending || changed(write, 'startTime'))) {
    errors.push(required(path.child('startTime'), 'startTime is required for finished job'));
  }
  const waiting = listOf(uncounted?.failed).length + listOf(uncounted?.succeeded).length > 0;
  if (waiting && (ending || changed(write, 'uncountedTerminatedPods'))) {
    const shown = {
      Succeeded: uncounted?.succeeded ?? null,
      Failed: uncounted?.failed ?? null,
    };
    const at = path.child('uncountedTerminatedPods');
    errors.push(invalid(at, shown, 'must be empty for finished job'));
  }
  return errors;
}

function podErrors(write: Write): FieldError[] {
  const { active = 0, ready, terminating = 0 } = write.status;
  const errors: FieldError[] = [];
  const lingering = isFinished(write.status) && terminating > 0;
  if (lingering && (finishing(write) || changed(write, 'terminating'))) {
    const detail = 'terminating>0 is invalid for finished job';
    errors.push(invalid(path.child('terminating'), terminating, detail));
  }
  if (ready !== undefined && ready > active && changed(write, 'ready', 'active')) {
    errors.push(invalid(path.child('ready'), ready, 'cannot set more ready pods than active'));
  }
  return errors;
}

function criteriaErrors({ job, status }: Write): FieldError[] {
  const errors: FieldError[] = [];
  const met = has(status, 'SuccessCriteriaMet');
  if (met && has(status, 'Failed')) {
    errors.push(refused('cannot set SuccessCriteriaMet=True and Failed=true conditions'));
  }
  if (met && has(status, 'FailureTarget')) {
    errors.push(refused('cannot set SuccessCriteriaMet=True and FailureTarget=true conditions'));
  }
  if (job.spec.successPolicy && !met && has(status, 'Complete')) {
    const detail =
      'cannot set Complete=True for Job with SuccessPolicy unless SuccessCriteriaMet=True';
    errors.push(refused(detail));
  }
  return errors;
}

/** What has happened cannot be taken back. */
function backwardErrors(write: Write): FieldError[] {
  const { job, status, before } = write;
  const errors: FieldError[] = [];
  for (const type of ['Failed', 'Complete', 'FailureTarget']) {
    if (!has(before, type) || has(status, type)) continue;
    errors.push(refused(`cannot disable the terminal ${type}=True condition`));
  }
  // A job that grows and shrinks may have fewer indexes that succeeded than before.
  const { completionMode, completions, parallelism } = job.spec;
  const elastic = completionMode === 'Indexed' && completions === parallelism;
  for (const name of ['failed', 'succeeded'] as const) {
    const value = status[name] ?? 0;
    if (value >= (before[name] ?? 0) || (name === 'succeeded' && elastic)) continue;
    errors.push(invalid(path.child(name), value, `cannot decrease the ${name} counter`));
  }
  const { completionTime } = status;
  if (completionTime !== undefined && before.completionTime !== undefined) {
    if (completionTime !== before.completionTime) {
      errors.push(invalid(path.child('completionTime'), completionTime, immutableText));
    }
  }
  if (restarts(write)) {
    const detail = 'startTime cannot be removed for unsuspended job';
    errors.push(required(path.child('startTime'), detail));
  }
  if (has(before, 'SuccessCriteriaMet') && !has(status, 'SuccessCriteriaMet')) {
    errors.push(refused('cannot disable the SuccessCriteriaMet=True condition'));
  }
  const late = has(before, 'Complete') && !has(before, 'SuccessCriteriaMet');
  if (late && has(status, 'SuccessCriteriaMet')) {
    const detail =
      'cannot set SuccessCriteriaMet=True for Job already has Complete=true conditions';
    errors.push(refused(detail));
  }
  return errors;
}

/** A job starts anew only when it is resumed. */
function restarts(write: Write): boolean {
  const { job, status, before } = write;
  if (before.startTime === undefined || !changed(write, 'startTime')) return false;
  const resuming = has(before, 'Suspended') && has(status, 'Suspended', 'False');
  return !resuming && job.spec.suspend !== true;
}
