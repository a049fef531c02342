/** What holds for the status of a claim of devices, which goes one way: allocated, reserved, and given back. */
import { type FieldError, forbidden, Path, required, tooMany } from '@navarch/api/field-error';
import type {
  ResourceClaim,
  ResourceClaimConsumerReference,
} from '@navarch/api/types/resource/v1/claim';
import { unchanged } from '../checks.ts';
import { semanticallyEqual } from '../equal.ts';
import { listOf } from '../nil.ts';
import { repeated, requestNames } from './request-names.ts';
import { validateAllocation } from './validate-allocation.ts';
import { validateDeviceStatuses } from './validate-device-status.ts';

const reservationsMax = 256;
const leavingText =
  'new entries may not be added while `deallocationRequested` or `deletionTimestamp` are set';

/** Devices that were given stay given until all are given back. */
export function validateClaimStatus(object: ResourceClaim, stored: ResourceClaim): FieldError[] {
  const { allocation, reservedFor, devices } = object.status ?? {};
  const before = stored.status?.allocation;
  const at = Path.of('status', 'reservedFor');
  const errors = [
    ...reservationErrors(listOf(reservedFor), at),
    ...validateDeviceStatuses(devices, allocation, Path.of('status', 'devices')),
  ];
  if (listOf(reservedFor).length > 0) {
    if (!allocation) {
      errors.push(forbidden(at, 'may not be specified when `allocated` is not set'));
    } else if (object.metadata.deletionTimestamp !== undefined && hasMore(object, stored)) {
      errors.push(forbidden(at, leavingText));
    }
  }
  const allocationAt = Path.of('status', 'allocation');
  if (before && allocation) errors.push(...unchanged(allocation, before, allocationAt));
  else if (allocation) {
    const known = requestNames(listOf(object.spec.devices?.requests));
    errors.push(...validateAllocation(allocation, known, allocationAt));
  }
  return errors;
}

function reservationErrors(
  reserved: readonly ResourceClaimConsumerReference[],
  path: Path,
): FieldError[] {
  if (reserved.length > reservationsMax) return [tooMany(path, reserved.length, reservationsMax)];
  const errors = reserved.flatMap((consumer, i) =>
    (['resource', 'name', 'uid'] as const)
      .filter((name) => consumer[name] === '')
      .map((name) => required(path.index(i).child(name))),
  );
  const uids = reserved.map(({ uid }) => uid);
  return [...errors, ...repeated(uids, path, 'uid')];
}

/** Whether anybody uses it who did not before. */
function hasMore({ status }: ResourceClaim, stored: ResourceClaim): boolean {
  const before = listOf(stored.status?.reservedFor);
  return listOf(status?.reservedFor).some(
    (each) => !before.some((known) => semanticallyEqual(known, each)),
  );
}
