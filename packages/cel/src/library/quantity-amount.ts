/**
 * Amounts of quantities: exact, down to a billionth.
 *
 * Upstream holds small ones as 64 bits with a power of ten, the others as decimals of any size, and asks only the former
 * whether they are integers. So does this, because expressions see it: `2.0` is held as 20 tenths, and is none.
 */
import { CelError } from '../errors.ts';
import { fitsInt } from '../values.ts';

/** An amount. */
export interface Amount {
  readonly nanos: bigint;
  /** The power of ten of its 64 bits; undefined where it is a decimal. */
  readonly scale: number | undefined;
}

const nanoScale = -9;
const nano = 10n ** 9n;
/** Binary amounts are capped. */
const binaryMax = (2n ** 63n - 1n) * nano;
/** So many digits always fit 64 bits. */
const digitsMax = 18;
/** Larger ones would only serve to make numbers of unbounded size. */
const exponentMax = 400;

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

const form = /^([+-]?)0*(\d*)(?:\.(\d*))?([eEinumkKMGTP]*[-+]?\d*)$/u;
const formText =
  "quantities must match the regular expression '^([+-]?[0-9.]+)([eEinumkKMGTP]*[-+]?[0-9]*)$'";
const suffixText = "unable to parse quantity's suffix";

/** Reads a quantity; throws CelError. Without any digits it is nothing, as upstream reads it. */
export function parseAmount(text: string): Amount {
  const match = text === '' ? null : form.exec(text);
  if (match === null) throw new CelError(formText);
  const [, sign = '', whole = '', fraction = '', suffix = ''] = match;
  const number = { digits: (whole || '0') + fraction, fraction: fraction.length };
  const binary = binaryExponents[suffix];
  const { nanos, scale } =
    binary === undefined ? decimalAmount(number, suffix) : binaryAmount(number, binary);
  return { nanos: sign === '-' ? -nanos : nanos, scale };
}

interface Digits {
  readonly digits: string;
  /** How many of them stand behind the point. */
  readonly fraction: number;
}

function decimalAmount({ digits, fraction }: Digits, suffix: string): Amount {
  const [, power] = /^[eE]([+-]?\d+)$/u.exec(suffix) ?? [];
  const exponent = power === undefined ? decimalExponents[suffix] : Number(power);
  if (exponent === undefined || exponent > exponentMax) throw new CelError(suffixText);
  const scale = Math.max(exponent - fraction, -exponentMax);
  const nanos = scaled(BigInt(digits), scale - nanoScale);
  const isSmall = digits.length <= digitsMax && scale >= nanoScale;
  return { nanos, scale: isSmall ? scale : undefined };
}

function binaryAmount({ digits, fraction }: Digits, exponent: number): Amount {
  const value = BigInt(digits) * 2n ** BigInt(exponent);
  // Upstream guesses how many digits there is room for.
  const room = 15 - digits.length - Math.trunc((exponent * 3) / 10) - 1;
  if (fraction === 0 && room >= 0) return { nanos: value * nano, scale: 0 };
  const nanos = scaled(value, -fraction - nanoScale);
  return { nanos: nanos > binaryMax ? binaryMax : nanos, scale: undefined };
}

/** Times a power of ten. What is finer than a billionth is rounded away from zero. */
function scaled(value: bigint, power: number): bigint {
  if (power >= 0) return value * 10n ** BigInt(power);
  const divisor = 10n ** BigInt(-power);
  return (value + divisor - 1n) / divisor;
}

/** The amount of an int. */
export const wholeAmount = (value: bigint): Amount => ({ nanos: value * nano, scale: 0 });

/** The sum. It stays in 64 bits as long as it fits them at the finer one's power of ten. */
export function addAmounts(left: Amount, right: Amount): Amount {
  const nanos = left.nanos + right.nanos;
  if (left.scale === undefined || right.scale === undefined) return { nanos, scale: undefined };
  if (right.nanos === 0n) return left;
  if (left.nanos === 0n) return right;
  const scale = Math.min(left.scale, right.scale);
  const step = 10n ** BigInt(scale - nanoScale);
  const fits = [left.nanos, right.nanos, nanos].every((each) => fitsInt(each / step));
  return { nanos, scale: fits ? scale : undefined };
}

/** The same below zero. */
export const negated = ({ nanos, scale }: Amount): Amount => ({ nanos: -nanos, scale });

/** The amount as an int, if it is held as one. */
export function integerOf({ nanos, scale }: Amount): bigint | undefined {
  if (scale === undefined || scale < 0) return undefined;
  const whole = nanos / nano;
  return fitsInt(whole) ? whole : undefined;
}

/** The amount as a double. */
export function approximate({ nanos, scale }: Amount): number {
  if (scale === undefined) return Number(nanos) / 1e9;
  return Number(nanos / 10n ** BigInt(scale - nanoScale)) * 10 ** scale;
}
