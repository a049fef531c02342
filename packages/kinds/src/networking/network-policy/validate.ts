/** What holds for a network policy: peers of one sort each, ports and ranges that exist. */
import {
  type FieldError,
  forbidden,
  invalid,
  notSupported,
  Path,
  required,
} from '@navarch/api/field-error';
import { isPortName, isPortNumber } from '@navarch/api/names';
import type {
  IPBlock,
  NetworkPolicy,
  NetworkPolicyPeer,
  NetworkPolicyPort,
} from '@navarch/api/types/networking/v1';
import { oneOf } from '../../checks.ts';
import { checkCidr, contains, type IpRange, parseCidr } from '../../core/ip.ts';
import { validateLabelSelector } from '../../label-selector.ts';
import { listOf } from '../../nil.ts';

const protocols = ['TCP', 'UDP', 'SCTP'];
const policyTypes = ['Ingress', 'Egress'];
const blockAndSelectorText = 'may not specify both ipBlock and another peer';

export function validateNetworkPolicy({ spec }: NetworkPolicy): FieldError[] {
  const path = Path.of('spec');
  const errors = validateLabelSelector(spec.podSelector, path.child('podSelector'));
  for (const [i, rule] of listOf(spec.ingress).entries()) {
    const at = path.child('ingress').index(i);
    errors.push(...validatePorts(rule.ports, at.child('ports')));
    errors.push(...validatePeers(rule.from, at.child('from')));
  }
  for (const [i, rule] of listOf(spec.egress).entries()) {
    const at = path.child('egress').index(i);
    errors.push(...validatePorts(rule.ports, at.child('ports')));
    errors.push(...validatePeers(rule.to, at.child('to')));
  }
  return [...errors, ...validateTypes(listOf(spec.policyTypes), path.child('policyTypes'))];
}

function validateTypes(types: readonly string[], path: Path): FieldError[] {
  if (types.length > policyTypes.length) {
    return [invalid(path, types, 'may not specify more than two policyTypes')];
  }
  return types.flatMap((type, i) => oneOf(type, policyTypes, path.index(i)));
}

function validatePorts(ports: readonly NetworkPolicyPort[] | undefined, path: Path): FieldError[] {
  return listOf(ports).flatMap((port, i) => validatePort(port, path.index(i)));
}

function validatePort({ protocol, port, endPort }: NetworkPolicyPort, path: Path): FieldError[] {
  const errors: FieldError[] = [];
  const portPath = path.child('port');
  const endPath = path.child('endPort');
  if (protocol !== undefined && !protocols.includes(protocol)) {
    errors.push(notSupported(path.child('protocol'), protocol, protocols));
  }
  if (port === undefined) {
    if (endPort !== undefined) {
      errors.push(invalid(endPath, endPort, 'may not be specified when `port` is not specified'));
    }
    return errors;
  }
  if (typeof port === 'string') {
    if (endPort !== undefined) {
      errors.push(invalid(endPath, endPort, 'may not be specified when `port` is non-numeric'));
    }
    return [...errors, ...isPortName(port).map((detail) => invalid(portPath, port, detail))];
  }
  errors.push(...isPortNumber(port).map((detail) => invalid(portPath, port, detail)));
  if (endPort !== undefined) {
    // The value shown is the port's, not its own; clients know it so.
    if (endPort < port)
      errors.push(invalid(endPath, port, 'must be greater than or equal to `port`'));
    errors.push(...isPortNumber(endPort).map((detail) => invalid(endPath, endPort, detail)));
  }
  return errors;
}

function validatePeers(peers: readonly NetworkPolicyPeer[] | undefined, path: Path): FieldError[] {
  return listOf(peers).flatMap((peer, i) => validatePeer(peer, path.index(i)));
}

function validatePeer(peer: NetworkPolicyPeer, path: Path): FieldError[] {
  const { podSelector, namespaceSelector, ipBlock } = peer;
  const errors = [
    ...validateLabelSelector(podSelector, path.child('podSelector')),
    ...validateLabelSelector(namespaceSelector, path.child('namespaceSelector')),
    ...(ipBlock ? validateBlock(ipBlock, path.child('ipBlock')) : []),
  ];
  if (!podSelector && !namespaceSelector && !ipBlock) {
    errors.push(required(path, 'must specify a peer'));
  } else if (ipBlock && (podSelector || namespaceSelector)) {
    errors.push(forbidden(path, blockAndSelectorText));
  }
  return errors;
}

function validateBlock({ cidr, except }: IPBlock, path: Path): FieldError[] {
  if (!cidr) return [required(path.child('cidr'))];
  const errors: FieldError[] = [];
  checkCidr(cidr, path.child('cidr'), errors);
  const range = parseCidr(cidr);
  if (!range) return errors;
  for (const [i, text] of listOf(except).entries()) {
    validateException(text, range, path.child('except').index(i), errors);
  }
  return errors;
}

function isStrictSubset(range: IpRange, { family, base, prefixLength }: IpRange): boolean {
  return contains(range, { family, bits: base }) && prefixLength > range.prefixLength;
}

function validateException(text: string, range: IpRange, path: Path, errors: FieldError[]): void {
  checkCidr(text, path, errors);
  const inner = parseCidr(text);
  if (inner && !isStrictSubset(range, inner)) {
    errors.push(invalid(path, text, 'must be a strict subset of `cidr`'));
  }
}
