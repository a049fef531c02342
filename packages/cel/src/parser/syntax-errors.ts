/** What is wrong with a text that is no expression, in the words of upstream's parser. */
import type { Token } from './lexer.ts';
import type { Issue } from './source.ts';

/** The syntax errors of a text. */
export function describeSyntaxErrors(tokens: readonly Token[], found: readonly Issue[]): Issue[] {
  const end = tokens.at(-1);
  return [...found, { message: 'Syntax error', offset: end?.start }];
}
