/**
 * Amounts of resources: `500m`, `1.5Gi`, `2e3`. Arithmetic is exact. `canonicalQuantity`, `quantityValue` and
 * `quantityMilliValue` work on text and avoid big numbers for the forms people write, because decoding, quota and
 * scheduling use them all the time.
 */
import { formatQuantity, parseQuantity, type QuantityFormat } from './quantity/parse.ts';

export { QuantityError, type QuantityFormat } from './quantity/parse.ts';

const billion = 1_000_000_000n;
const million = 1_000_000n;

export class Quantity {
  /** The amount in units of 10^-9. */
  readonly nanos: bigint;
  readonly format: QuantityFormat;
  readonly #kept: string | undefined;

  constructor(nanos: bigint, format: QuantityFormat, kept?: string) {
    this.nanos = nanos;
    this.format = format;
    this.#kept = kept;
  }

  static readonly zero: Quantity = new Quantity(0n, 'decimal', '0');

  /** Throws a QuantityError. */
  static parse(text: string): Quantity {
    const { nanos, format, kept } = parseQuantity(text);
    return new Quantity(nanos, format, kept);
  }

  static ofUnits(units: number | bigint, format: QuantityFormat = 'decimal'): Quantity {
    return new Quantity(BigInt(units) * billion, format);
  }

  static ofMillis(millis: number | bigint, format: QuantityFormat = 'decimal'): Quantity {
    return new Quantity(BigInt(millis) * million, format);
  }

  /** The format of the left side stays, unless that is zero. */
  add(other: Quantity): Quantity {
    return new Quantity(this.nanos + other.nanos, this.#formatWith(other));
  }

  sub(other: Quantity): Quantity {
    return new Quantity(this.nanos - other.nanos, this.#formatWith(other));
  }

  neg(): Quantity {
    return new Quantity(-this.nanos, this.format);
  }

  mul(factor: number | bigint): Quantity {
    return new Quantity(this.nanos * BigInt(factor), this.format);
  }

  #formatWith(other: Quantity): QuantityFormat {
    return this.nanos === 0n ? other.format : this.format;
  }

  compare(other: Quantity): -1 | 0 | 1 {
    return this.nanos < other.nanos ? -1 : this.nanos > other.nanos ? 1 : 0;
  }

  sign(): -1 | 0 | 1 {
    return this.nanos < 0n ? -1 : this.nanos > 0n ? 1 : 0;
  }

  isZero(): boolean {
    return this.nanos === 0n;
  }

  /** In whole units, rounded away from zero. Exact up to 2^53. */
  value(): number {
    return Number(divideAway(this.nanos, billion));
  }

  /** In thousandths, rounded away from zero. Exact up to 2^53. */
  milliValue(): number {
    return Number(divideAway(this.nanos, million));
  }

  /** The nearest floating point number. */
  toNumber(): number {
    return Number(this.nanos / billion) + Number(this.nanos % billion) / 1e9;
  }

  /** The text as clients see it. */
  toString(): string {
    return this.#kept ?? formatQuantity(this.nanos, this.format);
  }

  toJSON(): string {
    return this.toString();
  }
}

function divideAway(value: bigint, by: bigint): bigint {
  if (value >= 0n) return (value + by - 1n) / by;
  return -((-value + by - 1n) / by);
}

/** What a quantity becomes by being decoded and encoded. Throws a QuantityError. */
export function canonicalQuantity(text: string): string {
  const plain = plainForm(text);
  if (plain !== undefined) return plain;
  return Quantity.parse(text).toString();
}

/** A whole number of at most 15 digits, without leading zeros, with the usual suffixes. */
const usual = /^([1-9][0-9]{0,14})(m|k|M|G|T|P|Ki|Mi|Gi|Ti|Pi)?$/;
const binaryLadder = ['Ki', 'Mi', 'Gi', 'Ti', 'Pi', 'Ei'];
const decimalLadder = ['m', '', 'k', 'M', 'G', 'T', 'P', 'E'];

function plainForm(text: string): string | undefined {
  if (text === '0') return text;
  const match = usual.exec(text);
  if (!match) return undefined;
  const suffix = match[2] ?? '';
  const number = Number(match[1]);
  const binary = suffix.endsWith('i');
  const step = binary ? 1024 : 1000;
  if (number % step !== 0) return text;
  return climb(number, suffix, binary ? binaryLadder : decimalLadder, step);
}

function climb(
  number: number,
  suffix: string,
  ladder: readonly string[],
  step: number,
): string | undefined {
  let value = number;
  let rung = ladder.indexOf(suffix);
  while (value % step === 0 && rung < ladder.length - 1) {
    value /= step;
    rung++;
  }
  return `${value}${ladder[rung]}`;
}

const multipliers: Readonly<Record<string, number>> = {
  '': 1,
  k: 1e3,
  M: 1e6,
  G: 1e9,
  T: 1e12,
  Ki: 2 ** 10,
  Mi: 2 ** 20,
  Gi: 2 ** 30,
  Ti: 2 ** 40,
};
const short = /^([0-9]{1,9})(m|k|M|G|T|Ki|Mi|Gi|Ti)?$/;

/** The amount in whole units, rounded up: bytes of memory, numbers of pods. Throws a QuantityError. */
export function quantityValue(text: string): number {
  const match = short.exec(text);
  if (!match) return Quantity.parse(text).value();
  const number = Number(match[1]);
  return match[2] === 'm' ? Math.ceil(number / 1000) : number * (multipliers[match[2] ?? ''] ?? 1);
}

/** The amount in thousandths, rounded up: milli-CPUs. Throws a QuantityError. */
export function quantityMilliValue(text: string): number {
  const match = short.exec(text);
  if (!match) return Quantity.parse(text).milliValue();
  const number = Number(match[1]);
  return match[2] === 'm' ? number : number * (multipliers[match[2] ?? ''] ?? 1) * 1000;
}
