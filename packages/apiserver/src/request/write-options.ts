/** What may come with a create, an update or a patch: read from the query, refused with upstream's messages. */
import {
  forbidden,
  invalid as invalidField,
  notSupported,
  required,
  tooLong,
  type FieldError,
} from '@navarch/api/field-error';
import { invalid } from '@navarch/api/status';
import { utf8Length } from '@navarch/codec/utf8';
import { booleanParameter, parseQuery } from './query.ts';

export interface WriteOptions {
  readonly dryRun: boolean;
  /** '' when the client names none. */
  readonly fieldManager: string;
  readonly fieldValidation: 'Ignore' | 'Warn' | 'Strict';
  /** Only for apply: take fields from other managers. */
  readonly force: boolean;
}

type OptionsKind = 'CreateOptions' | 'UpdateOptions' | 'PatchOptions';

export const metaGroup = 'meta.k8s.io';
const fieldManagerBytesMax = 128;
const fieldValidations = ['', 'Ignore', 'Strict', 'Warn'];

const defaults: WriteOptions = {
  dryRun: false,
  fieldManager: '',
  fieldValidation: 'Warn',
  force: false,
};

/** Throws 422 with everything that is wrong. */
export function parseWriteOptions(kind: OptionsKind, query: string, isApply = false): WriteOptions {
  if (query === '' && !isApply) return defaults;
  const parameters = parseQuery(query);
  const dryRun = parameters.getAll('dryRun');
  const fieldManager = parameters.get('fieldManager') ?? '';
  const fieldValidation = parameters.get('fieldValidation') ?? '';
  const force = booleanParameter(parameters, 'force');
  const errors = [
    ...(kind === 'PatchOptions' ? applyErrors(isApply, force, fieldManager) : []),
    ...fieldManagerErrors(fieldManager, 'fieldManager'),
    ...dryRunErrors(dryRun),
    ...fieldValidationErrors(fieldValidation),
  ];
  if (errors.length > 0) throw invalid({ group: metaGroup, kind }, '', errors);
  return {
    dryRun: dryRun.length > 0,
    fieldManager,
    fieldValidation: (fieldValidation || 'Warn') as WriteOptions['fieldValidation'],
    force: force ?? false,
  };
}

function applyErrors(isApply: boolean, force: boolean | undefined, manager: string): FieldError[] {
  if (!isApply && force !== undefined) {
    return [forbidden('force', 'may not be specified for non-apply patch')];
  }
  return isApply && manager === '' ? [required('fieldManager', 'is required for apply patch')] : [];
}

/** Also the rule for the managers in an object's managedFields. */
export function fieldManagerErrors(manager: string, path: string): readonly FieldError[] {
  const errors: FieldError[] = [];
  if (manager.length > fieldManagerBytesMax / 4 && utf8Length(manager) > fieldManagerBytesMax) {
    errors.push(tooLong(path, manager, fieldManagerBytesMax));
  }
  if (/^[ -~]*$/.test(manager)) return errors;
  let position = 0;
  for (const char of manager) {
    if (!isPrintable(char)) {
      const detail = `invalid character ${unicodeName(char)} (at position ${position})`;
      errors.push(invalidField(path, manager, detail));
    }
    position += utf8Length(char);
  }
  return errors;
}

/** Letters, marks, numbers, punctuation, symbols, and of the spaces only the ASCII one. */
export function isPrintable(char: string): boolean {
  return char === ' ' || /^[\p{L}\p{M}\p{N}\p{P}\p{S}]$/u.test(char);
}

function unicodeName(char: string): string {
  return `U+${(char.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}`;
}

export function dryRunErrors(values: readonly string[]): readonly FieldError[] {
  if (values.every((value) => value === 'All')) return [];
  return [notSupported('dryRun', values, ['All'])];
}

function fieldValidationErrors(value: string): readonly FieldError[] {
  if (fieldValidations.includes(value)) return [];
  return [notSupported('fieldValidation', value, fieldValidations)];
}
