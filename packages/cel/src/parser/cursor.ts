/** The tokens of an expression, and how far they are read. */
import type { Token, TokenKind } from './lexer.ts';

/** A token that the grammar has no place for. */
export class Unexpected extends Error {}

/** Throws Unexpected at the first token that is not what is asked for. */
export class Cursor {
  readonly #tokens: readonly Token[];
  #at = 0;

  constructor(tokens: readonly Token[]) {
    this.#tokens = tokens;
  }

  /** What the next token is. */
  get kind(): TokenKind {
    return this.peek().kind;
  }

  /** The next token, which stays. */
  peek(): Token {
    const token = this.#tokens[this.#at];
    if (token === undefined) throw new Unexpected();
    return token;
  }

  /** A token further on; undefined beyond the end. */
  ahead(count: number): Token | undefined {
    return this.#tokens[this.#at + count];
  }

  /** Reads so many tokens. */
  skip(count: number): readonly Token[] {
    const skipped = this.#tokens.slice(this.#at, this.#at + count);
    this.#at += count;
    return skipped;
  }

  /** Reads the next token. */
  next(): Token {
    const token = this.peek();
    this.#at += 1;
    return token;
  }

  /** Reads the next token if it is of this kind. */
  accept(kind: TokenKind): Token | undefined {
    return this.kind === kind ? this.next() : undefined;
  }

  /** Reads the next token, which must be of this kind. */
  take(kind: TokenKind): Token {
    const token = this.next();
    if (token.kind !== kind) throw new Unexpected();
    return token;
  }
}
