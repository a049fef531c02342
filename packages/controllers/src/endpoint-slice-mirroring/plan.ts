/** Endpoints that people or other components make by hand, as endpoint slices: who reads slices need not read both. Pure. */
import { endpoints as endpointsResource } from '@navarch/api/resources';
import type {
  EndpointAddress,
  Endpoints,
  EndpointSubset,
} from '@navarch/api/types/core/v1/endpoints';
import type { IPFamily, Service } from '@navarch/api/types/core/v1/service';
import type { Endpoint, EndpointPort, EndpointSlice } from '@navarch/api/types/discovery/v1';
import { pack } from '../endpoint-slice/pack.ts';
import {
  portsKey,
  reuse,
  sameMap,
  sliceLabels,
  type SliceWrites,
} from '../endpoint-slice/slices.ts';
import { managedByLabel, managedByUs as endpointsController } from '../endpoints/plan.ts';
import { controllerReference } from '../ownership/owner.ts';
import { familyOf } from '../service/service-pods.ts';

export const mirroredByUs = 'endpointslicemirroring-controller.k8s.io';
const skipMirrorLabel = 'endpointslice.kubernetes.io/skip-mirror';
const leaderAnnotation = 'control-plane.alpha.kubernetes.io/leader';
/** So many of each subset are mirrored, in one slice. */
const endpointsPerSubsetMax = 1000;

const notMirrored: ReadonlySet<string> = new Set([
  'endpoints.kubernetes.io/last-change-trigger-time',
  'kubectl.kubernetes.io/last-applied-configuration',
]);

/** Not those that a controller made from pods: they have slices of their own. */
export function isMirrored({ metadata }: Endpoints, service: Service | undefined): boolean {
  const { labels = {}, annotations = {} } = metadata;
  if (!service || service.spec.selector !== undefined) return false;
  return (
    labels[skipMirrorLabel] !== 'true' &&
    labels[managedByLabel] !== endpointsController &&
    annotations[leaderAnnotation] === undefined
  );
}

/** `source` is undefined when nothing is to be mirrored. */
export function planMirror(
  source: Endpoints | undefined,
  slices: readonly EndpointSlice[],
): SliceWrites {
  const groups = new Map<string, Group>();
  for (const subset of source?.subsets ?? []) {
    for (const family of ['IPv4', 'IPv6'] as const) addToGroup(groups, subset, family);
  }
  const keyOf = ({ addressType, ports }: EndpointSlice): string => groupKey(addressType, ports);
  const plan = {
    create: [] as EndpointSlice[],
    update: [] as EndpointSlice[],
    remove: slices.filter((slice) => !groups.has(keyOf(slice))),
  };
  for (const [key, { family, ports, endpoints }] of source ? groups : []) {
    const wanted = template(source ?? { metadata: {} }, family, ports);
    const packing = pack({
      slices: slices.filter((slice) => keyOf(slice) === key),
      endpoints,
      slots: endpointsPerSubsetMax,
      isCurrent: ({ metadata }) =>
        sameMap(metadata.labels, wanted.metadata.labels) &&
        sameMap(metadata.annotations, wanted.metadata.annotations),
      renew: (slice, kept) => ({
        ...slice,
        metadata: {
          ...slice.metadata,
          labels: wanted.metadata.labels ?? {},
          annotations: wanted.metadata.annotations ?? {},
        },
        endpoints: kept,
      }),
    });
    plan.create.push(...packing.create.map((made) => ({ ...wanted, endpoints: made })));
    plan.update.push(...packing.update);
    plan.remove.push(...packing.remove);
  }
  return reuseWithin(plan);
}

/** The type of a slice's addresses is fixed: only slices of one type can stand in for each other. */
function reuseWithin({ create, update, remove }: SliceWrites): SliceWrites {
  const plans = ['IPv4', 'IPv6', 'FQDN'].map((type) =>
    reuse({
      create: create.filter(({ addressType }) => addressType === type),
      update: update.filter(({ addressType }) => addressType === type),
      remove: remove.filter(({ addressType }) => addressType === type),
    }),
  );
  return {
    create: plans.flatMap((plan) => plan.create),
    update: plans.flatMap((plan) => plan.update),
    remove: plans.flatMap((plan) => plan.remove),
  };
}

interface Group {
  readonly family: IPFamily;
  readonly ports: readonly EndpointPort[];
  readonly endpoints: Endpoint[];
}

function groupKey(type: string, ports: readonly EndpointPort[] | undefined): string {
  return `${type} ${portsKey(ports)}`;
}

function addToGroup(groups: Map<string, Group>, subset: EndpointSubset, family: IPFamily): void {
  const ports = (subset.ports ?? []).map(({ name = '', port, protocol = 'TCP', appProtocol }) => ({
    name,
    port,
    protocol,
    ...(appProtocol !== undefined && { appProtocol }),
  }));
  const endpoints = [
    ...(subset.addresses ?? []).map((address) => endpointOf(address, true)),
    ...(subset.notReadyAddresses ?? []).map((address) => endpointOf(address, false)),
  ].filter(({ addresses: [ip = ''] }) => familyOf(ip) === family);
  if (endpoints.length === 0) return;
  const key = groupKey(family, ports);
  const group = groups.get(key) ?? { family, ports, endpoints: [] };
  groups.set(key, group);
  group.endpoints.push(...endpoints.slice(0, endpointsPerSubsetMax - group.endpoints.length));
}

function endpointOf(
  { ip, hostname, nodeName, targetRef }: EndpointAddress,
  ready: true | false,
): Endpoint {
  return {
    addresses: [ip],
    conditions: { ready },
    ...(hostname && { hostname }),
    ...(targetRef && { targetRef }),
    ...(nodeName && { nodeName }),
  };
}

function template(
  source: Endpoints,
  family: IPFamily,
  ports: readonly EndpointPort[],
): EndpointSlice {
  const { namespace, name = '', labels, annotations = {} } = source.metadata;
  const mirrored = Object.entries(annotations).filter(([key]) => !notMirrored.has(key));
  return {
    metadata: {
      generateName: `${name}-`,
      ...(namespace !== undefined && { namespace }),
      labels: {
        ...labels,
        [sliceLabels.serviceName]: name,
        [sliceLabels.managedBy]: mirroredByUs,
      },
      annotations: Object.fromEntries(mirrored),
      ownerReferences: [controllerReference(endpointsResource, source)],
    },
    addressType: family === 'IPv6' ? 'IPv6' : 'IPv4',
    endpoints: [],
    ports,
  };
}
