/**
 * Goes on after a syntax error, so that one text may have several: the strategy of ANTLR, the parser
 * generator that upstream uses, because its messages are what users see.
 *
 * - A token too many is dropped when the next one fits, a missing one is made up when what stands
 *   there could follow it. Both are reported.
 * - Otherwise the rule is given up: tokens are skipped until one that a rule further out could
 *   continue with.
 * - After an error nothing is reported until a token has been matched again.
 */
import type { Token, TokenKind } from './lexer.ts';
import type { Issue } from './source.ts';
import { describeKinds, quoteTokens, type TokenSet } from './token-set.ts';

const attemptsMax = 30;
const skippedMax = 512;
const reportsMax = 100;

/** A rule cannot go on. */
class RuleFailed extends Error {
  readonly token: Token;

  constructor(message: string, token: Token) {
    super(message);
    this.token = token;
  }
}

/** No more is to be said about this text. */
export class GivenUp extends Error {}

/** Reads tokens by rules. What may follow a rule is on a stack while the rule is read. */
export class RecoveringReader {
  readonly issues: Issue[];
  readonly #tokens: readonly Token[];
  readonly #follows: TokenSet[] = [];
  #at = 0;
  #isRecovering = false;
  #lastErrorAt = -1;
  readonly #lastErrorStates = new Set<string>();
  #state = '';
  #attempts = 0;

  constructor(tokens: readonly Token[], issues: readonly Issue[]) {
    this.#tokens = tokens;
    this.issues = [...issues];
  }

  /** The kind of a token ahead; 1 is the next. */
  kind(ahead = 1): TokenKind {
    return this.#token(ahead).kind;
  }

  /** Reads a rule; whatever is wrong in it ends there. */
  rule(read: () => void, follow: TokenSet): void {
    this.#follows.push(follow);
    try {
      read();
    } catch (error) {
      if (!(error instanceof RuleFailed)) throw error;
      this.#report(error.message, error.token);
      this.#skipToFollow();
    } finally {
      this.#follows.pop();
    }
  }

  /** Reads a token; `after` is what may come after it in this rule. */
  match(kind: TokenKind, after: TokenSet, state: string): void {
    this.#state = state;
    if (this.kind() === kind) {
      this.#endError();
      this.#at += 1;
      return;
    }
    this.#countAttempt();
    const expected = new Set([kind]);
    if (this.#dropOne(expected)) {
      this.#at += 1;
      return;
    }
    if (this.#inContext(after).has(this.kind())) {
      const found = quoteTokens([this.#token(1)]);
      this.#report(`missing ${describeKinds(expected)} at ${found}`, this.#token(1));
      return;
    }
    throw this.#mismatch(expected);
  }

  /** Makes sure that a choice can begin with the next token. */
  sync(set: TokenSet, state: string): void {
    this.#state = state;
    if (this.#isRecovering || set.open || set.kinds.has(this.kind())) return;
    if (this.#dropOne(set.kinds)) return;
    throw this.#mismatch(set.kinds);
  }

  /** The same at the end of a repetition that needs at least one more thing. */
  syncAfterRepetition(set: TokenSet, state: string): void {
    this.#state = state;
    if (this.#isRecovering || set.kinds.has(this.kind())) return;
    this.#reportUnwanted(set.kinds);
    const stop = new Set([...set.kinds, ...this.#recoverySet()]);
    while (this.kind() !== 'EOF' && !stop.has(this.kind())) this.#at += 1;
  }

  /** No choice fits what comes: `count` tokens have been looked at. */
  noViable(count: number): never {
    const looked = this.#tokens.slice(this.#at, this.#at + count);
    const shown = looked.length > 1 ? looked.filter((token) => token.kind !== 'EOF') : looked;
    throw new RuleFailed(
      `no viable alternative at input ${quoteTokens(shown)}`,
      this.#token(count),
    );
  }

  #token(ahead: number): Token {
    const token = this.#tokens[this.#at + ahead - 1] ?? this.#tokens.at(-1);
    if (token === undefined) throw new GivenUp();
    return token;
  }

  /** Skips the next token if the one after it is expected. */
  #dropOne(expected: ReadonlySet<TokenKind>): boolean {
    if (!expected.has(this.kind(2)) || this.kind() === 'EOF') return false;
    this.#reportUnwanted(expected);
    this.#at += 1;
    this.#endError();
    return true;
  }

  #mismatch(expected: ReadonlySet<TokenKind>): RuleFailed {
    const token = this.#token(1);
    const message = `mismatched input ${quoteTokens([token])} expecting ${describeKinds(expected)}`;
    return new RuleFailed(message, token);
  }

  #reportUnwanted(expected: ReadonlySet<TokenKind>): void {
    const token = this.#token(1);
    const kinds = describeKinds(expected);
    this.#report(`extraneous input ${quoteTokens([token])} expecting ${kinds}`, token);
  }

  #report(message: string, token: Token): void {
    if (this.#isRecovering) return;
    this.#isRecovering = true;
    this.#add(token, message);
  }

  #add(token: Token, message: string): void {
    if (this.issues.length >= reportsMax) {
      const last = `Syntax error: More than ${reportsMax} syntax errors`;
      this.issues.push({ message: last, offset: token.start });
      throw new GivenUp();
    }
    const words = /^no viable alternative at input '.(true|false|null)'$/.exec(message);
    // Upstream rewords this one, too, as it was before they changed the grammar.
    const text =
      words === null ? message : `mismatched input '${words[1] ?? ''}' expecting IDENTIFIER`;
    this.issues.push({ message: `Syntax error: ${text}`, offset: token.start });
  }

  #endError(): void {
    this.#isRecovering = false;
    this.#lastErrorAt = -1;
    this.#lastErrorStates.clear();
  }

  #skipToFollow(): void {
    this.#countAttempt();
    let skipped = 0;
    const skip = (): void => {
      if (skipped === skippedMax) {
        const message = `error recovery token lookahead limit exceeded: ${skippedMax}`;
        this.issues.push({ message, offset: undefined });
        throw new GivenUp();
      }
      skipped += 1;
      this.#at += 1;
    };
    // Twice at the same place: without a step there would be no end.
    const isStuck = this.#lastErrorAt === this.#at && this.#lastErrorStates.has(this.#state);
    if (isStuck && this.kind() !== 'EOF') skip();
    this.#lastErrorAt = this.#at;
    this.#lastErrorStates.add(this.#state);
    const stop = this.#recoverySet();
    while (this.kind() !== 'EOF' && !stop.has(this.kind())) skip();
  }

  #countAttempt(): void {
    if (this.#attempts === attemptsMax) {
      const message = `error recovery attempt limit exceeded: ${attemptsMax}`;
      this.#add(this.#token(1), message);
      throw new GivenUp();
    }
    this.#attempts += 1;
  }

  /** Everything that any rule being read could go on with. */
  #recoverySet(): ReadonlySet<TokenKind> {
    return new Set(this.#follows.flatMap((follow) => [...follow.kinds]));
  }

  /** What may come, looking beyond the ends of rules. */
  #inContext(set: TokenSet): ReadonlySet<TokenKind> {
    const kinds = new Set(set.kinds);
    let isOpen = set.open;
    for (let depth = this.#follows.length - 1; isOpen && depth >= 0; depth -= 1) {
      const follow = this.#follows[depth];
      for (const kind of follow?.kinds ?? []) kinds.add(kind);
      isOpen = follow?.open ?? false;
    }
    return kinds;
  }
}
