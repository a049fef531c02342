/** What the tokens of literals mean. Failures are texts, as cel-go reports them. */
import { fitsInt, fitsUint, Uint, type Value } from '../values.ts';
import type { Token } from './lexer.ts';

/** A literal that means nothing. */
export class LiteralError extends Error {}

/** The value of a token that is a literal; undefined if it is none. Throws LiteralError. */
export function literalValue({ kind, text }: Token, negative: boolean): Value | undefined {
  switch (kind) {
    case 'NUM_INT':
      return parseIntLiteral(text, negative);
    case 'NUM_UINT':
      return parseUintLiteral(text);
    case 'NUM_FLOAT':
      return parseDoubleLiteral(text, negative);
    case 'STRING':
      return parseStringLiteral(text);
    case 'BYTES':
      return parseBytesLiteral(text);
    case 'true':
      return true;
    case 'false':
      return false;
    case 'null':
      return null;
    default:
      return undefined;
  }
}

/** An int, decimal or hexadecimal. */
function parseIntLiteral(text: string, negative: boolean): bigint {
  const value = negative ? -BigInt(text) : BigInt(text);
  if (!fitsInt(value)) throw new LiteralError('invalid int literal');
  return value;
}

/** A uint with its `u`. */
function parseUintLiteral(text: string): Uint {
  const value = BigInt(text.slice(0, -1));
  if (!fitsUint(value)) throw new LiteralError('invalid uint literal');
  return new Uint(value);
}

/** A double. */
function parseDoubleLiteral(text: string, negative: boolean): number {
  const value = Number(text);
  if (!Number.isFinite(value)) throw new LiteralError('invalid double literal');
  return negative ? -value : value;
}

/** The characters of a string token. */
function parseStringLiteral(token: string): string {
  const { raw, body } = unwrap(token);
  if (raw) return body;
  return body.replaceAll(escapes, (whole) => String.fromCodePoint(codePoint(whole)));
}

/** The bytes of a bytes token: characters as UTF-8, `\x` and octal escapes as single bytes. */
function parseBytesLiteral(token: string): Uint8Array {
  const { raw, body } = unwrap(token.slice(1));
  const bytes: number[] = [];
  if (raw) return Uint8Array.from(utf8Bytes(body));
  let from = 0;
  for (const match of body.matchAll(escapes)) {
    bytes.push(...utf8Bytes(body.slice(from, match.index)));
    if (/^\\[uU]/.test(match[0])) throw new LiteralError('unable to unescape string');
    bytes.push(codePoint(match[0]));
    from = match.index + match[0].length;
  }
  bytes.push(...utf8Bytes(body.slice(from)));
  return Uint8Array.from(bytes);
}

const escapes = /\\(?:[0-3][0-7][0-7]|[xX][0-9a-fA-F]{2}|u[0-9a-fA-F]{4}|U[0-9a-fA-F]{8}|.)/gsu;

const single: Readonly<Record<string, number>> = {
  a: 7,
  b: 8,
  f: 12,
  n: 10,
  r: 13,
  t: 9,
  v: 11,
};

function unwrap(token: string): { raw: boolean; body: string } {
  const raw = /^[rR]/.test(token);
  const quoted = raw ? token.slice(1) : token;
  const quote = /^("""|''')/.test(quoted) && quoted.length >= 6 ? 3 : 1;
  const body = quoted.slice(quote, -quote).replaceAll(/\r\n?/g, '\n');
  return { raw, body };
}

function codePoint(escape: string): number {
  const kind = escape.charAt(1);
  const known = single[kind];
  if (known !== undefined) return known;
  if (/[0-3]/.test(kind)) return Number.parseInt(escape.slice(1), 8);
  if (!/[xXuU]/.test(kind)) return kind.charCodeAt(0);
  const code = Number.parseInt(escape.slice(2), 16);
  if (code > 0x10ffff || (code >= 0xd800 && code < 0xe000)) {
    throw new LiteralError('invalid unicode code point');
  }
  return code;
}

/** UTF-8 by hand: TextEncoder is no part of the language. */
export function utf8Bytes(text: string): number[] {
  const bytes: number[] = [];
  for (const character of text) {
    const code = character.codePointAt(0) ?? 0;
    if (code < 0x80) bytes.push(code);
    else if (code < 0x800) bytes.push(0xc0 | (code >> 6), 0x80 | (code & 63));
    else if (code < 0x10000) {
      bytes.push(0xe0 | (code >> 12), 0x80 | ((code >> 6) & 63), 0x80 | (code & 63));
    } else {
      bytes.push(0xf0 | (code >> 18), 0x80 | ((code >> 12) & 63));
      bytes.push(0x80 | ((code >> 6) & 63), 0x80 | (code & 63));
    }
  }
  return bytes;
}
