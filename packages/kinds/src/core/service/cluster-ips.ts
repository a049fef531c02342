/**
 * Addresses of services. An address is taken by creating the IPAddress object of its name, so that two services can never
 * have the same one, whichever servers they were created through.
 *
 * Addresses at the beginning of a range are given out last: people like to choose those themselves.
 */
import type { RequestContext } from '@navarch/api/extension/context';
import { invalid, isStatusError, internalError } from '@navarch/api/status';
import { invalid as invalidField } from '@navarch/api/field-error';
import type { Service, ServiceSpec } from '@navarch/api/types/core/v1/service';
import type { IPAddress, ServiceCIDR } from '@navarch/api/types/networking/v1';
import { listOf } from '../../nil.ts';
import {
  canonicalIp,
  contains,
  type Ip,
  type IpFamily,
  type IpRange,
  parseCidr,
  parseIp,
  sizeOf,
} from '../ip.ts';
import { isHeadless, needsClusterIp } from './traits.ts';

const addresses = { group: 'networking.k8s.io', resource: 'ipaddresses' };
const services = { group: '', resource: 'services' };
const serviceCidrs = { group: 'networking.k8s.io', resource: 'servicecidrs' };

/** The families of the cluster's services; the first is the default. */
export function configuredFamilies(context: RequestContext): readonly IpFamily[] {
  const families = context.services.serviceClusterIpRanges.map((range) => parseCidr(range)?.family);
  return [...new Set(families.filter((family) => family !== undefined))];
}

export interface TakenIps {
  readonly spec: ServiceSpec;
  /** No longer of use when the write succeeds. */
  readonly released: readonly string[];
  /** The write succeeded: what was taken is the service's. */
  keep(): void;
  /** It did not. */
  giveBack(): Promise<void>;
}

/** The addresses that a stored service holds. */
export function heldIps(spec: ServiceSpec | undefined): readonly string[] {
  if (spec === undefined || !needsClusterIp(spec) || isHeadless(spec)) return [];
  return listOf(spec.clusterIPs);
}

export async function takeClusterIps(
  service: Service,
  stored: Service | undefined,
  context: RequestContext,
): Promise<TakenIps> {
  const { spec } = service;
  const before = heldIps(stored?.spec);
  const taken: string[] = [];
  const keep = (): void => endHolds(taken, context);
  const giveBack = async (): Promise<void> => {
    for (const ip of taken) await removeOwn(service, ip, context);
    keep();
  };
  if (!needsClusterIp(spec) || isHeadless(spec)) {
    return { spec, released: before, keep, giveBack };
  }
  const ips: string[] = [];
  try {
    for (const [index, family] of listOf(spec.ipFamilies).entries()) {
      const wanted = listOf(spec.clusterIPs)[index];
      const isKept = wanted !== undefined && before.includes(wanted);
      const ip = isKept ? wanted : await takeOne(service, wanted, family, context);
      if (!isKept) taken.push(ip);
      ips.push(ip);
    }
  } catch (error) {
    await giveBack();
    throw error;
  }
  const released = before.filter((ip) => !ips.includes(ip));
  const settled = { ...spec, clusterIP: ips[0] ?? '', clusterIPs: ips };
  return { spec: settled, released, keep, giveBack };
}

function takeOne(
  service: Service,
  wanted: string | undefined,
  family: string,
  context: RequestContext,
): Promise<string> {
  if (wanted !== undefined) return takeThis(service, wanted, context);
  return takeAny(service, family === 'IPv6' ? 'IPv6' : 'IPv4', context);
}

/** Takes the address that was asked for; it stays written as it was given. */
async function takeThis(service: Service, text: string, context: RequestContext): Promise<string> {
  const ip = parseIp(text);
  const fits = ip !== undefined && rangesOf(context).some((range) => isUsable(range, ip));
  if (!fits) throw refused(service, text, 'the provided network does not match the current range');
  if (await take(service, ip, context)) return text;
  throw refused(service, text, 'provided IP is already allocated');
}

function refused({ metadata, spec }: Service, ip: string, why: string): Error {
  const text = `failed to allocate IP ${ip}: ${why}`;
  const error = invalidField('spec.clusterIPs', listOf(spec.clusterIPs), text);
  return invalid({ group: '', kind: 'Service' }, metadata.name ?? '', [error]);
}

async function takeAny(
  service: Service,
  family: IpFamily,
  context: RequestContext,
): Promise<string> {
  for (const range of rangesOf(context)) {
    if (range.family !== family) continue;
    for (const band of bandsOf(range)) {
      const found = await takeFrom(band, service, family, context);
      if (found !== undefined) return found;
    }
  }
  throw internalError(new Error('failed to allocate a serviceIP: range is full'));
}

interface Band {
  readonly first: bigint;
  readonly count: number;
}

/** No range has more services than this, and no search takes longer. */
const triesMax = 2 ** 20;

async function takeFrom(
  { first, count }: Band,
  service: Service,
  family: IpFamily,
  context: RequestContext,
): Promise<string | undefined> {
  if (count <= 0) return undefined;
  const start = context.services.random.integer(count);
  for (let step = 0; step < Math.min(count, triesMax); step++) {
    const ip: Ip = { family, bits: first + BigInt((start + step) % count) };
    const text = canonicalIp(ip);
    const known = context.read.get<IPAddress>(addresses, '', text);
    if (known !== undefined && !isForgotten(known, context)) continue;
    if (await take(service, ip, context)) return text;
  }
  return undefined;
}

/** The greater part of a range, then its beginning. */
function bandsOf(range: IpRange): readonly Band[] {
  const first = firstOf(range);
  const total = Number(lastOf(range) - first) + 1;
  const low = total <= 16 ? 0 : Math.min(Math.max(16, Math.floor(total / 16)), 256);
  const high = Math.min(total - low, 2 ** 31);
  return [
    { first: first + BigInt(low), count: high },
    { first, count: low },
  ];
}

/** The first address stands for the network. */
function firstOf({ base }: IpRange): bigint {
  return base + 1n;
}

/** The last one of IPv4 is for broadcasts. */
function lastOf(range: IpRange): bigint {
  return range.base + sizeOf(range) - (range.family === 'IPv4' ? 2n : 1n);
}

function isUsable(range: IpRange, ip: Ip): boolean {
  return contains(range, ip) && ip.bits >= firstOf(range) && ip.bits <= lastOf(range);
}

/** The ranges that the server was started with, and those that were added while it ran. */
function rangesOf(context: RequestContext): readonly IpRange[] {
  const texts = new Set(context.services.serviceClusterIpRanges);
  for (const { spec, status, metadata } of context.read.list<ServiceCIDR>(serviceCidrs, '')) {
    const isReady = listOf(status?.conditions).some(
      (condition) => condition.type === 'Ready' && condition.status === 'True',
    );
    if (!isReady || metadata.deletionTimestamp !== undefined) continue;
    for (const cidr of listOf(spec?.cidrs)) texts.add(cidr);
  }
  return [...texts].map(parseCidr).filter((range) => range !== undefined);
}

/** Whether the address is the service's now. A dry run takes nothing, and is told that it would have succeeded. */
async function take(service: Service, ip: Ip, context: RequestContext): Promise<boolean> {
  if (context.dryRun) return true;
  const name = canonicalIp(ip);
  const { holds } = context.services;
  if (holds !== undefined && !holds.tryHold(holdName(name))) return false;
  try {
    if (await createAddress(service, ip, context)) return true;
    const known = context.read.get<IPAddress>(addresses, '', name);
    if (known !== undefined && isForgotten(known, context)) {
      await removeAddress(name, context);
      if (await createAddress(service, ip, context)) return true;
    }
  } catch (error) {
    holds?.release(holdName(name));
    throw error;
  }
  holds?.release(holdName(name));
  return false;
}

function holdName(ip: string): string {
  const parsed = parseIp(ip);
  return `clusterIP/${parsed ? canonicalIp(parsed) : ip}`;
}

/**
 * Whether an address belongs to a service that does not have it: the server ended between two writes. Only to be believed
 * while the address is held, as otherwise the service may be about to be written.
 */
function isForgotten({ spec }: IPAddress, context: RequestContext): boolean {
  const { group = '', resource, namespace = '', name = '' } = spec.parentRef ?? {};
  if (context.services.holds === undefined) return false;
  if (group !== '' || resource !== services.resource) return false;
  return context.read.get(services, namespace, name) === undefined;
}

/** False when somebody has the address. */
async function createAddress(service: Service, ip: Ip, context: RequestContext): Promise<boolean> {
  const { name = '', namespace = '' } = service.metadata;
  const address: IPAddress = {
    kind: 'IPAddress',
    apiVersion: 'networking.k8s.io/v1',
    metadata: {
      name: canonicalIp(ip),
      labels: {
        'ipaddress.kubernetes.io/ip-family': ip.family,
        'ipaddress.kubernetes.io/managed-by': 'ipallocator.k8s.io',
      },
    },
    spec: { parentRef: { resource: 'services', namespace, name } },
  };
  try {
    await context.write.create<IPAddress>(addresses, address, { dryRun: false });
    return true;
  } catch (error) {
    if (isStatusError(error, 'AlreadyExists')) return false;
    throw error;
  }
}

async function removeAddress(name: string, { write }: RequestContext): Promise<void> {
  await write.remove(addresses, '', name, { dryRun: false }).catch((error: unknown) => {
    if (!isStatusError(error, 'NotFound')) throw error;
  });
}

/** Gives addresses back that a stored service had. Those that another write is taking over are that one's business. */
export async function releaseIps(
  service: Service,
  ips: readonly string[],
  context: RequestContext,
): Promise<void> {
  const { holds } = context.services;
  const { namespace = '', name = '' } = service.metadata;
  for (const ip of ips) {
    // A service of the same name may have been made since, with the same address.
    const current = context.read.get<Service>(services, namespace, name);
    if (heldIps(current?.spec).includes(ip)) continue;
    if (holds !== undefined && !holds.tryHold(holdName(ip))) continue;
    try {
      await removeOwn(service, ip, context);
    } finally {
      holds?.release(holdName(ip));
    }
  }
}

function endHolds(ips: readonly string[], context: RequestContext): void {
  if (context.dryRun) return;
  for (const ip of ips) context.services.holds?.release(holdName(ip));
}

/** Removes the address, if it is still the service's. */
async function removeOwn(service: Service, text: string, context: RequestContext): Promise<void> {
  const ip = parseIp(text);
  if (ip === undefined || context.dryRun) return;
  const name = canonicalIp(ip);
  const address = context.read.get<IPAddress>(addresses, '', name);
  if (address !== undefined && belongsTo(address, service)) await removeAddress(name, context);
}

function belongsTo({ spec }: IPAddress, { metadata }: Service): boolean {
  const { namespace = '', name = '' } = spec.parentRef ?? {};
  return namespace === metadata.namespace && name === metadata.name;
}
