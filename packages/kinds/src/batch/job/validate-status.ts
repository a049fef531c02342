/** What holds for the status of a job: it never contradicts itself, and what is finished stays finished. */
import { type FieldError, invalid, omitted, Path, required } from '@navarch/api/field-error';
import type { Job, JobStatus } from '@navarch/api/types/batch/v1';
import { allNonNegative } from '../../checks.ts';
import { listOf } from '../../nil.ts';
import { countIndexes } from './indexes.ts';

const path = Path.of('status');
const conditionsPath = path.child('conditions');
const counters = ['active', 'succeeded', 'failed', 'ready', 'terminating'] as const;

export function validateJobStatusUpdate(object: Job, stored: Job): FieldError[] {
  const status = object.status ?? {};
  const before = stored.status ?? {};
  return [
    ...allNonNegative<(typeof counters)[number]>(status, counters, path),
    ...completionErrors(status),
    ...conditionErrors(status),
    ...podErrors(status),
    ...indexErrors(object),
    ...backwardErrors(status, before),
  ];
}

function has({ conditions }: JobStatus, type: string): boolean {
  return listOf(conditions).some((known) => known.type === type && known.status === 'True');
}

function completionErrors(status: JobStatus): FieldError[] {
  const at = path.child('completionTime');
  const { completionTime, startTime } = status;
  const complete = has(status, 'Complete');
  if (completionTime === undefined) {
    return complete ? [required(at, 'completionTime is required for Complete jobs')] : [];
  }
  if (!complete) {
    const detail = 'cannot set completionTime when there is no Complete=True condition';
    return [invalid(at, completionTime, detail)];
  }
  const early = startTime !== undefined && Date.parse(completionTime) < Date.parse(startTime);
  return early ? [invalid(at, completionTime, 'must be equal to or after `startTime`')] : [];
}

/** Pairs of conditions that exclude, or need, one another. */
function conditionErrors(status: JobStatus): FieldError[] {
  const errors: FieldError[] = [];
  const refuse = (detail: string) => errors.push(invalid(conditionsPath, omitted, detail));
  const [complete, failed] = [has(status, 'Complete'), has(status, 'Failed')];
  const [target, criteria] = [has(status, 'FailureTarget'), has(status, 'SuccessCriteriaMet')];
  if (complete && failed) refuse('cannot set Complete=True and Failed=true conditions');
  if (complete && target) refuse('cannot set Complete=True and FailureTarget=true conditions');
  if (failed && !target) {
    refuse('cannot set Failed=True condition without the FailureTarget=true condition');
  }
  if (complete && !criteria) {
    refuse('cannot set Complete=True condition without the SuccessCriteriaMet=true condition');
  }
  if (criteria && failed) refuse('cannot set Failed=True and SuccessCriteriaMet=true conditions');
  if (criteria && target) {
    refuse('cannot set FailureTarget=True and SuccessCriteriaMet=true conditions');
  }
  return errors;
}

function podErrors(status: JobStatus): FieldError[] {
  const { active = 0, ready, terminating = 0 } = status;
  const errors: FieldError[] = [];
  if (has(status, 'Complete') || has(status, 'Failed')) {
    if (active > 0) {
      errors.push(invalid(path.child('active'), active, 'active>0 is invalid for finished job'));
    }
    if (terminating > 0) {
      const detail = 'terminating>0 is invalid for finished job';
      errors.push(invalid(path.child('terminating'), terminating, detail));
    }
  }
  if (ready !== undefined && ready > active) {
    errors.push(invalid(path.child('ready'), ready, 'cannot set more ready pods than active'));
  }
  return errors;
}

function indexErrors({ spec, status = {} }: Job): FieldError[] {
  const errors: FieldError[] = [];
  const { completedIndexes, failedIndexes } = status;
  const indexed = spec.completionMode === 'Indexed';
  if (completedIndexes && !indexed) {
    const detail = 'cannot set non-empty completedIndexes when non-indexed completion mode';
    errors.push(invalid(path.child('completedIndexes'), completedIndexes, detail));
  }
  if (failedIndexes !== undefined && spec.backoffLimitPerIndex === undefined) {
    const detail = 'cannot set non-null failedIndexes when backoffLimitPerIndex is null';
    errors.push(invalid(path.child('failedIndexes'), failedIndexes, detail));
  }
  for (const name of ['completedIndexes', 'failedIndexes'] as const) {
    const text = status[name];
    const problem = text && indexed ? countIndexes(text, spec.completions ?? 0) : 0;
    if (typeof problem !== 'string') continue;
    const detail = `error parsing ${name}: ${problem}`;
    errors.push(invalid(path.child(name), text, detail));
  }
  return errors;
}

/** What has happened cannot be taken back. */
function backwardErrors(status: JobStatus, before: JobStatus): FieldError[] {
  const errors: FieldError[] = [];
  const endings = [
    ['Failed', 'terminal Failed'],
    ['Complete', 'terminal Complete'],
    ['FailureTarget', 'FailureTarget'],
    ['SuccessCriteriaMet', 'SuccessCriteriaMet'],
  ] as const;
  for (const [type, words] of endings) {
    if (!has(before, type) || has(status, type)) continue;
    errors.push(invalid(conditionsPath, omitted, `cannot disable the ${words}=True condition`));
  }
  for (const name of ['failed', 'succeeded'] as const) {
    const value = status[name] ?? 0;
    if (value >= (before[name] ?? 0)) continue;
    errors.push(invalid(path.child(name), value, `cannot decrease the ${name} counter`));
  }
  const { completionTime } = status;
  const done = has(before, 'Complete') && before.completionTime !== undefined;
  if (done && completionTime !== undefined && completionTime !== before.completionTime) {
    const at = path.child('completionTime');
    errors.push(invalid(at, completionTime, 'completionTime cannot be mutated'));
  }
  return errors;
}
