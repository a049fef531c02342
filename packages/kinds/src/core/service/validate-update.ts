/** Rules for changes of a service and of its status. An address that clients may have remembered stays. */
import {
  type FieldError,
  forbidden,
  invalid,
  notSupported,
  Path,
  required,
} from '@navarch/api/field-error';
import type { LoadBalancerIngress, Service, ServiceSpec } from '@navarch/api/types/core/v1/service';
import { listOf } from '../../nil.ts';
import { checkSubdomain, type Errors, immutableText } from '../checks.ts';
import { checkIp, parseIp } from '../ip.ts';
import { isHeadless, needsClusterIp, needsHealthCheckPort } from './traits.ts';
import { serviceErrors } from './validate.ts';
import { clusterIpErrors } from './validate-cluster-ips.ts';

const specPath = Path.of('spec');

/** A list whose first entry stays, and whose second may come and, with the policy SingleStack, go. */
interface FixedList {
  readonly field: 'clusterIPs' | 'ipFamilies';
  readonly what: string;
}

const fixedLists: readonly FixedList[] = [
  { field: 'clusterIPs', what: 'clusterIP' },
  { field: 'ipFamilies', what: 'ipFamily' },
];

export function validateServiceUpdate(service: Service, stored: Service): readonly FieldError[] {
  const early = clusterIpErrors(service.spec);
  if (early.length > 0) return early;
  const errors: Errors = [];
  const { spec } = service;
  const both = needsClusterIp(spec) && needsClusterIp(stored.spec);
  if (both && !(isHeadless(spec) && isHeadless(stored.spec))) {
    for (const list of fixedLists) checkFixedList(list, spec, stored.spec, errors);
  }
  checkClass(spec, stored.spec, errors);
  checkHealthPort(spec, stored.spec, errors);
  errors.push(...serviceErrors(service));
  return errors;
}

function checkFixedList(
  { field, what }: FixedList,
  spec: ServiceSpec,
  stored: ServiceSpec,
  errors: Errors,
): void {
  const now: readonly string[] = listOf(spec[field]);
  const before: readonly string[] = listOf(stored[field]);
  const path = specPath.child(field);
  if (now.length === 0 && before.length > 0) {
    errors.push(invalid(path.index(0), now, `primary ${what} can not be unset`));
    return;
  }
  const compared = now.length === before.length ? before.length : Math.min(before.length, 1);
  for (let index = 0; index < compared; index++) {
    if (now[index] === before[index]) continue;
    errors.push(invalid(path.index(index), now, 'may not change once set'));
  }
  const released = before.length > now.length && now.length === 1;
  if (!released || spec.ipFamilyPolicy === 'SingleStack') return;
  const text = `must be set to 'SingleStack' when releasing the secondary ${what}`;
  errors.push(invalid(specPath.child('ipFamilyPolicy'), spec.ipFamilyPolicy ?? null, text));
}

function checkClass(spec: ServiceSpec, stored: ServiceSpec, errors: Errors): void {
  if (spec.type !== 'LoadBalancer' || stored.type !== 'LoadBalancer') return;
  const value = spec.loadBalancerClass;
  if (value === stored.loadBalancerClass) return;
  const path = specPath.child('loadBalancerClass');
  errors.push(invalid(path, value ?? null, 'may not change once set'));
}

/** Load balancers have been told of the port. */
function checkHealthPort(spec: ServiceSpec, stored: ServiceSpec, errors: Errors): void {
  if (!needsHealthCheckPort(spec) || !needsHealthCheckPort(stored)) return;
  if ((spec.healthCheckNodePort ?? 0) === (stored.healthCheckNodePort ?? 0)) return;
  errors.push(forbidden(specPath.child('healthCheckNodePort'), immutableText));
}

export function validateServiceStatusUpdate(service: Service): readonly FieldError[] {
  const errors: Errors = [];
  const ingress = listOf(service.status?.loadBalancer?.ingress);
  const path = Path.of('status', 'loadBalancer', 'ingress');
  if (service.spec.type !== 'LoadBalancer' && ingress.length > 0) {
    errors.push(forbidden(path, "may only be used when `spec.type` is 'LoadBalancer'"));
    return errors;
  }
  ingress.forEach((entry, index) => checkIngress(entry, path.index(index), errors));
  return errors;
}

const ipModes: readonly string[] = ['Proxy', 'VIP'];

function checkIngress(
  { ip, ipMode, hostname }: LoadBalancerIngress,
  path: Path,
  errors: Errors,
): void {
  if (ip) checkIp(ip, path.child('ip'), errors);
  const modePath = path.child('ipMode');
  if (ip && ipMode === undefined) {
    errors.push(required(modePath, 'must be specified when `ip` is set'));
  } else if (!ip && ipMode !== undefined) {
    errors.push(forbidden(modePath, 'may not be specified when `ip` is not set'));
  } else if (ipMode !== undefined && !ipModes.includes(ipMode)) {
    errors.push(notSupported(modePath, ipMode, ipModes));
  }
  if (!hostname) return;
  checkSubdomain(hostname, path.child('hostname'), errors);
  if (parseIp(hostname) === undefined) return;
  errors.push(invalid(path.child('hostname'), hostname, 'must be a DNS name, not an IP address'));
}
