/** What holds for a persistent volume: one source, a size, ways to mount it, and that none of it changes. */
import {
  type FieldError,
  forbidden,
  invalid,
  notSupported,
  Path,
  required,
} from '@navarch/api/field-error';
import { isDns1123Subdomain } from '@navarch/api/names';
import { Quantity } from '@navarch/api/quantity';
import type {
  PersistentVolume,
  PersistentVolumeSpec,
} from '@navarch/api/types/core/v1/persistent-volume';
import { immutableText } from '../../checks.ts';
import { semanticallyEqual } from '../../equal.ts';
import { listOf } from '../../nil.ts';
import { checkNodeSelector } from '../pod/scheduling.ts';
import { sourceErrors, sourceNames } from './sources.ts';

const path = Path.of('spec');
export const accessModes = [
  'ReadOnlyMany',
  'ReadWriteMany',
  'ReadWriteOnce',
  'ReadWriteOncePod',
] as const;
export const volumeModes = ['Block', 'Filesystem'];
const reclaimPolicies = ['Delete', 'Recycle', 'Retain'];

export function validateVolume({ spec }: PersistentVolume): FieldError[] {
  return validateVolumeSpec(spec, path, false);
}

/** Inline volumes of attachments have neither size nor class, and are always those of a driver. */
export function validateVolumeSpec(
  spec: PersistentVolumeSpec,
  at: Path,
  inline: boolean,
): FieldError[] {
  const errors = [
    ...modeErrors(listOf(spec.accessModes), at.child('accessModes'), ''),
    ...(inline ? inlineErrors(spec, at) : capacityErrors(spec, at.child('capacity'))),
    ...choiceErrors(
      spec.persistentVolumeReclaimPolicy,
      reclaimPolicies,
      at,
      'persistentVolumeReclaimPolicy',
    ),
    ...affinityErrors(spec, at),
    ...sourceErrors(spec, at),
  ];
  if (spec.hostPath?.path === '/' && spec.persistentVolumeReclaimPolicy === 'Recycle') {
    const detail = "may not be 'recycle' for a hostPath mount of '/'";
    errors.push(forbidden(at.child('persistentVolumeReclaimPolicy'), detail));
  }
  for (const detail of spec.storageClassName ? isDns1123Subdomain(spec.storageClassName) : []) {
    errors.push(invalid(at.child('storageClassName'), spec.storageClassName, detail));
  }
  errors.push(...choiceErrors(spec.volumeMode, volumeModes, at, 'volumeMode'));
  return [...errors, ...attributesClassErrors(spec, at)];
}

/** Whether something may be mounted many times, or by one pod only, but never both. */
export function modeErrors(modes: readonly string[], at: Path, missingText: string): FieldError[] {
  if (modes.length === 0) return [required(at, missingText)];
  const errors: FieldError[] = modes
    .filter((mode) => !accessModes.some((known) => known === mode))
    .map((mode) => notSupported(at, mode, accessModes));
  if (modes.includes('ReadWriteOncePod') && modes.length > 1) {
    errors.push(forbidden(at, 'may not use ReadWriteOncePod with other access modes'));
  }
  return errors;
}

function inlineErrors(spec: PersistentVolumeSpec, at: Path): FieldError[] {
  const names = [
    'capacity',
    'claimRef',
    'persistentVolumeReclaimPolicy',
    'storageClassName',
    'volumeMode',
  ] as const;
  const detail = 'may not be specified in the context of inline volumes';
  const errors = names
    .filter((name) => spec[name] !== undefined)
    .map((name) => forbidden(at.child(name), detail));
  if (spec.csi) return errors;
  return [
    ...errors,
    required(at.child('csi'), 'has to be specified in the context of inline volumes'),
  ];
}

function capacityErrors({ capacity }: PersistentVolumeSpec, at: Path): FieldError[] {
  const names = Object.keys(capacity ?? {});
  const errors: FieldError[] = names.length === 0 ? [required(at)] : [];
  const size = capacity?.['storage'];
  if (size === undefined || names.length > 1) {
    return [...errors, notSupported(at, capacity ?? null, ['storage'])];
  }
  const entry = at.key('storage');
  const quantity = Quantity.parse(size);
  if (quantity.compare(Quantity.zero) < 0) {
    // The number of bytes, as upstream shows it.
    const bytes = Number(quantity.nanos / 1_000_000_000n);
    errors.push(invalid(entry, bytes, 'must be a valid resource quantity'));
  }
  if (quantity.compare(Quantity.zero) <= 0) {
    errors.push(invalid(entry, size, 'must be greater than zero'));
  }
  return errors;
}

function choiceErrors(
  value: string | undefined,
  choices: readonly string[],
  at: Path,
  name: string,
): FieldError[] {
  if (value === undefined || choices.includes(value)) return [];
  return [notSupported(at.child(name), value, choices)];
}

function affinityErrors({ nodeAffinity, local }: PersistentVolumeSpec, at: Path): FieldError[] {
  const here = at.child('nodeAffinity');
  if (!nodeAffinity) {
    return local ? [required(here, 'Local volume requires node affinity')] : [];
  }
  if (!nodeAffinity.required) {
    return [required(here.child('required'), 'must specify required node constraints')];
  }
  const errors: FieldError[] = [];
  checkNodeSelector(nodeAffinity.required, here.child('required'), errors);
  return errors;
}

function attributesClassErrors(
  { volumeAttributesClassName: name, csi }: PersistentVolumeSpec,
  at: Path,
): FieldError[] {
  if (name === undefined) return [];
  const here = at.child('volumeAttributesClassName');
  const errors =
    name === ''
      ? [required(here, 'an empty string is disallowed')]
      : isDns1123Subdomain(name).map((detail) => invalid(here, name, detail));
  if (csi) return errors;
  const detail = 'has to be specified when using volumeAttributesClassName';
  return [...errors, required(at.child('csi'), detail)];
}

export function validateVolumeUpdate(
  object: PersistentVolume,
  stored: PersistentVolume,
): FieldError[] {
  // Upstream looks at all of it twice.
  const errors = [...validateVolume(object), ...validateVolume(object)];
  const { spec } = object;
  const source = (volume: PersistentVolume) => sourceNames.map((name) => volume.spec[name]);
  if (!semanticallyEqual(source(object), source(stored))) {
    const detail = 'spec.persistentvolumesource is immutable after creation';
    errors.push(forbidden(path.child('persistentvolumesource'), detail));
  }
  if (spec.volumeMode !== stored.spec.volumeMode) {
    errors.push(invalid('volumeMode', spec.volumeMode ?? null, immutableText));
  }
  if (stored.spec.nodeAffinity && !semanticallyEqual(spec.nodeAffinity, stored.spec.nodeAffinity)) {
    const at = path.child('nodeAffinity');
    errors.push(invalid(at, spec.nodeAffinity ?? null, immutableText));
  }
  return errors;
}
