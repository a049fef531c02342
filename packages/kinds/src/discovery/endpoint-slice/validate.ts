/** What an endpoint slice must be like. */
import {
  duplicate,
  type FieldError,
  invalid,
  Path,
  required,
  tooMany,
} from '@navarch/api/field-error';
import { isDns1123Subdomain, isLabelValue } from '@navarch/api/names';
import type { Endpoint, EndpointPort, EndpointSlice } from '@navarch/api/types/discovery/v1';
import {
  checkChoice,
  checkLabel,
  checkLabels,
  checkQualifiedName,
  checkRequiredChoice,
  checkText,
  checkUnique,
  type Errors,
  immutableText,
} from '../../core/checks.ts';
import { listOf } from '../../nil.ts';
import { checkNonSpecialIp, nonCanonicalIp, parseIp } from '../../core/ip.ts';

const addressTypes: readonly string[] = ['FQDN', 'IPv4', 'IPv6'];
const protocols: readonly string[] = ['SCTP', 'TCP', 'UDP'];
const topologyLabelsMax = 16;
const addressesMax = 100;
const portsMax = 20_000;
const endpointsMax = 1000;
const hintsMax = 8;

export function validateEndpointSlice(slice: EndpointSlice): readonly FieldError[] {
  return validate(slice, new Set());
}

export function validateEndpointSliceUpdate(
  slice: EndpointSlice,
  stored: EndpointSlice,
): readonly FieldError[] {
  // Addresses that are stored already may keep the form they have.
  const known = new Set(listOf(stored.endpoints).flatMap(({ addresses }) => listOf(addresses)));
  const errors = validate(slice, known);
  if (slice.addressType === stored.addressType) return errors;
  return [...errors, invalid('addressType', slice.addressType, immutableText)];
}

function validate(slice: EndpointSlice, known: ReadonlySet<string>): readonly FieldError[] {
  const errors: Errors = [];
  checkRequiredChoice(slice.addressType, addressTypes, Path.of('addressType'), errors);
  checkEndpoints(slice, known, Path.of('endpoints'), errors);
  checkPorts(listOf(slice.ports), Path.of('ports'), errors);
  return errors;
}

function checkEndpoints(
  slice: EndpointSlice,
  known: ReadonlySet<string>,
  path: Path,
  errors: Errors,
): void {
  const endpoints = listOf(slice.endpoints);
  if (endpoints.length > endpointsMax) {
    errors.push(tooMany(path, endpoints.length, endpointsMax));
    return;
  }
  for (const [index, endpoint] of endpoints.entries()) {
    const at = path.index(index);
    checkAddresses(
      listOf(endpoint.addresses),
      slice.addressType,
      known,
      at.child('addresses'),
      errors,
    );
    checkEndpoint(endpoint, at, errors);
  }
}

function checkAddresses(
  addresses: readonly string[],
  type: string,
  known: ReadonlySet<string>,
  path: Path,
  errors: Errors,
): void {
  if (addresses.length === 0) errors.push(required(path, 'must contain at least 1 address'));
  if (addresses.length > addressesMax) errors.push(tooMany(path, addresses.length, addressesMax));
  for (const [index, address] of addresses.entries()) {
    const at = path.index(index);
    if (type === 'FQDN') checkDomain(address, at, errors);
    else if (type === 'IPv4' || type === 'IPv6') {
      if (!checkFamily(address, type, path, errors)) continue;
      const problem = known.has(address) ? undefined : formProblem(address);
      if (problem !== undefined) errors.push(invalid(at, address, problem));
      checkNonSpecialIp(address, at, errors);
    }
  }
}

/** What is wrong with how an address is written. */
function formProblem(address: string): string | undefined {
  const canonical = nonCanonicalIp(address);
  if (canonical === undefined) return undefined;
  if (!address.includes(':')) return 'must not have leading 0s';
  if (!canonical.includes(':')) return 'must not be an IPv4-mapped IPv6 address';
  return `must be in canonical form ("${canonical}")`;
}

/** A wrong family is reported at the list, as upstream does. */
function checkFamily(
  address: string,
  family: 'IPv4' | 'IPv6',
  path: Path,
  errors: Errors,
): boolean {
  if (parseIp(address)?.family === family) return true;
  errors.push(invalid(path, address, `must be an ${family} address`));
  return false;
}

function checkDomain(domain: string, path: Path, errors: Errors): void {
  if (domain === '') {
    errors.push(required(path, ''));
    return;
  }
  const name = domain.endsWith('.') ? domain.slice(0, -1) : domain;
  const before = errors.length;
  checkText(isDns1123Subdomain, name, path, errors);
  if (errors.length === before && !name.includes('.')) {
    errors.push(
      invalid(path, name, 'should be a domain with at least two segments separated by dots'),
    );
  }
}

function checkEndpoint(endpoint: Endpoint, path: Path, errors: Errors): void {
  const { nodeName, deprecatedTopology, hostname, hints } = endpoint;
  if (nodeName !== undefined)
    checkText(isDns1123Subdomain, nodeName, path.child('nodeName'), errors);
  const topologyPath = path.child('deprecatedTopology');
  const topologyLabels = Object.keys(deprecatedTopology ?? {}).length;
  if (topologyLabels > topologyLabelsMax) {
    errors.push(tooMany(topologyPath, topologyLabels, topologyLabelsMax));
  }
  checkLabels(deprecatedTopology, topologyPath, errors);
  if (hostname !== undefined) checkLabel(hostname, path.child('hostname'), errors);
  const hintsPath = path.child('hints');
  checkHints(listOf(hints?.forZones), isLabelValue, hintsPath.child('forZones'), errors);
  checkHints(listOf(hints?.forNodes), isDns1123Subdomain, hintsPath.child('forNodes'), errors);
}

function checkHints(
  hints: readonly { readonly name: string }[],
  rule: (name: string) => readonly string[],
  path: Path,
  errors: Errors,
): void {
  if (hints.length > hintsMax) {
    errors.push(tooMany(path, hints.length, hintsMax));
    return;
  }
  const seen = new Set<string>();
  for (const [index, { name }] of hints.entries()) {
    const at = path.index(index).child('name');
    checkUnique(name, seen, at, errors);
    checkText(rule, name, at, errors);
  }
}

function checkPorts(ports: readonly EndpointPort[], path: Path, errors: Errors): void {
  if (ports.length > portsMax) {
    errors.push(tooMany(path, ports.length, portsMax));
    return;
  }
  const names = new Set<string>();
  for (const [index, { name = '', protocol, appProtocol }] of ports.entries()) {
    const at = path.index(index);
    if (name !== '') checkLabel(name, at.child('name'), errors);
    if (names.has(name)) errors.push(duplicate(at.child('name'), name));
    names.add(name);
    if (protocol === undefined) errors.push(required(at.child('protocol')));
    else checkChoice(protocol, protocols, at.child('protocol'), errors);
    if (appProtocol !== undefined) checkQualifiedName(appProtocol, at.child('appProtocol'), errors);
  }
}
