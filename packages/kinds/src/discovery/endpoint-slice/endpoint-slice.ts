/** Endpoint slices: who stands behind a service, in pieces of at most a thousand. */
import { isDns1123Subdomain } from '@navarch/api/names';
import type { EndpointPort, EndpointSlice } from '@navarch/api/types/discovery/v1';
import type { Draft } from '@navarch/api/types/scalars';
import { listOf } from '../../nil.ts';
import { defineResource } from '../../define.ts';
import { semanticallyEqual } from '../../equal.ts';
import { generations, withMember } from '../../strategy.ts';
import { age } from '../../table/age.ts';
import { unset } from '../../table/cells.ts';
import { ageColumn, column, nameColumn } from '../../table/columns.ts';
import { validateEndpointSlice, validateEndpointSliceUpdate } from './validate.ts';
import { ipWarnings } from '../../core/ip.ts';
import { Path } from '@navarch/api/field-error';

const strategy = generations<EndpointSlice>(
  (submitted, stored) =>
    !semanticallyEqual(submitted.metadata.labels, stored.metadata.labels) ||
    submitted.addressType !== stored.addressType ||
    !semanticallyEqual(submitted.endpoints, stored.endpoints) ||
    !semanticallyEqual(submitted.ports, stored.ports),
);

export const endpointSlices = defineResource<EndpointSlice>({
  group: 'discovery.k8s.io',
  version: 'v1',
  kind: 'EndpointSlice',
  plural: 'endpointslices',
  metadataChecksOnUpdate: { asNew: 1, asChanged: 0 },
  scope: 'Namespaced',
  setDefaults,
  prepareForCreate: (submitted, context) => {
    const slice = withoutTopology(submitted, new Set());
    return strategy.prepareForCreate?.(slice, context) ?? slice;
  },
  prepareForUpdate: (submitted, stored, context) => {
    const same = semanticallyEqual(submitted.endpoints, stored.endpoints);
    const slice = same ? submitted : withoutTopology(submitted, oldNodeNames(stored));
    return strategy.prepareForUpdate?.(slice, stored, context) ?? slice;
  },
  validate: validateEndpointSlice,
  validateUpdate: validateEndpointSliceUpdate,
  warnings: sliceWarnings,
  table: {
    columns: [
      nameColumn,
      column(
        'AddressType',
        'Whether the endpoints are IPv4 addresses, IPv6 addresses or domain names.',
      ),
      column('Ports', 'The ports that every endpoint of the slice offers.'),
      column('Endpoints', 'The addresses of the slice.'),
      ageColumn,
    ],
    row: ({ metadata, addressType, ports, endpoints }, nowMs) => [
      metadata.name ?? '',
      addressType,
      firstFew(listOf(ports).map(portCell)),
      firstFew(listOf(endpoints).flatMap(({ addresses }) => listOf(addresses))),
      age(nowMs, metadata.creationTimestamp),
    ],
  },
});

function setDefaults(draft: Draft<EndpointSlice>): void {
  for (const port of draft.ports ?? []) {
    port.name ??= '';
    port.protocol ??= 'TCP';
  }
}

const managerLabel = 'endpointslice.kubernetes.io/managed-by';
const managers = ['endpointslice-controller.k8s.io', 'endpointslicemirroring-controller.k8s.io'];

function sliceWarnings(slice: EndpointSlice, stored?: EndpointSlice): readonly string[] {
  const { metadata, addressType, endpoints } = slice;
  if (addressType === 'FQDN') {
    return stored ? [] : ['spec.addressType: FQDN endpoints are deprecated'];
  }
  // The controllers' own are always well formed.
  if (managers.includes(metadata.labels?.[managerLabel] ?? '')) return [];
  return listOf(endpoints).flatMap(({ addresses }, i) =>
    listOf(addresses).flatMap((address, j) =>
      ipWarnings(address, Path.of('endpoints').index(i).child('addresses').index(j)),
    ),
  );
}

const hostnameLabel = 'kubernetes.io/hostname';

/** Names of nodes where they once were. */
function oldNodeNames({ endpoints }: EndpointSlice): ReadonlySet<string | undefined> {
  return new Set(
    listOf(endpoints).map(({ deprecatedTopology }) => deprecatedTopology?.[hostnameLabel]),
  );
}

/**
 * The field of an older version is accepted and forgotten. `kept`: names of nodes that it holds already, which move to where
 * they are now.
 */
function withoutTopology(
  slice: EndpointSlice,
  kept: ReadonlySet<string | undefined>,
): EndpointSlice {
  if (!listOf(slice.endpoints).some((endpoint) => endpoint.deprecatedTopology !== undefined)) {
    return slice;
  }
  const endpoints = slice.endpoints.map((endpoint) => {
    const rest = withMember(endpoint, 'deprecatedTopology', undefined);
    const nodeName = endpoint.deprecatedTopology?.[hostnameLabel];
    const moves =
      rest.nodeName === undefined &&
      nodeName !== undefined &&
      kept.has(nodeName) &&
      isDns1123Subdomain(nodeName).length === 0;
    return moves ? { ...rest, nodeName } : rest;
  });
  return { ...slice, endpoints };
}

/** A port that is not restricted is shown by its name. */
function portCell({ port, name }: EndpointPort): string {
  return port === undefined ? (name ?? '*') : String(port);
}

const shownMax = 3;

function firstFew(texts: readonly string[]): string {
  const shown = texts.slice(0, shownMax).join(',');
  if (texts.length > shownMax) return `${shown} + ${texts.length - shownMax} more...`;
  return shown || unset;
}
