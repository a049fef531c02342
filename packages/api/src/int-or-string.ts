/** Values that are a number or a text: ports by number or name, counts or percentages. */
import { goQuote } from '@navarch/codec/go/text';
import type { IntOrString } from './types/scalars.ts';

/** The text form: `80`, `http`, `25%`. */
export function intOrStringText(value: IntOrString): string {
  return String(value);
}

/** The number: as it is, or as the text spells it; 0 when it does not. */
export function intOrStringNumber(value: IntOrString): number {
  if (typeof value === 'number') return value;
  return /^[+-]?[0-9]+$/.test(value) ? Number(value) : 0;
}

export class IntOrPercentError extends Error {
  override readonly name = 'IntOrPercentError';
}

export interface ScaledValue {
  readonly value: number;
  readonly isPercent: boolean;
}

/** The number, or the percentage as a number. Throws when the text is neither. */
export function parseIntOrPercent(value: IntOrString): ScaledValue {
  if (typeof value === 'number') return { value, isPercent: false };
  if (!value.endsWith('%')) {
    throw new IntOrPercentError(
      'invalid value for IntOrString: invalid type: string is not a percentage',
    );
  }
  const digits = value.slice(0, -1);
  if (/^[+-]?[0-9]+$/.test(digits)) return { value: Number(digits), isPercent: true };
  const cause = `strconv.Atoi: parsing ${goQuote(digits)}: invalid syntax`;
  throw new IntOrPercentError(
    `invalid value for IntOrString: invalid value ${goQuote(value)}: ${cause}`,
  );
}

/** A number as it is; a percentage of `total`, rounded `up` or `down`. Throws when the text is no percentage. */
export function scaledValue(value: IntOrString, total: number, round: 'up' | 'down'): number {
  const scaled = parseIntOrPercent(value);
  if (!scaled.isPercent) return scaled.value;
  const share = (scaled.value * total) / 100;
  return round === 'up' ? Math.ceil(share) : Math.floor(share);
}
