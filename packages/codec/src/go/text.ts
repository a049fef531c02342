/**
 * How Go prints values. Wire messages quote what clients sent, and clients compare and parse those messages, so the
 * printing has to be the same to the byte.
 */

import { encodeJson } from '../json/encode.ts';

const plain = /^[ !#-[\]-~]*$/;
const printable = /^[\p{L}\p{M}\p{N}\p{P}\p{S}]$/u;
const escapes: Readonly<Record<string, string>> = {
  '"': '\\"',
  '\\': '\\\\',
  '\x07': '\\a',
  '\b': '\\b',
  '\f': '\\f',
  '\n': '\\n',
  '\r': '\\r',
  '\t': '\\t',
  '\v': '\\v',
};

/** Prints text as Go's `%q` does. */
export function goQuote(text: string): string {
  if (plain.test(text)) return `"${text}"`;
  let out = '"';
  for (const char of text) out += quoteChar(char, '"');
  return `${out}"`;
}

/** Prints one character as Go's `%q` prints a rune, with single quotes. */
export function goQuoteChar(char: string): string {
  return `'${char === '"' ? '"' : char === "'" ? "\\'" : quoteChar(char, "'")}'`;
}

function quoteChar(char: string, quote: string): string {
  const known = escapes[char];
  if (known !== undefined && !(char === '"' && quote === "'")) return known;
  const code = char.codePointAt(0) ?? 0;
  if (code === 0x20 || printable.test(char)) return char;
  if (code < 0x80) return `\\x${hex(code, 2)}`;
  if (code >= 0xd800 && code <= 0xdfff) return '\ufffd'; // A lone surrogate has no UTF-8 form.
  return code < 0x10000 ? `\\u${hex(code, 4)}` : `\\U${hex(code, 8)}`;
}

function hex(code: number, digits: number): string {
  return code.toString(16).padStart(digits, '0');
}

/** Prints a number as Go's `%v` does: like JavaScript, except that small fractions turn to exponents sooner. */
export function goNumber(value: number | bigint): string {
  if (typeof value === 'bigint') return String(value);
  const size = Math.abs(value);
  if (size === 0 || size >= 1e-4) return String(value);
  return value.toExponential().replace(/e-(\d)$/, 'e-0$1');
}

/** Encodes as Go's json.Marshal does: `<`, `>`, `&` and the two Unicode line separators are escaped. */
export function goJson(value: unknown): string {
  return escapeHtml(encodeJson(value));
}

/** Escapes, inside encoded JSON, what Go escapes so that JSON can be embedded in HTML. */
export function escapeHtml(json: string): string {
  return /[<>&\u2028\u2029]/.test(json) ? json.replace(/[<>&\u2028\u2029]/g, escapeUnit) : json;
}

function escapeUnit(unit: string): string {
  return `\\u${hex(unit.charCodeAt(0), 4)}`;
}

/** Prints decoded JSON as Go's `%v` prints generic maps and slices: `map[a:1 b:[x y]]`, keys sorted. */
export function goValue(value: unknown): string {
  if (value === null || value === undefined) return '<nil>';
  if (typeof value === 'number' || typeof value === 'bigint') return goNumber(value);
  if (typeof value === 'string') return value;
  if (typeof value !== 'object') return JSON.stringify(value) ?? '';
  if (Array.isArray(value)) return `[${value.map(goValue).join(' ')}]`;
  const entries = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1));
  return `map[${entries.map(([key, item]) => `${key}:${goValue(item)}`).join(' ')}]`;
}
