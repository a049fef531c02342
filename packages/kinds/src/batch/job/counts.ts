/** What holds for the numbers of a job, and for the mode that says what they count. */
import {
  type FieldError,
  invalid,
  notSupported,
  type Path,
  required,
  tooLong,
} from '@navarch/api/field-error';
import type { JobSpec } from '@navarch/api/types/batch/v1';
import { allNonNegative, domainPrefixedPath } from '../../checks.ts';

const counts = [
  'parallelism',
  'completions',
  'activeDeadlineSeconds',
  'backoffLimit',
  'ttlSecondsAfterFinished',
  'backoffLimitPerIndex',
  'maxFailedIndexes',
] as const;

/** What the status can list of an indexed job without growing too large. */
const indexesMax = 100_000;
/** The same where failed indexes are listed beside the completed ones. */
const indexesOfManyMax = 10_000;
const managedByBytesMax = 63;

export function countErrors(spec: JobSpec, at: Path): FieldError[] {
  return [
    ...allNonNegative<(typeof counts)[number]>(spec, counts, at),
    ...(spec.maxFailedIndexes !== undefined && spec.backoffLimitPerIndex === undefined
      ? [required(at.child('backoffLimitPerIndex'), 'when maxFailedIndexes is specified')]
      : []),
    ...managerErrors(spec.managedBy, at.child('managedBy')),
    ...modeErrors(spec, at),
  ];
}

function managerErrors(manager: string | undefined, at: Path): FieldError[] {
  if (manager === undefined) return [];
  const errors = manager === '' ? [required(at)] : domainPrefixedPath(manager, at);
  if (manager.length > managedByBytesMax) errors.push(tooLong(at, manager, managedByBytesMax));
  return errors;
}

function modeErrors(spec: JobSpec, at: Path): FieldError[] {
  const { completionMode: mode } = spec;
  if (mode === 'Indexed') return indexedErrors(spec, at);
  if (mode !== undefined && mode !== 'NonIndexed') {
    return [notSupported(at.child('completionMode'), mode, ['NonIndexed', 'Indexed'])];
  }
  const detail = 'requires indexed completion mode';
  return (['backoffLimitPerIndex', 'maxFailedIndexes'] as const).flatMap((name) =>
    spec[name] === undefined ? [] : [invalid(at.child(name), spec[name], detail)],
  );
}

function indexedErrors(spec: JobSpec, at: Path): FieldError[] {
  const { completions, parallelism = 0, maxFailedIndexes: failures } = spec;
  const errors: FieldError[] = [];
  if (completions === undefined) {
    errors.push(required(at.child('completions'), 'when completion mode is Indexed'));
  }
  if (parallelism > indexesMax) {
    const detail = `must be less than or equal to ${indexesMax} when completion mode is Indexed`;
    errors.push(invalid(at.child('parallelism'), parallelism, detail));
  }
  const failuresAt = at.child('maxFailedIndexes');
  if (failures !== undefined && completions !== undefined && failures > completions) {
    errors.push(invalid(failuresAt, failures, 'must be less than or equal to completions'));
  }
  if (failures !== undefined && failures > indexesMax) {
    errors.push(invalid(failuresAt, failures, `must be less than or equal to ${indexesMax}`));
  }
  const isLarge = completions !== undefined && completions > indexesMax;
  return isLarge && spec.backoffLimitPerIndex !== undefined
    ? [...errors, ...largeErrors(spec, at)]
    : errors;
}

/** A job of very many indexes whose failures are counted index by index. */
function largeErrors({ parallelism = 0, maxFailedIndexes }: JobSpec, at: Path): FieldError[] {
  const errors: FieldError[] = [];
  const detail = `must be less than or equal to ${indexesOfManyMax} when completions are above ${indexesMax} and used with backoff limit per index`;
  const failuresAt = at.child('maxFailedIndexes');
  if (maxFailedIndexes === undefined) {
    errors.push(required(failuresAt, `must be specified when completions is above ${indexesMax}`));
  }
  if (parallelism > indexesOfManyMax) {
    errors.push(invalid(at.child('parallelism'), parallelism, detail));
  }
  if (maxFailedIndexes !== undefined && maxFailedIndexes > indexesOfManyMax) {
    errors.push(invalid(failuresAt, maxFailedIndexes, detail));
  }
  return errors;
}
