/** Conversions between types, `type()` and `dyn()`. */
import { CelError, noSuchOverload } from '../errors.ts';
import { utf8Bytes } from '../parser/literals.ts';
import { type Type, typeText } from '../types.ts';
import {
  checkInt,
  checkUint,
  Duration,
  fitsInt,
  fitsUint,
  Timestamp,
  typeOf,
  TypeValue,
  Uint,
  type Value,
} from '../values.ts';
import { formatDouble, parseDouble } from './numbers.ts';
import { declare, type Evaluate } from './signature.ts';
import {
  checkTimestamp,
  formatDuration,
  formatTimestamp,
  parseDuration,
  parseTimestamp,
} from './time.ts';

type Conversion = (value: Value) => Value | undefined;

/** Converts, or says which conversion failed. */
function converting(to: Type, convert: Conversion): Evaluate {
  return ([value = null]) => {
    const converted = convert(value);
    if (converted !== undefined) return converted;
    const [from, target] = [typeText(typeOf(value)), typeText(to)];
    throw new CelError(`type conversion error from '${from}' to '${target}'`);
  };
}

const toInt: Conversion = (value) => {
  if (typeof value === 'bigint') return value;
  if (typeof value === 'number') return checkInt(truncate(value, 'integer overflow'));
  if (typeof value === 'string') {
    return /^[+-]?\d+$/.test(value) ? within(integer(value), fitsInt) : undefined;
  }
  if (value instanceof Uint) return checkInt(value.value);
  if (value instanceof Timestamp) {
    const seconds = value.nanos / 1_000_000_000n;
    return value.nanos < 0n && value.nanos % 1_000_000_000n !== 0n ? seconds - 1n : seconds;
  }
  return value instanceof Duration ? value.nanos : undefined;
};

const toUint: Conversion = (value) => {
  if (value instanceof Uint) return value;
  if (typeof value === 'bigint') return checkUint(value);
  if (typeof value === 'number') return checkUint(truncate(value, 'unsigned integer overflow'));
  if (typeof value !== 'string' || !/^\d+$/.test(value)) return undefined;
  const parsed = within(BigInt(value), fitsUint);
  return parsed === undefined ? undefined : new Uint(parsed);
};

const toDouble: Conversion = (value) => {
  if (typeof value === 'number') return value;
  if (typeof value === 'bigint') return Number(value);
  if (value instanceof Uint) return Number(value.value);
  return typeof value === 'string' ? parseDouble(value) : undefined;
};

const toBool: Conversion = (value) => {
  if (typeof value === 'boolean') return value;
  if (typeof value !== 'string') return undefined;
  if (/^(?:1|t|T|TRUE|true|True)$/.test(value)) return true;
  return /^(?:0|f|F|FALSE|false|False)$/.test(value) ? false : undefined;
};

const toBytes: Conversion = (value) => {
  if (typeof value === 'string') return Uint8Array.from(utf8Bytes(value));
  return value instanceof Uint8Array ? value : undefined;
};

/** What `string(value)` gives; undefined for what has no such conversion. */
export function convertToText(value: Value): string | undefined {
  switch (typeof value) {
    case 'string':
      return value;
    case 'boolean':
    case 'bigint':
      return String(value);
    case 'number':
      return formatDouble(value);
    default:
      if (value instanceof Uint) return String(value.value);
      if (value instanceof Uint8Array) return decodeUtf8(value);
      if (value instanceof Timestamp) return formatTimestamp(value);
      return value instanceof Duration ? formatDuration(value) : undefined;
  }
}

/** What `timestamp(value)` gives; throws CelError if it is too far away. */
export const toTimestamp: Conversion = (value) => {
  if (value instanceof Timestamp) return value;
  if (typeof value === 'string') return parseTimestamp(value);
  return typeof value === 'bigint' ? checkTimestamp(value * 1_000_000_000n) : undefined;
};

/** What `duration(value)` gives. */
export const toDuration: Conversion = (value) => {
  if (value instanceof Duration) return value;
  if (typeof value === 'string') return parseDuration(value);
  return typeof value === 'bigint' ? new Duration(value) : undefined;
};

function truncate(value: number, overflow: string): bigint {
  // The bounds themselves are refused too, because as doubles they are not exact.
  if (!Number.isFinite(value) || Math.abs(value) >= 2 ** 64) throw new CelError(overflow);
  if (overflow.startsWith('i') && Math.abs(value) >= 2 ** 63) throw new CelError(overflow);
  return BigInt(Math.trunc(value));
}

const integer = (text: string): bigint => BigInt(text.startsWith('+') ? text.slice(1) : text);

const within = (value: bigint, fits: (value: bigint) => boolean): bigint | undefined =>
  fits(value) ? value : undefined;

function decodeUtf8(bytes: Uint8Array): string {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    throw new CelError('invalid UTF-8 in bytes, cannot convert to string');
  }
}

const type: Evaluate = ([value]) => {
  if (value === undefined) throw noSuchOverload();
  return new TypeValue(typeOf(value));
};

/** The declarations. */
export const conversions = [
  declare('type', type, 'type(A) type(A)'),
  declare('dyn', ([value = null]) => value, 'to_dyn(A) dyn'),
  declare(
    'bool',
    converting({ kind: 'bool' }, toBool),
    'bool_to_bool(bool) bool',
    'string_to_bool(string) bool',
  ),
  declare(
    'bytes',
    converting({ kind: 'bytes' }, toBytes),
    'bytes_to_bytes(bytes) bytes',
    'string_to_bytes(string) bytes',
  ),
  declare(
    'double',
    converting({ kind: 'double' }, toDouble),
    'double_to_double(double) double',
    'int64_to_double(int) double',
    'string_to_double(string) double',
    'uint64_to_double(uint) double',
  ),
  declare(
    'duration',
    converting({ kind: 'duration' }, toDuration),
    'duration_to_duration(duration) duration',
    'string_to_duration(string) duration',
  ),
  declare(
    'int',
    converting({ kind: 'int' }, toInt),
    'int64_to_int64(int) int',
    'double_to_int64(double) int',
    'duration_to_int64(duration) int',
    'string_to_int64(string) int',
    'timestamp_to_int64(timestamp) int',
    'uint64_to_int64(uint) int',
  ),
  declare(
    'string',
    converting({ kind: 'string' }, convertToText),
    'string_to_string(string) string',
    'bool_to_string(bool) string',
    'bytes_to_string(bytes) string',
    'double_to_string(double) string',
    'duration_to_string(duration) string',
    'int64_to_string(int) string',
    'timestamp_to_string(timestamp) string',
    'uint64_to_string(uint) string',
  ),
  declare(
    'timestamp',
    converting({ kind: 'timestamp' }, toTimestamp),
    'timestamp_to_timestamp(timestamp) timestamp',
    'int64_to_timestamp(int) timestamp',
    'string_to_timestamp(string) timestamp',
  ),
  declare(
    'uint',
    converting({ kind: 'uint' }, toUint),
    'uint64_to_uint64(uint) uint',
    'double_to_uint64(double) uint',
    'int64_to_uint64(int) uint',
    'string_to_uint64(string) uint',
  ),
];
