/**
 * What a write may change, and what it means to leave out. Clients that know less than the server send services without what
 * was allocated for them, or with only one of two fields that say the same; neither must lose a service its addresses.
 */
import type { Service, ServicePort, ServiceSpec } from '@navarch/api/types/core/v1/service';
import { semanticallyEqual } from '../../equal.ts';
import { listOf } from '../../nil.ts';
import { withMember } from '../../strategy.ts';
import {
  isExternallyAccessible,
  mayHaveNodePorts,
  needsClusterIp,
  needsHealthCheckPort,
  wantsNodePorts,
} from './traits.ts';

/** Clients that know only the singular field get the plural one; those that know both must say both. */
export function prepareForCreate(submitted: Service): Service {
  const { spec } = submitted;
  const onlySingular = spec.clusterIP && listOf(spec.clusterIPs).length === 0;
  const complete = onlySingular ? withField(spec, 'clusterIPs', [spec.clusterIP]) : spec;
  return { ...submitted, spec: complete, status: { loadBalancer: {} } };
}

export function prepareForUpdate(submitted: Service, stored: Service): Service {
  const before = stored.spec;
  let spec = keepAllocated(submitted.spec, before);
  spec = syncClusterIps(spec, before);
  spec = keepFamilies(spec, before);
  spec = dropForType(spec, before);
  spec = trimToSingleStack(spec, before);
  const kept = withMember({ ...submitted, spec }, 'status', stored.status);
  return withoutStaleStatus(kept);
}

export function prepareForStatusUpdate(submitted: Service, stored: Service): Service {
  return withMember(submitted, 'spec', stored.spec);
}

/** What a load balancer reported is void without one. */
function withoutStaleStatus(service: Service): Service {
  if (service.spec.type === 'LoadBalancer') return service;
  if (listOf(service.status?.loadBalancer?.ingress).length === 0) return service;
  return { ...service, status: { ...service.status, loadBalancer: {} } };
}

function withField(spec: ServiceSpec, name: keyof ServiceSpec, value: unknown): ServiceSpec {
  return withMember(spec, name, value);
}

function keepAllocated(spec: ServiceSpec, before: ServiceSpec): ServiceSpec {
  let kept = spec;
  if (needsClusterIp(before) && needsClusterIp(spec)) {
    if (!kept.clusterIP && before.clusterIP) {
      kept = withField(kept, 'clusterIP', before.clusterIP);
    }
    if (listOf(kept.clusterIPs).length === 0 && kept.clusterIP === before.clusterIP) {
      kept = withField(kept, 'clusterIPs', before.clusterIPs);
    }
  }
  if (wantsNodePorts(before) && wantsNodePorts(spec)) {
    kept = { ...kept, ports: keepNodePorts(listOf(spec.ports), listOf(before.ports)) };
  }
  if (needsHealthCheckPort(before) && needsHealthCheckPort(spec) && !spec.healthCheckNodePort) {
    kept = withField(kept, 'healthCheckNodePort', before.healthCheckNodePort);
  }
  return kept;
}

/** Ports are known again by their names, whatever else of them has changed. */
function keepNodePorts(
  ports: readonly ServicePort[],
  before: readonly ServicePort[],
): readonly ServicePort[] {
  const old = new Set(before.map(({ nodePort = 0 }) => nodePort));
  const used = new Set(ports.map(({ nodePort = 0 }) => nodePort).filter((port) => old.has(port)));
  const byName = new Map(before.map(({ name = '', nodePort }) => [name, nodePort]));
  return ports.map((port) => {
    if (port.nodePort) return port;
    const kept = byName.get(port.name ?? '');
    if (!kept || used.has(kept)) return port;
    used.add(kept);
    return { ...port, nodePort: kept };
  });
}

/** When a client changed the singular field only, it did not know the plural one: that follows. */
function syncClusterIps(spec: ServiceSpec, before: ServiceSpec): ServiceSpec {
  const isUntouched = semanticallyEqual(spec.clusterIPs, before.clusterIPs);
  if (!isUntouched && listOf(spec.clusterIPs).length > 0) return spec;
  const singular = spec.clusterIP ?? '';
  if (singular === (before.clusterIP ?? '')) return spec;
  return withField(spec, 'clusterIPs', singular === '' ? undefined : [singular]);
}

function keepFamilies(spec: ServiceSpec, before: ServiceSpec): ServiceSpec {
  if (!needsClusterIp(before) || !needsClusterIp(spec)) return spec;
  let kept = spec;
  if (kept.ipFamilyPolicy === undefined) {
    kept = withField(kept, 'ipFamilyPolicy', before.ipFamilyPolicy);
  }
  if (listOf(kept.ipFamilies).length === 0) {
    kept = withField(kept, 'ipFamilies', before.ipFamilies);
  }
  return kept;
}

/** A field, and for which services it means anything. */
type TypedField = readonly [field: keyof ServiceSpec, applies: (spec: ServiceSpec) => boolean];

const typedFields: readonly TypedField[] = [
  ['healthCheckNodePort', needsHealthCheckPort],
  ['allocateLoadBalancerNodePorts', ({ type }) => type === 'LoadBalancer'],
  ['loadBalancerClass', ({ type }) => type === 'LoadBalancer'],
  ['externalTrafficPolicy', isExternallyAccessible],
  ['internalTrafficPolicy', needsClusterIp],
];

/** Changing only the type must not fail for what the old type had: that goes, unless the client changed it as well. */
function dropForType(spec: ServiceSpec, before: ServiceSpec): ServiceSpec {
  let kept = dropClusterIps(spec, before);
  if (mayHaveNodePorts(before) && !mayHaveNodePorts(kept) && sameNodePorts(kept, before)) {
    const ports = listOf(kept.ports).map((port) => withMember(port, 'nodePort', undefined));
    kept = withField(kept, 'ports', ports.length === 0 ? undefined : ports);
  }
  for (const [field, applies] of typedFields) {
    if (!applies(before) || applies(kept)) continue;
    if (kept[field] === before[field]) kept = withField(kept, field, undefined);
  }
  return kept;
}

function dropClusterIps(spec: ServiceSpec, before: ServiceSpec): ServiceSpec {
  if (!needsClusterIp(before) || needsClusterIp(spec)) return spec;
  const same =
    (spec.clusterIP ?? '') === (before.clusterIP ?? '') &&
    semanticallyEqual(spec.clusterIPs, before.clusterIPs);
  let kept = spec;
  if (same) {
    kept = withField(kept, 'clusterIP', undefined);
    kept = withField(kept, 'clusterIPs', undefined);
  }
  if (semanticallyEqual(spec.ipFamilies, before.ipFamilies)) {
    kept = withField(kept, 'ipFamilies', undefined);
  }
  if (spec.ipFamilyPolicy === before.ipFamilyPolicy) {
    kept = withField(kept, 'ipFamilyPolicy', undefined);
  }
  return kept;
}

function sameNodePorts(spec: ServiceSpec, before: ServiceSpec): boolean {
  const portsOf = ({ ports }: ServiceSpec): readonly number[] =>
    [...new Set(listOf(ports).map(({ nodePort = 0 }) => nodePort))].toSorted((a, b) => a - b);
  return semanticallyEqual(portsOf(spec), portsOf(before));
}

/** Going back to one family by the policy alone drops the second address. */
function trimToSingleStack(spec: ServiceSpec, before: ServiceSpec): ServiceSpec {
  const wasDual = before.ipFamilyPolicy !== undefined && before.ipFamilyPolicy !== 'SingleStack';
  if (!wasDual || spec.ipFamilyPolicy !== 'SingleStack') return spec;
  let kept = spec;
  if (semanticallyEqual(spec.clusterIPs, before.clusterIPs) && listOf(spec.clusterIPs).length > 1) {
    kept = withField(kept, 'clusterIPs', listOf(spec.clusterIPs).slice(0, 1));
  }
  if (semanticallyEqual(spec.ipFamilies, before.ipFamilies) && listOf(spec.ipFamilies).length > 1) {
    kept = withField(kept, 'ipFamilies', listOf(spec.ipFamilies).slice(0, 1));
  }
  return kept;
}
