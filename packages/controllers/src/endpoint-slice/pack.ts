/**
 * Distributes endpoints over slices. Pure. Slices are read by every node, so what counts is that few of them change: an endpoint stays
 * where it is; what is new fills slices that change anyway, then one that has room, then new ones.
 *
 * Invariants: E1 each endpoint is in exactly one slice afterwards. E2 no slice has more than `slots` endpoints. E3 a slice that needs no
 * change is not written.
 */
import type { Endpoint, EndpointSlice } from '@navarch/api/types/discovery/v1';

export interface Packing {
  /** The endpoints of each slice to be made. */
  readonly create: readonly (readonly Endpoint[])[];
  readonly update: readonly EndpointSlice[];
  readonly remove: readonly EndpointSlice[];
}

export interface PackRequest {
  /** Of one address type and one list of ports. */
  readonly slices: readonly EndpointSlice[];
  readonly endpoints: readonly Endpoint[];
  readonly slots: number;
  /** Whether what a slice says besides its endpoints is as it should be. */
  readonly isCurrent: (slice: EndpointSlice) => boolean;
  /** The slice with its labels, owner and ports as they should be. */
  readonly renew: (slice: EndpointSlice, endpoints: readonly Endpoint[]) => EndpointSlice;
}

interface Kept {
  readonly slice: EndpointSlice;
  endpoints: readonly Endpoint[];
  changed: boolean;
}

export function pack(request: PackRequest): Packing {
  const { slots, renew } = request;
  const wanted = new Map(request.endpoints.map((endpoint) => [endpointKey(endpoint), endpoint]));
  const all = request.slices.map((slice) => keep(slice, wanted, request));
  const kept = all.filter(({ endpoints }) => endpoints.length > 0);
  const left = [...wanted.values()];
  const fullestFirst = kept
    .filter(({ changed }) => changed)
    .toSorted((a, b) => b.endpoints.length - a.endpoints.length);
  for (const slice of fullestFirst) fill(slice, left, slots);
  if (left.length > 0 && left.length < slots) {
    const roomy = tightest(kept, left.length, slots);
    if (roomy) fill(roomy, left, slots);
  }
  const create: Endpoint[][] = [];
  while (left.length > 0) create.push(left.splice(0, slots));
  return {
    create,
    update: kept
      .filter(({ changed }) => changed)
      .map(({ slice, endpoints }) => renew(slice, endpoints)),
    remove: all.filter(({ endpoints }) => endpoints.length === 0).map(({ slice }) => slice),
  };
}

/** What of a slice stays; takes it off `wanted`. */
function keep(
  slice: EndpointSlice,
  wanted: Map<string, Endpoint>,
  { isCurrent }: PackRequest,
): Kept {
  let changed = !isCurrent(slice);
  const endpoints: Endpoint[] = [];
  for (const endpoint of slice.endpoints ?? []) {
    const key = endpointKey(endpoint);
    const current = wanted.get(key);
    if (!current || !sameEndpoint(current, endpoint)) changed = true;
    if (!current) continue;
    endpoints.push(current);
    wanted.delete(key); // E1
  }
  return { slice, endpoints, changed };
}

function fill(slice: Kept, left: Endpoint[], slots: number): void {
  const taken = left.splice(0, Math.max(slots - slice.endpoints.length, 0)); // E2
  if (taken.length === 0) return;
  slice.endpoints = [...slice.endpoints, ...taken];
  slice.changed = true;
}

/** The unchanged slice that has room for all of them and the least beyond. */
function tightest(kept: readonly Kept[], count: number, slots: number): Kept | undefined {
  return kept
    .filter(({ changed, endpoints }) => !changed && endpoints.length + count <= slots)
    .toSorted((a, b) => b.endpoints.length - a.endpoints.length)
    .at(0);
}

/** What makes it the same endpoint, whatever its state: the pod, or else the address. */
function endpointKey({ targetRef, addresses }: Endpoint): string {
  return JSON.stringify([targetRef?.uid ?? '', targetRef?.name ?? '', addresses]);
}

function sameEndpoint(a: Endpoint, b: Endpoint): boolean {
  return a === b || endpointText(a) === endpointText(b);
}

function endpointText({
  conditions,
  hostname,
  nodeName,
  zone,
  hints,
  targetRef,
}: Endpoint): string {
  const { ready, serving, terminating } = conditions ?? {};
  const zones = (hints?.forZones ?? []).map(({ name }) => name);
  const nodes = (hints?.forNodes ?? []).map(({ name }) => name);
  const state = [ready, serving, terminating, hostname, nodeName, zone, zones, nodes];
  return JSON.stringify([...state, targetRef?.name, targetRef?.namespace]);
}
