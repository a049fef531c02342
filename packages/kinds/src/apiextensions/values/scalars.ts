/** Types, texts, numbers and enums. */
import type { FieldError } from '@navarch/api/field-error';
import type { JSONSchemaProps } from '@navarch/api/types/apiextensions/v1/json-schema';
import { goNumber } from '@navarch/codec/go/text';
import { RE2JS } from 're2js';
import { jsonEqual } from '../json-equal.ts';
import type { Reporter } from './findings.ts';
import { isCheckedFormat } from './formats.ts';
import type { Int64 } from '@navarch/api/types/scalars';
import type { Place } from './place.ts';

export type Kind = 'array' | 'boolean' | 'integer' | 'null' | 'number' | 'object' | 'string';

/** Whole numbers of up to 64 bits are integers; what is larger has been sent with an exponent or cannot be kept. */
export function kindOf(value: unknown): Kind {
  if (value === null || value === undefined) return 'null';
  if (Array.isArray(value)) return 'array';
  switch (typeof value) {
    case 'string':
    case 'boolean':
    case 'object':
      return typeof value as Kind;
    case 'bigint':
      return 'integer';
    default:
      return Number.isInteger(value) && Math.abs(value as number) < 2 ** 63 ? 'integer' : 'number';
  }
}

export function typesOf(schema: JSONSchemaProps): readonly string[] {
  if (schema['x-kubernetes-int-or-string'] === true) return ['integer', 'string'];
  return schema.type ? [schema.type] : [];
}

interface Typed {
  readonly schema: JSONSchemaProps;
  readonly types: readonly string[];
}

/** Text in any format is text, and so, strangely, are lists. */
export function typeErrors(
  { schema, types }: Typed,
  value: unknown,
  place: Place,
  report: Reporter,
): FieldError[] {
  const kind = kindOf(value);
  const { nullable = false } = schema;
  const format = isCheckedFormat(schema.format) ? schema.format : '';
  if (kind === 'null') {
    if (types.length === 0 || nullable || types.includes('null')) return [];
    return [report.wrongType(place, types.join(','), kind)];
  }
  if (types.length === 0 && format === '') return [];
  const fits = types.includes(kind) || (kind === 'integer' && types.includes('number'));
  const isText = kind === 'string' || kind === 'array';
  const isNumeric = types.includes('number') || types.includes('integer');
  if (!isText && format !== '' && !fits && format !== formatOf(kind)) {
    return [report.wrongType(place, format, formatOf(kind))];
  }
  if (isText && format !== '' && !isNumeric) return [];
  return fits ? [] : [report.wrongType(place, types.join(','), kind)];
}

function formatOf(kind: Kind): string {
  if (kind === 'integer') return 'int64';
  return kind === 'number' ? 'double' : '';
}

interface Patterned extends Typed {
  readonly pattern: (text: string) => boolean;
}

/** Lengths are in characters. The first error is the only one. */
export function stringErrors(
  { schema, pattern }: Patterned,
  value: string,
  place: Place,
  report: Reporter,
): FieldError[] {
  const { maxLength, minLength } = lengthsOf(schema);
  if (maxLength !== undefined && isLonger(value, maxLength)) {
    return [report.tooLong(place, value, maxLength)];
  }
  if (minLength !== undefined && minLength > 0 && !isLonger(value, minLength - 1)) {
    return [report.invalid(place, value, `should be at least ${minLength} chars long`)];
  }
  if (!schema.pattern || pattern(value)) return [];
  return [report.invalid(place, value, `should match '${schema.pattern}'`)];
}

/** No text is too long for a number. */
function lengthsOf({ maxLength, minLength }: JSONSchemaProps): {
  readonly maxLength: number | undefined;
  readonly minLength: number | undefined;
} {
  const rounded = (length: Int64 | undefined): number | undefined =>
    length === undefined ? undefined : Number(length);
  return { maxLength: rounded(maxLength), minLength: rounded(minLength) };
}

function isLonger(text: string, max: number): boolean {
  if (text.length <= max) return false;
  if (text.length > max * 2) return true;
  let count = 0;
  for (const _ of text) count++;
  return count > max;
}

/** A pattern that does not compile, in a definition of old, matches nothing. */
export function patternOf(pattern: string | undefined): (text: string) => boolean {
  if (!pattern) return () => true;
  try {
    const compiled = RE2JS.compile(pattern);
    return (text) => compiled.matcher(text).find();
  } catch {
    return () => false;
  }
}

/** For integers, limits count as integers too. */
export function numberErrors(
  schema: JSONSchemaProps,
  value: Int64,
  place: Place,
  report: Reporter,
): FieldError[] {
  const limit = kindOf(value) === 'integer' ? Math.trunc : (exact: number): number => exact;
  const errors: FieldError[] = [];
  const complain = (text: string, by: number): void => {
    errors.push(report.invalid(place, value, `${text} ${goNumber(by)}`));
  };
  if (schema.multipleOf !== undefined) {
    const factor = limit(schema.multipleOf);
    if (factor !== 0 && !isMultiple(value, factor)) complain('should be a multiple of', factor);
  }
  if (schema.minimum !== undefined) {
    const min = limit(schema.minimum);
    if (schema.exclusiveMinimum && value <= min) complain('should be greater than', min);
    else if (value < min) complain('should be greater than or equal to', min);
  }
  if (schema.maximum !== undefined) {
    const max = limit(schema.maximum);
    if (schema.exclusiveMaximum && value >= max) complain('should be less than', max);
    else if (value > max) complain('should be less than or equal to', max);
  }
  return errors;
}

const epsilon = 1e-9;

/** With fractions, nearly is enough. */
function isMultiple(value: Int64, factor: number): boolean {
  if (typeof value === 'bigint') return value % BigInt(factor) === 0n;
  const times = Math.abs(factor) < 1 ? (1 / factor) * value : value / factor;
  const nearest = Math.round(times);
  if (times === nearest) return true;
  return Math.abs(times - nearest) / (Math.abs(times) + Math.abs(nearest)) < epsilon;
}

/** Null is in no enum, even where it is listed. */
export function enumErrors(
  { schema }: Typed,
  value: unknown,
  place: Place,
  report: Reporter,
): FieldError[] {
  const choices = schema.enum;
  if (!choices || choices.length === 0) return [];
  const isListed = value !== null && choices.some((choice) => jsonEqual(choice, value));
  return isListed ? [] : [report.notInEnum(place, value, choices)];
}
