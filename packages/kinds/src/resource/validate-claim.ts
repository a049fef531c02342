/** What holds for claims of devices: requests with names of their own, and a status that goes one way. */
import {
  duplicate,
  type FieldError,
  forbidden,
  invalid,
  Path,
  required,
  tooMany,
} from '@navarch/api/field-error';
import { isDns1123Subdomain, isLabelValue, isQualifiedName } from '@navarch/api/names';
import type {
  DeviceClaim,
  DeviceConstraint,
  DeviceRequest,
  DeviceSubRequest,
  DeviceToleration,
  ExactDeviceRequest,
  ResourceClaim,
  ResourceClaimConsumerReference,
  ResourceClaimTemplate,
} from '@navarch/api/types/resource/v1/claim';
import { oneOf, requiredOneOf, unchanged } from '../checks.ts';
import { semanticallyEqual } from '../equal.ts';
import { listOf } from '../nil.ts';
import {
  knownNames,
  type KnownNames,
  limited,
  requestNames,
  requestsMax,
  validateRequestName,
} from './request-names.ts';
import { validateAllocation } from './validate-allocation.ts';
import {
  taintEffects,
  validateConfiguration,
  validateFullyQualifiedName,
  validateSelectors,
} from './validate-devices.ts';

const alternativesMax = 8;
const reservationsMax = 256;
const leavingText =
  'new entries may not be added while `deallocationRequested` or `deletionTimestamp` are set';
const allocationModes = ['All', 'ExactCount'];
const oneFormText = 'exactly one of `exactly` or `firstAvailable` is required';

export function validateClaim({ spec }: ResourceClaim): FieldError[] {
  return validateDeviceClaim(spec.devices, Path.of('spec', 'devices'));
}

export function validateClaimUpdate(object: ResourceClaim, stored: ResourceClaim): FieldError[] {
  return unchanged(object.spec, stored.spec, Path.of('spec'));
}

export function validateTemplate({ spec }: ResourceClaimTemplate): FieldError[] {
  return validateDeviceClaim(spec.spec.devices, Path.of('spec', 'spec', 'devices'));
}

export function validateTemplateUpdate(
  object: ResourceClaimTemplate,
  stored: ResourceClaimTemplate,
): FieldError[] {
  return unchanged(object.spec, stored.spec, Path.of('spec'));
}

/** Devices that were given stay given until all are given back. */
export function validateClaimStatus(object: ResourceClaim, stored: ResourceClaim): FieldError[] {
  const { allocation, reservedFor } = object.status ?? {};
  const before = stored.status?.allocation;
  const at = Path.of('status', 'reservedFor');
  const errors = reservationErrors(listOf(reservedFor), at);
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
  const uids = new Set<string>();
  return reserved.flatMap(({ resource, name, uid }, i) => {
    const at = path.index(i);
    const errors: FieldError[] = [];
    if (resource === '') errors.push(required(at.child('resource')));
    if (name === '') errors.push(required(at.child('name')));
    if (uid === '') errors.push(required(at.child('uid')));
    if (uids.has(uid)) errors.push(duplicate(at.child('uid'), uid));
    uids.add(uid);
    return errors;
  });
}

/** Whether anybody uses it who did not before. */
function hasMore({ status }: ResourceClaim, stored: ResourceClaim): boolean {
  const before = listOf(stored.status?.reservedFor);
  return listOf(status?.reservedFor).some(
    (each) => !before.some((known) => semanticallyEqual(known, each)),
  );
}

function validateDeviceClaim(claim: DeviceClaim | undefined, path: Path): FieldError[] {
  const requests = listOf(claim?.requests);
  const at = path.child('requests');
  if (requests.length > requestsMax) return [tooMany(at, requests.length, requestsMax)];
  const known = requestNames(requests);
  return [
    ...uniqueNames(requests, at, validateRequest),
    ...limited(claim?.constraints, path.child('constraints'), (constraint, at) =>
      validateConstraint(constraint, known, at),
    ),
    ...limited(claim?.config, path.child('config'), (config, at) => [
      ...knownNames(config.requests, known, at.child('requests')),
      ...validateConfiguration(config, at),
    ]),
  ];
}

function uniqueNames<T extends { readonly name: string }>(
  entries: readonly T[],
  path: Path,
  check: (entry: T, path: Path) => FieldError[],
): FieldError[] {
  const seen = new Set<string>();
  return entries.flatMap((entry, i) => {
    const at = path.index(i);
    const errors = check(entry, at);
    if (seen.has(entry.name)) errors.push(duplicate(at.child('name'), entry.name));
    seen.add(entry.name);
    return errors;
  });
}

function validateRequest(request: DeviceRequest, path: Path): FieldError[] {
  const { exactly } = request;
  const alternatives = listOf(request.firstAvailable);
  const errors = validateRequestName(request.name, path.child('name'));
  if (exactly && alternatives.length > 0) {
    const detail = `${oneFormText}, but multiple fields are set`;
    return [...errors, invalid(path, null, detail)];
  }
  if (exactly) return [...errors, ...validateExact(exactly, path.child('exactly'))];
  if (alternatives.length === 0) return [...errors, required(path, oneFormText)];
  const at = path.child('firstAvailable');
  if (alternatives.length > alternativesMax) {
    return [...errors, tooMany(at, alternatives.length, alternativesMax)];
  }
  return [...errors, ...uniqueNames(alternatives, at, validateAlternative)];
}

function validateAlternative(request: DeviceSubRequest, path: Path): FieldError[] {
  return [
    ...validateRequestName(request.name, path.child('name')),
    ...validateExact(request, path),
  ];
}

function validateExact(request: Omit<ExactDeviceRequest, 'adminAccess'>, path: Path): FieldError[] {
  const { deviceClassName, allocationMode = 'ExactCount', count = 0 } = request;
  const classAt = path.child('deviceClassName');
  const countAt = path.child('count');
  const errors = deviceClassName
    ? isDns1123Subdomain(deviceClassName).map((detail) => invalid(classAt, deviceClassName, detail))
    : [required(classAt)];
  errors.push(...validateSelectors(request.selectors, path.child('selectors')));
  errors.push(...oneOf(allocationMode, allocationModes, path.child('allocationMode')));
  if (allocationMode === 'ExactCount' && count <= 0) {
    errors.push(invalid(countAt, count, 'must be greater than zero'));
  }
  if (allocationMode === 'All' && count !== 0) {
    errors.push(invalid(countAt, count, "must not be specified when allocationMode is 'All'"));
  }
  const tolerations = path.child('tolerations');
  listOf(request.tolerations).forEach((toleration, i) =>
    errors.push(...tolerationErrors(toleration, tolerations.index(i))),
  );
  return errors;
}

function validateConstraint(
  constraint: DeviceConstraint,
  known: KnownNames,
  path: Path,
): FieldError[] {
  const { requests, matchAttribute, distinctAttribute } = constraint;
  const errors = knownNames(requests, known, path.child('requests'));
  if (matchAttribute !== undefined) {
    errors.push(...validateFullyQualifiedName(matchAttribute, path.child('matchAttribute')));
  }
  if (distinctAttribute !== undefined) {
    errors.push(...validateFullyQualifiedName(distinctAttribute, path.child('distinctAttribute')));
  }
  if (matchAttribute === undefined && distinctAttribute === undefined) {
    errors.push(required(path.child('matchAttribute')));
  }
  return errors;
}

/** What taints of devices are put up with. */
function tolerationErrors(toleration: DeviceToleration, path: Path): FieldError[] {
  const { key, operator, value = '', effect } = toleration;
  const at = (name: keyof DeviceToleration) => path.child(name);
  const errors = key ? isQualifiedName(key).map((detail) => invalid(at('key'), key, detail)) : [];
  if (operator === 'Exists') {
    const detail = 'must be empty for operator `Exists`';
    if (value !== '') errors.push(invalid(at('value'), value, detail));
  } else if (operator === 'Equal') {
    errors.push(...isLabelValue(value).map((detail) => invalid(at('value'), value, detail)));
  } else {
    errors.push(...requiredOneOf(operator, ['Equal', 'Exists'], at('operator')));
  }
  if (effect) errors.push(...oneOf(effect, taintEffects, at('effect')));
  return errors;
}
