/**
 * Doubles as `%f` and `%e` print them: as English writes numbers, with thousands apart and powers of ten written out.
 *
 * Digits are exact and halves go to the even neighbour, which is why JavaScript's own functions do not serve.
 */

/** Digits after `0.`, without zeros at either end, times ten to the exponent. Zero has no digits. */
interface Decimal {
  readonly digits: string;
  readonly exponent: number;
}

/** How many digits follow the point: upstream keeps the two in a byte and in 16 bits, and so do we. */
interface Fraction {
  readonly least: number;
  /** Undefined where as many follow as tell the number from its neighbours. */
  readonly most: number | undefined;
}

/** No double has more digits after the point. */
const fractionDigitsMax = 1074;
const superscripts = '⁰¹²³⁴⁵⁶⁷⁸⁹';

/** `1,234.500000`. */
export function decimalText(value: number, precision: number): string {
  const special = specialText(value);
  if (special !== undefined) return special;
  const { least, most } = fractionOf(precision);
  const whole = decimalOf(value, most);
  const { digits, exponent } =
    most === undefined ? whole : roundDecimal(whole, whole.exponent + most);
  const point = Math.max(exponent, 0);
  const integer = digits.slice(0, point).padEnd(point, '0') || '0';
  const behind = digits === '' ? '' : '0'.repeat(Math.max(-exponent, 0)) + digits.slice(point);
  return withSign(value, withFraction(grouped(integer), behind.padEnd(least, '0')));
}

/** `1.234500×10⁰³`. */
export function scientificText(value: number, precision: number): string {
  const special = specialText(value);
  if (special !== undefined) return special;
  const { least, most } = fractionOf(precision);
  const whole = decimalOf(value, most);
  const rounded = most === undefined ? whole : roundDecimal(whole, most + 1);
  const { digits, exponent } = rounded.digits === '' ? { digits: '0', exponent: 1 } : rounded;
  const mantissa = withFraction(digits.slice(0, 1), digits.slice(1).padEnd(least, '0'));
  return withSign(value, `${mantissa}×10${superscript(exponent - 1)}`);
}

function specialText(value: number): string | undefined {
  if (Number.isNaN(value)) return 'NaN';
  if (Number.isFinite(value)) return undefined;
  return value > 0 ? '∞' : '-∞';
}

function fractionOf(precision: number): Fraction {
  const most = (precision << 16) >> 16;
  return { least: precision & 0xff, most: most < 0 ? undefined : most };
}

/** All digits of a double, or just enough of them when no number of digits is asked for. */
function decimalOf(value: number, most: number | undefined): Decimal {
  if (value === 0) return { digits: '', exponent: 0 };
  if (most !== undefined) return exactDecimal(Math.abs(value));
  const [mantissa = '', power = '0'] = Math.abs(value).toExponential().split('e');
  return { digits: trimZeros(mantissa.replace('.', '')), exponent: Number(power) + 1 };
}

function exactDecimal(value: number): Decimal {
  const bits = new DataView(new ArrayBuffer(8));
  bits.setFloat64(0, value);
  const raw = bits.getBigUint64(0);
  const power = Number(raw >> 52n) & 0x7ff;
  const fraction = raw & 0xf_ffff_ffff_ffffn;
  const mantissa = power === 0 ? fraction : fraction | (1n << 52n);
  // The value is the mantissa times two to some power of at least -1074: a tenth as often makes it whole.
  const shift = BigInt(Math.max(power, 1) - 1);
  const scaled = (mantissa << shift) * 5n ** BigInt(fractionDigitsMax);
  const digits = scaled.toString();
  return { digits: trimZeros(digits), exponent: digits.length - fractionDigitsMax };
}

/** Keeps so many digits; exactly half goes to the even neighbour. */
function roundDecimal({ digits, exponent }: Decimal, count: number): Decimal {
  if (count >= digits.length) return { digits, exponent };
  if (count < 0) return { digits: '', exponent: 0 };
  const kept = digits.slice(0, count);
  const next = digits.charAt(count);
  const isHalf = next === '5' && digits.length === count + 1;
  const goesUp = isHalf ? Number(kept.at(-1) ?? '0') % 2 === 1 : next >= '5';
  if (!goesUp) return { digits: trimZeros(kept), exponent };
  const raised = (BigInt(kept || '0') + 1n).toString();
  return { digits: trimZeros(raised), exponent: exponent + raised.length - count };
}

const trimZeros = (digits: string): string => digits.replace(/0+$/u, '');

const grouped = (integer: string): string => integer.replace(/\B(?=(?:\d{3})+$)/gu, ',');

const withFraction = (integer: string, fraction: string): string =>
  fraction === '' ? integer : `${integer}.${fraction}`;

/** Also a number that is rounded to zero keeps its sign; negative zero has none. */
const withSign = (value: number, text: string): string => (value < 0 ? `-${text}` : text);

/** Raised digits, at least two. */
function superscript(power: number): string {
  const digits = String(Math.abs(power)).padStart(2, '0');
  const raised = Array.from(digits, (digit) => superscripts.charAt(Number(digit))).join('');
  return power < 0 ? `⁻${raised}` : raised;
}
