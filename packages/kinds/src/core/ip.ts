/**
 * IP addresses and ranges. Parsing is as lenient as Go's old parser: IPv4 numbers may have leading zeros. Addresses are
 * compared as numbers; `canonicalIp` gives the one text form that Go prints.
 */
import { type FieldError, invalid, type Path } from '@navarch/api/field-error';

export type IpFamily = 'IPv4' | 'IPv6';

export interface Ip {
  readonly family: IpFamily;
  readonly bits: bigint;
}

export interface IpRange {
  readonly family: IpFamily;
  /** The first address, its host bits zero. */
  readonly base: bigint;
  readonly prefixLength: number;
}

export const invalidIpText = 'must be a valid IP address, (e.g. 10.9.8.7 or 2001:db8::ffff)';
export const invalidCidrText = 'must be a valid CIDR value, (e.g. 10.9.8.0/24 or 2001:db8::/64)';

export function parseIp(text: string): Ip | undefined {
  if (!text.includes(':')) {
    const bits = parseIpv4(text);
    return bits === undefined ? undefined : { family: 'IPv4', bits };
  }
  const bits = parseIpv6(text);
  if (bits === undefined) return undefined;
  // Go keeps no difference between 1.2.3.4 and ::ffff:1.2.3.4.
  if (bits >> 32n === 0xffffn) return { family: 'IPv4', bits: bits & 0xffffffffn };
  return { family: 'IPv6', bits };
}

function parseIpv4(text: string): bigint | undefined {
  const parts = text.split('.');
  if (parts.length !== 4) return undefined;
  let bits = 0n;
  for (const part of parts) {
    if (!/^\d+$/.test(part) || Number(part) > 255) return undefined;
    bits = (bits << 8n) | BigInt(Number(part));
  }
  return bits;
}

function parseIpv6(text: string): bigint | undefined {
  const halves = text.split('::');
  if (halves.length > 2) return undefined;
  const head = groupsOf(halves[0] ?? '', halves.length === 1);
  const tail = groupsOf(halves[1] ?? '', true);
  if (head === undefined || tail === undefined) return undefined;
  const missing = 8 - head.length - tail.length;
  if (halves.length === 1 ? missing !== 0 : missing < 1) return undefined;
  let bits = 0n;
  for (const group of [...head, ...Array.from({ length: missing }, () => 0), ...tail]) {
    bits = (bits << 16n) | BigInt(group);
  }
  return bits;
}

/** The 16-bit groups of one side of `::`. Only the last group of an address may be dotted. */
function groupsOf(text: string, mayEndDotted: boolean): readonly number[] | undefined {
  if (text === '') return [];
  const groups: number[] = [];
  const parts = text.split(':');
  for (const [index, part] of parts.entries()) {
    if (part.includes('.') && mayEndDotted && index === parts.length - 1) {
      const dotted = parseIpv4(part);
      if (dotted === undefined) return undefined;
      groups.push(Number(dotted >> 16n), Number(dotted & 0xffffn));
    } else if (/^[0-9a-fA-F]{1,4}$/.test(part)) {
      groups.push(Number.parseInt(part, 16));
    } else {
      return undefined;
    }
  }
  return groups;
}

/** The form that Go prints: lower case, the longest run of zero groups shortened. */
export function canonicalIp({ family, bits }: Ip): string {
  if (family === 'IPv4')
    return [24n, 16n, 8n, 0n].map((shift) => (bits >> shift) & 0xffn).join('.');
  const groups = Array.from({ length: 8 }, (_, index) =>
    Number((bits >> BigInt(112 - 16 * index)) & 0xffffn),
  );
  const run = longestZeroRun(groups);
  const hex = groups.map((group) => group.toString(16));
  if (run.length < 2) return hex.join(':');
  return `${hex.slice(0, run.start).join(':')}::${hex.slice(run.start + run.length).join(':')}`;
}

function longestZeroRun(groups: readonly number[]): {
  readonly start: number;
  readonly length: number;
} {
  let best = { start: 0, length: 0 };
  for (let start = 0; start < groups.length; start++) {
    let end = start;
    while (groups[end] === 0) end++;
    if (end - start > best.length) best = { start, length: end - start };
    start = Math.max(start, end);
  }
  return best;
}

/** Of the text, not of what it means: a mapped IPv4 address in IPv6 notation counts as IPv4, as in Go. */
export function isIpv6(text: string): boolean {
  return parseIp(text)?.family === 'IPv6';
}

/** Prints the address with `::ffff:` removed and numbers without leading zeros, or undefined when it already is so. */
export function nonCanonicalIp(text: string): string | undefined {
  const ip = parseIp(text);
  if (ip === undefined) return undefined;
  const canonical = canonicalIp(ip);
  return canonical === text ? undefined : canonical;
}

export function parseCidr(text: string): IpRange | undefined {
  const [address, length, ...rest] = text.split('/');
  if (address === undefined || length === undefined || rest.length > 0) return undefined;
  const ip = parseIp(address);
  if (ip === undefined || !/^\d+$/.test(length)) return undefined;
  const width = widthOf(ip.family);
  const prefixLength = Number(length);
  if (prefixLength > width) return undefined;
  const hostBits = BigInt(width - prefixLength);
  return { family: ip.family, base: (ip.bits >> hostBits) << hostBits, prefixLength };
}

export function canonicalCidr(range: IpRange): string {
  return `${canonicalIp({ family: range.family, bits: range.base })}/${range.prefixLength}`;
}

export function widthOf(family: IpFamily): number {
  return family === 'IPv4' ? 32 : 128;
}

/** How many addresses the range holds. */
export function sizeOf(range: IpRange): bigint {
  return 1n << BigInt(widthOf(range.family) - range.prefixLength);
}

export function contains(range: IpRange, ip: Ip): boolean {
  return (
    range.family === ip.family && ip.bits >= range.base && ip.bits < range.base + sizeOf(range)
  );
}

export function checkIp(text: string, path: Path, errors: FieldError[]): boolean {
  if (parseIp(text) !== undefined) return true;
  errors.push(invalid(path, text, invalidIpText));
  return false;
}

export function checkCidr(text: string, path: Path, errors: FieldError[]): void {
  if (parseCidr(text) === undefined) errors.push(invalid(path, text, invalidCidrText));
}

/** At least one of each family. */
export function isDualStack(ips: readonly (Ip | IpRange | undefined)[]): boolean {
  return ips.some((ip) => ip?.family === 'IPv4') && ips.some((ip) => ip?.family === 'IPv6');
}

const specialRanges: readonly { readonly ranges: readonly string[]; readonly text: string }[] = [
  {
    ranges: ['127.0.0.0/8', '::1/128'],
    text: 'may not be in the loopback range (127.0.0.0/8, ::1/128)',
  },
  {
    ranges: ['169.254.0.0/16', 'fe80::/10'],
    text: 'may not be in the link-local range (169.254.0.0/16, fe80::/10)',
  },
  {
    ranges: ['224.0.0.0/24', 'ff02::/16'],
    text: 'may not be in the link-local multicast range (224.0.0.0/24, ff02::/10)',
  },
];

const parsedSpecialRanges = specialRanges.map(({ ranges, text }) => ({
  ranges: ranges.map(parseCidr).filter((range) => range !== undefined),
  text,
}));

/** Addresses that make no sense as the far end of a service. The text must be an address. */
export function checkNonSpecialIp(text: string, path: Path, errors: FieldError[]): void {
  const ip = parseIp(text);
  if (ip === undefined) {
    errors.push(invalid(path, text, 'must be a valid IP address'));
    return;
  }
  if (ip.bits === 0n) errors.push(invalid(path, text, `may not be unspecified (${text})`));
  for (const { ranges, text: message } of parsedSpecialRanges) {
    if (ranges.some((range) => contains(range, ip))) errors.push(invalid(path, text, message));
  }
}

/** Addresses that are read today and will be refused one day. */
export function ipWarnings(text: string, path: Path): readonly string[] {
  const canonical = nonCanonicalIp(text);
  if (canonical === undefined) return [];
  const standard = text.includes(':') && canonical.includes(':');
  return standard
    ? [
        `${String(path)}: IPv6 address "${text}" should be in RFC 5952 canonical format ("${canonical}")`,
      ]
    : [
        `${String(path)}: non-standard IP address "${text}" will be considered invalid in a future Kubernetes release: use "${canonical}"`,
      ];
}

/** Ranges that may not mean what their author thinks, or will be refused one day. */
export function cidrWarnings(text: string, path: Path): readonly string[] {
  const range = parseCidr(text);
  const address = text.split('/')[0] ?? '';
  const ip = parseIp(address);
  if (!range || !ip) return [];
  const at = String(path);
  const canonical = canonicalCidr(range);
  const warnings: string[] = [];
  if (ip.bits !== range.base) {
    const single = `${canonicalIp(ip)}/${widthOf(ip.family)}`;
    warnings.push(
      `${at}: CIDR value "${text}" is ambiguous in this context (should be "${canonical}" or "${single}"?)`,
    );
  }
  const isMapped = address.includes(':') && ip.family === 'IPv4';
  if (isMapped || hasLeadingZeros(text)) {
    warnings.push(
      `${at}: non-standard CIDR value "${text}" will be considered invalid in a future Kubernetes release: use "${canonical}"`,
    );
  }
  if (warnings.length === 0 && canonical !== text) {
    warnings.push(
      `${at}: IPv6 CIDR value "${text}" should be in RFC 5952 canonical format ("${canonical}")`,
    );
  }
  return warnings;
}

/** In a length, or in one of the numbers of an IPv4 address; groups of IPv6 may have them. */
function hasLeadingZeros(cidr: string): boolean {
  return /\/0\d/.test(cidr) || /(^|[.:])0\d+\./.test(cidr) || /\.0\d/.test(cidr);
}
