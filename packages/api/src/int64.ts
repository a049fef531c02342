/** Whole numbers of 64 bits. */
import { exactInteger } from '@navarch/codec/json';
import type { Int64 } from './types/scalars.ts';

/** The one that follows, such as the next generation; after nothing comes one. */
export function nextInteger(value: Int64 | undefined): Int64 {
  if (typeof value === 'number' && value < Number.MAX_SAFE_INTEGER) return value + 1;
  return exactInteger(BigInt(value ?? 0) + 1n);
}

/**
 * A moment so many seconds after another, both in milliseconds. As in Go, lengths of time are 64 bits of nanoseconds, which wrap around
 * after 292 years.
 */
export function afterSeconds(startMs: number, seconds: Int64): number {
  if (Math.abs(Number(seconds)) < wrapSeconds) return startMs + Number(seconds) * 1000;
  const nanos = BigInt.asIntN(64, BigInt(seconds) * 1_000_000_000n);
  return startMs + Number(nanos / 1_000_000n);
}

const wrapSeconds = 9_000_000_000;
