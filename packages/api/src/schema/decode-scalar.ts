/** Decoding of the types that are one JSON value each. */
import { canonicalBase64 } from '@navarch/codec/base64';
import { exactInteger, NumberLiteral } from '@navarch/codec/json';
import { canonicalDuration } from '../duration.ts';
import { canonicalQuantity, QuantityError } from '../quantity.ts';
import { formatWrongText } from '../quantity/parse.ts';
import { canonicalMicroTime, canonicalTime, TimeError } from '../time.ts';
import type { Int64 } from '../types/scalars.ts';
import { op } from './decode-plan.ts';

/**
 * `wrongType` names another Go type than the field's where the type decodes its own values; such errors end decoding.
 * `malformed` is noted, `abort` ends decoding: Go makes that difference.
 */
export type ScalarResult =
  | { readonly kind: 'value'; readonly value: unknown }
  | { readonly kind: 'wrongType'; readonly asNumber: boolean; readonly goType?: string }
  | { readonly kind: 'malformed'; readonly message: string }
  | { readonly kind: 'abort'; readonly message: string };

const wrongType: ScalarResult = { kind: 'wrongType', asNumber: false };
const wrongNumber: ScalarResult = { kind: 'wrongType', asNumber: true };

export function decodeScalar(operation: number, raw: unknown): ScalarResult {
  switch (operation) {
    case op.int32:
      return integer(raw, 32);
    case op.int64:
      return integer(raw, 64);
    case op.float64:
      return float(raw);
    case op.bytes:
      return bytes(raw);
    case op.quantity:
      return quantity(raw);
    case op.intOrString:
      return intOrString(raw);
    case op.time:
      return text(raw, canonicalTime);
    case op.microTime:
      return text(raw, canonicalMicroTime);
    case op.duration:
      return text(raw, canonicalDuration);
    default:
      return wrongType;
  }
}

function value(of: unknown): ScalarResult {
  return { kind: 'value', value: of };
}

export function isInt32(raw: unknown): boolean {
  return typeof raw === 'number' && (raw | 0) === raw;
}

function integer(raw: unknown, bits: 32 | 64): ScalarResult {
  if (raw instanceof NumberLiteral) return integerLiteral(raw.text, bits);
  if (typeof raw === 'bigint') return bits === 64 ? value(raw) : wrongNumber;
  if (typeof raw !== 'number') return wrongType;
  if (bits === 32) return isInt32(raw) ? value(raw) : wrongNumber;
  return Number.isInteger(raw) && Math.abs(raw) < 2 ** 63 ? value(raw) : wrongNumber;
}

function integerLiteral(literal: string, bits: 32 | 64): ScalarResult {
  if (!/^-?[0-9]+$/.test(literal)) return wrongNumber;
  const exact = BigInt(literal);
  return BigInt.asIntN(bits, exact) === exact ? value(exactInteger(exact)) : wrongNumber;
}

/** The converter takes any whole number, however it is spelled, and cuts off what does not fit. */
export function convertedInteger(operation: number, raw: unknown): Int64 | undefined {
  const number = raw instanceof NumberLiteral ? raw.value : raw;
  if (typeof number === 'bigint') {
    if (operation === op.int64) return number;
    return operation === op.int32 ? Number(BigInt.asIntN(32, number)) : undefined;
  }
  if (typeof number !== 'number' || !Number.isInteger(number)) return undefined;
  if (operation === op.int32) return Number(BigInt.asIntN(32, BigInt(number)));
  return operation === op.int64 ? number : undefined;
}

function float(raw: unknown): ScalarResult {
  if (raw instanceof NumberLiteral) {
    const number = Number(raw.text);
    return Number.isFinite(number) ? value(number) : wrongNumber;
  }
  if (typeof raw === 'bigint') return value(Number(raw));
  return typeof raw === 'number' ? value(raw) : wrongType;
}

function bytes(raw: unknown): ScalarResult {
  if (typeof raw !== 'string') return wrongType;
  const result = canonicalBase64(raw);
  if (typeof result === 'string') return value(result);
  return { kind: 'malformed', message: `illegal base64 data at input byte ${result}` };
}

function quantity(raw: unknown): ScalarResult {
  const spelled =
    raw instanceof NumberLiteral
      ? raw.text
      : typeof raw === 'number' || typeof raw === 'bigint'
        ? String(raw)
        : raw;
  if (typeof spelled !== 'string') return { kind: 'abort', message: formatWrongText };
  try {
    return value(canonicalQuantity(spelled.trim()));
  } catch (error) {
    if (error instanceof QuantityError) return { kind: 'abort', message: error.message };
    throw error;
  }
}

function intOrString(raw: unknown): ScalarResult {
  if (typeof raw === 'string') return value(raw);
  const number = integer(raw, 32);
  return number.kind === 'wrongType' ? { ...number, goType: 'int32' } : number;
}

function text(raw: unknown, canonical: (text: string) => string): ScalarResult {
  if (typeof raw !== 'string') return { kind: 'wrongType', asNumber: false, goType: 'string' };
  try {
    return value(canonical(raw));
  } catch (error) {
    if (error instanceof TimeError) return { kind: 'abort', message: error.message };
    throw error;
  }
}

/** The value with ordinary numbers in place of literals; the same value when it has none. */
export function plainNumbers(raw: unknown): unknown {
  if (typeof raw !== 'object' || raw === null) return raw;
  if (raw instanceof NumberLiteral) return raw.value;
  if (Array.isArray(raw)) return plainItems(raw);
  const before = raw as Record<string, unknown>;
  let out: Record<string, unknown> | undefined;
  for (const key in before) {
    const plain = plainNumbers(before[key]);
    if (plain === before[key]) continue;
    out ??= { ...before };
    out[key] = plain;
  }
  return out ?? before;
}

function plainItems(items: readonly unknown[]): readonly unknown[] {
  const plain = items.map(plainNumbers);
  return plain.every((item, i) => item === items[i]) ? items : plain;
}
