/** Where a webhook is called: the URL as errors show it, and the peer that is really connected to. */
import type { ObjectReader } from '@navarch/api/extension/context';
import type { WebhookAddress } from '@navarch/api/extension/webhook';
import { notFound, serviceUnavailable } from '@navarch/api/status';
import type { Service, ServicePort } from '@navarch/api/types/core/v1/service';
import type { EndpointSlice } from '@navarch/api/types/discovery/v1';
import { bracketed } from './bracketed.ts';

export interface WebhookUrl {
  /** `https://host:port`, as written. */
  readonly origin: string;
  /** Without a trailing slash, unless it is all. */
  readonly path: string;
}

/** A service's name stands in the URL, although names of services mean nothing outside the cluster. */
export function urlOf({ url, service }: WebhookAddress): WebhookUrl {
  if (service) {
    const { namespace, name, path = '', port = defaultPort } = service;
    return { origin: `https://${name}.${namespace}.svc:${port}`, path: cleanPath(path) };
  }
  const [, origin = '', path = ''] = /^(https:\/\/[^/?#]*)([^?#]*)/.exec(url ?? '') ?? [];
  if (origin === '') throw new Error('webhook configuration must have either service or URL');
  return { origin, path: cleanPath(path) };
}

const defaultPort = 443;

function cleanPath(path: string): string {
  const steps: string[] = [];
  for (const step of path.split('/')) {
    if (step === '' || step === '.') continue;
    if (step === '..') steps.pop();
    else steps.push(step);
  }
  return `/${steps.join('/')}`;
}

export interface Peer {
  /** `https://address:port`. */
  readonly url: string;
  /** Whose certificate it must show. */
  readonly serverName?: string;
}

/**
 * One that answers for the service now: addresses of services are not routed here, those of its endpoints may be. `pick` chooses a
 * number below its argument. Throws an Error when there is none.
 */
export function peerOfService(
  service: NonNullable<WebhookAddress['service']>,
  read: ObjectReader,
  pick: (below: number) => number,
): Peer {
  const { namespace, name, port = defaultPort } = service;
  const found = read.get<Service>({ group: '', resource: 'services' }, namespace, name);
  if (!found) throw notFound({ group: '', resource: 'service' }, name);
  const serverName = `${name}.${namespace}.svc`;
  if (found.spec.type === 'ExternalName') {
    return { url: `https://${found.spec.externalName}:${port}`, serverName };
  }
  const servicePort = found.spec.ports?.find((each) => each.port === port);
  if (!servicePort) {
    throw serviceUnavailable(`no service port ${port} found for service "${name}"`);
  }
  const endpoints = endpointsOf(read, namespace, name, servicePort);
  const chosen = endpoints[endpoints.length < 2 ? 0 : pick(endpoints.length)];
  if (chosen === undefined) {
    throw serviceUnavailable(`no endpoints available for service "${name}"`);
  }
  return { url: `https://${chosen}`, serverName };
}

const sliceServiceLabel = 'kubernetes.io/service-name';

function endpointsOf(
  read: ObjectReader,
  namespace: string,
  name: string,
  { name: portName = '' }: ServicePort,
): readonly string[] {
  const slices = read
    .list<EndpointSlice>({ group: 'discovery.k8s.io', resource: 'endpointslices' }, namespace)
    .filter(({ metadata }) => metadata.labels?.[sliceServiceLabel] === name);
  return slices.flatMap(({ endpoints, ports }) => {
    const port = (ports ?? []).find((each) => (each.name ?? '') === portName)?.port;
    if (port === undefined) return [];
    const ready = (endpoints ?? []).filter(({ conditions }) => conditions?.ready !== false);
    return ready.flatMap(({ addresses }) =>
      addresses.slice(0, 1).map((address) => `${bracketed(address)}:${port}`),
    );
  });
}
