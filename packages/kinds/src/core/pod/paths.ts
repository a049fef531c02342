/** Rules for paths: none may lead out of where it starts. */
import { invalid, type Path } from '@navarch/api/field-error';
import type { Errors } from '../checks.ts';

export function hasBackstep(path: string): boolean {
  return path.split('/').includes('..');
}

export function checkNoBackstep(text: string, path: Path, errors: Errors): void {
  if (hasBackstep(text)) errors.push(invalid(path, text, "must not contain '..'"));
}

/** Relative, and never up. */
export function checkDescendingPath(text: string, path: Path, errors: Errors): void {
  if (text.startsWith('/')) errors.push(invalid(path, text, 'must be a relative path'));
  checkNoBackstep(text, path, errors);
}

/** As a descending path; names that start with two dots are kept for the kubelet's own use. */
export function checkLocalPath(text: string, path: Path, errors: Errors): void {
  checkDescendingPath(text, path, errors);
  if (text.startsWith('..') && !text.startsWith('../')) {
    errors.push(invalid(path, text, "must not start with '..'"));
  }
}
