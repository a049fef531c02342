/** What holds for the indexes that a job's status lists: which pods succeeded, and which failed for good. */
import { type FieldError, invalid, Path } from '@navarch/api/field-error';
import type { Job, JobStatus } from '@navarch/api/types/batch/v1';
import { countIndexes, firstOverlap } from './indexes.ts';

const path = Path.of('status');

export function indexErrors({ spec, status = {} }: Job, before: JobStatus): FieldError[] {
  const { completions, backoffLimitPerIndex } = spec;
  const { completedIndexes = '', failedIndexes } = status;
  const newlyCompleted = completedIndexes !== (before.completedIndexes ?? '');
  const newlyFailed = failedIndexes !== before.failedIndexes;
  const errors: FieldError[] = [];
  if (newlyCompleted && completions !== undefined) {
    errors.push(...formatErrors('completedIndexes', completedIndexes, completions));
  }
  const failuresCount = newlyFailed && backoffLimitPerIndex !== undefined;
  if (failuresCount && completions !== undefined && failedIndexes !== undefined) {
    errors.push(...formatErrors('failedIndexes', failedIndexes, completions));
  }
  if (newlyCompleted && completedIndexes !== '' && spec.completionMode !== 'Indexed') {
    const detail = 'cannot set non-empty completedIndexes when non-indexed completion mode';
    errors.push(invalid(path.child('completedIndexes'), completedIndexes, detail));
  }
  if (failedIndexes === undefined || !(newlyFailed || newlyCompleted)) return errors;
  const failedAt = path.child('failedIndexes');
  if (newlyFailed && backoffLimitPerIndex === undefined) {
    const detail = 'cannot set non-null failedIndexes when backoffLimitPerIndex is null';
    errors.push(invalid(failedAt, failedIndexes, detail));
  }
  const overlap =
    completions === undefined
      ? undefined
      : firstOverlap(completedIndexes, failedIndexes, completions);
  if (overlap !== undefined) {
    const detail = `failedIndexes and completedIndexes overlap at index: ${overlap}`;
    errors.push(invalid(failedAt, failedIndexes, detail));
  }
  return errors;
}

function formatErrors(
  name: 'completedIndexes' | 'failedIndexes',
  text: string,
  completions: number,
): FieldError[] {
  const problem = countIndexes(text, completions);
  if (typeof problem !== 'string') return [];
  return [invalid(path.child(name), text, `error parsing ${name}: ${problem}`)];
}
