/** Rules for the files that volumes make of keys and fields. */
import { invalid, type Path, required } from '@navarch/api/field-error';
import type { DownwardAPIVolumeFile, KeyToPath } from '@navarch/api/types/core/v1/volume';
import { listOf } from '../../nil.ts';
import type { Errors } from '../checks.ts';
import { checkFieldRef, checkResourceRef, volumeFields } from './environment.ts';
import { checkLocalPath } from './paths.ts';

export function checkFileMode(mode: number | undefined, path: Path, errors: Errors): void {
  if (mode === undefined || (mode >= 0 && mode <= 0o777)) return;
  errors.push(invalid(path, mode, 'must be a number between 0 and 0777 (octal), both inclusive'));
}

export function checkItems(
  items: readonly KeyToPath[] | undefined,
  path: Path,
  errors: Errors,
): void {
  for (const [index, item] of listOf(items).entries()) checkItem(item, path.index(index), errors);
}

export function checkItem(item: KeyToPath, path: Path, errors: Errors): void {
  if (item.key === '') errors.push(required(path.child('key')));
  if (item.path === '') errors.push(required(path.child('path')));
  checkLocalPath(item.path, path.child('path'), errors);
  checkFileMode(item.mode, path.child('mode'), errors);
}

export function checkDownwardFile(file: DownwardAPIVolumeFile, path: Path, errors: Errors): void {
  const { fieldRef, resourceFieldRef } = file;
  if (file.path === '') errors.push(required(path.child('path')));
  checkLocalPath(file.path, path.child('path'), errors);
  if (fieldRef) {
    checkFieldRef(fieldRef, volumeFields, path.child('fieldRef'), errors);
    if (resourceFieldRef) {
      const text = 'fieldRef and resourceFieldRef can not be specified simultaneously';
      errors.push(invalid(path, 'resource', text));
    }
  } else if (resourceFieldRef) {
    checkResourceRef(resourceFieldRef, path.child('resourceFieldRef'), errors, 'volume');
  } else errors.push(required(path, 'one of fieldRef and resourceFieldRef is required'));
  checkFileMode(file.mode, path.child('mode'), errors);
}
