/** What holds for claims of devices: requests with names of their own. */
import { type FieldError, invalid, Path, required, tooMany } from '@navarch/api/field-error';
import { structOf } from '@navarch/api/schema/registry';
import { isDns1123Subdomain, isLabelValue, isQualifiedName } from '@navarch/api/names';
import type {
  DeviceClaim,
  DeviceConstraint,
  DeviceRequest,
  DeviceSubRequest,
  DeviceToleration,
  ExactDeviceRequest,
  ResourceClaim,
  ResourceClaimTemplate,
} from '@navarch/api/types/resource/v1/claim';
import { immutableText, oneOf, requiredOneOf } from '../checks.ts';
import { goStruct } from '../core/go-value.ts';
import { checkAnnotationNames } from '../core/pod/annotation-names.ts';
import { semanticallyEqual } from '../equal.ts';
import { labelErrors } from '../label-selector.ts';
import { listOf } from '../nil.ts';
import {
  knownNames,
  type KnownNames,
  limited,
  repeated,
  requestNames,
  requestsMax,
  validateRequestName,
} from './request-names.ts';
import {
  taintEffects,
  validateConfiguration,
  validateFullyQualifiedName,
  validateSelectors,
} from './validate-devices.ts';

const alternativesMax = 8;
const allocationModes = ['All', 'ExactCount'];
const oneFormText = 'exactly one of `exactly` or `firstAvailable` is required';

export function validateClaim({ spec }: ResourceClaim): FieldError[] {
  return validateDeviceClaim(spec.devices, Path.of('spec', 'devices'));
}

export function validateClaimUpdate(object: ResourceClaim, stored: ResourceClaim): FieldError[] {
  if (semanticallyEqual(object.spec, stored.spec)) return [];
  const shown = goStruct(structOf('resource/v1.ResourceClaimSpec'), object.spec);
  return [invalid(Path.of('spec'), shown, immutableText)];
}

export function validateTemplate({ spec }: ResourceClaimTemplate): FieldError[] {
  const errors: FieldError[] = [];
  const metadataAt = Path.of('spec', 'metadata');
  // Left out, whatever the type says, when a client says nothing.
  const metadata = spec.metadata as ResourceClaimTemplate['metadata'] | undefined;
  if (metadata?.annotations) {
    checkAnnotationNames(metadata.annotations, metadataAt.child('annotations'), errors);
  }
  errors.push(...labelErrors(metadata?.labels, metadataAt.child('labels')));
  return [...errors, ...validateDeviceClaim(spec.spec.devices, Path.of('spec', 'spec', 'devices'))];
}

export function validateTemplateUpdate(
  object: ResourceClaimTemplate,
  stored: ResourceClaimTemplate,
): FieldError[] {
  if (semanticallyEqual(object.spec, stored.spec)) return [];
  const { metadata, spec } = object.spec;
  // Metadata has no name of its own in the server's type.
  const shown = { ...metadata, Spec: goStruct(structOf('resource/v1.ResourceClaimSpec'), spec) };
  return [invalid(Path.of('spec'), shown, immutableText)];
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
  const names = entries.map(({ name }) => name);
  const errors = entries.flatMap((entry, i) => check(entry, path.index(i)));
  return [...errors, ...repeated(names, path, 'name')];
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
  // Of two, upstream only looks at the first.
  if (matchAttribute !== undefined) {
    errors.push(...validateFullyQualifiedName(matchAttribute, path.child('matchAttribute')));
  } else if (distinctAttribute !== undefined) {
    errors.push(...validateFullyQualifiedName(distinctAttribute, path.child('distinctAttribute')));
  } else errors.push(required(path.child('matchAttribute')));
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
