/**
 * Text to tree.
 *
 * What is reported of a text that is no expression is `syntax-errors.ts`'s matter, which reads it again as upstream's
 * parser would.
 *
 * Limits, upstream's: 250 nested expressions, 250 operations one upon the other, 100,000 characters.
 */
import type { Expr } from '../ast.ts';
import { NodeIds } from './builder.ts';
import { Unexpected } from './cursor.ts';
import { Grammar, type ParseOptions } from './grammar.ts';
import { lex } from './lexer.ts';
import { TooDeep } from './node-maker.ts';
import { codePointCount } from '../text.ts';
import type { Issue } from './source.ts';
import { describeSyntaxErrors } from './syntax-errors.ts';

const codePointsMax = 100_000;

/** A text as a tree; no tree if there are issues. */
export type Parsed =
  | { readonly expr: Expr; readonly issues: readonly []; readonly ids: NodeIds }
  | { readonly expr: undefined; readonly issues: readonly Issue[]; readonly ids: NodeIds };

/** Reads an expression. */
export function parse(text: string, options: ParseOptions): Parsed {
  const ids = new NodeIds();
  const failed = (issues: readonly Issue[]): Parsed => ({ expr: undefined, issues, ids });
  const size = codePointCount(text);
  if (size > codePointsMax) {
    const message = `expression code point size exceeds limit: size: ${size}, limit ${codePointsMax}`;
    return failed([{ message, offset: undefined }]);
  }
  const { tokens, issues } = lex(text);
  if (issues.length > 0) return failed(describeSyntaxErrors(tokens, issues));
  const grammar = new Grammar(tokens, options, ids);
  try {
    const expr = grammar.read();
    if (grammar.issues.length > 0) return failed(grammar.issues);
    return { expr, issues: [], ids };
  } catch (error) {
    if (error instanceof Unexpected) {
      return failed([...describeSyntaxErrors(tokens, []), ...grammar.issues]);
    }
    if (error instanceof TooDeep) return failed([{ message: error.message, offset: undefined }]);
    throw error;
  }
}
