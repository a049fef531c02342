/** How a text is written: plain, quoted, or as a block of lines. The rules are libyaml's, so that the bytes are too. */
import { looksLikeOther } from './resolve.ts';

export type Style = 'plain' | 'single' | 'double' | 'literal';

/** A key on the line of its value has to stay on one line. */
export type Place = 'key' | 'value';

export function styleOf(text: string, place: Place): Style {
  const wanted = text.includes('\n') ? 'literal' : looksLikeOther(text) ? 'double' : 'plain';
  const allowed = analyse(text);
  if (place === 'key' && text.includes('\n')) return 'double';
  if (wanted === 'double') return 'double';
  if (wanted === 'literal') return allowed.block ? 'literal' : 'double';
  if (allowed.plain) return 'plain';
  return allowed.single ? 'single' : 'double';
}

interface Allowed {
  readonly plain: boolean;
  readonly single: boolean;
  readonly block: boolean;
}

const breaks = /[\n\r\u0085\u2028\u2029]/;
const unprintable = /[^\n\x20-\x7e\u0085\u00a0-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]|\ufeff/u;

function analyse(text: string): Allowed {
  const spaceBreak = / [\n\r\u0085\u2028\u2029]/.test(text);
  if (spaceBreak || unprintable.test(text)) return { plain: false, single: false, block: false };
  const breakSpace = /[\n\r\u0085\u2028\u2029] /.test(text);
  const blankEnds = /^[ \n\r\u0085\u2028\u2029]|[ \n\r\u0085\u2028\u2029]$/.test(text);
  const plain = !breakSpace && !blankEnds && !breaks.test(text) && !hasIndicator(text);
  return { plain, single: !breakSpace, block: !text.endsWith(' ') };
}

/** What would mean something else at the start of a plain text, or inside it. */
function hasIndicator(text: string): boolean {
  if (/^(?:---|\.\.\.)/.test(text)) return true;
  if (/^[#,[\]{}&*!|>'"%@`]/.test(text)) return true;
  if (/^[?:-](?:[\s\0]|$)/.test(text)) return true;
  return /:(?:[\s\0]|$)/.test(text) || /\s#/.test(text);
}

export const lineWidth = 80;

/** Where the text starts, and how its further lines are indented. */
export interface Position {
  readonly column: number;
  readonly indent: number;
  readonly place: Place;
}

export function writeScalar(text: string, at: Position): string {
  switch (styleOf(text, at.place)) {
    case 'plain':
      return fold(text, at);
    case 'single':
      return `'${fold(text.replaceAll("'", "''"), { ...at, column: at.column + 1 }, 'quoted')}'`;
    case 'double':
      return `"${foldDouble(text, { ...at, column: at.column + 1 })}"`;
    case 'literal':
      return writeLiteral(text, at.indent);
  }
}

/** Breaks at single spaces once the line is too long. */
function fold(text: string, at: Position, quoted?: 'quoted'): string {
  if (at.place === 'key' || at.column + text.length <= lineWidth) return text;
  const chars = Array.from(text);
  let out = '';
  let { column } = at;
  chars.forEach((char, i) => {
    const single = char === ' ' && chars[i - 1] !== ' ' && chars[i + 1] !== ' ';
    const inside = quoted === undefined || (i > 0 && i < chars.length - 1);
    if (single && inside && column > lineWidth) {
      out += `\n${' '.repeat(at.indent)}`;
      column = at.indent;
    } else {
      out += char;
      column++;
    }
  });
  return out;
}

const doubleEscapes: Readonly<Record<string, string>> = {
  '\0': '\\0',
  '\x07': '\\a',
  '\b': '\\b',
  '\t': '\\t',
  '\n': '\\n',
  '\v': '\\v',
  '\f': '\\f',
  '\r': '\\r',
  '\x1b': '\\e',
  '"': '\\"',
  '\\': '\\\\',
  '\u0085': '\\N',
  '\u00a0': '\\_',
  '\u2028': '\\L',
  '\u2029': '\\P',
};

function foldDouble(text: string, at: Position): string {
  const chars = Array.from(text);
  let out = '';
  let { column } = at;
  let afterSpace = false;
  chars.forEach((char, i) => {
    const space = char === ' ';
    if (space && canFold(at, column, afterSpace, i, chars.length)) {
      out += `\n${' '.repeat(at.indent)}${chars[i + 1] === ' ' ? '\\' : ''}`;
      column = at.indent;
    } else {
      const written = escapeDouble(char);
      out += written;
      column += written.length;
    }
    afterSpace = space;
  });
  return out;
}

function canFold(
  at: Position,
  column: number,
  afterSpace: boolean,
  i: number,
  length: number,
): boolean {
  return at.place === 'value' && !afterSpace && column > lineWidth && i > 0 && i < length - 1;
}

function escapeDouble(char: string): string {
  const known = doubleEscapes[char];
  if (known !== undefined) return known;
  if (!unprintable.test(char)) return char;
  const code = char.codePointAt(0) ?? 0;
  if (code <= 0xff) return `\\x${code.toString(16).toUpperCase().padStart(2, '0')}`;
  if (code <= 0xffff) return `\\u${code.toString(16).toUpperCase().padStart(4, '0')}`;
  return `\\U${code.toString(16).toUpperCase().padStart(8, '0')}`;
}

/** The mark says how many line ends to keep, and the indentation where the first line hides it. */
function writeLiteral(text: string, indent: number): string {
  const hint = /^[ \n]/.test(text) ? '2' : '';
  const chomp = !text.endsWith('\n') ? '-' : text === '\n' || text.endsWith('\n\n') ? '+' : '';
  const lines = text.replace(/\n$/, '').split('\n');
  const body = lines.map((line) => (line === '' ? '' : ' '.repeat(indent) + line)).join('\n');
  return `|${hint}${chomp}\n${body}`;
}
