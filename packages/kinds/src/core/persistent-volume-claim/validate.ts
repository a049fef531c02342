/** What holds for a claim: how much, how it is mounted, and that a claim that is bound stays what it was. */
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
  PersistentVolumeClaim,
  PersistentVolumeClaimSpec,
} from '@navarch/api/types/core/v1/persistent-volume';
import { immutableText } from '../../checks.ts';
import { semanticallyEqual } from '../../equal.ts';
import { validateLabelSelector } from '../../label-selector.ts';
import { listOf } from '../../nil.ts';
import { modeErrors, volumeModes } from '../persistent-volume/validate.ts';
import { classWarnings } from '../persistent-volume/warnings.ts';

const path = Path.of('spec');

export function validateClaim({ spec }: PersistentVolumeClaim): FieldError[] {
  return validateClaimSpec(spec, path);
}

export function validateClaimSpec(spec: PersistentVolumeClaimSpec, at: Path): FieldError[] {
  const modes = listOf(spec.accessModes);
  const errors = [
    ...modeErrors(modes, at.child('accessModes'), 'at least 1 access mode is required'),
    ...validateLabelSelector(spec.selector, at.child('selector')),
    ...sizeErrors(spec, at.child('resources').key('storage')),
    ...nameErrors(spec.storageClassName, at.child('storageClassName')),
  ];
  if (spec.volumeMode !== undefined && !volumeModes.includes(spec.volumeMode)) {
    errors.push(notSupported(at.child('volumeMode'), spec.volumeMode, volumeModes));
  }
  errors.push(...sourceErrors(spec.dataSource, at.child('dataSource')));
  errors.push(...sourceErrors(spec.dataSourceRef, at.child('dataSourceRef')));
  if (disagree(spec)) {
    // The value that is shown is the path that upstream passes by mistake.
    errors.push(invalid(at, {}, 'must match dataSourceRef'));
  }
  const attributes = at.child('volumeAttributesClassName');
  return [...errors, ...nameErrors(spec.volumeAttributesClassName, attributes)];
}

function sizeErrors({ resources }: PersistentVolumeClaimSpec, at: Path): FieldError[] {
  const size = resources?.requests?.['storage'];
  if (size === undefined) return [required(at)];
  if (Quantity.parse(size).compare(Quantity.zero) > 0) return [];
  return [invalid(at, size, 'must be greater than zero')];
}

function nameErrors(name: string | undefined, at: Path): FieldError[] {
  return name ? isDns1123Subdomain(name).map((detail) => invalid(at, name, detail)) : [];
}

function sourceErrors(source: PersistentVolumeClaimSpec['dataSource'], at: Path): FieldError[] {
  if (!source) return [];
  const { apiGroup, kind, name } = source;
  const errors: FieldError[] = [];
  if (name === '') errors.push(required(at.child('name')));
  if (kind === '') errors.push(required(at.child('kind')));
  if ((apiGroup ?? '') === '' && kind !== 'PersistentVolumeClaim') {
    const detail = "must be 'PersistentVolumeClaim' when referencing the default apiGroup";
    errors.push(invalid(at, kind, detail));
  }
  return [...errors, ...nameErrors(apiGroup ?? '', at.child('apiGroup'))];
}

/** Only a source in another namespace may stand alone. */
function disagree({ dataSource, dataSourceRef }: PersistentVolumeClaimSpec): boolean {
  if (!dataSource || !dataSourceRef || dataSourceRef.namespace !== undefined) return false;
  const { apiGroup, kind, name } = dataSourceRef;
  return !semanticallyEqual(dataSource, { apiGroup, kind, name });
}

export function validateClaimUpdate(
  object: PersistentVolumeClaim,
  stored: PersistentVolumeClaim,
): FieldError[] {
  // Upstream looks at all of it twice.
  const errors = [...validateClaim(object), ...validateClaim(object)];
  const bound = stored.status?.phase === 'Bound';
  if (!semanticallyEqual(fixedPart(object, stored, bound), fixedPart(stored, stored, bound))) {
    const detail =
      'spec is immutable after creation except resources.requests and volumeAttributesClassName for bound claims';
    errors.push(forbidden(path, detail));
  }
  errors.push(...shrinkErrors(object, stored, bound));
  if (object.spec.volumeMode !== stored.spec.volumeMode) {
    const at = path.child('volumeMode');
    errors.push(invalid(at, object.spec.volumeMode ?? null, immutableText));
  }
  return errors;
}

/** What a write may not change: a claim that waits may be told its volume, a bound one may grow. */
function fixedPart(
  { spec }: PersistentVolumeClaim,
  stored: PersistentVolumeClaim,
  bound: boolean,
): object {
  const { volumeName, storageClassName, resources, volumeAttributesClassName, ...rest } = spec;
  const unbound = (stored.spec.volumeName ?? '') === '';
  const unnamed = stored.spec.storageClassName === undefined;
  const { requests: _, ...amounts } = resources ?? {};
  return {
    ...rest,
    ...(unbound ? undefined : { volumeName }),
    ...(unnamed ? undefined : { storageClassName }),
    resources: bound ? amounts : resources,
    ...(bound ? undefined : { volumeAttributesClassName }),
  };
}

/** A request may be taken back only as far as what there is. */
function shrinkErrors(
  object: PersistentVolumeClaim,
  stored: PersistentVolumeClaim,
  bound: boolean,
): FieldError[] {
  const size = object.spec.resources?.requests?.['storage'];
  const before = stored.spec.resources?.requests?.['storage'];
  const has = stored.status?.capacity?.['storage'];
  if (!bound || size === undefined || before === undefined) return [];
  if (Quantity.parse(size).compare(Quantity.parse(before)) >= 0) return [];
  const fits = has !== undefined && Quantity.parse(size).compare(Quantity.parse(has)) > 0;
  if (fits) return [];
  const at = path.child('resources', 'requests', 'storage');
  return [forbidden(at, 'field can not be less than status.capacity')];
}

export function claimWarnings({ metadata, spec }: PersistentVolumeClaim): readonly string[] {
  const at = path.child('resources');
  return [
    ...classWarnings(metadata),
    ...(['requests', 'limits'] as const).flatMap((member) => {
      const size = spec.resources?.[member]?.['storage'];
      if (size === undefined || Quantity.parse(size).nanos % 1_000_000_000n === 0n) return [];
      const text = `fractional byte value "${size}" is invalid, must be an integer`;
      return [`${String(at.child(member).key('storage'))}: ${text}`];
    }),
  ];
}
