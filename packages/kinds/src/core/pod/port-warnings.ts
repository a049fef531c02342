/** Ports of a pod that get in each other's way: allowed, since the containers may know better. */
import type { Path } from '@navarch/api/field-error';
import type { Container, ContainerPort } from '@navarch/api/types/core/v1/container';
import { listOf } from '../../nil.ts';

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
  const byName = new Map<string, Place>();
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
    if (!port.name) continue;
    const first = byName.get(port.name);
    if (first === undefined) byName.set(port.name, place);
    else if (containerOf(first.path) !== containerOf(path)) {
      warnings.push(
        `${String(path)}: duplicate port name "${port.name}" with ${String(first.path)}, services and probes that select ports by name will use ${String(first.path)}`,
      );
    }
  }
  return warnings;
}

/** Within one container a name that is used twice is a mistake, not a warning. */
function containerOf(path: Path): string {
  return String(path).replace(/\.ports\[\d+\]$/, '');
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
