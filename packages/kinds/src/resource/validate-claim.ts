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
import { isDns1123Label, isDns1123Subdomain } from '@navarch/api/names';
import type {
  DeviceClaim,
  DeviceConstraint,
  DeviceRequest,
  DeviceSubRequest,
  ExactDeviceRequest,
  ResourceClaim,
  ResourceClaimTemplate,
} from '@navarch/api/types/resource/v1/claim';
import { oneOf, unchanged } from '../checks.ts';
import { listOf } from '../nil.ts';
import {
  validateConfiguration,
  validateFullyQualifiedName,
  validateSelectors,
} from './validate-devices.ts';

const requestsMax = 32;
const alternativesMax = 8;
const reservationsMax = 256;
const allocationModes = ['All', 'ExactCount'];
const oneFormText = 'exactly one of `exactly` or `firstAvailable` is required';
const unknownRequestText =
  "must be the name of a request in the claim or the name of a request and a subrequest separated by '/'";

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
  const reserved = listOf(reservedFor);
  const at = Path.of('status', 'reservedFor');
  const errors: FieldError[] = [];
  if (before && allocation) {
    errors.push(...unchanged(allocation, before, Path.of('status', 'allocation')));
  }
  if (reserved.length > reservationsMax) {
    errors.push(tooMany(at, reserved.length, reservationsMax));
  }
  const uids = new Set<string>();
  for (const [i, { resource, name, uid }] of reserved.entries()) {
    const entry = at.index(i);
    if (resource === '') errors.push(required(entry.child('resource')));
    if (name === '') errors.push(required(entry.child('name')));
    if (uid === '') errors.push(required(entry.child('uid')));
    else if (uids.has(uid)) errors.push(duplicate(entry.child('uid'), uid));
    uids.add(uid);
  }
  if (!allocation && reserved.length > 0) {
    errors.push(forbidden(at, 'may not be specified when `allocated` is not set'));
  }
  return errors;
}

function validateDeviceClaim(claim: DeviceClaim | undefined, path: Path): FieldError[] {
  const requests = listOf(claim?.requests);
  const at = path.child('requests');
  if (requests.length > requestsMax) return [tooMany(at, requests.length, requestsMax)];
  const known = requestNames(requests);
  return [
    ...uniqueNames(requests, at, validateRequest),
    ...listOf(claim?.constraints).flatMap((constraint, i) =>
      validateConstraint(constraint, known, path.child('constraints').index(i)),
    ),
    ...listOf(claim?.config).flatMap((config, i) => [
      ...knownNames(config.requests, known, path.child('config').index(i).child('requests')),
      ...validateConfiguration(config, path.child('config').index(i)),
    ]),
  ];
}

/** Every name by which a constraint or a configuration may mean a request. */
function requestNames(requests: readonly DeviceRequest[]): ReadonlySet<string> {
  return new Set(
    requests.flatMap(({ name, firstAvailable }) => [
      name,
      ...listOf(firstAvailable).map((alternative) => `${name}/${alternative.name}`),
    ]),
  );
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

function validateRequestName(name: string, path: Path): FieldError[] {
  return isDns1123Label(name).map((detail) => invalid(path, name, detail));
}

function validateAlternative(request: DeviceSubRequest, path: Path): FieldError[] {
  return [
    ...validateRequestName(request.name, path.child('name')),
    ...validateExact(request, path),
  ];
}

function validateExact(
  request: Pick<ExactDeviceRequest, 'deviceClassName' | 'selectors' | 'allocationMode' | 'count'>,
  path: Path,
): FieldError[] {
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
  return errors;
}

function validateConstraint(
  constraint: DeviceConstraint,
  known: ReadonlySet<string>,
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

function knownNames(
  names: readonly string[] | undefined,
  known: ReadonlySet<string>,
  path: Path,
): FieldError[] {
  return listOf(names).flatMap((name, i) => [
    ...(known.has(name) ? [] : [invalid(path.index(i), name, unknownRequestText)]),
    ...(listOf(names).indexOf(name) < i ? [duplicate(path.index(i), name)] : []),
  ]);
}
