/** `text.format(args)`: %s, %d, %f, %e, %x, %X, %o, %b and %%, with a precision for %f and %e. */
import { CelError } from '../errors.ts';
import { formatDouble } from '../functions/numbers.ts';
import { valueText } from '../evaluate/text.ts';
import {
  type CelList,
  elementsOf,
  isList,
  isMap,
  typeNameOf,
  Uint,
  type Value,
} from '../values.ts';
import { quoteText } from './quote.ts';

const clause = /%(?:%|(?:\.(\d+))?([a-zA-Z]?))/gu;

export function formatText(text: string, args: CelList): string {
  let next = 0;
  const wrong = (message: string): CelError => new CelError(message);
  return text.replaceAll(
    clause,
    (whole, precision: string | undefined, verb: string | undefined) => {
      if (whole === '%%') return '%';
      if (verb === undefined || verb === '') throw wrong('unexpected end of string');
      const format = verbs[verb];
      if (!format) {
        throw wrong(`could not parse formatting clause: unrecognized formatting clause "${verb}"`);
      }
      const index = next++;
      if (index >= args.size) throw wrong(`index ${index} out of range`);
      try {
        return format(args.get(index), precision === undefined ? 6 : Number(precision));
      } catch (error) {
        if (!(error instanceof CelError)) throw error;
        throw wrong(`error during formatting: ${error.message}`);
      }
    },
  );
}

type Format = (value: Value, precision: number) => string;

const verbs: Readonly<Record<string, Format>> = {
  s: stringOf,
  d: decimalOf,
  f: (value, precision) => special(value) ?? numberOf(value, 'fixed-point').toFixed(precision),
  e: (value, precision) =>
    special(value) ?? exponent(numberOf(value, 'scientific notation').toExponential(precision)),
  x: (value) => hexOf(value),
  X: (value) => hexOf(value).toUpperCase(),
  o: (value) => integerOf(value, 'octal').toString(8),
  b: (value) =>
    typeof value === 'boolean' ? (value ? '1' : '0') : integerOf(value, 'binary').toString(2),
};

/** Inside lists and maps, texts are quoted. */
function stringOf(value: Value): string {
  if (typeof value === 'string') return value;
  return nested(value);
}

function nested(value: Value): string {
  if (typeof value === 'string') return quoteText(value);
  if (typeof value === 'number') return special(value) ?? formatDouble(value);
  if (value instanceof Uint) return value.value.toString();
  if (value instanceof Uint8Array) return new TextDecoder().decode(value);
  if (value === null || typeof value !== 'object') return value === null ? 'null' : String(value);
  if (isList(value)) return `[${[...elementsOf(value)].map(nested).join(', ')}]`;
  if (isMap(value)) {
    const entries = [...value.keys()].map(
      (key) => [nested(key), nested(value.get(key) ?? null)] as const,
    );
    entries.sort(([a], [b]) => (a < b ? -1 : 1));
    return `{${entries.map(([key, each]) => `${key}: ${each}`).join(', ')}}`;
  }
  return valueText(value);
}

function special(value: Value): string | undefined {
  if (value === 'NaN' || (typeof value === 'number' && Number.isNaN(value))) return 'NaN';
  if (value === Infinity || value === 'Infinity') return 'Infinity';
  if (value === -Infinity || value === '-Infinity') return '-Infinity';
  return undefined;
}

function decimalOf(value: Value): string {
  const text = special(value);
  if (text !== undefined) return text;
  if (typeof value === 'number') return formatDouble(value);
  if (typeof value === 'bigint') return value.toString();
  if (value instanceof Uint) return value.value.toString();
  throw new CelError(`decimal clause can only be used on integers, was given ${typeNameOf(value)}`);
}

function numberOf(value: Value, clauseName: string): number {
  if (typeof value === 'number') return value;
  throw new CelError(
    `${clauseName} clause can only be used on doubles, was given ${typeNameOf(value)}`,
  );
}

/** At least two digits, as Go writes them. */
const superscripts = '⁰¹²³⁴⁵⁶⁷⁸⁹';

/** As English prints it: `1.5×10⁰³`. */
function exponent(text: string): string {
  return text.replace(/e([+-])(\d+)$/u, (_, sign: string, digits: string) => {
    const raised = digits
      .padStart(2, '0')
      .replace(/\d/gu, (digit) => superscripts.charAt(Number(digit)));
    return `×10${sign === '-' ? '⁻' : ''}${raised}`;
  });
}

function integerOf(value: Value, clauseName: string): bigint {
  if (typeof value === 'bigint') return value;
  if (value instanceof Uint) return value.value;
  const allowed = clauseName === 'binary' ? 'integers and bools' : 'integers';
  throw new CelError(
    `${clauseName} clause can only be used on ${allowed}, was given ${typeNameOf(value)}`,
  );
}

function hexOf(value: Value): string {
  if (typeof value === 'bigint') return value.toString(16);
  if (value instanceof Uint) return value.value.toString(16);
  const bytes = typeof value === 'string' ? new TextEncoder().encode(value) : value;
  if (!(bytes instanceof Uint8Array)) {
    throw new CelError(
      `only integers, byte buffers, and strings can be formatted as hex, was given ${typeNameOf(value)}`,
    );
  }
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
}
