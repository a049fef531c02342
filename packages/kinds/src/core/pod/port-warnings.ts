/** Ports of a pod that get in each other's way: allowed, since the containers may know better. */
import type { Path } from '@navarch/api/field-error';
import type { Container, ContainerPort } from '@navarch/api/types/core/v1/container';
import type { PodSpec } from '@navarch/api/types/core/v1/pod';
import { listOf } from '../../nil.ts';
import { isSidecar } from './table.ts';

interface Place {
  readonly port: ContainerPort;
  readonly path: Path;
}

export function portWarnings(
  containers: readonly (readonly [Container, Path])[],
): readonly string[] {
  const places = containers.flatMap(([{ ports }, path]) =>
    listOf(ports).map((port, index) => ({ port, path: path.child('ports').index(index) })),
  );
  if (places.length < 2 && !places[0]?.port.hostIP) return [];
  const warnings: string[] = [];
  const byPort = new Map<string, Place[]>();
  for (const place of places) {
    const { port, path } = place;
    if (port.hostIP && !port.hostPort)
      warnings.push(`${String(path)}: hostIP set without hostPort: ${printed(port)}`);
    const key = `${port.containerPort}/${port.protocol}`;
    const others = byPort.get(key) ?? [];
    for (const other of others) {
      const text = conflict(port, other.port);
      if (text !== undefined)
        warnings.push(`${String(path)}: ${text} port definition with ${String(other.path)}`);
    }
    byPort.set(key, [...others, place]);
  }
  return warnings;
}

/** Services and probes find ports by name. A plain init container ends the search, as it does upstream. */
export function portNameWarnings(spec: PodSpec, path: Path): readonly string[] {
  const containers = listOf(spec.containers);
  const sidecars = listOf(spec.initContainers);
  if (sidecars.some(({ ports }) => listOf(ports).length > 0) || containers.length > 1) {
    const names = new Map<string, string>();
    const plain = sidecars.findIndex((container) => !isSidecar(container));
    if (plain >= 0)
      return nameWarnings(sidecars.slice(0, plain), path.child('initContainers'), names);
    return [
      ...nameWarnings(sidecars, path.child('initContainers'), names),
      ...nameWarnings(containers, path.child('containers'), names),
    ];
  }
  return [];
}

function nameWarnings(
  containers: readonly Container[],
  path: Path,
  names: Map<string, string>,
): readonly string[] {
  return containers.flatMap(({ ports }, index) =>
    listOf(ports).flatMap(({ name }, portIndex) => {
      if (!name) return [];
      const at = String(path.index(index).child('ports').index(portIndex));
      const first = names.get(name);
      if (first !== undefined) {
        return [
          `${at}: duplicate port name "${name}" with ${first}, services and probes that select ports by name will use ${first}`,
        ];
      }
      names.set(name, at);
      return [];
    }),
  );
}

function conflict(a: ContainerPort, b: ContainerPort): string | undefined {
  const [hostA, hostB] = [a.hostPort ?? 0, b.hostPort ?? 0];
  const [ipA, ipB] = [a.hostIP ?? '', b.hostIP ?? ''];
  if (ipA === ipB && hostA === hostB) return 'duplicate';
  if (hostA === 0 || hostB === 0) return 'overlapping';
  if (hostA === hostB && (ipA === '') !== (ipB === '')) return 'dangerously ambiguous';
  return undefined;
}

/** As Go prints the struct. */
function printed({
  name = '',
  hostPort = 0,
  containerPort,
  protocol,
  hostIP = '',
}: ContainerPort): string {
  return `{Name:${name} HostPort:${hostPort} ContainerPort:${containerPort} Protocol:${protocol} HostIP:${hostIP}}`;
}
