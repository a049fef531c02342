/** What holds for what volume drivers say about themselves. */
import {
  duplicate,
  type FieldError,
  invalid,
  notSupported,
  Path,
  required,
} from '@navarch/api/field-error';
import { isDns1123Subdomain, isQualifiedName } from '@navarch/api/names';
import { Quantity } from '@navarch/api/quantity';
import { structOf } from '@navarch/api/schema/registry';
import type {
  CSIDriver,
  CSINode,
  CSINodeDriver,
  CSIStorageCapacity,
} from '@navarch/api/types/storage/v1';
import { goStruct } from '../core/go-value.ts';
import { immutableText, negativeText, nonNegative, unchanged } from '../checks.ts';
import { semanticallyEqual } from '../equal.ts';
import { validateLabelSelector } from '../label-selector.ts';
import { listOf } from '../nil.ts';
import { validateDriverName } from './validate.ts';

const path = Path.of('spec');
const modes = ['Persistent', 'Ephemeral'];
const groupPolicies = ['File', 'None', 'ReadWriteOnceWithFSType'];

export function validateDriver({ metadata, spec }: CSIDriver): FieldError[] {
  const errors = validateDriverName(metadata.name ?? '', Path.of('metadata', 'name')).filter(
    // The syntax of the name has been checked with the rest of the metadata.
    ({ type }) => type === 'TooLong',
  );
  if (spec.attachRequired === undefined) errors.push(required(path.child('attachedRequired')));
  if (spec.podInfoOnMount === undefined) errors.push(required(path.child('podInfoOnMount')));
  if (spec.storageCapacity === undefined) errors.push(required(path.child('storageCapacity')));
  if (spec.fsGroupPolicy !== undefined && !groupPolicies.includes(spec.fsGroupPolicy)) {
    errors.push(notSupported(path.child('fsGroupPolicy'), spec.fsGroupPolicy, groupPolicies));
  }
  errors.push(...tokenErrors(spec.tokenRequests));
  for (const mode of listOf(spec.volumeLifecycleModes)) {
    if (modes.includes(mode)) continue;
    errors.push(notSupported(path.child('volumeLifecycleModes'), mode, modes));
  }
  return errors;
}

const tokenSecondsMin = 600;
const tokenSecondsMax = 2 ** 32;

function tokenErrors(requests: CSIDriver['spec']['tokenRequests']): FieldError[] {
  const errors: FieldError[] = [];
  const audiences = new Set<string>();
  for (const [i, { audience, expirationSeconds }] of listOf(requests).entries()) {
    const at = path.child('tokenRequests').index(i);
    if (audiences.has(audience)) {
      errors.push(duplicate(at.child('audience'), audience));
      continue;
    }
    audiences.add(audience);
    if (expirationSeconds === undefined) continue;
    const here = at.child('expirationSeconds');
    if (expirationSeconds < tokenSecondsMin) {
      errors.push(
        invalid(here, expirationSeconds, 'may not specify a duration less than 10 minutes'),
      );
    }
    if (expirationSeconds > tokenSecondsMax) {
      const detail = 'may not specify a duration larger than 2^32 seconds';
      errors.push(invalid(here, expirationSeconds, detail));
    }
  }
  return errors;
}

export function validateDriverUpdate(object: CSIDriver, stored: CSIDriver): FieldError[] {
  const [now, then] = [object.spec, stored.spec];
  return [
    ...validateDriver(object),
    // The name of the first is upstream's.
    ...unchanged(now.attachRequired, then.attachRequired, path.child('attachedRequired')),
    ...unchanged(
      now.volumeLifecycleModes,
      then.volumeLifecycleModes,
      path.child('volumeLifecycleModes'),
    ),
  ];
}

export function validateCsiNode({ spec }: CSINode): FieldError[] {
  const seen = new Set<string>();
  const at = path.child('drivers');
  return listOf(spec.drivers).flatMap((driver, i) => nodeDriverErrors(driver, at.index(i), seen));
}

const nodeIdLengthMax = 256;

function nodeDriverErrors(driver: CSINodeDriver, at: Path, seen: Set<string>): FieldError[] {
  const { name, nodeID, allocatable } = driver;
  const errors = validateDriverName(name, at.child('name'));
  const id = at.child('nodeID');
  if (nodeID === '') errors.push(required(id));
  else if (nodeID.length > nodeIdLengthMax) {
    errors.push(invalid(id, nodeID, `must be ${nodeIdLengthMax} characters or less`));
  }
  errors.push(...nonNegative(allocatable?.count, at.child('allocatable', 'count')));
  if (seen.has(name)) errors.push(duplicate(at.child('name'), name));
  seen.add(name);
  const keys = listOf(driver.topologyKeys);
  for (const [i, key] of keys.entries()) {
    // All of it is reported at the driver.
    if (key === '') errors.push(required(at));
    if (keys.indexOf(key) < i) errors.push(duplicate(at, key));
    for (const detail of isQualifiedName(key)) errors.push(invalid(at, key, detail));
  }
  return errors;
}

/** A driver may come and go; nothing about it changes. Upstream looks at all of them twice. */
export function validateCsiNodeUpdate(object: CSINode, stored: CSINode): FieldError[] {
  const errors = [...validateCsiNode(object), ...validateCsiNode(object)];
  const at = path.child('drivers');
  for (const before of listOf(stored.spec.drivers)) {
    const now = listOf(object.spec.drivers).find((driver) => driver.name === before.name);
    if (!now || semanticallyEqual(now, before)) continue;
    const shown = goStruct(structOf('storage/v1.CSINodeDriver'), now);
    errors.push(invalid(at, shown, immutableText));
  }
  return errors;
}

export function validateCapacity(object: CSIStorageCapacity): FieldError[] {
  const { storageClassName: name } = object;
  const at = Path.of('storageClassName');
  const errors = [
    ...validateLabelSelector(object.nodeTopology, Path.of('nodeTopology')),
    ...isDns1123Subdomain(name).map((detail) => invalid(at, name, detail)),
  ];
  // The largest volume may be anything.
  const { capacity } = object;
  if (capacity !== undefined && Quantity.parse(capacity).sign() < 0) {
    errors.push(invalid(Path.of('capacity'), capacity, negativeText));
  }
  return errors;
}

export function validateCapacityUpdate(
  object: CSIStorageCapacity,
  stored: CSIStorageCapacity,
): FieldError[] {
  return [
    ...validateCapacity(object),
    ...unchanged(object.nodeTopology, stored.nodeTopology, Path.of('nodeTopology')),
    ...unchanged(object.storageClassName, stored.storageClassName, Path.of('storageClassName')),
  ];
}
