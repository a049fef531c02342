/** Why a text is no address and no prefix, in the words of Go's net/netip: what is wrong first, from left to right. */
import { goQuote } from '@navarch/codec/go/text';
import { parseAddress } from './network-text.ts';

const bytesMax = 16;

/** Why a text is no address, without the text itself. */
export function addressProblem(text: string): string {
  const [first] = /[.:%]/u.exec(text) ?? [];
  switch (first) {
    case '.':
      return fourProblem(text) ?? '';
    case ':':
      return sixteenProblem(text);
    case '%':
      return 'missing IPv6 address';
    default:
      return 'unable to parse IP';
  }
}

/** Why a text is no address with a length. */
export function prefixProblem(text: string): string {
  const slash = text.lastIndexOf('/');
  if (slash < 0) return "no '/'";
  const [address, length] = [text.slice(0, slash), text.slice(slash + 1)];
  if (addressWithoutZone(address) !== undefined) {
    return 'IPv6 zones cannot be present in a prefix';
  }
  if (!parseAddress(address)) {
    return `ParseAddr(${goQuote(address)}): ${addressProblem(address)}`;
  }
  const isNumber = /^(?:\d|[1-9]\d+)$/u.test(length) && BigInt(length) < 2n ** 63n;
  return isNumber ? 'prefix length out of range' : `bad bits after slash: ${goQuote(length)}`;
}

/** The address in `fe80::1%eth0`; undefined where there is no zone, or no address before it. */
export function addressWithoutZone(text: string): string | undefined {
  const [address] = /^[^%]*:[^%]*(?=%.)/su.exec(text) ?? [];
  return address !== undefined && parseAddress(address) ? address : undefined;
}

const at = (problem: string, rest: string): string => `${problem} (at ${goQuote(rest)})`;

/** Why a text is no IPv4 address. */
function fourProblem(text: string): string | undefined {
  const parts = text.split('.');
  let rest = text;
  for (const [index, part] of parts.entries()) {
    if (part === '') return at('IPv4 field must have at least one digit', rest || '.');
    if (index > 3) return 'IPv4 address too long';
    const [digits = ''] = /^\d*/u.exec(part) ?? [];
    if (/^0\d/u.test(digits)) return 'IPv4 field has octet with leading zero';
    if (Number(digits) > 255) return 'IPv4 field has value >255';
    if (digits !== part) return at('unexpected character', rest.slice(digits.length));
    rest = rest.slice(part.length + 1);
  }
  return parts.length < 4 ? 'IPv4 address too short' : undefined;
}

/** What is left of an IPv6 address to be read, and what was read. */
interface Reading {
  readonly rest: string;
  readonly bytes: number;
  /** Whether `::` was read. */
  readonly hasGap: boolean;
}

function sixteenProblem(text: string): string {
  const [address = '', zone] = text.split(/%(.*)/su);
  if (zone === '') return 'zone must be a non-empty string';
  const hasGap = address.startsWith('::');
  let reading: Reading = { rest: hasGap ? address.slice(2) : address, bytes: 0, hasGap };
  while (reading.bytes < bytesMax) {
    const next = readGroup(reading);
    if (typeof next === 'string') return next;
    reading = next;
    if (reading.rest === '') break;
  }
  if (reading.rest !== '') return at('trailing garbage after address', reading.rest);
  if (reading.hasGap) return 'the :: must expand to at least one field of zeros';
  return 'address string too short';
}

/** One group with the colons behind it, or an IPv4 address; a text says what is wrong. */
function readGroup({ rest, bytes, hasGap }: Reading): Reading | string {
  const [digits = ''] = /^[0-9a-f]*/iu.exec(rest) ?? [];
  if (digits.length > 4) return at('each group must have 4 or less digits', rest);
  if (digits === '') {
    return at('each colon-separated field must have at least one digit', rest);
  }
  const behind = rest.slice(digits.length);
  if (behind.startsWith('.')) {
    const problem = embeddedProblem({ rest, bytes, hasGap });
    return problem ?? { rest: '', bytes: bytes + 4, hasGap };
  }
  if (behind === '') return { rest: '', bytes: bytes + 2, hasGap };
  if (!behind.startsWith(':')) return at('unexpected character, want colon', behind);
  if (behind === ':') return at('colon must be followed by more characters', behind);
  const isGap = behind.startsWith('::');
  if (isGap && hasGap) return at('multiple :: in address', behind.slice(1));
  return { rest: behind.slice(isGap ? 2 : 1), bytes: bytes + 2, hasGap: hasGap || isGap };
}

function embeddedProblem({ rest, bytes, hasGap }: Reading): string | undefined {
  if (!hasGap && bytes !== bytesMax - 4) {
    return at('embedded IPv4 address must replace the final 2 fields of the address', rest);
  }
  if (bytes > bytesMax - 4) {
    return at('too many hex fields to fit an embedded IPv4 at the end of the address', rest);
  }
  return fourProblem(rest);
}
