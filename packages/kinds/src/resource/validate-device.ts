/** What holds for one device in a resource slice: what it is, what it has, where it is, whom it keeps away. */
import {
  type FieldError,
  forbidden,
  invalid,
  type Path,
  required,
  tooLong,
  tooMany,
} from '@navarch/api/field-error';
import {
  isDns1123Label,
  isDns1123Subdomain,
  isLabelValue,
  isQualifiedName,
} from '@navarch/api/names';
import type {
  Device,
  DeviceAttribute,
  DeviceCounterConsumption,
  DeviceTaint,
} from '@navarch/api/types/resource/v1/slice';
import { requiredOneOf } from '../checks.ts';
import { entriesOf } from '../core/checks.ts';
import { checkNodeSelector } from '../core/pod/scheduling.ts';
import { textSize } from '../core/sizes.ts';
import { semanticallyEqual } from '../equal.ts';
import { listOf } from '../nil.ts';
import { repeated } from './request-names.ts';
import { validateBindings } from './validate-bindings.ts';
import { validateRequestPolicy } from './validate-capacity.ts';
import { validateCounters } from './validate-counters.ts';
import { taintEffects, validateQualifiedName } from './validate-devices.ts';

const propertiesMax = 32;
const attributeBytesMax = 64;
const taintsMax = 16;
const consumptionsMax = 2;
const countersPerConsumptionMax = 32;
const keyBytesMax = 96;
const trueText = 'must be either unset or set to true';
const onePlaceText =
  'exactly one of `nodeName`, `nodeSelector`, or `allNodes` is required when `perDeviceNodeSelection` is set to true in the ResourceSlice spec';

export interface DeviceSetting {
  /** Whether each device of the slice says for itself where it is. */
  readonly placesItself: boolean;
  /** The device of that name as it is stored; what is left as it was is not looked at again. */
  readonly stored: Device | undefined;
}

export function validateDevice(
  device: Device,
  path: Path,
  { placesItself, stored }: DeviceSetting,
): FieldError[] {
  const nameAt = path.child('name');
  const errors = isDns1123Label(device.name).map((detail) => invalid(nameAt, device.name, detail));
  const attributes = entriesOf(device.attributes);
  const capacity = entriesOf(device.capacity);
  const count = attributes.length + capacity.length;
  if (count > propertiesMax) {
    const detail = `the total number of attributes and capacities must not exceed ${propertiesMax}`;
    errors.push(invalid(path, count, detail));
  }
  const attributesAt = path.child('attributes');
  for (const [name, attribute] of attributes) {
    errors.push(...validateQualifiedName(name, attributesAt));
    errors.push(...attributeErrors(attribute, attributesAt.key(shortened(name))));
  }
  if (!stored || !semanticallyEqual(device.capacity, stored.capacity)) {
    errors.push(...capacityErrors(device, path.child('capacity')));
  }
  if (!stored || !semanticallyEqual(device.taints, stored.taints)) {
    errors.push(...taintErrors(device.taints, path.child('taints')));
  }
  return [
    ...errors,
    ...consumptionErrors(device.consumesCounters, path.child('consumesCounters')),
    ...(placesItself ? placeErrors(device, path) : placelessErrors(device, path)),
    ...validateBindings(device, path),
  ];
}

/** Only of a device that several may have there is a choice of how much. */
function capacityErrors({ capacity, allowMultipleAllocations }: Device, path: Path): FieldError[] {
  return entriesOf(capacity).flatMap(([name, { value, requestPolicy }]) => {
    const errors = validateQualifiedName(name, path);
    if (!requestPolicy) return errors;
    const at = path.key(shortened(name)).child('requestPolicy');
    return allowMultipleAllocations
      ? [...errors, ...validateRequestPolicy(requestPolicy, value, at)]
      : [...errors, forbidden(at, 'allowMultipleAllocations must be true')];
  });
}

/** Names that are longer than any may be are shown without their middle. */
function shortened(name: string): string {
  if (name.length <= keyBytesMax) return name;
  const kept = keyBytesMax - 3;
  return `${name.slice(0, Math.ceil(kept / 2))}...${name.slice(name.length - Math.floor(kept / 2))}`;
}

const number = String.raw`(0|[1-9]\d*)`;
const preRelease = String.raw`(0|[1-9]\d*|\d*[a-zA-Z-][0-9a-zA-Z-]*)`;
const build = '[0-9a-zA-Z-]+';
const semanticVersion = new RegExp(
  String.raw`^${number}\.${number}\.${number}(-${preRelease}(\.${preRelease})*)?(\+${build}(\.${build})*)?$`,
);

function attributeErrors(attribute: DeviceAttribute, path: Path): FieldError[] {
  const { int, bool, string, version, strings, versions } = attribute;
  const errors: FieldError[] = [];
  if (string !== undefined) errors.push(...sizeErrors(string, path.child('string')));
  if (version !== undefined) errors.push(...versionErrors(version, path.child('version')));
  for (const list of ['bools', 'ints', 'strings', 'versions'] as const) {
    if (attribute[list]?.length !== 0) continue;
    errors.push(invalid(path.child(list), [], 'must not be empty if specified'));
  }
  listOf(strings).forEach((text, i) =>
    errors.push(...sizeErrors(text, path.child('strings').index(i))),
  );
  listOf(versions).forEach((text, i) =>
    errors.push(...versionErrors(text, path.child('versions').index(i))),
  );
  const given = Object.values(attribute).filter((value) => value !== undefined);
  const detail = 'exactly one value must be specified';
  if (given.length === 0) errors.push(required(path, detail));
  if (given.length > 1) {
    // As upstream prints it: with the names of its Go fields.
    const shown = {
      IntValue: int ?? null,
      BoolValue: bool ?? null,
      StringValue: string ?? null,
      VersionValue: version ?? null,
    };
    errors.push(invalid(path, shown, detail));
  }
  return errors;
}

function sizeErrors(text: string, path: Path): FieldError[] {
  return textSize(text) > attributeBytesMax ? [tooLong(path, '', attributeBytesMax)] : [];
}

function versionErrors(text: string, path: Path): FieldError[] {
  const detail = 'must be a string compatible with semver.org spec 2.0.0';
  const form = semanticVersion.test(text) ? [] : [invalid(path, text, detail)];
  return [...form, ...sizeErrors(text, path)];
}

function taintErrors(taints: readonly DeviceTaint[] | undefined, path: Path): FieldError[] {
  const all = listOf(taints);
  if (all.length > taintsMax) return [tooMany(path, all.length, taintsMax)];
  return all.flatMap(({ key, value = '', effect }, i) => {
    const at = path.index(i);
    return [
      ...isQualifiedName(key).map((detail) => invalid(at.child('key'), key, detail)),
      ...isLabelValue(value).map((detail) => invalid(at.child('value'), value, detail)),
      ...requiredOneOf(effect, taintEffects, at.child('effect')),
    ];
  });
}

function consumptionErrors(
  consumptions: readonly DeviceCounterConsumption[] | undefined,
  path: Path,
): FieldError[] {
  const all = listOf(consumptions);
  if (all.length > consumptionsMax) return [tooMany(path, all.length, consumptionsMax)];
  const errors = all.flatMap(({ counterSet, counters }, i) => {
    const at = path.index(i);
    const setAt = at.child('counterSet');
    const found =
      counterSet === ''
        ? [required(setAt)]
        : isDns1123Label(counterSet).map((detail) => invalid(setAt, counterSet, detail));
    const max = countersPerConsumptionMax;
    return [...found, ...validateCounters(counters, at.child('counters'), max)];
  });
  const sets = all.map(({ counterSet }) => counterSet);
  return [...errors, ...repeated(sets, path, 'counterSet')];
}

function placeErrors({ nodeName, nodeSelector, allNodes }: Device, path: Path): FieldError[] {
  const given: string[] = [];
  const errors: FieldError[] = [];
  const nameAt = path.child('nodeName');
  if (nodeName) {
    given.push('`nodeName`');
    errors.push(...isDns1123Subdomain(nodeName).map((detail) => invalid(nameAt, nodeName, detail)));
  } else if (nodeName === '') {
    errors.push(invalid(nameAt, nodeName, 'must not be empty'));
  }
  if (nodeSelector) {
    given.push('`nodeSelector`');
    checkNodeSelector(nodeSelector, path.child('nodeSelector'), errors);
  }
  if (allNodes) given.push('`allNodes`');
  else if (allNodes === false) errors.push(invalid(path.child('allNodes'), allNodes, trueText));
  if (given.length === 0) errors.push(required(path, onePlaceText));
  if (given.length > 1) errors.push(invalid(path, `{${given.join(', ')}}`, onePlaceText));
  return errors;
}

function placelessErrors({ nodeName, nodeSelector, allNodes }: Device, path: Path): FieldError[] {
  if (nodeName === undefined && !nodeSelector && allNodes === undefined) return [];
  const detail =
    '`nodeName`, `nodeSelector` and `allNodes` can only be set if `perDeviceNodeSelection` is set to true in the ResourceSlice spec';
  return [invalid(path, null, detail)];
}
