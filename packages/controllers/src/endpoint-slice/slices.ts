/** What the controllers that make endpoint slices share. Pure. */
import type { EndpointPort, EndpointSlice } from '@navarch/api/types/discovery/v1';

export const sliceLabels = {
  serviceName: 'kubernetes.io/service-name',
  managedBy: 'endpointslice.kubernetes.io/managed-by',
  headless: 'service.kubernetes.io/headless',
} as const;

export interface SliceWrites {
  readonly create: readonly EndpointSlice[];
  readonly update: readonly EndpointSlice[];
  readonly remove: readonly EndpointSlice[];
}

/** A slice that would go becomes one that would be made: one write, and its name stays. */
export function reuse({ create, update, remove }: SliceWrites): SliceWrites {
  const count = Math.min(create.length, remove.length);
  const reused = create.slice(0, count).flatMap((made, index) => {
    const old = remove[index];
    if (!old) return [];
    const { labels, annotations, ownerReferences } = made.metadata;
    const metadata = {
      ...old.metadata,
      ...(labels && { labels }),
      ...(annotations && { annotations }),
      ...(ownerReferences && { ownerReferences }),
    };
    return [{ ...old, metadata, endpoints: made.endpoints, ports: made.ports }];
  });
  return {
    create: create.slice(count),
    update: [...update, ...reused],
    remove: remove.slice(count),
  };
}

/** The key of the service that the slice was made for, if `manager` made it. */
export function serviceKeyOf({ metadata }: EndpointSlice, manager: string): readonly string[] {
  const { labels = {}, namespace = '' } = metadata;
  const service = labels[sliceLabels.serviceName];
  if (!service || labels[sliceLabels.managedBy] !== manager) return [];
  return [`${namespace}/${service}`];
}

/** The same text for the same ports, in whatever order. */
export function portsKey(ports: readonly EndpointPort[] | undefined): string {
  const texts = (ports ?? []).map(({ name, port, protocol, appProtocol }) =>
    JSON.stringify([name ?? '', port ?? 0, protocol ?? 'TCP', appProtocol ?? '']),
  );
  return texts.toSorted((a, b) => (a < b ? -1 : Number(a > b))).join();
}

export function sameMap(
  a: Readonly<Record<string, string>> = {},
  b: Readonly<Record<string, string>> = {},
): boolean {
  const keys = Object.keys(b);
  return keys.length === Object.keys(a).length && keys.every((key) => a[key] === b[key]);
}
