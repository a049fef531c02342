/** Kubernetes' functions of IP addresses and of CIDRs: https://kubernetes.io/docs/reference/using-api/cel/#kubernetes-ip-address-library */
import { goQuote } from '@navarch/codec/go/text';
import type { Library, OverloadCost } from '../declarations.ts';
import { CelError, noSuchOverload } from '../errors.ts';
import { boolType, intType, opaqueType, stringType } from '../types.ts';
import type { OpaqueValue, Value } from '../values.ts';
import { addressProblem, addressWithoutZone, prefixProblem } from './address-problems.ts';
import { comparison } from './cidr-costs.ts';
import { addressText, parseAddress } from './network-text.ts';
import { type Behaviour, costs, global, member, traverses } from './overloads.ts';

export const ipType = opaqueType('net.IP');
export const cidrType = opaqueType('net.CIDR');

class Ip implements OpaqueValue {
  readonly kind = 'opaque';
  readonly type = ipType;
  readonly bytes: readonly number[];

  constructor(bytes: readonly number[]) {
    this.bytes = bytes;
  }

  get size(): number {
    return this.bytes.length;
  }

  equals(other: Value): boolean {
    return other instanceof Ip && addressText(other.bytes) === addressText(this.bytes);
  }
}

class Cidr implements OpaqueValue {
  readonly kind = 'opaque';
  readonly type = cidrType;
  readonly bytes: readonly number[];
  readonly length: number;

  constructor(bytes: readonly number[], length: number) {
    this.bytes = bytes;
    this.length = length;
  }

  get size(): number {
    return Math.ceil(this.length / 8);
  }

  equals(other: Value): boolean {
    return other instanceof Cidr && cidrText(other) === cidrText(this);
  }
}

function parseIp(text: string): Ip {
  if (addressWithoutZone(text) !== undefined) {
    throw new CelError(`IP address ${goQuote(text)} with zone value is not allowed`);
  }
  const address = parseAddress(text);
  if (!address)
    throw new CelError(
      `IP Address ${goQuote(text)} parse error during conversion from string: ParseAddr(${goQuote(text)}): ${addressProblem(text)}`,
    );
  if (address.isMapped) {
    throw new CelError(`IPv4-mapped IPv6 address ${goQuote(text)} is not allowed`);
  }
  return new Ip(address.bytes);
}

/** Said twice where the text is no prefix at all, as upstream does. */
const notParsed = 'network address parse error during conversion from string';

function parseCidr(text: string): Cidr {
  const [, addressPart = '', lengthPart = ''] = /^(.*)\/(0|[1-9]\d{0,2})$/u.exec(text) ?? [];
  const address = parseAddress(addressPart);
  const length = Number(lengthPart);
  if (!address || lengthPart === '' || length > address.bytes.length * 8) {
    throw new CelError(
      `${notParsed}: ${notParsed}: netip.ParsePrefix(${goQuote(text)}): ${prefixProblem(text)}`,
    );
  }
  if (address.isMapped) {
    throw new CelError(`${notParsed}: IPv4-mapped IPv6 address ${goQuote(text)} is not allowed`);
  }
  return new Cidr(address.bytes, length);
}

const cidrText = ({ bytes, length }: Cidr): string => `${addressText(bytes)}/${length}`;

function masked({ bytes, length }: Cidr): Cidr {
  const kept = bytes.map((byte, index) => {
    const bits = Math.min(Math.max(length - index * 8, 0), 8);
    return byte & (0xff << (8 - bits)) & 0xff;
  });
  return new Cidr(kept, length);
}

function contains(cidr: Cidr, { bytes }: Ip): boolean {
  if (bytes.length !== cidr.bytes.length) return false;
  const network = masked(cidr).bytes;
  return masked(new Cidr(bytes, cidr.length)).bytes.every((byte, index) => byte === network[index]);
}

function containsCidr(outer: Cidr, inner: Cidr): boolean {
  return outer.length <= inner.length && contains(outer, new Ip(masked(inner).bytes));
}

function attempt<T>(make: () => T): T | undefined {
  try {
    return make();
  } catch (error) {
    if (error instanceof CelError) return undefined;
    throw error;
  }
}

const [S, I, B] = [stringType, intType, boolType];

function onText(use: (text: string) => Value, cost: OverloadCost = traverses()): Behaviour {
  return {
    evaluate: ([text]) => {
      if (typeof text !== 'string') throw noSuchOverload();
      return use(text);
    },
    cost,
  };
}

function onIp(use: (bytes: readonly number[]) => Value): Behaviour {
  return {
    evaluate: ([ip]) => {
      if (!(ip instanceof Ip)) throw noSuchOverload();
      return use(ip.bytes);
    },
    cost: costs(1),
  };
}

function onCidr(use: (cidr: Cidr, other: Value) => Value, cost = costs(1)): Behaviour {
  return {
    evaluate: ([cidr, other = null]) => {
      if (!(cidr instanceof Cidr)) throw noSuchOverload();
      return use(cidr, other);
    },
    cost,
  };
}

function asIp(value: Value): Ip {
  if (typeof value === 'string') return parseIp(value);
  if (value instanceof Ip) return value;
  throw noSuchOverload();
}

function asCidr(value: Value): Cidr {
  if (typeof value === 'string') return parseCidr(value);
  if (value instanceof Cidr) return value;
  throw noSuchOverload();
}

const starts = (bytes: readonly number[], ...prefix: readonly number[]): boolean =>
  prefix.every((byte, index) => bytes[index] === byte);

const isFour = (bytes: readonly number[]): boolean => bytes.length === 4;
const isUnspecified = (bytes: readonly number[]): boolean => bytes.every((byte) => byte === 0);
const isLoopback = (bytes: readonly number[]): boolean =>
  isFour(bytes)
    ? bytes[0] === 127
    : bytes.slice(0, 15).every((byte) => byte === 0) && bytes[15] === 1;
const isMulticast = (bytes: readonly number[]): boolean =>
  isFour(bytes) ? ((bytes[0] ?? 0) & 0xf0) === 0xe0 : bytes[0] === 0xff;
const isLinkLocalMulticast = (bytes: readonly number[]): boolean =>
  isFour(bytes) ? starts(bytes, 224, 0, 0) : bytes[0] === 0xff && ((bytes[1] ?? 0) & 0x0f) === 2;
const isLinkLocalUnicast = (bytes: readonly number[]): boolean =>
  isFour(bytes) ? starts(bytes, 169, 254) : bytes[0] === 0xfe && ((bytes[1] ?? 0) & 0xc0) === 0x80;
const isBroadcast = (bytes: readonly number[]): boolean =>
  isFour(bytes) && bytes.every((byte) => byte === 255);
const isGlobalUnicast = (bytes: readonly number[]): boolean =>
  !isUnspecified(bytes) &&
  !isLoopback(bytes) &&
  !isMulticast(bytes) &&
  !isLinkLocalUnicast(bytes) &&
  !isBroadcast(bytes);

const predicates = [
  ['isUnspecified', isUnspecified],
  ['isLoopback', isLoopback],
  ['isLinkLocalMulticast', isLinkLocalMulticast],
  ['isLinkLocalUnicast', isLinkLocalUnicast],
  ['isGlobalUnicast', isGlobalUnicast],
] as const;

export const ipLibrary: Library = {
  name: 'kubernetes.net.ip',
  types: [ipType],
  equalityCosts: { 'net.IP': costs(1) },
  functions: [
    { name: 'ip', overloads: [global('string_to_ip', [S], ipType, onText(parseIp))] },
    {
      name: 'isIP',
      overloads: [
        global(
          'is_ip',
          [S],
          B,
          onText((text) => attempt(() => parseIp(text)) !== undefined),
        ),
      ],
    },
    {
      name: 'ip.isCanonical',
      overloads: [
        global(
          'ip_is_canonical',
          [S],
          B,
          onText((text) => addressText(parseIp(text).bytes) === text, traverses(2)),
        ),
      ],
    },
    {
      name: 'family',
      overloads: [
        member(
          'ip_family',
          [ipType],
          I,
          onIp((bytes) => (isFour(bytes) ? 4n : 6n)),
        ),
      ],
    },
    ...predicates.map(([name, judge]) => ({
      name,
      overloads: [
        member(
          `ip_${name.replaceAll(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`)}`,
          [ipType],
          B,
          onIp(judge),
        ),
      ],
    })),
    { name: 'string', overloads: [global('ip_to_string', [ipType], S, onIp(addressText))] },
  ],
};

export const cidrLibrary: Library = {
  name: 'kubernetes.net.cidr',
  types: [cidrType],
  equalityCosts: { 'net.CIDR': costs(1) },
  functions: [
    { name: 'cidr', overloads: [global('string_to_cidr', [S], cidrType, onText(parseCidr))] },
    {
      name: 'isCIDR',
      overloads: [
        global(
          'is_cidr',
          [S],
          B,
          onText((text) => attempt(() => parseCidr(text)) !== undefined),
        ),
      ],
    },
    {
      name: 'containsIP',
      overloads: [
        member(
          'cidr_contains_ip_string',
          [cidrType, S],
          B,
          onCidr((cidr, ip) => contains(cidr, asIp(ip)), comparison('address', 'text')),
        ),
        member(
          'cidr_contains_ip_ip',
          [cidrType, ipType],
          B,
          onCidr((cidr, ip) => contains(cidr, asIp(ip)), comparison('address', 'value')),
        ),
      ],
    },
    {
      name: 'containsCIDR',
      overloads: [
        member(
          'cidr_contains_cidr_string',
          [cidrType, S],
          B,
          onCidr(
            (outer, inner) => containsCidr(outer, asCidr(inner)),
            comparison('prefix', 'text'),
          ),
        ),
        member(
          'cidr_contains_cidr',
          [cidrType, cidrType],
          B,
          onCidr(
            (outer, inner) => containsCidr(outer, asCidr(inner)),
            comparison('prefix', 'value'),
          ),
        ),
      ],
    },
    {
      name: 'ip',
      overloads: [
        member(
          'cidr_ip',
          [cidrType],
          ipType,
          onCidr(({ bytes }) => new Ip(bytes)),
        ),
      ],
    },
    { name: 'masked', overloads: [member('cidr_masked', [cidrType], cidrType, onCidr(masked))] },
    {
      name: 'prefixLength',
      overloads: [
        member(
          'cidr_prefix_length',
          [cidrType],
          I,
          onCidr(({ length }) => BigInt(length)),
        ),
      ],
    },
    { name: 'string', overloads: [global('cidr_to_string', [cidrType], S, onCidr(cidrText))] },
  ],
};
