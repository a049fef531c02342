/** The words and signs of the grammar. */
import type { TokenKind } from './lexer.ts';

/** Words that are no names. */
export const reserved: ReadonlySet<string> = new Set(
  (
    'as break const continue else false for function if import in let loop package ' +
    'namespace null return true var void while'
  ).split(' '),
);

/** Operators by their token, as functions are called. */
export const relations: Partial<Record<TokenKind, string>> = {
  '<': '_<_',
  '<=': '_<=_',
  '>=': '_>=_',
  '>': '_>_',
  '==': '_==_',
  '!=': '_!=_',
  in: '@in',
};
export const sums: Partial<Record<TokenKind, string>> = { '+': '_+_', '-': '_-_' };
export const products: Partial<Record<TokenKind, string>> = { '*': '_*_', '/': '_/_', '%': '_%_' };
