/** Semantic versions: https://semver.org. The errors are those that upstream's parser gives. */
import { goQuote } from '@navarch/codec/go/text';
import { CelError } from '../errors.ts';

export interface Version {
  readonly major: bigint;
  readonly minor: bigint;
  readonly patch: bigint;
  /** Identifiers of a version before the version; numbers are bigint. */
  readonly before: readonly (bigint | string)[];
}

const wrong = (message: string): CelError => new CelError(message);
const isNumeric = (text: string): boolean => /^\d*$/.test(text);
const isIdentifier = (text: string): boolean => /^[0-9A-Za-z-]*$/.test(text);
const hasLeadingZero = (text: string): boolean => text.length > 1 && text.startsWith('0');
const most = 2n ** 64n - 1n;

/** Throws a CelError. */
export function parseVersion(text: string): Version {
  if (text === '') throw wrong('Version string empty');
  const [majorText = '', minorText, rest] = splitTwice(text);
  if (minorText === undefined || rest === undefined) {
    throw wrong('No Major.Minor.Patch elements found');
  }
  const major = readNumber(majorText, 'Major');
  const minor = readNumber(minorText, 'Minor');
  const [withoutBuild, build] = cut(rest, '+');
  const [patchText, beforeText] = cut(withoutBuild, '-');
  const patch = readNumber(patchText, 'Patch');
  const before = beforeText === undefined ? [] : beforeText.split('.').map(readIdentifier);
  for (const each of build?.split('.') ?? []) {
    if (each === '') throw wrong('Build meta data is empty');
    if (!isIdentifier(each)) {
      throw wrong(`Invalid character(s) found in build meta data ${goQuote(each)}`);
    }
  }
  return { major, minor, patch, before };
}

function readNumber(text: string, name: string): bigint {
  if (!isNumeric(text)) {
    throw wrong(`Invalid character(s) found in ${name.toLowerCase()} number ${goQuote(text)}`);
  }
  if (hasLeadingZero(text)) {
    throw wrong(`${name} number must not contain leading zeroes ${goQuote(text)}`);
  }
  return unsigned(text);
}

function readIdentifier(text: string): bigint | string {
  if (text === '') throw wrong('Prerelease is empty');
  if (isNumeric(text)) {
    if (hasLeadingZero(text)) {
      throw wrong(`Numeric PreRelease version must not contain leading zeroes ${goQuote(text)}`);
    }
    return unsigned(text);
  }
  if (!isIdentifier(text)) {
    throw wrong(`Invalid character(s) found in prerelease ${goQuote(text)}`);
  }
  return text;
}

function unsigned(text: string): bigint {
  const failed = (why: string): CelError =>
    wrong(`strconv.ParseUint: parsing ${goQuote(text)}: ${why}`);
  if (text === '') throw failed('invalid syntax');
  const value = BigInt(text);
  if (value > most) throw failed('value out of range');
  return value;
}

/** Without a `v`, without leading zeros, with all three numbers. Throws a CelError. */
export function withoutQuirks(text: string): string {
  const parts = splitTwice(text.startsWith('v') ? text.slice(1) : text).map((part) =>
    part.length > 1 ? part.replace(/^0+(?=\d)/, '').replace(/^0*(?=\D)/, '0') : part,
  );
  if (parts.length < 3 && /[+-]/.test(parts.at(-1) ?? '')) {
    throw wrong('short version cannot contain PreRelease/Build meta data');
  }
  return [...parts, '0', '0'].slice(0, 3).join('.');
}

/** -1, 0 or 1. What was built from what makes no difference. */
export function compareVersions(left: Version, right: Version): number {
  const numbers =
    compare(left.major, right.major) ||
    compare(left.minor, right.minor) ||
    compare(left.patch, right.patch);
  if (numbers !== 0) return numbers;
  const [isFinal, isOtherFinal] = [left, right].map(({ before }) => before.length === 0);
  if (isFinal || isOtherFinal) return Number(isFinal) - Number(isOtherFinal);
  for (const [index, each] of left.before.entries()) {
    const other = right.before[index];
    if (other === undefined) return 1;
    const order = compareIdentifiers(each, other);
    if (order !== 0) return order;
  }
  return left.before.length === right.before.length ? 0 : -1;
}

/** Numbers come before words. */
function compareIdentifiers(left: bigint | string, right: bigint | string): number {
  if (typeof left === typeof right) return compare(left, right);
  return typeof left === 'bigint' ? -1 : 1;
}

function compare<T extends bigint | number | string>(left: T, right: T): number {
  return left < right ? -1 : left > right ? 1 : 0;
}

function splitTwice(text: string): readonly string[] {
  const [first, after] = cut(text, '.');
  return after === undefined ? [first] : [first, ...cut(after, '.')];
}

function cut(text: string, separator: string): readonly [string, ...string[]] {
  const at = text.indexOf(separator);
  return at < 0 ? [text] : [text.slice(0, at), text.slice(at + 1)];
}
