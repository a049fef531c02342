/**
 * Which address families a service has: what its author asked for, completed from its addresses and from what the cluster
 * has. Runs after the rules of `validate-cluster-ips.ts`, so that the fields do not contradict each other.
 */
import { type FieldError, invalid, Path } from '@navarch/api/field-error';
import type { ServiceSpec } from '@navarch/api/types/core/v1/service';
import { semanticallyEqual } from '../../equal.ts';
import { listOf } from '../../nil.ts';
import { type IpFamily, parseIp } from '../ip.ts';
import { headless, isHeadless, needsClusterIp } from './traits.ts';

export interface SettledFamilies {
  readonly spec: ServiceSpec;
  /** When there are any, the spec is as it was. */
  readonly errors: readonly FieldError[];
}

const policyPath = Path.of('spec', 'ipFamilyPolicy');

/** `configured`: the families of the cluster's service addresses, the default one first. */
export function settleFamilies(
  spec: ServiceSpec,
  stored: ServiceSpec | undefined,
  configured: readonly IpFamily[],
): SettledFamilies {
  if (!needsClusterIp(spec)) return { spec, errors: [] };
  if (stored && needsClusterIp(stored) && sameWishes(spec, stored)) return { spec, errors: [] };
  const inferred = inferFromIps(spec, configured);
  if (inferred.errors.length > 0) return inferred;
  const families = listOf(inferred.spec.ipFamilies);
  const isOpen = Object.keys(spec.selector ?? {}).length === 0;
  if (isHeadless(spec) && isOpen) return settled(spec, openFamilies(spec, families, configured));
  const errors = familyErrors(spec, families, configured);
  if (errors.length > 0) return { spec, errors };
  return settled(spec, usualFamilies(spec, families, configured));
}

function sameWishes(spec: ServiceSpec, stored: ServiceSpec): boolean {
  return (
    spec.ipFamilyPolicy === stored.ipFamilyPolicy &&
    semanticallyEqual(spec.ipFamilies, stored.ipFamilies) &&
    semanticallyEqual(spec.clusterIPs, stored.clusterIPs)
  );
}

function inferFromIps(spec: ServiceSpec, configured: readonly IpFamily[]): SettledFamilies {
  const families = [...listOf(spec.ipFamilies)];
  const ips = listOf(spec.clusterIPs);
  const errors: FieldError[] = [];
  for (const [index, ip] of ips.entries()) {
    const family = ip === headless ? undefined : parseIp(ip)?.family;
    if (family === undefined || index < families.length) continue;
    if (configured.includes(family)) {
      families.push(family);
    } else {
      const path = Path.of('spec', 'clusterIPs').index(index);
      errors.push(invalid(path, ips, `${family} is not configured on this cluster`));
    }
  }
  return errors.length > 0 ? { spec, errors } : { spec: { ...spec, ipFamilies: families }, errors };
}

interface Families {
  readonly policy: NonNullable<ServiceSpec['ipFamilyPolicy']>;
  readonly families: NonNullable<ServiceSpec['ipFamilies']>;
}

function settled(spec: ServiceSpec, { policy, families }: Families): SettledFamilies {
  return { spec: { ...spec, ipFamilies: families, ipFamilyPolicy: policy }, errors: [] };
}

/** Whoever names the addresses behind a headless service without a selector may name any: both families are open to them. */
function openFamilies(
  { ipFamilyPolicy }: ServiceSpec,
  given: Families['families'],
  configured: readonly IpFamily[],
): Families {
  const first = given[0] ?? configured[0] ?? 'IPv4';
  const policy = ipFamilyPolicy ?? 'RequireDualStack';
  if (given.length > 1) return { policy, families: given };
  return { policy, families: policy === 'SingleStack' ? [first] : [first, otherFamily(first)] };
}

function otherFamily(family: string): IpFamily {
  return family === 'IPv4' ? 'IPv6' : 'IPv4';
}

function familyErrors(
  spec: ServiceSpec,
  families: readonly string[],
  configured: readonly IpFamily[],
): readonly FieldError[] {
  const { ipFamilyPolicy: policy } = spec;
  if (policy !== 'RequireDualStack' && policy !== 'PreferDualStack') {
    const several =
      (listOf(spec.clusterIPs).length > 1 && 'cluster IPs') ||
      (families.length > 1 && 'IP families');
    if (several) {
      const text = `must be 'RequireDualStack' or 'PreferDualStack' when multiple ${several} are specified`;
      return [invalid(policyPath, policy ?? null, text)];
    }
  }
  const errors: FieldError[] = [];
  if (policy === 'RequireDualStack' && configured.length < 2) {
    const text = 'this cluster is not configured for dual-stack services';
    errors.push(invalid(policyPath, policy, text));
  }
  for (const [index, family] of families.entries()) {
    if (configured.some((one) => one === family)) continue;
    const path = Path.of('spec', 'ipFamilies').index(index);
    errors.push(invalid(path, family, 'not configured on this cluster'));
  }
  return errors;
}

function usualFamilies(
  { ipFamilyPolicy: policy = 'SingleStack' }: ServiceSpec,
  given: Families['families'],
  configured: readonly IpFamily[],
): Families {
  const first = given[0] ?? configured[0] ?? 'IPv4';
  if (given.length > 1) return { policy, families: given };
  const both = policy !== 'SingleStack' && configured.length > 1;
  return { policy, families: both ? [first, otherFamily(first)] : [first] };
}
