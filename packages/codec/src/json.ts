/**
 * JSON as Go's decoder sees it, at JSON.parse's speed: a scan of the text counts keys and looks for numbers with unusual
 * spelling. Only when the counts differ, or such numbers matter, does the careful parser run.
 */
import { parsePrecisely } from './json/precise.ts';
import { JsonSyntaxError } from './json/syntax-error.ts';

export { encodeExactly, encodeJson, type EncodedJson, formatJson } from './json/encode.ts';
export { exactInteger, exactNumber } from './json/exact-number.ts';
export { NumberLiteral } from './json/number-literal.ts';
export { memberPaths } from './json/precise.ts';
export { JsonSyntaxError } from './json/syntax-error.ts';

export interface JsonDocument {
  readonly value: unknown;
  /** Paths of keys that came more than once; the last value won. */
  readonly duplicates: readonly string[];
}

export interface JsonOptions {
  /**
   * `exact` keeps the spelling of `1.0`, `1e3` and very long numbers, as NumberLiteral. Default `plain`: whole numbers that no
   * JavaScript number holds are bigints.
   */
  readonly numbers?: 'plain' | 'exact';
}

/** Deeper values are refused, so that walking a value cannot exhaust the stack. */
export const jsonDepthMax = 2000;

const noDuplicates: readonly string[] = Object.freeze([]);

/** Throws a JsonSyntaxError with Go's message. */
export function parseJson(text: string, options?: JsonOptions): JsonDocument {
  const numbers = options?.numbers ?? 'plain';
  const found = scan(text);
  if (found.depth > jsonDepthMax) throw new JsonSyntaxError('exceeded max depth');
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return parsePrecisely(text, numbers);
  }
  const unusual = numbers === 'exact' ? found.unusualNumbers : found.longNumbers;
  if (!unusual && countKeys(value) === found.keys) return { value, duplicates: noDuplicates };
  return parsePrecisely(text, numbers);
}

/** JSON that a machine wrote: what JSON.parse reads, with large whole numbers exact. Throws what JSON.parse throws. */
export function decodeJson(text: string): unknown {
  if (!longNumber.test(text)) return JSON.parse(text);
  JSON.parse(text); // The other parser has errors of its own.
  return parsePrecisely(text, 'plain').value;
}

/** Sixteen digits where a value may begin. Inside a string, too: that only costs time. */
const longNumber = /(?:^|[:,[\s])-?[0-9]{16}/;

interface Scan {
  readonly keys: number;
  readonly depth: number;
  /** Some number is not a whole one of up to 15 digits. */
  readonly unusualNumbers: boolean;
  /** Some number takes more than 15 characters. */
  readonly longNumbers: boolean;
}

const quote = 0x22;
const backslash = 0x5c;

/** Counts the colons outside strings, which are as many as there are keys. Never fails: broken text gives any result. */
function scan(text: string): Scan {
  let keys = 0;
  let depth = 0;
  let deepest = 0;
  let unusualNumbers = false;
  let longNumbers = false;
  const { length } = text;
  for (let at = 0; at < length; at++) {
    const code = text.charCodeAt(at);
    if (code === quote) at = endOfString(text, at + 1);
    else if (code === 0x3a) keys++;
    else if (code === 0x7b || code === 0x5b) {
      if (++depth > deepest) deepest = depth;
    } else if (code === 0x7d || code === 0x5d) depth--;
    else if (code === 0x2d || (code >= 0x30 && code <= 0x39)) {
      const end = endOfNumber(text, at);
      const last = Math.abs(end) - 1;
      if (last - at >= 15) longNumbers = true;
      else if (end < 0) unusualNumbers = true;
      at = last;
    }
  }
  return { keys, depth: deepest, unusualNumbers: unusualNumbers || longNumbers, longNumbers };
}

/** The place of the closing quote. */
function endOfString(text: string, from: number): number {
  let at = from;
  for (; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code === quote) return at;
    if (code === backslash) at++;
  }
  return at;
}

/** The place after a number; negative when it has a fraction, an exponent, or is minus zero. */
function endOfNumber(text: string, from: number): number {
  let at = from + 1;
  let plain = true;
  for (; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code >= 0x30 && code <= 0x39) continue;
    if (code !== 0x2e && code !== 0x65 && code !== 0x45 && code !== 0x2b && code !== 0x2d) break;
    plain = false;
  }
  if (text.charCodeAt(from) === 0x2d && text.charCodeAt(from + 1) === 0x30) plain = false;
  return plain ? at : -at;
}

function countKeys(value: unknown): number {
  if (typeof value !== 'object' || value === null) return 0;
  let keys = 0;
  if (Array.isArray(value)) {
    for (const item of value) if (typeof item === 'object') keys += countKeys(item);
    return keys;
  }
  const members = value as Record<string, unknown>;
  for (const key in members) {
    keys++;
    const member = members[key];
    if (typeof member === 'object') keys += countKeys(member);
  }
  return keys;
}
