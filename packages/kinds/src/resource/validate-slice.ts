/** What holds for a resource slice: devices of one driver's pool, and one way to say on which nodes they are. */
import { type FieldError, invalid, Path, required, tooMany } from '@navarch/api/field-error';
import { isDns1123Label, isDns1123Subdomain } from '@navarch/api/names';
import type {
  CounterSet,
  Device,
  ResourcePool,
  ResourceSlice,
  ResourceSliceSpec,
} from '@navarch/api/types/resource/v1/slice';
import { unchanged } from '../checks.ts';
import { checkNodeSelector } from '../core/pod/scheduling.ts';
import { listOf } from '../nil.ts';
import { validateDriverName } from '../storage/validate.ts';
import { repeated } from './request-names.ts';
import { validateCounters } from './validate-counters.ts';
import { validateDevice } from './validate-device.ts';
import { validatePoolName } from './validate-devices.ts';

const path = Path.of('spec');
const devicesMax = 128;
const elaborateDevicesMax = 64;
const counterSetsMax = 8;
const countersPerSetMax = 32;
const trueText = 'must be either unset or set to true';

export function validateSlice({ spec }: ResourceSlice): FieldError[] {
  return sliceErrors(spec);
}

/** A slice stays that of its driver, its pool and its node. */
export function validateSliceUpdate({ spec }: ResourceSlice, stored: ResourceSlice): FieldError[] {
  return sliceErrors(spec, stored.spec);
}

function sliceErrors(spec: ResourceSliceSpec, stored?: ResourceSliceSpec): FieldError[] {
  const errors = [
    ...validateDriverName(spec.driver, path.child('driver')),
    ...poolErrors(spec.pool, path.child('pool')),
  ];
  if (stored) {
    errors.push(
      ...unchanged(spec.pool.name, stored.pool.name, path.child('pool', 'name')),
      ...unchanged(spec.driver, stored.driver, path.child('driver')),
      ...unchanged(spec.nodeName, stored.nodeName, path.child('nodeName')),
    );
  }
  errors.push(...placeErrors(spec));
  if (spec.sharedCounters && spec.devices) {
    errors.push(invalid(path, '', 'only one of `sharedCounters` or `devices` is allowed'));
  }
  return [...errors, ...deviceErrors(spec, stored), ...counterSetErrors(spec.sharedCounters)];
}

function poolErrors(pool: ResourcePool, at: Path): FieldError[] {
  const { name, resourceSliceCount: count, generation } = pool;
  const errors = validatePoolName(name, at.child('name'));
  if (count <= 0) {
    errors.push(invalid(at.child('resourceSliceCount'), count, 'must be greater than zero'));
  }
  if (generation < 0) {
    const detail = 'must be greater than or equal to zero';
    errors.push(invalid(at.child('generation'), generation, detail));
  }
  return errors;
}

/** Exactly one of the ways to say where the devices are. */
function placeErrors(spec: ResourceSliceSpec): FieldError[] {
  const { nodeName, nodeSelector, allNodes, perDeviceNodeSelection } = spec;
  const given: string[] = [];
  const errors: FieldError[] = [];
  if (nodeName) {
    given.push('`nodeName`');
    const at = path.child('nodeName');
    errors.push(...isDns1123Subdomain(nodeName).map((detail) => invalid(at, nodeName, detail)));
  } else if (nodeName === '') {
    const detail = 'must be either unset or set to a non-empty string';
    errors.push(invalid(path.child('nodeName'), nodeName, detail));
  }
  if (nodeSelector) {
    given.push('`nodeSelector`');
    const at = path.child('nodeSelector');
    checkNodeSelector(nodeSelector, at, errors);
    const terms = listOf(nodeSelector.nodeSelectorTerms);
    if (terms.length !== 1) {
      const detail = 'must have exactly one node selector term';
      errors.push(invalid(at.child('nodeSelectorTerms'), terms, detail));
    }
  }
  for (const [name, value] of [
    ['allNodes', allNodes],
    ['perDeviceNodeSelection', perDeviceNodeSelection],
  ] as const) {
    if (value) given.push(`\`${name}\``);
    else if (value === false) errors.push(invalid(path.child(name), value, trueText));
  }
  const one =
    'exactly one of `nodeName`, `nodeSelector`, `allNodes`, `perDeviceNodeSelection` is required';
  if (given.length === 0) errors.push(required(path, one));
  if (given.length > 1) {
    errors.push(invalid(path, `{${given.join(', ')}}`, `${one}, but multiple fields are set`));
  }
  return errors;
}

function deviceErrors(spec: ResourceSliceSpec, stored?: ResourceSliceSpec): FieldError[] {
  const devices = listOf(spec.devices);
  const at = path.child('devices');
  const max = devices.some(isElaborate) ? elaborateDevicesMax : devicesMax;
  if (devices.length > max) return [tooMany(at, devices.length, max)];
  const before = new Map(listOf(stored?.devices).map((device) => [device.name, device]));
  const errors = devices.flatMap((device, i) =>
    validateDevice(device, at.index(i), {
      placesItself: spec.perDeviceNodeSelection ?? false,
      stored: before.get(device.name),
    }),
  );
  return [...errors, ...repeated(namesOf(devices), at, 'name')];
}

/** Devices that are more work for whoever allocates them. */
function isElaborate({ taints, consumesCounters }: Device): boolean {
  return listOf(taints).length > 0 || listOf(consumesCounters).length > 0;
}

function counterSetErrors(sets: readonly CounterSet[] | undefined): FieldError[] {
  const all = listOf(sets);
  const at = path.child('sharedCounters');
  if (all.length > counterSetsMax) return [tooMany(at, all.length, counterSetsMax)];
  const errors = all.flatMap(({ name, counters }, i) => {
    const here = at.index(i);
    const found =
      name === ''
        ? [required(here.child('name'))]
        : isDns1123Label(name).map((detail) => invalid(here.child('name'), name, detail));
    return [...found, ...validateCounters(counters, here.child('counters'), countersPerSetMax)];
  });
  return [...errors, ...repeated(namesOf(all), at, 'name')];
}

function namesOf(entries: readonly { readonly name: string }[]): readonly string[] {
  return entries.map(({ name }) => name);
}
