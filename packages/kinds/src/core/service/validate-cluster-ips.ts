/** Rules about a service's addresses and families as they are asked for. Whether the cluster has them is settled later. */
import {
  duplicate,
  type FieldError,
  invalid,
  notSupported,
  Path,
  required,
} from '@navarch/api/field-error';
import type { ServiceSpec } from '@navarch/api/types/core/v1/service';
import { listOf } from '../../nil.ts';
import { checkChoice, type Errors } from '../checks.ts';
import { checkIp, isDualStack, parseIp } from '../ip.ts';
import { headless, isHeadless, needsClusterIp } from './traits.ts';

const specPath = Path.of('spec');
const clusterIpsPath = specPath.child('clusterIPs');
const familiesPath = specPath.child('ipFamilies');
const families: readonly string[] = ['IPv4', 'IPv6'];
const policies: readonly string[] = ['PreferDualStack', 'RequireDualStack', 'SingleStack'];

export function clusterIpErrors(spec: ServiceSpec): readonly FieldError[] {
  const errors: Errors = [];
  if (!needsClusterIp(spec)) return errors;
  const ips = listOf(spec.clusterIPs);
  checkBothFields(spec.clusterIP ?? '', ips, errors);
  checkFamilies(listOf(spec.ipFamilies), errors);
  if (spec.ipFamilyPolicy !== undefined) {
    checkChoice(spec.ipFamilyPolicy, policies, specPath.child('ipFamilyPolicy'), errors);
  }
  const fine = checkIps(ips, errors);
  if (ips.length > 2) errors.push(invalid(clusterIpsPath, ips, 'may only hold up to 2 values'));
  // What follows would only say the same in other words.
  if (!fine) return errors;
  if (ips.length > 1 && !isDualStack(ips.map(parseIp))) {
    const text = 'may specify no more than one IP for each IP family';
    errors.push(invalid(clusterIpsPath, ips, text));
  }
  if (!isHeadless(spec)) checkMatch(ips, listOf(spec.ipFamilies), errors);
  return errors;
}

function checkBothFields(singular: string, ips: readonly string[], errors: Errors): void {
  if (singular === '') {
    if (ips.length === 0) return;
    errors.push(invalid(clusterIpsPath, ips, 'must be empty when `clusterIP` is not specified'));
  } else if (ips.length === 0) {
    errors.push(required(clusterIpsPath));
  } else if (ips[0] !== singular) {
    errors.push(invalid(clusterIpsPath, ips, 'first value must match `clusterIP`'));
  }
}

function checkFamilies(given: readonly string[], errors: Errors): void {
  const seen = new Set<string>();
  for (const [index, family] of given.entries()) {
    const path = familiesPath.index(index);
    if (!families.includes(family)) errors.push(notSupported(path, family, families));
    if (seen.has(family)) errors.push(duplicate(path, family));
    seen.add(family);
  }
}

/** Returns whether the list makes sense, so that more can be said about it. */
function checkIps(ips: readonly string[], errors: Errors): boolean {
  let fine = true;
  for (const [index, ip] of ips.entries()) {
    if (index > 0 || ip !== headless) {
      fine = checkIp(ip, clusterIpsPath.index(index), errors) && fine;
    } else if (ips.length > 1) {
      fine = false;
      errors.push(invalid(clusterIpsPath, ips, "'None' must be the first and only value"));
    }
  }
  return fine;
}

function checkMatch(ips: readonly string[], given: readonly string[], errors: Errors): void {
  for (const [index, ip] of ips.entries()) {
    const family = given[index];
    const wrong = family === 'IPv4' || family === 'IPv6' ? parseIp(ip)?.family !== family : false;
    if (!wrong) continue;
    const text = `expected an ${family} value as indicated by \`ipFamilies[${index}]\``;
    errors.push(invalid(clusterIpsPath.index(index), ip, text));
  }
}
