/** Questions about a service's spec that its rules, its defaults and its allocations all ask. */
import type { Service, ServiceSpec } from '@navarch/api/types/core/v1/service';
import { listOf } from '../../nil.ts';

export const headless = 'None';

export function isHeadless({ clusterIPs }: ServiceSpec): boolean {
  return clusterIPs?.length === 1 && clusterIPs[0] === headless;
}

/** Whether it is found by an address of its own, if only by `None`; names for things elsewhere are not. */
export function needsClusterIp({ type }: ServiceSpec): boolean {
  return type !== 'ExternalName';
}

/** Whether its ports are open on every node, as far as the type says. */
export function mayHaveNodePorts({ type }: ServiceSpec): boolean {
  return type === 'NodePort' || type === 'LoadBalancer';
}

/** Whether ports on the nodes are chosen for it. Load balancers may do without. */
export function wantsNodePorts({ type, allocateLoadBalancerNodePorts }: ServiceSpec): boolean {
  if (type === 'LoadBalancer') return allocateLoadBalancerNodePorts ?? true;
  return type === 'NodePort';
}

export function needsHealthCheckPort({ type, externalTrafficPolicy }: ServiceSpec): boolean {
  return type === 'LoadBalancer' && externalTrafficPolicy === 'Local';
}

/** Whether traffic from outside the cluster can reach it. */
export function isExternallyAccessible(spec: Pick<ServiceSpec, 'type' | 'externalIPs'>): boolean {
  const { type } = spec;
  if (type === 'LoadBalancer' || type === 'NodePort') return true;
  return type === 'ClusterIP' && listOf(spec.externalIPs).length > 0;
}

export function withSpec(service: Service, changes: Partial<ServiceSpec>): Service {
  return { ...service, spec: { ...service.spec, ...changes } };
}
