import { NumberLiteral } from '@navarch/codec/json';

/** Go's name for the type of a decoded value. Values of one type merge; others replace each other. */
export function typeName(value: unknown): string {
  if (Array.isArray(value)) return '[]interface {}';
  if (typeof value === 'number') return Number.isInteger(value) ? 'int64' : 'float64';
  if (typeof value === 'bigint') return 'int64';
  if (value instanceof NumberLiteral) return literalType(value);
  if (typeof value === 'boolean') return 'bool';
  if (typeof value === 'string') return 'string';
  return value === null || value === undefined ? 'nil' : 'map[string]interface {}';
}

/** Whole numbers that fit 64 bits are whole only as long as they are spelled so. */
function literalType({ text }: NumberLiteral): string {
  const isWhole = !/[.eE]/.test(text) && BigInt.asIntN(64, BigInt(text)) === BigInt(text);
  return isWhole ? 'int64' : 'float64';
}
