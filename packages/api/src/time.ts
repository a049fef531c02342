/**
 * Times and durations as Go reads and writes them. A time is RFC 3339 text in UTC: whole seconds for `Time`, six digits
 * for `MicroTime`. The usual forms are recognised by their shape and returned as they are.
 */
import { goQuote } from '@navarch/codec/go/text';

/** A text that is no time or no duration. The message is Go's. */
export class TimeError extends Error {
  override readonly name = 'TimeError';
}

const timeLayout = '2006-01-02T15:04:05Z07:00';
const microTimeLayout = '2006-01-02T15:04:05.000000Z07:00';
const usualTime = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/;
const usualMicroTime = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}Z$/;

/** What a `Time` becomes by being decoded and encoded. Throws a TimeError. */
export function canonicalTime(text: string): string {
  if (usualTime.test(text) && isInRange(text)) return text;
  return formatTime(readMoment(text, timeLayout, 'optional').ms);
}

/** What a `MicroTime` becomes by being decoded and encoded. Throws a TimeError. */
export function canonicalMicroTime(text: string): string {
  if (usualMicroTime.test(text) && isInRange(text)) return text;
  const moment = readMoment(text, microTimeLayout, 'six');
  return `${formatTime(moment.ms).slice(0, -1)}.${moment.fraction.padEnd(6, '0').slice(0, 6)}Z`;
}

/** For text of the usual shape. The last days of months are left to the full check. */
function isInRange(text: string): boolean {
  const month = twoDigits(text, 5);
  const day = twoDigits(text, 8);
  if (month < 1 || month > 12 || day < 1 || day > 28) return false;
  return twoDigits(text, 11) < 24 && twoDigits(text, 14) < 60 && twoDigits(text, 17) < 60;
}

function twoDigits(text: string, at: number): number {
  return (text.charCodeAt(at) - 48) * 10 + text.charCodeAt(at + 1) - 48;
}

/** Milliseconds since the Unix epoch; fractions are kept to the millisecond. Throws a TimeError. */
export function parseTime(text: string): number {
  const { ms, fraction } = readMoment(text, timeLayout, 'optional');
  return ms + Number(fraction.padEnd(3, '0').slice(0, 3));
}

/** Whole seconds; what is below is cut off. */
export function formatTime(ms: number): string {
  return `${new Date(ms).toISOString().slice(0, 19)}Z`;
}

/** Six digits of the second. `micros` are the microseconds below the millisecond. */
export function formatMicroTime(ms: number, micros = 0): string {
  return `${new Date(ms).toISOString().slice(0, 23)}${String(micros).padStart(3, '0')}Z`;
}

interface Moment {
  /** Whole seconds, as milliseconds since the epoch. */
  readonly ms: number;
  /** The digits after the point. */
  readonly fraction: string;
}

type Fraction = 'optional' | 'six';

interface Step {
  readonly pattern: RegExp;
  /** The part of the layout that a failure here names. */
  readonly layout: string;
}

const second: Step = { pattern: /^\d\d/, layout: '05' };
const steps: readonly Step[] = [
  { pattern: /^\d{4}/, layout: '2006' },
  { pattern: /^-/, layout: '-' },
  { pattern: /^\d\d/, layout: '01' },
  { pattern: /^-/, layout: '-' },
  { pattern: /^\d\d/, layout: '02' },
  { pattern: /^T/, layout: 'T' },
  { pattern: /^\d\d?/, layout: '15' },
  { pattern: /^:/, layout: ':' },
  { pattern: /^\d\d/, layout: '04' },
  { pattern: /^:/, layout: ':' },
  second,
];

/** Reads step by step, as Go does, because a failure names the step and the rest of the text. */
function readMoment(text: string, layout: string, wanted: Fraction): Moment {
  let rest = text;
  const parts: number[] = [];
  for (const step of steps) {
    const found = step.pattern.exec(rest)?.[0];
    if (found === undefined) throw cannotParse(text, layout, rest, step.layout);
    if (found.length > 1 || step.layout === '15') parts.push(Number(found));
    rest = rest.slice(found.length);
  }
  const fraction = readFraction(text, layout, rest, wanted);
  rest = rest.slice(fraction === '' ? 0 : fraction.length + 1);
  const zone = /^(Z|[+-]\d\d:\d\d)/.exec(rest)?.[0];
  if (zone === undefined) throw cannotParse(text, layout, rest, 'Z07:00');
  if (rest.length > zone.length) throw extraText(text, rest.slice(zone.length));
  return { ms: toEpoch(text, parts) - offsetMs(text, zone), fraction };
}

function readFraction(text: string, layout: string, rest: string, wanted: Fraction): string {
  const digits = /^[.,](\d+)/.exec(rest)?.[1] ?? '';
  if (wanted === 'optional') return digits;
  if (digits.length < 6 || !rest.startsWith('.')) {
    throw cannotParse(text, layout, rest, '.000000');
  }
  if (digits.length > 6)
    throw cannotParse(text, layout, digits.slice(6) + afterDigits(rest, digits), 'Z07:00');
  return digits;
}

function afterDigits(rest: string, digits: string): string {
  return rest.slice(digits.length + 1);
}

function toEpoch(text: string, parts: readonly number[]): number {
  const [year = 0, month = 0, day = 0, hour = 0, minute = 0, seconds = 0] = parts;
  if (month < 1 || month > 12) throw outOfRange(text, 'month');
  if (hour > 23) throw outOfRange(text, 'hour');
  if (minute > 59) throw outOfRange(text, 'minute');
  if (seconds > 59) throw outOfRange(text, 'second');
  if (day < 1 || day > daysIn(year, month)) throw outOfRange(text, 'day');
  const date = new Date(0);
  date.setUTCFullYear(year, month - 1, day);
  date.setUTCHours(hour, minute, seconds);
  return date.getTime();
}

function daysIn(year: number, month: number): number {
  if (month === 2) return year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0) ? 29 : 28;
  return month === 4 || month === 6 || month === 9 || month === 11 ? 30 : 31;
}

function offsetMs(text: string, zone: string): number {
  if (zone === 'Z') return 0;
  const hours = Number(zone.slice(1, 3));
  const minutes = Number(zone.slice(4));
  if (hours > 24) throw outOfRange(text, 'time zone offset hour');
  if (minutes > 60) throw outOfRange(text, 'time zone offset minute');
  const ms = (hours * 60 + minutes) * 60_000;
  return zone.startsWith('-') ? -ms : ms;
}

function cannotParse(text: string, layout: string, rest: string, part: string): TimeError {
  return new TimeError(
    `parsing time ${goQuote(text)} as ${goQuote(layout)}: cannot parse ${goQuote(rest)} as ${goQuote(part)}`,
  );
}

function extraText(text: string, extra: string): TimeError {
  return new TimeError(`parsing time ${goQuote(text)}: extra text: ${goQuote(extra)}`);
}

function outOfRange(text: string, what: string): TimeError {
  return new TimeError(`parsing time ${goQuote(text)}: ${what} out of range`);
}
