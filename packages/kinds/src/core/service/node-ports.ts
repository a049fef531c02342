/**
 * Ports that services have on every node. Which are taken is read from the services themselves; what is being written at this
 * moment is not among them yet, and is held until it is.
 *
 * Ports at the beginning of the range are given out last: people like to choose those themselves.
 */
import type { RequestContext } from '@navarch/api/extension/context';
import { invalid as invalidField, Path } from '@navarch/api/field-error';
import { internalError, invalid, unknownReason } from '@navarch/api/status';
import type { Service, ServicePort, ServiceSpec } from '@navarch/api/types/core/v1/service';
import { listOf } from '../../nil.ts';
import { mayHaveNodePorts, needsHealthCheckPort, wantsNodePorts } from './traits.ts';

const services = { group: '', resource: 'services' };

export interface TakenPorts {
  readonly spec: ServiceSpec;
  /** Ends the holds. To be called when the services say what is taken, or when nothing came of it. */
  readonly release: () => void;
}

/** Chooses ports where none are given, and takes those that are. Throws when one cannot be had. */
export function takeNodePorts(
  service: Service,
  stored: Service | undefined,
  context: RequestContext,
): TakenPorts {
  const { spec } = service;
  if (!mayHaveNodePorts(spec)) return { spec, release: () => undefined };
  const held: number[] = [];
  const release = (): void => {
    for (const port of held) context.services.holds?.release(holdName(port));
  };
  try {
    const allocator = createAllocator(service, stored, context, held);
    const ports = stored ? updatedPorts(service, allocator) : chosenPorts(service, allocator);
    const health = healthPort(service, stored, allocator);
    const withPorts = spec.ports === undefined ? spec : { ...spec, ports };
    return {
      spec: health === undefined ? withPorts : { ...withPorts, healthCheckNodePort: health },
      release,
    };
  } catch (error) {
    release();
    throw error;
  }
}

function holdName(port: number): string {
  return `nodePort/${port}`;
}

interface Allocator {
  /** Whether the service has it already. */
  isOwn(port: number): boolean;
  /** Why it cannot be had; undefined when it was taken. */
  take(port: number): string | undefined;
  takeAny(): number;
}

function createAllocator(
  service: Service,
  stored: Service | undefined,
  context: RequestContext,
  held: number[],
): Allocator {
  const own = new Set(stored ? portsOf(stored.spec) : []);
  const used = usedPorts(service, context);
  const { first, last } = context.services.serviceNodePortRange;
  const { holds, random } = context.services;
  const tryTake = (port: number): boolean => {
    if (used.has(port) || own.has(port)) return false;
    if (holds !== undefined && !holds.tryHold(holdName(port))) return false;
    held.push(port);
    used.add(port);
    return true;
  };
  return {
    isOwn: (port) => own.has(port),
    take(port) {
      if (port < first || port > last) {
        return `provided port is not in the valid range. The range of valid ports is ${first}-${last}`;
      }
      return tryTake(port) ? undefined : 'provided port is already allocated';
    },
    takeAny() {
      const size = last - first + 1;
      const low = size <= 16 ? 0 : Math.min(Math.max(16, Math.floor(size / 32)), 128);
      const high = size - low;
      const start = high > 0 ? random.integer(high) : 0;
      for (let step = 0; step < size; step++) {
        const port = step < high ? first + low + ((start + step) % high) : first + (step - high);
        if (tryTake(port)) return port;
      }
      throw internalError(new Error('failed to allocate a nodePort: range is full'));
    },
  };
}

function portsOf({ ports, healthCheckNodePort }: ServiceSpec): readonly number[] {
  return [...listOf(ports).map(({ nodePort = 0 }) => nodePort), healthCheckNodePort ?? 0].filter(
    (port) => port !== 0,
  );
}

/** What all other services have. */
function usedPorts({ metadata }: Service, { read }: RequestContext): Set<number> {
  const used = new Set<number>();
  for (const other of read.list<Service>(services, '')) {
    const { name, namespace } = other.metadata;
    if (name === metadata.name && namespace === metadata.namespace) continue;
    for (const port of portsOf(other.spec)) used.add(port);
  }
  return used;
}

function refused({ metadata }: Service, path: Path, port: number, why: string): Error {
  const error = invalidField(path, port, why);
  return invalid({ group: '', kind: 'Service' }, metadata.name ?? '', [error]);
}

function nodePortPath(index: number): Path {
  return Path.of('spec', 'ports').index(index).child('nodePort');
}

/** Ports of a new service. The same port in two protocols is one port on the nodes. */
function chosenPorts(service: Service, allocator: Allocator): readonly ServicePort[] {
  const { spec } = service;
  const byPort = new Map<number, number>();
  const take = (port: number, index: number): number => {
    const problem = allocator.take(port);
    if (problem !== undefined) throw refused(service, nodePortPath(index), port, problem);
    return port;
  };
  return listOf(spec.ports).map((port, index) => {
    const wanted = port.nodePort ?? 0;
    if (wanted === 0 && !wantsNodePorts(spec)) return port;
    const shared = byPort.get(port.port);
    if (shared !== undefined) {
      if (wanted !== 0 && wanted !== shared) take(wanted, index);
      return { ...port, nodePort: wanted || shared };
    }
    const asked = wanted || askedFor(port.port, listOf(spec.ports));
    const nodePort = asked === 0 ? allocator.takeAny() : take(asked, index);
    byPort.set(port.port, nodePort);
    return { ...port, nodePort };
  });
}

/** What a later entry asks for the same port. */
function askedFor(wanted: number, ports: readonly ServicePort[]): number {
  return ports.find(({ port, nodePort }) => port === wanted && nodePort)?.nodePort ?? 0;
}

function updatedPorts(service: Service, allocator: Allocator): readonly ServicePort[] {
  const { spec } = service;
  const taken = new Set<number>();
  const seen = new Set<string>();
  return listOf(spec.ports).map((port, index) => {
    const wanted = port.nodePort ?? 0;
    if (wanted === 0) {
      return wantsNodePorts(spec) ? { ...port, nodePort: allocator.takeAny() } : port;
    }
    const path = nodePortPath(index);
    const key = `${port.protocol ?? ''} ${wanted}`;
    if (seen.has(key)) throw refused(service, path, wanted, 'provided port is already allocated');
    seen.add(key);
    if (allocator.isOwn(wanted) || taken.has(wanted)) return port;
    const problem = allocator.take(wanted);
    if (problem !== undefined) throw refused(service, path, wanted, problem);
    taken.add(wanted);
    return port;
  });
}

/** The port where nodes say whether they have anyone behind the service; undefined when there is none to choose. */
function healthPort(
  service: Service,
  stored: Service | undefined,
  allocator: Allocator,
): number | undefined {
  const { spec } = service;
  if (!needsHealthCheckPort(spec)) return undefined;
  const wanted = spec.healthCheckNodePort ?? 0;
  const before = stored && needsHealthCheckPort(stored.spec) ? stored.spec : undefined;
  if (before !== undefined && wanted === before.healthCheckNodePort) return undefined;
  if (before?.healthCheckNodePort) {
    const text =
      'cannot change healthCheckNodePort on loadBalancer service with externalTraffic=Local during update';
    throw refused(service, Path.of('spec', 'healthCheckNodePort'), wanted, text);
  }
  if (wanted === 0) return allocator.takeAny();
  const problem = allocator.take(wanted);
  if (problem === undefined) return wanted;
  throw unknownReason(`failed to allocate requested HealthCheck NodePort ${wanted}: ${problem}`);
}
