/** Durations in Go's notation: `1h30m0s`, `250ms`. Exact to the nanosecond, as whole numbers of nanoseconds. */
import { goQuote } from '@navarch/codec/go/text';
import { TimeError } from './time.ts';

const nanosPer: Readonly<Record<string, bigint>> = {
  ns: 1n,
  us: 1000n,
  µs: 1000n,
  μs: 1000n,
  ms: 1_000_000n,
  s: 1_000_000_000n,
  m: 60_000_000_000n,
  h: 3_600_000_000_000n,
};
const second = 1_000_000_000n;

/** In nanoseconds. Throws a TimeError. */
export function parseDuration(text: string): bigint {
  const negative = text.startsWith('-');
  let rest = /^[+-]/.test(text) ? text.slice(1) : text;
  if (rest === '0') return 0n;
  if (rest === '') throw invalid(text);
  let total = 0n;
  while (rest !== '') {
    const number = /^([0-9]*)(?:\.([0-9]*))?/.exec(rest);
    const whole = number?.[1] ?? '';
    const fraction = number?.[2] ?? '';
    if (whole === '' && fraction === '') throw invalid(text);
    rest = rest.slice(number?.[0].length ?? 0);
    const unit = /^[^.0-9]*/.exec(rest)?.[0] ?? '';
    total += inNanos(text, unit, whole, fraction);
    rest = rest.slice(unit.length);
  }
  const result = negative ? -total : total;
  if (BigInt.asIntN(64, result) !== result) throw invalid(text);
  return result;
}

function inNanos(text: string, unit: string, whole: string, fraction: string): bigint {
  if (unit === '') throw new TimeError(`time: missing unit in duration ${goQuote(text)}`);
  const nanos = Object.hasOwn(nanosPer, unit) ? nanosPer[unit] : undefined;
  if (nanos === undefined) {
    throw new TimeError(`time: unknown unit ${goQuote(unit)} in duration ${goQuote(text)}`);
  }
  const parts = fraction === '' ? 0n : (BigInt(fraction) * nanos) / 10n ** BigInt(fraction.length);
  return (whole === '' ? 0n : BigInt(whole)) * nanos + parts;
}

function invalid(text: string): TimeError {
  return new TimeError(`time: invalid duration ${goQuote(text)}`);
}

/** Below a second in its own unit, else in hours, minutes and seconds without leading zero parts: `1m30s`. */
export function formatDuration(nanos: bigint): string {
  if (nanos === 0n) return '0s';
  const sign = nanos < 0n ? '-' : '';
  const size = nanos < 0n ? -nanos : nanos;
  if (size < 1000n) return `${sign}${size}ns`;
  if (size < 1_000_000n) return `${sign}${decimal(size, 1000n)}µs`;
  if (size < second) return `${sign}${decimal(size, 1_000_000n)}ms`;
  return sign + clock(size);
}

function clock(size: bigint): string {
  const minutes = size / (60n * second);
  const seconds = `${decimal(size % (60n * second), second)}s`;
  if (minutes === 0n) return seconds;
  if (minutes < 60n) return `${minutes}m${seconds}`;
  return `${minutes / 60n}h${minutes % 60n}m${seconds}`;
}

/** `value / unit` without trailing zeros. */
function decimal(value: bigint, unit: bigint): string {
  const rest = value % unit;
  if (rest === 0n) return String(value / unit);
  const digits = String(rest).padStart(String(unit).length - 1, '0');
  return `${value / unit}.${digits.replace(/0+$/, '')}`;
}

/** What a duration becomes by being decoded and encoded. Throws a TimeError. */
export function canonicalDuration(text: string): string {
  return formatDuration(parseDuration(text));
}

export function durationMs(text: string): number {
  return Number(parseDuration(text)) / 1e6;
}
