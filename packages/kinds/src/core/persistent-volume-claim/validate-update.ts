/** What an update may change of a claim: one that waits may be told its volume, a bound one may grow, and what else is left to change. */
import { type FieldError, forbidden, invalid, notSupported, Path } from '@navarch/api/field-error';
import { isQualifiedName } from '@navarch/api/names';
import { Quantity } from '@navarch/api/quantity';
import type { PersistentVolumeClaim } from '@navarch/api/types/core/v1/persistent-volume';
import type { ResourceList } from '@navarch/api/types/core/v1/resources';
import { immutableText } from '../../checks.ts';
import { semanticallyEqual } from '../../equal.ts';
import { entriesOf } from '../checks.ts';
import { classAnnotation } from '../persistent-volume/warnings.ts';
import { withMember } from '../../strategy.ts';
import { describeDifference } from '../pod/difference.ts';
import { isNativeResource } from '../resource-names.ts';
import { validateClaim } from './validate.ts';

type Spec = PersistentVolumeClaim['spec'];

const path = Path.of('spec');

export function validateClaimUpdate(
  object: PersistentVolumeClaim,
  stored: PersistentVolumeClaim,
): FieldError[] {
  // Upstream looks at all of it twice.
  const errors = [...validateClaim(object), ...validateClaim(object)];
  const upgrades = movesClass(object, stored);
  if (!upgrades) errors.push(...annotationErrors(object, stored));
  const fixed = fixedPart(object, stored);
  // A claim that waits may be told its volume.
  const waits = (stored.spec.volumeName ?? '') === '';
  const before = waits
    ? withMember(stored.spec, 'volumeName', object.spec.volumeName)
    : stored.spec;
  if (!semanticallyEqual(fixed, before)) {
    const detail =
      'spec is immutable after creation except resources.requests and volumeAttributesClassName for bound claims';
    const difference = describeDifference('core/v1.PersistentVolumeClaimSpec', before, fixed);
    errors.push(forbidden(path, `${detail}\n${difference}`));
  }
  errors.push(...shrinkErrors(object, stored));
  if (object.spec.volumeMode !== stored.spec.volumeMode) {
    errors.push(invalid('volumeMode', object.spec.volumeMode ?? null, immutableText));
  }
  return [...errors, ...attributesErrors(object, stored)];
}

/** Whether the class only moves from the annotation to the member that has replaced it. */
function movesClass(object: PersistentVolumeClaim, stored: PersistentVolumeClaim): boolean {
  const before = stored.metadata.annotations?.[classAnnotation];
  const now = object.metadata.annotations?.[classAnnotation];
  const { storageClassName } = object.spec;
  if (before === undefined || stored.spec.storageClassName !== undefined) return false;
  return storageClassName === before && (now === undefined || now === before);
}

function annotationErrors(
  object: PersistentVolumeClaim,
  stored: PersistentVolumeClaim,
): FieldError[] {
  const now = object.metadata.annotations?.[classAnnotation] ?? '';
  const before = stored.metadata.annotations?.[classAnnotation] ?? '';
  if (now === before) return [];
  return [invalid(Path.of('metadata', 'annotations', classAnnotation), now, immutableText)];
}

/** What a write may not change: the spec with what it may change as it is on the other side. */
function fixedPart(object: PersistentVolumeClaim, stored: PersistentVolumeClaim): Spec {
  const { spec, status } = object;
  const annotated = stored.metadata.annotations?.[classAnnotation];
  const mayBeClassed =
    stored.spec.storageClassName === undefined &&
    (annotated === undefined ||
      spec.storageClassName === undefined ||
      spec.storageClassName === annotated);
  let fixed = spec;
  if (mayBeClassed) fixed = withMember(fixed, 'storageClassName', stored.spec.storageClassName);
  const attributes = stored.spec.volumeAttributesClassName;
  fixed = withMember(fixed, 'volumeAttributesClassName', attributes);
  if (status?.phase !== 'Bound' || !fixed.resources?.requests) return fixed;
  const storage = stored.spec.resources?.requests?.['storage'];
  const requests = { ...fixed.resources.requests, ...(storage !== undefined && { storage }) };
  return { ...fixed, resources: { ...fixed.resources, requests } };
}

/** A request may be taken back only as far as what there is. */
function shrinkErrors(object: PersistentVolumeClaim, stored: PersistentVolumeClaim): FieldError[] {
  const size = storageOf(object.spec.resources?.requests);
  if (size.compare(storageOf(stored.spec.resources?.requests)) >= 0) return [];
  if (size.compare(storageOf(stored.status?.capacity)) > 0) return [];
  const at = path.child('resources', 'requests', 'storage');
  return [forbidden(at, 'field can not be less than status.capacity')];
}

function storageOf(amounts: ResourceList | undefined): Quantity {
  return Quantity.parse(amounts?.['storage'] ?? '0');
}

/** A class of attributes is exchanged for another one, never for none. */
function attributesErrors(
  { spec }: PersistentVolumeClaim,
  stored: PersistentVolumeClaim,
): FieldError[] {
  const name = spec.volumeAttributesClassName;
  const before = stored.spec.volumeAttributesClassName;
  if (before === undefined || name === before || name) return [];
  const what = name === undefined ? 'nil' : 'an empty string';
  const at = path.child('volumeAttributesClassName');
  return [forbidden(at, `update from non-nil value to ${what} is forbidden`)];
}

const resizeStates = [
  'ControllerResizeFailed',
  'ControllerResizeInProgress',
  'NodeResizeFailed',
  'NodeResizeInProgress',
  'NodeResizePending',
];

/** What drivers say about a claim: amounts of storage, and how far resizing is. */
export function validateClaimStatus({ status }: PersistentVolumeClaim): FieldError[] {
  const at = Path.of('status');
  const errors = entriesOf(status?.capacity).flatMap(([name, amount]) =>
    amountErrors(amount, at.child('capacity').key(name)),
  );
  const statesAt = at.child('allocatedResourceStatus');
  for (const [name, state] of entriesOf<string>(status?.allocatedResourceStatuses)) {
    errors.push(...resourceErrors(name, statesAt));
    if (!resizeStates.includes(state)) errors.push(notSupported(statesAt, name, resizeStates));
  }
  const amountsAt = at.child('allocatedResources');
  for (const [name, amount] of entriesOf(status?.allocatedResources)) {
    const wrong = resourceErrors(name, amountsAt);
    errors.push(...(wrong.length > 0 ? wrong : amountErrors(amount, amountsAt.key(name))));
  }
  return errors;
}

function amountErrors(amount: string, at: Path): FieldError[] {
  const quantity = Quantity.parse(amount);
  if (quantity.value() >= 0) return [];
  return [invalid(at, quantity.value(), 'must be a valid resource quantity')];
}

/** Of the system's own resources only storage is claimed. */
function resourceErrors(name: string, at: Path): FieldError[] {
  const errors = isQualifiedName(name).map((detail) => invalid(at, name, detail));
  if (errors.length > 0 || name === 'storage' || !isNativeResource(name)) return errors;
  return [notSupported(at, name, ['storage'])];
}
