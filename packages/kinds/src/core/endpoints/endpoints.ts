/** Endpoints: the old form of who stands behind a service. Kept as they are given: endpoint slices are where order matters. */
import { type FieldError, Path, required } from '@navarch/api/field-error';
import { isDns1123Subdomain } from '@navarch/api/names';
import type {
  EndpointAddress,
  EndpointPort,
  Endpoints,
  EndpointSubset,
} from '@navarch/api/types/core/v1/endpoints';
import type { Draft } from '@navarch/api/types/scalars';
import { defineResource } from '../../define.ts';
import { age } from '../../table/age.ts';
import { none } from '../../table/cells.ts';
import { ageColumn, column, nameColumn } from '../../table/columns.ts';
import {
  checkLabel,
  checkPortNumber,
  checkQualifiedName,
  checkRequiredChoice,
  checkText,
  type Errors,
} from '../checks.ts';
import { listOf } from '../../nil.ts';
import { checkIp, checkNonSpecialIp, ipWarnings } from '../ip.ts';

export const protocols: readonly string[] = ['SCTP', 'TCP', 'UDP'];

export const endpoints = defineResource<Endpoints>({
  group: '',
  version: 'v1',
  kind: 'Endpoints',
  plural: 'endpoints',
  singular: 'endpoints',
  shortNames: ['ep'],
  metadataChecksOnUpdate: { asNew: 1, asChanged: 1 },
  scope: 'Namespaced',
  createOnUpdate: true,
  storagePrefix: 'services/endpoints',
  deprecationWarning: 'v1 Endpoints is deprecated in v1.33+; use discovery.k8s.io/v1 EndpointSlice',
  setDefaults,
  validate: validateEndpoints,
  validateUpdate: validateEndpoints,
  warnings: endpointsWarnings,
  table: {
    columns: [
      nameColumn,
      column('Endpoints', 'The addresses and ports that are ready.'),
      ageColumn,
    ],
    row: ({ metadata, subsets }, nowMs) => [
      metadata.name ?? '',
      endpointsCell(listOf(subsets)),
      age(nowMs, metadata.creationTimestamp),
    ],
  },
});

function setDefaults(draft: Draft<Endpoints>): void {
  for (const { ports } of draft.subsets ?? []) {
    for (const port of ports ?? []) port.protocol ||= 'TCP';
  }
}

const shownMax = 3;

/** The first three, and how many more. */
function endpointsCell(subsets: readonly EndpointSubset[]): string {
  if (subsets.length === 0) return none;
  const all = subsets.flatMap(({ addresses, ports }) =>
    listOf(ports).length === 0
      ? listOf(addresses).map(({ ip }) => ip)
      : listOf(ports).flatMap(({ port }) =>
          listOf(addresses).map(({ ip }) => hostAndPort(ip, port)),
        ),
  );
  const shown = all.slice(0, shownMax).join(',');
  return all.length > shownMax ? `${shown} + ${all.length - shownMax} more...` : shown;
}

function hostAndPort(ip: string, port: number): string {
  return ip.includes(':') ? `[${ip}]:${port}` : `${ip}:${port}`;
}

function validateEndpoints({ subsets }: Endpoints): readonly FieldError[] {
  const errors: Errors = [];
  for (const [index, subset] of listOf(subsets).entries()) {
    checkSubset(subset, Path.of('subsets').index(index), errors);
  }
  return errors;
}

function checkSubset(subset: EndpointSubset, path: Path, errors: Errors): void {
  const addresses = listOf(subset.addresses);
  const notReady = listOf(subset.notReadyAddresses);
  const ports = listOf(subset.ports);
  if (addresses.length === 0 && notReady.length === 0) {
    errors.push(required(path, 'must specify `addresses` or `notReadyAddresses`'));
  }
  addresses.forEach((address, i) =>
    checkAddress(address, path.child('addresses').index(i), errors),
  );
  notReady.forEach((address, i) =>
    checkAddress(address, path.child('notReadyAddresses').index(i), errors),
  );
  ports.forEach((port, i) =>
    checkEndpointPort(port, ports.length > 1, path.child('ports').index(i), errors),
  );
}

function checkAddress(
  { ip, hostname, nodeName }: EndpointAddress,
  path: Path,
  errors: Errors,
): void {
  checkIp(ip, path.child('ip'), errors);
  if (hostname) checkLabel(hostname, path.child('hostname'), errors);
  if (nodeName !== undefined)
    checkText(isDns1123Subdomain, nodeName, path.child('nodeName'), errors);
  // Upstream says twice what is no address at all.
  checkNonSpecialIp(ip, path.child('ip'), errors);
}

function checkEndpointPort(
  port: EndpointPort,
  needsName: boolean,
  path: Path,
  errors: Errors,
): void {
  if (port.name) checkLabel(port.name, path.child('name'), errors);
  else if (needsName) errors.push(required(path.child('name')));
  checkPortNumber(port.port, path.child('port'), errors);
  checkRequiredChoice(port.protocol, protocols, path.child('protocol'), errors);
  if (port.appProtocol !== undefined) {
    checkQualifiedName(port.appProtocol, path.child('appProtocol'), errors);
  }
}

const managerLabel = 'endpoints.kubernetes.io/managed-by';

/** The controller's own are always well formed. */
function endpointsWarnings({ metadata, subsets }: Endpoints): readonly string[] {
  if (metadata.labels?.[managerLabel] === 'endpoint-controller') return [];
  return listOf(subsets).flatMap((subset, i) =>
    (['addresses', 'notReadyAddresses'] as const).flatMap((member) =>
      listOf(subset[member]).flatMap(({ ip }, j) =>
        ipWarnings(ip, Path.of('subsets').index(i).child(member).index(j).child('ip')),
      ),
    ),
  );
}
