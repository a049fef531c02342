/** What holds for a claim: how much, how it is mounted, and that a claim that is bound stays what it was. */
import { type FieldError, invalid, notSupported, Path, required } from '@navarch/api/field-error';
import { isDns1123Label, isDns1123Subdomain } from '@navarch/api/names';
import { Quantity } from '@navarch/api/quantity';
import type {
  PersistentVolumeClaim,
  PersistentVolumeClaimSpec,
} from '@navarch/api/types/core/v1/persistent-volume';
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
  errors.push(...namespaceErrors(spec.dataSourceRef?.namespace, at.child('dataSourceRef')));
  const disagreement = disagreementOf(spec);
  // The value that is shown is the path that upstream passes by mistake.
  if (disagreement !== undefined) errors.push(invalid(at, {}, disagreement));
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

function namespaceErrors(namespace: string | undefined, at: Path): FieldError[] {
  const here = at.child('namespace');
  return namespace ? isDns1123Label(namespace).map((d) => invalid(here, namespace, d)) : [];
}

/** A source in another namespace stands alone; others are said in both ways, which must agree. */
function disagreementOf(spec: PersistentVolumeClaimSpec): string | undefined {
  const { dataSource, dataSourceRef } = spec;
  if (!dataSource || !dataSourceRef) return undefined;
  const { apiGroup, kind, name, namespace } = dataSourceRef;
  if (namespace) return 'may not be specified when dataSourceRef.namespace is specified';
  const same = semanticallyEqual(dataSource, { apiGroup, kind, name });
  return same ? undefined : 'must match dataSourceRef';
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
