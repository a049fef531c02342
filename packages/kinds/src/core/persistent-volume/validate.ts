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
  PersistentVolumeSource,
  PersistentVolumeSpec,
} from '@navarch/api/types/core/v1/persistent-volume';
import { immutableText } from '../../checks.ts';
import { semanticallyEqual } from '../../equal.ts';
import { listOf } from '../../nil.ts';
import { withMember } from '../../strategy.ts';
import { type GoForm, goForm, nodeSelectorTermForm } from '../go-form.ts';
import { describeDifference } from '../pod/difference.ts';
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
  const isRoot = spec.hostPath !== undefined && /^\/(\.?\/)*\.?$/.test(spec.hostPath.path);
  if (isRoot && spec.persistentVolumeReclaimPolicy === 'Recycle') {
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
    .filter((mode) => !isAccessMode(mode))
    .map((mode) => notSupported(at, mode, accessModes));
  const shared = modes.some((mode) => mode !== 'ReadWriteOncePod' && isAccessMode(mode));
  if (modes.includes('ReadWriteOncePod') && shared) {
    errors.push(forbidden(at, 'may not use ReadWriteOncePod with other access modes'));
  }
  return errors;
}

function isAccessMode(mode: string): boolean {
  return accessModes.some((known) => known === mode);
}

function inlineErrors(spec: PersistentVolumeSpec, at: Path): FieldError[] {
  const names = [
    'capacity',
    'claimRef',
    'persistentVolumeReclaimPolicy',
    'storageClassName',
  ] as const;
  const detail = 'may not be specified in the context of inline volumes';
  const errors = names
    .filter((name) => spec[name] !== undefined)
    .map((name) => forbidden(at.child(name), detail));
  if (spec.volumeMode !== undefined && spec.volumeMode !== 'Filesystem') {
    const other =
      'may not specify volumeMode other than Filesystem in the context of inline volumes';
    errors.push(forbidden(at.child('volumeMode'), other));
  }
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

function affinityErrors({ nodeAffinity }: PersistentVolumeSpec, at: Path): FieldError[] {
  const here = at.child('nodeAffinity');
  if (!nodeAffinity) return [];
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
  if (!semanticallyEqual(sourcesOf(object, stored), sourcesOf(stored, stored))) {
    const detail = 'spec.persistentvolumesource is immutable after creation';
    const difference = describeDifference(
      'core/v1.PersistentVolumeSource',
      sourcesOf(stored, stored),
      sourcesOf(object, stored),
    );
    errors.push(forbidden(path.child('persistentvolumesource'), `${detail}\n${difference}`));
  }
  if (spec.volumeMode !== stored.spec.volumeMode) {
    errors.push(invalid('volumeMode', spec.volumeMode ?? null, immutableText));
  }
  const affinity = stored.spec.nodeAffinity;
  if (affinity && !isSamePlace(spec.nodeAffinity, affinity)) {
    const detail = `${immutableText}, except for updating from beta label to GA`;
    const shown = spec.nodeAffinity ? goForm(affinityForm, spec.nodeAffinity) : null;
    errors.push(invalid('nodeAffinity', shown, detail));
  }
  if (
    stored.spec.volumeAttributesClassName !== undefined &&
    spec.volumeAttributesClassName === undefined
  ) {
    const at = path.child('volumeAttributesClassName');
    errors.push(forbidden(at, 'update from non-nil value to nil is forbidden'));
  }
  return errors;
}

/** A driver may be told later with which secret it expands the volume. */
function sourcesOf({ spec }: PersistentVolume, stored: PersistentVolume): PersistentVolumeSource {
  const untold = stored.spec.csi && !stored.spec.csi.controllerExpandSecretRef;
  return Object.fromEntries(
    sourceNames.map((name) => [
      name,
      name === 'csi' && spec.csi && untold
        ? withMember(spec.csi, 'controllerExpandSecretRef', undefined)
        : spec[name],
    ]),
  );
}

/** Labels that have got other names. */
const renamed: ReadonlyMap<string, string> = new Map([
  ['failure-domain.beta.kubernetes.io/zone', 'topology.kubernetes.io/zone'],
  ['failure-domain.beta.kubernetes.io/region', 'topology.kubernetes.io/region'],
]);

/** The same nodes, whether by the old names of labels or by the new ones. */
function isSamePlace(
  affinity: PersistentVolumeSpec['nodeAffinity'],
  stored: NonNullable<PersistentVolumeSpec['nodeAffinity']>,
): boolean {
  if (semanticallyEqual(affinity, stored)) return true;
  const terms = listOf(stored.required?.nodeSelectorTerms).map((term) => ({
    ...term,
    ...(term.matchExpressions && {
      matchExpressions: term.matchExpressions.map((each) => ({
        ...each,
        key: renamed.get(each.key) ?? each.key,
      })),
    }),
  }));
  return semanticallyEqual(affinity, { required: { nodeSelectorTerms: terms } });
}

const affinityForm: GoForm = [
  [
    'Required',
    'required',
    null,
    [['NodeSelectorTerms', 'nodeSelectorTerms', null, nodeSelectorTermForm]],
  ],
];
