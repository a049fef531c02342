/** Sets of tokens, and how syntax errors print them. */
import type { Token, TokenKind } from './lexer.ts';

/** Tokens that may come next. `open` if the rule may also end here. */
export interface TokenSet {
  readonly kinds: ReadonlySet<TokenKind>;
  readonly open: boolean;
}

/** A set of kinds after which the rule goes on. */
export const closed = (...kinds: readonly TokenKind[]): TokenSet => ({
  kinds: new Set(kinds),
  open: false,
});

/** A set of kinds beside which the rule may end. */
export const open = (...kinds: readonly TokenKind[]): TokenSet => ({
  kinds: new Set(kinds),
  open: true,
});

/** A closed set with more kinds. */
export const extended = (set: TokenSet, ...kinds: readonly TokenKind[]): TokenSet =>
  closed(...set.kinds, ...kinds);

/** What a member (an operand without sign) may begin with. */
export const firstOfMember = closed(
  '[',
  '{',
  '(',
  '.',
  '-',
  'true',
  'false',
  'null',
  'NUM_FLOAT',
  'NUM_INT',
  'NUM_UINT',
  'STRING',
  'BYTES',
  'IDENTIFIER',
);

/** What an expression may begin with. */
export const firstOfExpr = extended(firstOfMember, '!');

/** The order in which upstream's grammar names its tokens, which is that of its messages. */
const grammarOrder: readonly TokenKind[] = [
  'EOF',
  '==',
  '!=',
  'in',
  '<',
  '<=',
  '>=',
  '>',
  '&&',
  '||',
  '[',
  ']',
  '{',
  '}',
  '(',
  ')',
  '.',
  ',',
  '-',
  '!',
  '?',
  ':',
  '+',
  '*',
  '/',
  '%',
  'true',
  'false',
  'null',
  'NUM_FLOAT',
  'NUM_INT',
  'NUM_UINT',
  'STRING',
  'BYTES',
  'IDENTIFIER',
  'ESC_IDENTIFIER',
];

/** A set in a message: `')'`, `{'?', IDENTIFIER}`. */
export function describeKinds(kinds: ReadonlySet<TokenKind>): string {
  const names = grammarOrder.filter((kind) => kinds.has(kind)).map(describeKind);
  return names.length === 1 ? (names[0] ?? '') : `{${names.join(', ')}}`;
}

function describeKind(kind: TokenKind): string {
  if (kind === 'EOF') return '<EOF>';
  return /^[A-Z]/.test(kind) ? kind : `'${kind}'`;
}

/** Tokens in a message, quoted. */
export function quoteTokens(tokens: readonly Token[]): string {
  const text = tokens.map((token) => token.text).join('');
  return `'${text.replaceAll('\n', '\\n').replaceAll('\r', '\\r').replaceAll('\t', '\\t')}'`;
}
