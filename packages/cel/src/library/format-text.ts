/** `text.format(args)`, as version 2 of cel-go's strings prints values. */
import { goQuote } from '@navarch/codec/go/text';
import { CelError } from '../errors.ts';
import { compareValues } from '../evaluate/compare.ts';
import { convertToText } from '../functions/conversion.ts';
import { typeName } from '../types.ts';
import {
  type CelList,
  type CelMap,
  type CelObject,
  elementsOf,
  kindOf,
  typeNameOf,
  TypeValue,
  Uint,
  type Value,
} from '../values.ts';
import { type Clause, interpolate } from './format-clauses.ts';
import { decimalText, scientificText } from './number-text.ts';

/** The text with the arguments in the places of its clauses. */
export function formatText(text: string, args: CelList): string {
  return interpolate(text, {
    size: args.size,
    request(index) {
      if (index >= args.size) throw new CelError(`index ${index} out of range`);
    },
    format: (index, clause) => formatValue(args.get(index), clause),
  });
}

/** What is said when a clause is given a type that it cannot print. */
export const clauseProblem: Readonly<Record<Clause['letter'], string>> = {
  s:
    'string clause can only be used on strings, bools, bytes, ints, doubles, maps, lists, types, ' +
    'durations, and timestamps',
  d: 'decimal clause can only be used on integers',
  f: 'fixed-point clause can only be used on doubles',
  e: 'scientific clause can only be used on doubles',
  b: 'only integers and bools can be formatted as binary',
  o: 'octal clause can only be used on integers',
  x: 'only integers, byte buffers, and strings can be formatted as hex',
  X: 'only integers, byte buffers, and strings can be formatted as hex',
};

function formatValue(value: Value, { letter, precision }: Clause): string {
  const text = printers[letter](value, precision);
  if (text !== undefined) return text;
  throw new CelError(`${clauseProblem[letter]}, was given ${typeNameOf(value)}`);
}

/** Undefined when the value is of no type that the clause prints. */
type Printer = (value: Value, precision: number) => string | undefined;

const printers: Readonly<Record<Clause['letter'], Printer>> = {
  s: (value) => stringOf(value),
  d: (value) => integerOf(value)?.toString(),
  f: (value, precision) => onDouble(value, (double) => decimalText(double, precision)),
  e: (value, precision) => onDouble(value, (double) => scientificText(double, precision)),
  b: (value) =>
    typeof value === 'boolean' ? String(Number(value)) : integerOf(value)?.toString(2),
  o: (value) => integerOf(value)?.toString(8),
  x: hexOf,
  X: (value) => hexOf(value)?.toUpperCase(),
};

function integerOf(value: Value): bigint | undefined {
  if (value instanceof Uint) return value.value;
  return typeof value === 'bigint' ? value : undefined;
}

/** The names of the doubles that no literal writes may stand for them. */
const namedDoubles: Readonly<Record<string, number>> = {
  NaN: Number.NaN,
  Infinity,
  '-Infinity': -Infinity,
};

function onDouble(value: Value, print: (double: number) => string): string | undefined {
  const double = typeof value === 'string' ? namedDoubles[value] : value;
  return typeof double === 'number' ? print(double) : undefined;
}

function hexOf(value: Value): string | undefined {
  const bytes = typeof value === 'string' ? new TextEncoder().encode(value) : value;
  if (!(bytes instanceof Uint8Array)) return integerOf(value)?.toString(16);
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
}

function stringOf(value: Value): string | undefined {
  switch (kindOf(value)) {
    case 'list':
      return listText(value as CelList);
    case 'map':
    case 'object':
      return mapText(value as CelMap | CelObject);
    case 'null':
      return 'null';
    default:
      return value instanceof TypeValue ? typeName(value.type) : convertedText(value);
  }
}

function convertedText(value: Value): string | undefined {
  try {
    return convertToText(value);
  } catch (error) {
    if (!(error instanceof CelError)) throw error;
    throw new CelError(`could not convert argument ${goQuote(error.message)} to string`);
  }
}

/** A value inside a list or a map: as an expression would write it, nearly. */
function nestedText(value: Value): string {
  switch (kindOf(value)) {
    case 'string':
      return goQuote(value as string);
    case 'bytes':
      return `b${goQuote(convertedText(value) ?? '')}`;
    case 'double':
      return nestedDouble(value as number);
    case 'timestamp':
      return `timestamp(${goQuote(convertToText(value) ?? '')})`;
    case 'duration':
      return `duration(${goQuote(convertToText(value) ?? '')})`;
    default: {
      const text = stringOf(value);
      if (text !== undefined) return text;
      throw new CelError(`no formatting function for ${typeNameOf(value)}`);
    }
  }
}

function nestedDouble(value: number): string {
  if (!Number.isFinite(value)) return goQuote(convertToText(value) ?? '');
  // As literals are written: without thousands apart, and zero with its sign.
  const text = decimalText(value, 6).replaceAll(',', '');
  return Object.is(value, -0) ? `-${text}` : text;
}

function listText(list: CelList): string {
  return `[${Array.from(elementsOf(list), nestedText).join(', ')}]`;
}

function mapText(map: CelMap | CelObject): string {
  const entries = Array.from(map.kind === 'map' ? map.keys() : map.fields(), (key: Value) => {
    const value = map.kind === 'map' ? map.get(key) : map.get(key as string);
    return [keyText(key), nestedText(value ?? null)] as const;
  });
  entries.sort(([a], [b]) => compareValues(a, b));
  return `{${entries.map(([key, value]) => `${key}:${value}`).join(', ')}}`;
}

function keyText(key: Value): string {
  switch (kindOf(key)) {
    case 'string':
    case 'bool':
    case 'int':
    case 'uint':
      return nestedText(key);
    default:
      throw new CelError(`no formatting function for map key of type ${typeNameOf(key)}`);
  }
}
