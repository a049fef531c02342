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
const serviceCidrs = { group: 'networking.k8s.io', resource: 'servicecidrs' };

/** The families of the cluster's services; the first is the default. */
export function configuredFamilies({ services }: RequestContext): readonly IpFamily[] {
  const families = services.serviceClusterIpRanges.map((range) => parseCidr(range)?.family);
  return [...new Set(families.filter((family) => family !== undefined))];
}

export interface TakenIps {
  readonly spec: ServiceSpec;
  /** Taken for this write: given back when it fails. */
  readonly taken: readonly string[];
  /** No longer of use when the write succeeds. */
  readonly released: readonly string[];
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
  const held = heldIps(stored?.spec);
  if (!needsClusterIp(spec)) return { spec, taken: [], released: held };
  if (isHeadless(spec)) return { spec, taken: [], released: held };
  const given = listOf(spec.clusterIPs);
  const ips: string[] = [];
  const taken: string[] = [];
  try {
    for (const [index, family] of listOf(spec.ipFamilies).entries()) {
      const wanted = given[index];
      if (wanted !== undefined && held.includes(wanted)) {
        ips.push(wanted);
        continue;
      }
      const ip =
        wanted === undefined
          ? await takeAny(service, family === 'IPv6' ? 'IPv6' : 'IPv4', context)
          : await takeThis(service, wanted, context);
      ips.push(ip);
      taken.push(ip);
    }
  } catch (error) {
    await releaseIps(service, taken, context);
    throw error;
  }
  const [clusterIP = ''] = ips;
  const released = held.filter((ip) => !ips.includes(ip));
  return { spec: { ...spec, clusterIP, clusterIPs: ips }, taken, released };
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
    if (context.read.get(addresses, '', text) !== undefined) continue;
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
function rangesOf({ services, read }: RequestContext): readonly IpRange[] {
  const texts = new Set(services.serviceClusterIpRanges);
  for (const { spec, status, metadata } of read.list<ServiceCIDR>(serviceCidrs, '')) {
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

/** Gives addresses back, if they are still the service's. */
export async function releaseIps(
  service: Service,
  ips: readonly string[],
  context: RequestContext,
): Promise<void> {
  if (context.dryRun) return;
  for (const text of ips) {
    const ip = parseIp(text);
    if (ip === undefined) continue;
    const name = canonicalIp(ip);
    const address = context.read.get<IPAddress>(addresses, '', name);
    if (address === undefined || !belongsTo(address, service)) continue;
    await context.write.remove(addresses, '', name, { dryRun: false }).catch((error: unknown) => {
      if (!isStatusError(error, 'NotFound')) throw error;
    });
  }
}

function belongsTo({ spec }: IPAddress, { metadata }: Service): boolean {
  const { namespace = '', name = '' } = spec.parentRef ?? {};
  return namespace === metadata.namespace && name === metadata.name;
}
