/** The Endpoints object of a service, from its pods: the older, one-object form of endpoint slices. Pure. */
import type {
  EndpointAddress,
  EndpointPort,
  Endpoints,
  EndpointSubset,
} from '@navarch/api/types/core/v1/endpoints';
import type { Pod } from '@navarch/api/types/core/v1/pod';
import type { IPFamily, Service } from '@navarch/api/types/core/v1/service';
import { isReady } from '../pods/readiness.ts';
import {
  addressesOf,
  familyOf,
  hostnameOf,
  isHeadless,
  mayServe,
  portsOf,
} from '../service/service-pods.ts';
import { withTriggerTime } from '../service/trigger-times.ts';

const headlessLabel = 'service.kubernetes.io/headless';
export const managedByLabel = 'endpoints.kubernetes.io/managed-by';
export const managedByUs = 'endpoint-controller';
const overCapacity = 'endpoints.kubernetes.io/over-capacity';
/** More would make an object too large to send to every node. */
const addressesMax = 1000;

export interface EndpointsPlan {
  readonly create?: Endpoints;
  readonly update?: Endpoints;
}

export interface EndpointsObservation {
  readonly service: Service;
  /** Those that the service selects. */
  readonly pods: readonly Pod[];
  readonly existing: Endpoints | undefined;
  /** When the change happened that this is about. It is written along, never for its own sake. */
  readonly triggerTime: string | undefined;
}

export function planEndpoints({
  service,
  pods,
  existing,
  triggerTime,
}: EndpointsObservation): EndpointsPlan {
  const { subsets, truncated } = withinCapacity(subsetsOf(service, pods));
  const labels = labelsOf(service);
  const kept = annotationsOf(existing, truncated);
  const annotations = withTriggerTime(kept, triggerTime);
  if (!existing) {
    const { namespace, name } = service.metadata;
    const metadata = {
      ...(name !== undefined && { name }),
      ...(namespace !== undefined && { namespace }),
      labels,
      ...(Object.keys(annotations).length > 0 && { annotations }),
    };
    return { create: { metadata, subsets } };
  }
  const wanted = { ...existing, metadata: { ...existing.metadata, labels, annotations }, subsets };
  return contentText(wanted) === contentText(existing) ? {} : { update: wanted };
}

interface Entry {
  readonly address: EndpointAddress;
  readonly isReady: boolean;
  readonly ports: readonly EndpointPort[];
}

/** Addresses with the same ports share a subset. */
function subsetsOf(service: Service, pods: readonly Pod[]): readonly EndpointSubset[] {
  const family = familyOfService(service, pods);
  const byPorts = new Map<string, Entry[]>();
  for (const pod of pods) {
    const entry = entryOf(service, pod, family);
    if (!entry) continue;
    const key = JSON.stringify(entry.ports);
    const others = byPorts.get(key);
    if (others) others.push(entry);
    else byPorts.set(key, [entry]);
  }
  return [...byPorts].toSorted(([a], [b]) => byText(a, b)).map(([, entries]) => subsetOf(entries));
}

/** An Endpoints object has addresses of one family: the service's first. */
function familyOfService({ spec }: Service, pods: readonly Pod[]): IPFamily {
  const [first] = spec.ipFamilies ?? [];
  if (first) return first;
  if (spec.clusterIP && spec.clusterIP !== 'None') return familyOf(spec.clusterIP);
  return familyOf(pods.flatMap(addressesOf)[0] ?? '');
}

function entryOf(service: Service, pod: Pod, family: IPFamily): Entry | undefined {
  const publishes = service.spec.publishNotReadyAddresses === true;
  if (!mayServe(pod, publishes ? 'with terminating' : 'without')) return undefined;
  const ip = addressesOf(pod).find((address) => familyOf(address) === family);
  if (ip === undefined) return undefined;
  const numbered = portsOf(service, pod);
  const isPortless = (service.spec.ports ?? []).length === 0 && isHeadless(service);
  if (numbered.length === 0 && !isPortless) return undefined;
  const ports = numbered.map(({ port, number }) => ({
    ...(port.name && { name: port.name }),
    port: number,
    protocol: port.protocol ?? 'TCP',
    ...(port.appProtocol !== undefined && { appProtocol: port.appProtocol }),
  }));
  return {
    address: addressOf(service, pod, ip),
    isReady: publishes || isReady(pod),
    ports: ports.toSorted((a, b) => byText(portText(a), portText(b))),
  };
}

function addressOf(service: Service, pod: Pod, ip: string): EndpointAddress {
  const { namespace, name, uid } = pod.metadata;
  const hostname = hostnameOf(pod, service);
  return {
    ip,
    ...(hostname !== undefined && { hostname }),
    ...(pod.spec.nodeName && { nodeName: pod.spec.nodeName }),
    targetRef: {
      kind: 'Pod',
      ...(namespace !== undefined && { namespace }),
      ...(name !== undefined && { name }),
      ...(uid !== undefined && { uid }),
    },
  };
}

function subsetOf(entries: readonly Entry[]): EndpointSubset {
  const addresses = (wanted: boolean): readonly EndpointAddress[] =>
    entries
      .filter((entry) => entry.isReady === wanted)
      .map(({ address }) => address)
      .toSorted((a, b) => byText(addressKey(a), addressKey(b)));
  const ready = addresses(true);
  const notReady = addresses(false);
  const ports = entries[0]?.ports ?? [];
  return {
    ...(ready.length > 0 && { addresses: ready }),
    ...(notReady.length > 0 && { notReadyAddresses: notReady }),
    ...(ports.length > 0 && { ports }),
  };
}

/** Ready addresses stay first; of each kind every subset keeps its share. */
function withinCapacity(subsets: readonly EndpointSubset[]): {
  readonly subsets: readonly EndpointSubset[];
  readonly truncated: boolean;
} {
  const count = (of: 'addresses' | 'notReadyAddresses'): number =>
    subsets.reduce((sum, subset) => sum + (subset[of] ?? []).length, 0);
  const ready = count('addresses');
  const notReady = count('notReadyAddresses');
  if (ready + notReady <= addressesMax) return { subsets, truncated: false };
  let readyLeft = Math.min(ready, addressesMax);
  let notReadyLeft = addressesMax - readyLeft;
  const cut = subsets.flatMap((subset) => {
    const addresses = (subset.addresses ?? []).slice(0, share(subset.addresses, ready, readyLeft));
    const others = subset.notReadyAddresses ?? [];
    const notReadyAddresses = others.slice(0, share(others, notReady, notReadyLeft));
    readyLeft -= addresses.length;
    notReadyLeft -= notReadyAddresses.length;
    if (addresses.length + notReadyAddresses.length === 0) return [];
    return [
      {
        ...(addresses.length > 0 && { addresses }),
        ...(notReadyAddresses.length > 0 && { notReadyAddresses }),
        ...(subset.ports && { ports: subset.ports }),
      },
    ];
  });
  return { subsets: cut, truncated: true };
}

function share(of: readonly EndpointAddress[] = [], total: number, left: number): number {
  if (total === 0) return 0;
  return Math.min(Math.ceil((of.length * Math.min(total, addressesMax)) / total), left);
}

function labelsOf(service: Service): Readonly<Record<string, string>> {
  const { [headlessLabel]: _, ...own } = service.metadata.labels ?? {};
  return {
    ...own,
    ...(isHeadless(service) && { [headlessLabel]: '' }),
    [managedByLabel]: managedByUs,
  };
}

function annotationsOf(
  existing: Endpoints | undefined,
  truncated: boolean,
): Readonly<Record<string, string>> {
  const { [overCapacity]: _, ...others } = existing?.metadata.annotations ?? {};
  return truncated ? { ...others, [overCapacity]: 'truncated' } : others;
}

/** Two texts are equal when the objects say the same: what is empty may be left out, the order of labels means nothing. */
function contentText({ metadata, subsets = [] }: Endpoints): string {
  const sorted = (map: Readonly<Record<string, string>> = {}): unknown =>
    Object.entries(map).toSorted(([a], [b]) => byText(a, b));
  const content = subsets.map(({ addresses = [], notReadyAddresses = [], ports = [] }) => [
    addresses.map(addressText),
    notReadyAddresses.map(addressText),
    ports.map(portText),
  ]);
  const annotations = withTriggerTime(metadata.annotations, undefined);
  return JSON.stringify([sorted(metadata.labels), sorted(annotations), content]);
}

function addressText({ ip, hostname, nodeName, targetRef }: EndpointAddress): string {
  return JSON.stringify([ip, hostname, nodeName, targetRef?.uid, targetRef?.name]);
}

function addressKey({ ip, targetRef }: EndpointAddress): string {
  return JSON.stringify([ip, targetRef?.uid ?? '']);
}

function portText({ name = '', port, protocol = 'TCP', appProtocol = '' }: EndpointPort): string {
  return JSON.stringify([name, port, protocol, appProtocol]);
}

function byText(a: string, b: string): number {
  return a < b ? -1 : Number(a > b);
}
