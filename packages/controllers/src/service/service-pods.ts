/** Which pods stand behind a service, on which ports, at which addresses. Pure; shared by endpoints and endpoint slices. */
import type { Container } from '@navarch/api/types/core/v1/container';
import type { Pod } from '@navarch/api/types/core/v1/pod';
import type { IPFamily, Service, ServicePort } from '@navarch/api/types/core/v1/service';
import { hasEnded } from '../pods/readiness.ts';

export interface NumberedPort {
  readonly port: ServicePort;
  /** The port of the pod that it leads to. */
  readonly number: number;
}

export function isHeadless({ spec }: Service): boolean {
  return spec.clusterIP === 'None';
}

/** Services without a selector have endpoints that somebody else makes. */
export function selectsPods({ spec }: Service): boolean {
  return spec.type !== 'ExternalName' && spec.selector !== undefined && !isEmpty(spec.selector);
}

function isEmpty(map: Readonly<Record<string, string>>): boolean {
  return Object.keys(map).length === 0;
}

/** It has an address and has not ended; on its way out it counts only where `terminating` pods do. */
export function mayServe(pod: Pod, terminating: 'with terminating' | 'without'): boolean {
  if (hasEnded(pod) || addressesOf(pod).length === 0) return false;
  return terminating === 'with terminating' || pod.metadata.deletionTimestamp === undefined;
}

export function addressesOf({ status }: Pod): readonly string[] {
  const all = (status?.podIPs ?? []).map(({ ip }) => ip);
  if (all.length > 0) return all;
  return status?.podIP ? [status.podIP] : [];
}

export function familyOf(ip: string): IPFamily {
  return ip.includes(':') ? 'IPv6' : 'IPv4';
}

/** A pod in a service's subdomain has its own name there. */
export function hostnameOf(pod: Pod, service: Service): string | undefined {
  const { hostname, subdomain } = pod.spec;
  const belongs =
    subdomain === service.metadata.name && pod.metadata.namespace === service.metadata.namespace;
  return hostname && belongs ? hostname : undefined;
}

/** The service's ports that the pod has. A named target port may lead elsewhere in each pod, or nowhere. */
export function portsOf(service: Service, pod: Pod): readonly NumberedPort[] {
  return (service.spec.ports ?? []).flatMap((port) => {
    const number = targetPort(port, pod);
    return number === undefined ? [] : [{ port, number }];
  });
}

function targetPort({ targetPort: target, protocol = 'TCP', port }: ServicePort, { spec }: Pod) {
  if (typeof target === 'number') return target === 0 ? port : target;
  if (target === undefined || target === '') return port;
  const sidecars = (spec.initContainers ?? []).filter(
    ({ restartPolicy }) => restartPolicy === 'Always',
  );
  return portNamed(spec.containers, target, protocol) ?? portNamed(sidecars, target, protocol);
}

function portNamed(
  containers: readonly Container[],
  name: string,
  protocol: string,
): number | undefined {
  const ports = containers.flatMap((container) => container.ports ?? []);
  return ports.find((port) => port.name === name && (port.protocol ?? 'TCP') === protocol)
    ?.containerPort;
}
