/**
 * Text to tokens.
 *
 * Rules: https://github.com/google/cel-spec/blob/master/doc/langdef.md#syntax. The longest token
 * wins. What is no token is reported with everything read so far, and skipped.
 */
import type { Issue } from './source.ts';

/** Symbols and keywords are their own kind. */
export type TokenKind =
  | 'BYTES'
  | 'ESC_IDENTIFIER'
  | 'IDENTIFIER'
  | 'NUM_FLOAT'
  | 'NUM_INT'
  | 'NUM_UINT'
  | 'STRING'
  | 'EOF'
  | Symbol
  | Keyword;

type Keyword = 'false' | 'in' | 'null' | 'true';

type Symbol =
  | '=='
  | '!='
  | '<'
  | '<='
  | '>='
  | '>'
  | '&&'
  | '||'
  | '['
  | ']'
  | '{'
  | '}'
  | '('
  | ')'
  | '.'
  | ','
  | '-'
  | '!'
  | '?'
  | ':'
  | '+'
  | '*'
  | '/'
  | '%';

/** A word of the text. */
export interface Token {
  readonly kind: TokenKind;
  readonly text: string;
  /** Index of the first character, in UTF-16 units. */
  readonly start: number;
}

/** The words of a text, the last being EOF, and what could not be read. */
export interface Lexed {
  readonly tokens: readonly Token[];
  readonly issues: readonly Issue[];
}

const skipped = /(?:[\t \r\n\f]+|\/\/[^\n]*)+/y;
const symbol = /==|!=|<=|>=|&&|\|\||[<>[\]{}().,\-!?:+*/%]/y;
const number =
  /(\d+\.\d+(?:[eE][+-]?\d+)?|\d+[eE][+-]?\d+|\.\d+(?:[eE][+-]?\d+)?)|((?:0x[0-9a-fA-F]+|\d+)[uU])|(0x[0-9a-fA-F]+|\d+)/y;
const identifier = /[A-Za-z_][A-Za-z0-9_]*/y;
const escapedIdentifier = /`[A-Za-z0-9_.\-/ ]+`/y;

const escape = String.raw`\\(?:[abfnrtv"'\\?\x60]|[0-3][0-7][0-7]|[xX][0-9a-fA-F]{2}|u[0-9a-fA-F]{4}|U[0-9a-fA-F]{8})`;
const longStrings = ['"', "'"].map((quote) => {
  const end = quote.repeat(3);
  return `${end}(?:${escape}|[^\\\\])*?${end}|[rR]${end}[^]*?${end}`;
});
const shortStrings = ['"', "'"].map(
  (quote) =>
    `${quote}(?:${escape}|[^\\\\${quote}\\n\\r])*${quote}|[rR]${quote}[^${quote}\\n\\r]*${quote}`,
);
const string = new RegExp(`([bB])?(?:${[...longStrings, ...shortStrings].join('|')})`, 'y');
/** As much as could still have become a string. */
const brokenString = new RegExp(
  `[bB]?(?:[rR]"[^"\\n\\r]*|[rR]'[^'\\n\\r]*|"(?:${escape}|[^\\\\"\\n\\r])*|'(?:${escape}|[^\\\\'\\n\\r])*)` +
    String.raw`(?:\\(?:[xX][0-9a-fA-F]?|u[0-9a-fA-F]{0,3}|U[0-9a-fA-F]{0,7}|[0-3][0-7]?)?)?`,
  'y',
);
const brokenOther = /`[A-Za-z0-9_.\-/ ]*|[&|=]?/y;

/** Reads a text. */
export function lex(text: string): Lexed {
  const tokens: Token[] = [];
  const issues: Issue[] = [];
  let at = 0;
  while (at < text.length) {
    const space = matchAt(skipped, text, at);
    if (space !== undefined) {
      at += space[0].length;
      continue;
    }
    const token = tokenAt(text, at);
    if (token === undefined) {
      const end = endOfBroken(text, at);
      const shown = text.slice(at, end).replaceAll('\n', '\\n').replaceAll('\t', '\\t');
      const message = `Syntax error: token recognition error at: '${shown.replaceAll('\r', '\\r')}'`;
      issues.push({ message, offset: at });
      at = end;
      continue;
    }
    tokens.push(token);
    at += token.text.length;
  }
  tokens.push({ kind: 'EOF', text: '<EOF>', start: text.length });
  return { tokens, issues };
}

function tokenAt(text: string, at: number): Token | undefined {
  const literal = matchAt(string, text, at);
  if (literal !== undefined) {
    return { kind: literal[1] === undefined ? 'STRING' : 'BYTES', text: literal[0], start: at };
  }
  const word = matchAt(identifier, text, at);
  if (word !== undefined) return { kind: wordKind(word[0]), text: word[0], start: at };
  const digits = matchAt(number, text, at);
  if (digits !== undefined) {
    const kind =
      digits[1] !== undefined ? 'NUM_FLOAT' : digits[2] !== undefined ? 'NUM_UINT' : 'NUM_INT';
    return { kind, text: digits[0], start: at };
  }
  const escaped = matchAt(escapedIdentifier, text, at);
  if (escaped !== undefined) return { kind: 'ESC_IDENTIFIER', text: escaped[0], start: at };
  const sign = matchAt(symbol, text, at);
  return sign === undefined ? undefined : { kind: sign[0] as Symbol, text: sign[0], start: at };
}

function wordKind(word: string): TokenKind {
  switch (word) {
    case 'true':
    case 'false':
    case 'null':
    case 'in':
      return word;
    default:
      return 'IDENTIFIER';
  }
}

/** The end of what is skipped: the longest start of a token and the character that broke it. */
function endOfBroken(text: string, at: number): number {
  const start = (matchAt(brokenString, text, at) ?? matchAt(brokenOther, text, at))?.[0] ?? '';
  const end = at + start.length;
  const next = text.codePointAt(end);
  if (next === undefined) return Math.max(end, at + 1);
  return end + (next > 0xffff ? 2 : 1);
}

function matchAt(pattern: RegExp, text: string, at: number): RegExpExecArray | undefined {
  // Sticky expressions keep their position; it is set anew before every use.
  pattern.lastIndex = at;
  return pattern.exec(text) ?? undefined;
}
