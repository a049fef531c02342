/** The proxy of a service leads to one of those who stand behind it and are ready. */
import type { RequestContext } from '@navarch/api/extension/context';
import type { ConnectSubresource, ConnectTarget } from '@navarch/api/extension/resource';
import { notFound } from '@navarch/api/status';
import type { Service, ServicePort } from '@navarch/api/types/core/v1/service';
import type { EndpointSlice } from '@navarch/api/types/discovery/v1';
import { listOf } from '../../nil.ts';
import { proxyTarget, splitProxyName } from '../proxy.ts';

const services = { group: '', resource: 'services' };
const slices = { group: 'discovery.k8s.io', resource: 'endpointslices' };

export const proxySubresource: ConnectSubresource = {
  type: 'connect',
  name: 'proxy',
  kind: { group: '', version: 'v1', kind: 'ServiceProxyOptions' },
  verbs: ['create', 'delete', 'get', 'patch', 'update'],
  target,
};

interface Place {
  readonly host: string;
  readonly port: number;
}

function target(
  parent: { readonly namespace: string; readonly name: string },
  path: string,
  query: URLSearchParams,
  context: RequestContext,
): ConnectTarget {
  const { namespace } = parent;
  const { scheme, name, port } = splitProxyName(parent.name, 'service');
  const service = context.read.get<Service>(services, namespace, name);
  const wanted = service && portOf(service, port);
  const places = wanted ? placesOf(namespace, name, wanted, context) : [];
  const chosen = places[places.length > 1 ? context.services.random.integer(places.length) : 0];
  if (chosen === undefined) throw notFound(services, name);
  return proxyTarget({ scheme, ...chosen, path, query });
}

/** The port that is meant: by name or number, or the only one. */
function portOf({ spec }: Service, wanted: string): ServicePort | undefined {
  const ports = listOf(spec.ports);
  if (wanted === '') return ports.length === 1 ? ports[0] : ports.find(({ name }) => !name);
  return ports.find(({ name, port }) => name === wanted || String(port) === wanted);
}

function placesOf(
  namespace: string,
  service: string,
  wanted: ServicePort,
  { read }: RequestContext,
): readonly Place[] {
  const places: Place[] = [];
  for (const slice of read.list<EndpointSlice>(slices, namespace)) {
    if (slice.metadata.labels?.['kubernetes.io/service-name'] !== service) continue;
    const port = listOf(slice.ports).find(({ name = '' }) => name === (wanted.name ?? ''))?.port;
    if (port === undefined) continue;
    for (const { addresses, conditions } of listOf(slice.endpoints)) {
      const [host] = addresses;
      if (host !== undefined && conditions?.ready !== false) places.push({ host, port });
    }
  }
  return places;
}
