/** Reads and prints quantities. Exact: values are whole numbers of nanos, `10^-9`, the smallest step there is. */

/** The family of suffixes that a quantity was written with, and is written back with. */
export type QuantityFormat = 'decimal' | 'binary' | 'exponent';

export interface ParsedQuantity {
  readonly nanos: bigint;
  readonly format: QuantityFormat;
  /** The text as it came, when that is a form that is kept. */
  readonly kept: string | undefined;
}

export class QuantityError extends Error {
  override readonly name = 'QuantityError';
}

export const formatWrongText =
  "quantities must match the regular expression '^([+-]?[0-9.]+)([eEinumkKMGTP]*[-+]?[0-9]*)$'";
export const suffixText = "unable to parse quantity's suffix";
export const numericText = 'unable to parse numeric part of quantity';

const decimalExponents: Readonly<Record<string, number>> = {
  n: -9,
  u: -6,
  m: -3,
  '': 0,
  k: 3,
  M: 6,
  G: 9,
  T: 12,
  P: 15,
  E: 18,
};
const binaryExponents: Readonly<Record<string, number>> = {
  Ki: 10,
  Mi: 20,
  Gi: 30,
  Ti: 40,
  Pi: 50,
  Ei: 60,
};
const decimalSuffixes = ['n', 'u', 'm', '', 'k', 'M', 'G', 'T', 'P', 'E'];
const binarySuffixes = ['', 'Ki', 'Mi', 'Gi', 'Ti', 'Pi', 'Ei'];

/** Larger exponents would only serve to make numbers of unbounded size. */
const exponentMax = 1000;
const binaryMax = (1n << 63n) - 1n;
const billion = 1_000_000_000n;
const pattern = /^([+-]?)0*([0-9]*)(?:(\.)([0-9]*))?([eEinumkKMGTP]*[-+]?[0-9]*)$/;

interface Suffix {
  readonly base: 2 | 10;
  readonly exponent: number;
  readonly format: QuantityFormat;
}

/** Throws a QuantityError. */
export function parseQuantity(text: string): ParsedQuantity {
  const match = text === '' ? null : pattern.exec(text);
  if (!match) throw new QuantityError(formatWrongText);
  const [, sign = '', whole = '', , fraction = '', suffixPart = ''] = match;
  const suffix = parseSuffix(suffixPart);
  const digits = `${whole === '' ? '0' : whole}${fraction}`;
  const scale = suffix.base === 10 ? suffix.exponent - fraction.length : 0;
  const size = magnitude(digits, fraction.length, scale, suffix);
  const format = suffix.base === 2 && size > 0n && size < billion ? 'decimal' : suffix.format;
  const nanos = sign === '-' ? -size : size;
  const kept = isKept(digits, fraction, scale, suffix) ? text : undefined;
  return { nanos, format, kept };
}

function parseSuffix(text: string): Suffix {
  const decimal = Object.hasOwn(decimalExponents, text) ? decimalExponents[text] : undefined;
  if (decimal !== undefined) return { base: 10, exponent: decimal, format: 'decimal' };
  const binary = Object.hasOwn(binaryExponents, text) ? binaryExponents[text] : undefined;
  if (binary !== undefined) return { base: 2, exponent: binary, format: 'binary' };
  const exponent = /^[eE]([-+]?[0-9]+)$/.exec(text)?.[1];
  const value = Number(exponent ?? Number.NaN);
  if (Number.isNaN(value) || value > exponentMax) throw new QuantityError(suffixText);
  return { base: 10, exponent: value, format: 'exponent' };
}

/** The absolute value in nanos: too small parts are rounded up, so that asking for little never means nothing. */
function magnitude(digits: string, places: number, scale: number, suffix: Suffix): bigint {
  const unscaled = BigInt(digits);
  if (unscaled === 0n) return 0n;
  if (suffix.base === 10) return shift(unscaled, scale + 9);
  const nanos = shift(unscaled << BigInt(suffix.exponent), 9 - places);
  return nanos > binaryMax * billion ? binaryMax * billion : nanos;
}

/** Times ten to the `by`, rounded away from zero. */
function shift(value: bigint, by: number): bigint {
  if (by >= 0) return value * 10n ** BigInt(by);
  if (-by > value.toString().length + 1) return 1n;
  return divideUp(value, 10n ** BigInt(-by));
}

function divideUp(value: bigint, by: bigint): bigint {
  return (value + by - 1n) / by;
}

/**
 * Upstream keeps some texts as they came, canonical or not: its check is only a cheap one, and clients see the result.
 */
function isKept(digits: string, fraction: string, scale: number, suffix: Suffix): boolean {
  if (digits.length > 18) return false;
  if (suffix.base === 10) {
    const plain = scale % 3 === 0 && scale >= -9;
    return plain && !digits.endsWith('000') && !digits.startsWith('0');
  }
  if (fraction !== '') return false;
  const room = 15 - digits.length - Math.trunc((suffix.exponent * 3) / 10) - 1;
  return room >= 0 && BigInt(digits) % 8n !== 0n;
}

/** The canonical text: the largest suffix that needs no fraction. */
export function formatQuantity(nanos: bigint, format: QuantityFormat): string {
  if (nanos === 0n) return '0';
  const sign = nanos < 0n ? '-' : '';
  const size = nanos < 0n ? -nanos : nanos;
  if (format === 'binary' && size >= 1024n * billion && size % billion === 0n) {
    return sign + formatBinary(size / billion);
  }
  return sign + formatDecimal(size, format === 'exponent');
}

function formatBinary(units: bigint): string {
  let value = units;
  let step = 0;
  while (value % 1024n === 0n && step < binarySuffixes.length - 1) {
    value /= 1024n;
    step++;
  }
  return `${value}${binarySuffixes[step]}`;
}

function formatDecimal(nanos: bigint, exponential: boolean): string {
  let value = nanos;
  let step = 0;
  const last = exponential ? Number.POSITIVE_INFINITY : decimalSuffixes.length - 1;
  while (value % 1000n === 0n && step < last) {
    value /= 1000n;
    step++;
  }
  if (!exponential) return `${value}${decimalSuffixes[step]}`;
  const exponent = step * 3 - 9;
  return exponent === 0 ? `${value}` : `${value}e${exponent}`;
}
