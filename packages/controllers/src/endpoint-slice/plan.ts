/** The endpoint slices of a service, from its pods. Pure. */
import type { Endpoint, EndpointPort, EndpointSlice } from '@navarch/api/types/discovery/v1';
import type { Node } from '@navarch/api/types/core/v1/node';
import type { Pod } from '@navarch/api/types/core/v1/pod';
import type { IPFamily, Service } from '@navarch/api/types/core/v1/service';
import { services } from '@navarch/api/resources';
import { controllerReference } from '../ownership/owner.ts';
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
import { pack } from './pack.ts';
import { portsKey, reuse, sameMap, sliceLabels, type SliceWrites } from './slices.ts';

export const managedByUs = 'endpointslice-controller.k8s.io';
export const endpointsPerSliceMax = 100;
const zoneLabel = 'topology.kubernetes.io/zone';

export interface SliceObservation {
  readonly service: Service;
  /** Those that the service selects. */
  readonly pods: readonly Pod[];
  /** The slices that this controller made for it. */
  readonly slices: readonly EndpointSlice[];
  readonly nodeOf: (name: string) => Node | undefined;
  /** When the change happened that this is about. It is written along, never for its own sake. */
  readonly triggerTime?: string | undefined;
}

export interface SlicePlan extends SliceWrites {
  /** Pods left out because the cache does not know their node: look again. */
  readonly unknownNodes: readonly string[];
}

interface Group {
  readonly ports: readonly EndpointPort[];
  readonly endpoints: Endpoint[];
}

export function planSlices(observation: SliceObservation): SlicePlan {
  const { service, slices, pods, nodeOf } = observation;
  const families = familiesOf(service, pods);
  const unknownNodes = service.spec.publishNotReadyAddresses
    ? []
    : pods.flatMap(({ spec: { nodeName } }) => (nodeName && !nodeOf(nodeName) ? nodeName : []));
  const plans = families.map((family) => planFamily(observation, family));
  const foreign = slices.filter(
    ({ addressType, metadata }) =>
      !families.some((family) => family === addressType) && !metadata.deletionTimestamp,
  );
  const stamp = (slice: EndpointSlice): EndpointSlice => stamped(slice, observation.triggerTime);
  return {
    create: plans.flatMap(({ create }) => create).map(stamp),
    update: plans.flatMap(({ update }) => update).map(stamp),
    remove: [...foreign, ...plans.flatMap(({ remove }) => remove)],
    unknownNodes,
  };
}

function stamped(slice: EndpointSlice, triggerTime: string | undefined): EndpointSlice {
  const annotations = withTriggerTime(slice.metadata.annotations, triggerTime);
  return { ...slice, metadata: { ...slice.metadata, annotations } };
}

function familiesOf({ spec }: Service, pods: readonly Pod[]): readonly IPFamily[] {
  if (spec.ipFamilies && spec.ipFamilies.length > 0) return spec.ipFamilies;
  if (spec.clusterIP && spec.clusterIP !== 'None') return [familyOf(spec.clusterIP)];
  const [ip = ''] = pods.flatMap(addressesOf);
  return [familyOf(ip)];
}

function planFamily(observation: SliceObservation, family: IPFamily): SliceWrites {
  const { service } = observation;
  const slices = observation.slices.filter(
    ({ addressType, metadata }) => addressType === family && !metadata.deletionTimestamp,
  );
  const groups = groupByPorts(observation, family);
  const labels = labelsOf(service);
  const isCurrent = ({ metadata }: EndpointSlice): boolean => sameMap(metadata.labels, labels);
  const create: EndpointSlice[] = [];
  const update: EndpointSlice[] = [];
  const remove = slices.filter((slice) => !groups.has(portsKey(slice.ports)));
  for (const [key, { ports, endpoints }] of groups) {
    const packing = pack({
      slices: slices.filter((slice) => portsKey(slice.ports) === key),
      endpoints,
      slots: endpointsPerSliceMax,
      isCurrent,
      renew: (slice, kept) => ({
        ...slice,
        metadata: { ...slice.metadata, labels },
        endpoints: kept,
        ports,
      }),
    });
    create.push(...packing.create.map((made) => newSlice(service, family, made, ports)));
    update.push(...packing.update);
    remove.push(...packing.remove);
  }
  if (create.length === 0 && slices.length === remove.length)
    return reuse(withPlaceholder(observation, family, remove));
  return reuse({ create, update, remove });
}

/** A service without endpoints has one empty slice: it says that there are none, not that nobody has looked. */
function withPlaceholder(
  { service }: SliceObservation,
  family: IPFamily,
  remove: readonly EndpointSlice[],
): SliceWrites {
  const labels = labelsOf(service);
  const present = remove.find(
    (slice) =>
      (slice.endpoints ?? []).length === 0 &&
      (slice.ports ?? []).length === 0 &&
      sameMap(slice.metadata.labels, labels),
  );
  return {
    create: present ? [] : [newSlice(service, family, [], [])],
    update: [],
    remove: remove.filter((slice) => slice !== present),
  };
}

/** Pods whose named ports have other numbers need slices of their own. */
function groupByPorts(observation: SliceObservation, family: IPFamily): Map<string, Group> {
  const { service, pods, nodeOf } = observation;
  const groups = new Map<string, Group>();
  for (const pod of pods) {
    if (!mayServe(pod, 'with terminating')) continue;
    const node = pod.spec.nodeName ? nodeOf(pod.spec.nodeName) : undefined;
    if (pod.spec.nodeName && !node && !service.spec.publishNotReadyAddresses) continue;
    const numbered = portsOf(service, pod);
    const isPortless = (service.spec.ports ?? []).length === 0 && isHeadless(service);
    if (numbered.length === 0 && !isPortless) continue;
    const endpoint = endpointOf(pod, service, node, family);
    if (endpoint.addresses.length === 0) continue;
    const ports = numbered.map(({ port, number }) => ({
      name: port.name ?? '',
      port: number,
      protocol: port.protocol ?? 'TCP',
      ...(port.appProtocol !== undefined && { appProtocol: port.appProtocol }),
    }));
    const key = portsKey(ports);
    const group = groups.get(key) ?? { ports, endpoints: [] };
    groups.set(key, group);
    group.endpoints.push(endpoint);
  }
  return groups;
}

function endpointOf(
  pod: Pod,
  service: Service,
  node: Node | undefined,
  family: IPFamily,
): Endpoint {
  const { namespace, name, uid } = pod.metadata;
  const serving = isReady(pod);
  const terminating = pod.metadata.deletionTimestamp !== undefined;
  const ready = service.spec.publishNotReadyAddresses === true || (serving && !terminating);
  const hostname = hostnameOf(pod, service);
  const zone = node?.metadata.labels?.[zoneLabel];
  const { nodeName } = pod.spec;
  const hints = ready ? hintsOf(service, zone, nodeName) : undefined;
  return {
    addresses: addressesOf(pod).filter((ip) => familyOf(ip) === family),
    conditions: { ready, serving, terminating },
    ...(hostname !== undefined && { hostname }),
    targetRef: {
      kind: 'Pod',
      ...(namespace !== undefined && { namespace }),
      ...(name !== undefined && { name }),
      ...(uid !== undefined && { uid }),
    },
    ...(nodeName && { nodeName }),
    ...(zone && { zone }),
    ...(hints && { hints }),
  };
}

/** Where traffic to the endpoint should come from, when the service prefers near ones (KEP-3015). */
function hintsOf(
  { spec }: Service,
  zone: string | undefined,
  nodeName: string | undefined,
): Endpoint['hints'] {
  const preference = spec.trafficDistribution;
  const forZones = zone ? [{ name: zone }] : undefined;
  if (preference === 'PreferSameNode') {
    if (!nodeName) return undefined;
    return { ...(forZones && { forZones }), forNodes: [{ name: nodeName }] };
  }
  const isZonal = preference === 'PreferClose' || preference === 'PreferSameZone';
  return isZonal && forZones ? { forZones } : undefined;
}

function newSlice(
  service: Service,
  family: IPFamily,
  endpoints: readonly Endpoint[],
  ports: readonly EndpointPort[],
): EndpointSlice {
  const { namespace, name } = service.metadata;
  return {
    metadata: {
      generateName: `${name}-`,
      ...(namespace !== undefined && { namespace }),
      labels: labelsOf(service),
      ownerReferences: [controllerReference(services, service)],
    },
    addressType: family === 'IPv6' ? 'IPv6' : 'IPv4',
    endpoints,
    ports,
  };
}

/** The service's own labels, and the three that say what the slice is. */
function labelsOf(service: Service): Readonly<Record<string, string>> {
  const reserved: readonly string[] = Object.values(sliceLabels);
  const own = Object.entries(service.metadata.labels ?? {}).filter(
    ([name]) => !reserved.includes(name),
  );
  return {
    ...Object.fromEntries(own),
    ...(isHeadless(service) && { [sliceLabels.headless]: '' }),
    [sliceLabels.serviceName]: service.metadata.name ?? '',
    [sliceLabels.managedBy]: managedByUs,
  };
}
