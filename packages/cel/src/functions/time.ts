/**
 * Durations and timestamps: Go's and RFC 3339's notations, and their parts.
 *
 * A duration fits 64 bits of nanoseconds, a timestamp lies in the years 1 to 9999.
 */
import { CelError, noSuchOverload } from '../errors.ts';
import { Duration, fitsInt, Timestamp, type Value } from '../values.ts';
import { declare, type Evaluate } from './signature.ts';

const second = 1_000_000_000n;
const minSeconds = -62_135_596_800n;
const maxSeconds = 253_402_300_799n;

/** The duration, unless it is too long. */
export function checkDuration(nanos: bigint): Duration {
  if (!fitsInt(nanos)) throw new CelError('duration overflow');
  return new Duration(nanos);
}

/** The timestamp, unless it is too far away. */
export function checkTimestamp(nanos: bigint, offsetMinutes = 0): Timestamp {
  const seconds = floorDiv(nanos, second);
  if (seconds < minSeconds || seconds > maxSeconds) throw new CelError('timestamp overflow');
  return new Timestamp(nanos, offsetMinutes);
}

const units: Readonly<Record<string, bigint>> = {
  ns: 1n,
  us: 1_000n,
  µs: 1_000n,
  μs: 1_000n,
  ms: 1_000_000n,
  s: second,
  m: 60n * second,
  h: 3600n * second,
};

/** Go's notation of a duration (`1h30m`, `-1.5s`); undefined if it is none. */
export function parseDuration(text: string): Duration | undefined {
  const match = /^([+-]?)(0|(?:(?:\d+\.?\d*|\.\d+)(?:ns|us|µs|μs|ms|s|m|h))+)$/.exec(text);
  if (match === null) return undefined;
  let nanos = 0n;
  for (const [, whole = '', fraction = '', unit = ''] of text.matchAll(
    /(\d*)\.?(\d*)(ns|us|µs|μs|ms|s|m|h)/g,
  )) {
    const scale = units[unit] ?? 0n;
    nanos += BigInt(whole === '' ? '0' : whole) * scale;
    if (fraction !== '') nanos += (BigInt(fraction) * scale) / 10n ** BigInt(fraction.length);
  }
  if (match[1] === '-') nanos = -nanos;
  return fitsInt(nanos) ? new Duration(nanos) : undefined;
}

/** Seconds with as many decimals as it takes: `90s`, `1.5s`. */
export function formatDuration(duration: Duration): string {
  const seconds = Number(duration.nanos / second) + Number(duration.nanos % second) / 1e9;
  const text = String(seconds);
  if (!text.includes('e')) return `${text}s`;
  // The shortest digits, without the exponent (only fractions of nanoseconds' size have one).
  return `${seconds.toFixed(9).replace(/0+$/, '')}s`;
}

const rfc3339 =
  /^(\d{4})-(\d\d)-(\d\d)T(\d\d):(\d\d):(\d\d)(?:[.,](\d+))?(?:Z|([+-])(\d\d):(\d\d))$/;

/** A timestamp as RFC 3339 writes it; undefined if it is none. Throws if it is out of range. */
export function parseTimestamp(text: string): Timestamp | undefined {
  const match = rfc3339.exec(text);
  if (match === null) return undefined;
  const [year = 0, month = 0, day = 0, hour = 0, minute = 0, seconds = 0] = match
    .slice(1, 7)
    .map(Number);
  if (month < 1 || month > 12 || day < 1 || day > daysInMonth(year, month)) return undefined;
  if (hour > 23 || minute > 59 || seconds > 59) return undefined;
  const [offsetHours, offsetMinutes] = [Number(match[9] ?? 0), Number(match[10] ?? 0)];
  if (offsetHours > 24 || offsetMinutes > 59) return undefined;
  const offset = (offsetHours * 60 + offsetMinutes) * (match[8] === '-' ? -1 : 1);
  const fraction = (match[7] ?? '').slice(0, 9).padEnd(9, '0');
  const local = daysSinceEpoch(year, month, day) * 86400 + hour * 3600 + minute * 60 + seconds;
  return checkTimestamp(BigInt(local - offset * 60) * second + BigInt(fraction), offset);
}

/** A timestamp as RFC 3339 writes it, with the offset it was written with. */
export function formatTimestamp(timestamp: Timestamp): string {
  const parts = civil(timestamp.nanos + BigInt(timestamp.offsetMinutes) * 60n * second);
  const fraction = String(parts.nanos).padStart(9, '0').replace(/0+$/, '');
  const two = (value: number): string => String(value).padStart(2, '0');
  const date = `${String(parts.year).padStart(4, '0')}-${two(parts.month)}-${two(parts.day)}`;
  const time = `${two(parts.hour)}:${two(parts.minute)}:${two(parts.second)}`;
  const minutes = Math.abs(timestamp.offsetMinutes);
  const sign = timestamp.offsetMinutes < 0 ? '-' : '+';
  const zone = minutes === 0 ? 'Z' : `${sign}${two(Math.floor(minutes / 60))}:${two(minutes % 60)}`;
  return `${date}T${time}${fraction === '' ? '' : `.${fraction}`}${zone}`;
}

interface Civil {
  readonly year: number;
  /** From 1. */
  readonly month: number;
  readonly day: number;
  readonly hour: number;
  readonly minute: number;
  readonly second: number;
  readonly nanos: number;
  /** Days since 1970-01-01. */
  readonly days: number;
}

function civil(nanos: bigint): Civil {
  const seconds = Number(floorDiv(nanos, second));
  const days = Math.floor(seconds / 86400);
  const inDay = seconds - days * 86400;
  return {
    ...dateOf(days),
    hour: Math.floor(inDay / 3600),
    minute: Math.floor((inDay % 3600) / 60),
    second: inDay % 60,
    nanos: Number(nanos - floorDiv(nanos, second) * second),
    days,
  };
}

/** The date of a day; eras of 400 years that begin in March make leap days the last of a year. */
function dateOf(days: number): { year: number; month: number; day: number } {
  const shifted = days + 719468;
  const era = Math.floor(shifted / 146097);
  const inEra = shifted - era * 146097;
  const yearOfEra = Math.floor(
    (inEra - Math.floor(inEra / 1460) + Math.floor(inEra / 36524) - Math.floor(inEra / 146096)) /
      365,
  );
  const inYear =
    inEra - (365 * yearOfEra + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100));
  const marchMonth = Math.floor((5 * inYear + 2) / 153);
  const day = inYear - Math.floor((153 * marchMonth + 2) / 5) + 1;
  const month = marchMonth < 10 ? marchMonth + 3 : marchMonth - 9;
  return { year: yearOfEra + era * 400 + (month <= 2 ? 1 : 0), month, day };
}

function daysSinceEpoch(year: number, month: number, day: number): number {
  const shiftedYear = month <= 2 ? year - 1 : year;
  const era = Math.floor(shiftedYear / 400);
  const yearOfEra = shiftedYear - era * 400;
  const inYear = Math.floor((153 * (month > 2 ? month - 3 : month + 9) + 2) / 5) + day - 1;
  const inEra = yearOfEra * 365 + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100) + inYear;
  return era * 146097 + inEra - 719468;
}

function daysInMonth(year: number, month: number): number {
  if (month === 2) return (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0 ? 29 : 28;
  return month === 4 || month === 6 || month === 9 || month === 11 ? 30 : 31;
}

function floorDiv(value: bigint, by: bigint): bigint {
  const quotient = value / by;
  return value % by < 0n ? quotient - 1n : quotient;
}

/** The time shifted so that its UTC parts are the zone's. */
function inZone(timestamp: Timestamp, zone: Value | undefined): bigint {
  if (zone === undefined) return timestamp.nanos;
  if (typeof zone !== 'string') throw noSuchOverload();
  return timestamp.nanos + BigInt(zoneOffsetSeconds(timestamp, zone)) * second;
}

function zoneOffsetSeconds(timestamp: Timestamp, zone: string): number {
  const colon = zone.indexOf(':');
  if (colon === -1) return namedOffsetSeconds(timestamp, zone);
  const hours = zoneNumber(zone.slice(0, colon));
  const minutes = zoneNumber(zone.slice(colon + 1));
  if (minutes < 0 || minutes > 59) {
    throw new CelError(`timezone offset minutes out of range [0, 59]: ${zone}`);
  }
  return (hours * 60 + (zone.startsWith('-') ? -minutes : minutes)) * 60;
}

function zoneNumber(text: string): number {
  if (!/^[+-]?\d+$/.test(text)) {
    throw new CelError(`strconv.Atoi: parsing ${JSON.stringify(text)}: invalid syntax`);
  }
  return Number(text);
}

function namedOffsetSeconds(timestamp: Timestamp, zone: string): number {
  if (zone === '' || zone === 'UTC') return 0;
  const seconds = Number(floorDiv(timestamp.nanos, second));
  let parts: Intl.DateTimeFormatPart[];
  try {
    const format = new Intl.DateTimeFormat('en-US', {
      timeZone: zone,
      hourCycle: 'h23',
      era: 'short',
      year: 'numeric',
      month: 'numeric',
      day: 'numeric',
      hour: 'numeric',
      minute: 'numeric',
      second: 'numeric',
    });
    parts = format.formatToParts(seconds * 1000);
  } catch {
    throw new CelError(`unknown time zone ${zone}`);
  }
  const part = (type: string): number =>
    Number(parts.find((candidate) => candidate.type === type)?.value ?? 0);
  const isBefore = parts.some(({ type, value }) => type === 'era' && value.startsWith('B'));
  const year = isBefore ? 1 - part('year') : part('year');
  const local =
    daysSinceEpoch(year, part('month'), part('day')) * 86400 +
    part('hour') * 3600 +
    part('minute') * 60 +
    part('second');
  return local - seconds;
}

function getter(
  name: string,
  id: string,
  ofTimestamp: (parts: Civil) => number,
  ofDuration?: (nanos: bigint) => bigint,
): ReturnType<typeof declare> {
  const evaluate: Evaluate = ([value, zone]) => {
    if (value instanceof Timestamp) return BigInt(ofTimestamp(civil(inZone(value, zone))));
    if (value instanceof Duration && ofDuration !== undefined) return ofDuration(value.nanos);
    throw noSuchOverload();
  };
  const zoned = id === 'seconds' ? 'timestamp_to_seconds_tz' : `timestamp_to_${id}_with_tz`;
  const signatures = [
    `timestamp_to_${id}.(timestamp) int`,
    `${zoned}.(timestamp, string) int`,
    ...(ofDuration === undefined ? [] : [`duration_to_${id}.(duration) int`]),
  ];
  return declare(name, evaluate, ...signatures);
}

/** The declarations. */
export const times = [
  getter('getFullYear', 'year', (parts) => parts.year),
  getter('getMonth', 'month', (parts) => parts.month - 1),
  getter('getDayOfYear', 'day_of_year', (parts) => parts.days - daysSinceEpoch(parts.year, 1, 1)),
  getter('getDayOfMonth', 'day_of_month', (parts) => parts.day - 1),
  getter('getDate', 'day_of_month_1_based', (parts) => parts.day),
  // 1970-01-01 was a Thursday.
  getter('getDayOfWeek', 'day_of_week', (parts) => (((parts.days + 4) % 7) + 7) % 7),
  getter(
    'getHours',
    'hours',
    (parts) => parts.hour,
    (nanos) => nanos / (3600n * second),
  ),
  getter(
    'getMinutes',
    'minutes',
    (parts) => parts.minute,
    (nanos) => nanos / (60n * second),
  ),
  getter(
    'getSeconds',
    'seconds',
    (parts) => parts.second,
    (nanos) => nanos / second,
  ),
  getter(
    'getMilliseconds',
    'milliseconds',
    (parts) => Math.floor(parts.nanos / 1_000_000),
    (nanos) => nanos / 1_000_000n,
  ),
];
