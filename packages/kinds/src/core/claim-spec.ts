/** What holds for the spec of a volume claim, whether it stands alone or in the template of a pod's ephemeral volume. */
import { forbidden, invalid, type Path, required } from '@navarch/api/field-error';
import { isDns1123Label, isDns1123Subdomain } from '@navarch/api/names';
import { Quantity } from '@navarch/api/quantity';
import type { PersistentVolumeClaimSpec } from '@navarch/api/types/core/v1/persistent-volume';
import { validateLabelSelector } from '../label-selector.ts';
import { listOf } from '../nil.ts';
import { checkChoice, checkText, type Errors, notPositiveText } from './checks.ts';

export const accessModes: readonly string[] = [
  'ReadOnlyMany',
  'ReadWriteMany',
  'ReadWriteOnce',
  'ReadWriteOncePod',
];

export const volumeModes: readonly string[] = ['Block', 'Filesystem'];

export function checkClaimSpec(spec: PersistentVolumeClaimSpec, path: Path, errors: Errors): void {
  if (listOf(spec.accessModes).length === 0) {
    errors.push(required(path.child('accessModes'), 'at least 1 access mode is required'));
  }
  errors.push(...validateLabelSelector(spec.selector, path.child('selector')));
  checkAccessModes(listOf(spec.accessModes), path.child('accessModes'), errors);
  checkStorage(
    spec.resources?.requests?.['storage'],
    path.child('resources').key('storage'),
    errors,
  );
  if (spec.storageClassName) {
    checkText(isDns1123Subdomain, spec.storageClassName, path.child('storageClassName'), errors);
  }
  if (spec.volumeMode !== undefined)
    checkChoice(spec.volumeMode, volumeModes, path.child('volumeMode'), errors);
  checkSources(spec, path, errors);
  if (spec.volumeAttributesClassName) {
    const at = path.child('volumeAttributesClassName');
    checkText(isDns1123Subdomain, spec.volumeAttributesClassName, at, errors);
  }
}

export function checkAccessModes(modes: readonly string[], path: Path, errors: Errors): void {
  for (const mode of modes) checkChoice(mode, accessModes, path, errors);
  const others = modes.some((mode) => mode !== 'ReadWriteOncePod' && accessModes.includes(mode));
  if (modes.includes('ReadWriteOncePod') && others) {
    errors.push(forbidden(path, 'may not use ReadWriteOncePod with other access modes'));
  }
}

function checkStorage(amount: string | undefined, path: Path, errors: Errors): void {
  if (amount === undefined) errors.push(required(path));
  else if (Quantity.parse(amount).sign() <= 0) errors.push(invalid(path, amount, notPositiveText));
}

function checkSources(
  { dataSource, dataSourceRef }: PersistentVolumeClaimSpec,
  path: Path,
  errors: Errors,
): void {
  if (dataSource) checkSource(dataSource, path.child('dataSource'), errors);
  if (dataSourceRef) {
    const at = path.child('dataSourceRef');
    checkSource(dataSourceRef, at, errors);
    if (dataSourceRef.namespace)
      checkText(isDns1123Label, dataSourceRef.namespace, at.child('namespace'), errors);
  }
  if (!dataSource || !dataSourceRef) return;
  // The value that upstream shows is the path of the other field, which prints as an empty object.
  const fail = (text: string): number => errors.push(invalid(path, {}, text));
  if (dataSourceRef.namespace)
    fail('may not be specified when dataSourceRef.namespace is specified');
  else if (!sameSource(dataSource, dataSourceRef)) fail('must match dataSourceRef');
}

interface Source {
  readonly apiGroup?: string;
  readonly kind: string;
  readonly name: string;
}

function sameSource(a: Source, b: Source): boolean {
  return a.apiGroup === b.apiGroup && a.kind === b.kind && a.name === b.name;
}

function checkSource({ apiGroup, kind, name }: Source, path: Path, errors: Errors): void {
  if (name === '') errors.push(required(path.child('name')));
  if (kind === '') errors.push(required(path.child('kind')));
  if (apiGroup) checkText(isDns1123Subdomain, apiGroup, path.child('apiGroup'), errors);
  else if (kind !== 'PersistentVolumeClaim') {
    errors.push(
      invalid(path, kind, "must be 'PersistentVolumeClaim' when referencing the default apiGroup"),
    );
  }
}
