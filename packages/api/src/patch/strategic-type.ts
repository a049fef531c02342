import { NumberLiteral } from '@navarch/codec/json';

/** Go's name for the type of a decoded value. Values of one type merge; others replace each other. */
export function typeName(value: unknown): string {
  if (Array.isArray(value)) return '[]interface {}';
  if (typeof value === 'number') return Number.isInteger(value) ? 'int64' : 'float64';
  if (value instanceof NumberLiteral) return 'float64';
  if (typeof value === 'boolean') return 'bool';
  if (typeof value === 'string') return 'string';
  return value === null || value === undefined ? 'nil' : 'map[string]interface {}';
}
