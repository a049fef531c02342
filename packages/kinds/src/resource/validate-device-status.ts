/** What drivers may say about devices that were allocated to a claim. */
import {
  type FieldError,
  invalid,
  type Path,
  tooLong,
  tooMany,
  duplicate,
} from '@navarch/api/field-error';
import { isDns1123Label } from '@navarch/api/names';
import type {
  AllocatedDeviceStatus,
  AllocationResult,
  NetworkDeviceData,
  ResourceClaim,
} from '@navarch/api/types/resource/v1/claim';
import { validateConditions } from '../conditions.ts';
import { canonicalIp, parseCidr, parseIp } from '../core/ip.ts';
import { textSize } from '../core/sizes.ts';
import { listOf } from '../nil.ts';
import { validateDriverName } from '../storage/validate.ts';
import { withMember } from '../strategy.ts';
import { validateUid } from './identifiers.ts';
import { indexesOfRepeated, repeated } from './request-names.ts';
import { validateParameters, validatePoolName } from './validate-devices.ts';

const conditionsMax = 8;
const dataBytesMax = 10 * 1024;
const interfaceNameBytesMax = 256;
const hardwareAddressBytesMax = 128;
const addressesMax = 16;

type Share = Pick<AllocatedDeviceStatus, 'driver' | 'pool' | 'device' | 'shareID'>;

/** As messages show it. */
function shareOf({ driver, pool, device, shareID = '' }: Share): object {
  return { Driver: driver, Pool: pool, Device: device, ShareID: shareID };
}

function textOf(share: Share): string {
  return JSON.stringify(shareOf(share));
}

function deviceOf({ driver, pool, device }: Share): string {
  return JSON.stringify([driver, pool, device]);
}

/** Forgets what was said about devices that this write gives back. */
export function withoutReturned(object: ResourceClaim, stored: ResourceClaim): ResourceClaim {
  const said = object.status?.devices;
  if (said === undefined) return object;
  const idsOf = ({ status }: ResourceClaim) =>
    new Set(listOf(status?.allocation?.devices?.results).map(deviceOf));
  const returned = idsOf(stored).difference(idsOf(object));
  const kept = said.filter((each) => !returned.has(deviceOf(each)));
  const devices = kept.length > 0 ? kept : undefined;
  return { ...object, status: withMember({ ...object.status }, 'devices', devices) };
}

export function validateDeviceStatuses(
  statuses: readonly AllocatedDeviceStatus[] | undefined,
  allocation: AllocationResult | undefined,
  path: Path,
): FieldError[] {
  const allocated = new Set(listOf(allocation?.devices?.results).map(textOf));
  const all = listOf(statuses);
  const errors = all.flatMap((status, i) => statusErrors(status, allocated, path.index(i)));
  for (const i of indexesOfRepeated(all.map(textOf))) {
    const status = all[i];
    if (status) errors.push(duplicate(path.index(i), shareOf(status)));
  }
  return errors;
}

function statusErrors(
  status: AllocatedDeviceStatus,
  allocated: ReadonlySet<string>,
  path: Path,
): FieldError[] {
  const { driver, pool, device, shareID, data, networkData } = status;
  const conditions = listOf(status.conditions);
  const errors = [
    ...validateDriverName(driver, path.child('driver')),
    ...validatePoolName(pool, path.child('pool')),
    ...isDns1123Label(device).map((detail) => invalid(path.child('device'), device, detail)),
    ...(shareID === undefined ? [] : validateUid(shareID, path.child('shareID'))),
  ];
  if (!allocated.has(textOf(status))) {
    errors.push(invalid(path, shareOf(status), 'must be an allocated device in the claim'));
  }
  const conditionsAt = path.child('conditions');
  if (conditions.length > conditionsMax) {
    errors.push(tooMany(conditionsAt, conditions.length, conditionsMax));
  }
  errors.push(...validateConditions(conditions, conditionsAt));
  if (data !== undefined && data !== null) {
    errors.push(...validateParameters(data, path.child('data'), dataBytesMax));
  }
  return networkData
    ? [...errors, ...networkErrors(networkData, path.child('networkData'))]
    : errors;
}

function networkErrors(
  { interfaceName = '', hardwareAddress = '', ips }: NetworkDeviceData,
  path: Path,
): FieldError[] {
  const errors: FieldError[] = [];
  if (textSize(interfaceName) > interfaceNameBytesMax) {
    errors.push(tooLong(path.child('interfaceName'), '', interfaceNameBytesMax));
  }
  if (textSize(hardwareAddress) > hardwareAddressBytesMax) {
    errors.push(tooLong(path.child('hardwareAddress'), '', hardwareAddressBytesMax));
  }
  const all = listOf(ips);
  const at = path.child('ips');
  if (all.length > addressesMax) return [...errors, tooMany(at, all.length, addressesMax)];
  return [
    ...errors,
    ...all.flatMap((ip, i) => addressErrors(ip, at.index(i))),
    ...repeated(all, at),
  ];
}

/** An address with the length of its network, in the one form that is canonical. */
function addressErrors(text: string, path: Path): FieldError[] {
  const range = parseCidr(text);
  const ip = parseIp(text.split('/')[0] ?? '');
  if (!range || !ip) {
    const detail = 'must be a valid address in CIDR form, (e.g. 10.9.8.7/24 or 2001:db8::1/64)';
    return [invalid(path, text, detail)];
  }
  const canonical = `${canonicalIp(ip)}/${range.prefixLength}`;
  if (canonical === text) return [];
  return [invalid(path, text, `must be in canonical form ("${canonical}")`)];
}
