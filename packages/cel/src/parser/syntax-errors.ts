/**
 * What is wrong with a text that is no expression, in the words of upstream's parser.
 *
 * Each method reads one rule of CEL's grammar, makes the choices upstream's generated parser makes
 * and with as many tokens of lookahead; `RecoveringReader` reports and goes on. Only texts that
 * `parser.ts` has refused come here.
 */
import type { Token } from './lexer.ts';
import { GivenUp, RecoveringReader } from './recovery.ts';
import type { Issue } from './source.ts';
import { closed, extended, firstOfExpr, firstOfMember, open, type TokenSet } from './token-set.ts';

/** The syntax errors of a text, after those `found` when it was split into tokens. */
export function describeSyntaxErrors(
  tokens: readonly Token[],
  found: readonly Issue[],
): readonly Issue[] {
  const reader = new RecoveringReader(tokens, found);
  try {
    reader.rule(() => {
      new Grammar(reader).start();
    }, open());
  } catch (error) {
    // A text that is nested too deeply for this is too deep for an expression as well.
    if (!(error instanceof GivenUp) && !(error instanceof RangeError)) throw error;
  }
  return reader.issues;
}

const relations = open('<', '<=', '>=', '>', '==', '!=', 'in');
const sums = open('*', '/', '%', '+', '-');
const steps = open('.', '[');
const end = open();
const firstOfOptional = extended(firstOfExpr, '?');
const firstOfField = closed('?', 'IDENTIFIER', 'ESC_IDENTIFIER');

class Grammar {
  readonly #reader: RecoveringReader;

  constructor(reader: RecoveringReader) {
    this.#reader = reader;
  }

  start(): void {
    this.#reader.rule(this.#expr, closed('EOF'));
    this.#reader.match('EOF', end, 'start');
  }

  readonly #expr = (): void => {
    const reader = this.#reader;
    reader.rule(this.#or, open('?'));
    if (reader.kind() !== '?') return;
    reader.match('?', firstOfExpr, 'expr ?');
    reader.rule(this.#or, closed(':'));
    reader.match(':', firstOfExpr, 'expr :');
    reader.rule(this.#expr, end);
  };

  readonly #or = (): void => {
    this.#chain('||', this.#and);
  };

  readonly #and = (): void => {
    this.#chain('&&', () => {
      this.#relation(0);
    });
  };

  #chain(operator: '||' | '&&', operand: () => void): void {
    this.#reader.rule(operand, open(operator));
    while (this.#reader.kind() === operator) {
      this.#reader.match(operator, firstOfExpr, operator);
      this.#reader.rule(operand, open(operator));
    }
  }

  #relation(precedence: number): void {
    const reader = this.#reader;
    reader.rule(() => {
      this.#calc(0);
    }, relations);
    // A right operand takes no relation itself: they are read from left to right.
    if (precedence > 0) return;
    while (relations.kinds.has(reader.kind())) {
      reader.match(reader.kind(), firstOfExpr, 'relation');
      reader.rule(() => {
        this.#relation(1);
      }, relations);
    }
  }

  /** 0 takes all operators, 1 those that bind tighter than a sum's, 2 none. */
  #calc(precedence: number): void {
    const reader = this.#reader;
    reader.rule(this.#unary, sums);
    while (sums.kinds.has(reader.kind())) {
      const binding = reader.kind() === '+' || reader.kind() === '-' ? 0 : 1;
      if (binding < precedence) return;
      reader.match(reader.kind(), firstOfExpr, 'calc');
      reader.rule(() => {
        this.#calc(binding + 1);
      }, sums);
    }
  }

  readonly #unary = (): void => {
    const reader = this.#reader;
    reader.sync(firstOfExpr, 'unary');
    const kind = reader.kind();
    if (kind === '!') this.#signs('!');
    else if (kind === '-' && !this.#isNumber(2)) {
      if (!firstOfMember.kinds.has(reader.kind(2))) reader.noViable(2);
      this.#signs('-');
    } else if (!firstOfMember.kinds.has(kind)) reader.noViable(1);
    reader.rule(this.#member, end);
  };

  #signs(sign: '!' | '-'): void {
    const reader = this.#reader;
    const next = extended(firstOfMember, sign);
    do {
      reader.match(sign, next, `unary ${sign}`);
      reader.syncAfterRepetition(next, `unary ${sign} more`);
      if (!next.kinds.has(reader.kind())) reader.noViable(1);
      if (reader.kind() === '-' && !firstOfMember.kinds.has(reader.kind(2))) {
        if (sign === '-') reader.noViable(2);
      }
    } while (reader.kind() === sign);
  }

  readonly #member = (): void => {
    const reader = this.#reader;
    reader.rule(this.#primary, steps);
    while (steps.kinds.has(reader.kind())) {
      if (reader.kind() === '[') this.#index();
      else this.#selection();
    }
  };

  #index(): void {
    const reader = this.#reader;
    reader.match('[', firstOfOptional, 'index [');
    reader.sync(firstOfOptional, 'index ?');
    if (reader.kind() === '?') reader.match('?', firstOfExpr, 'index ?');
    reader.rule(this.#expr, closed(']'));
    reader.match(']', steps, 'index ]');
  }

  #selection(): void {
    const reader = this.#reader;
    if (!firstOfField.kinds.has(reader.kind(2))) reader.noViable(2);
    if (reader.kind(2) === 'IDENTIFIER' && reader.kind(3) === '(') {
      reader.match('.', closed('IDENTIFIER'), 'call .');
      reader.match('IDENTIFIER', closed('('), 'call name');
      this.#args();
      return;
    }
    reader.match('.', firstOfField, 'select .');
    if (reader.kind() === '?') {
      reader.match('?', closed('IDENTIFIER', 'ESC_IDENTIFIER'), 'select ?');
    }
    reader.rule(this.#fieldName, steps);
  }

  #args(): void {
    const reader = this.#reader;
    reader.match('(', extended(firstOfExpr, ')'), 'args (');
    reader.sync(extended(firstOfExpr, ')'), 'args');
    if (firstOfExpr.kinds.has(reader.kind())) {
      reader.rule(() => {
        reader.rule(this.#expr, open(','));
        while (reader.kind() === ',') {
          reader.match(',', firstOfExpr, 'args ,');
          reader.rule(this.#expr, open(','));
        }
      }, closed(')'));
    }
    reader.match(')', steps, 'args )');
  }

  readonly #fieldName = (): void => {
    const reader = this.#reader;
    reader.sync(closed('IDENTIFIER', 'ESC_IDENTIFIER'), 'field name');
    if (reader.kind() === 'IDENTIFIER') reader.match('IDENTIFIER', end, 'field name');
    else if (reader.kind() === 'ESC_IDENTIFIER') reader.match('ESC_IDENTIFIER', end, 'field name');
    else reader.noViable(1);
  };

  readonly #primary = (): void => {
    const reader = this.#reader;
    reader.sync(firstOfMember, 'primary');
    switch (reader.kind()) {
      case '.':
      case 'IDENTIFIER':
        this.#name();
        return;
      case '(':
        reader.match('(', firstOfExpr, 'nested (');
        reader.rule(this.#expr, closed(')'));
        reader.match(')', end, 'nested )');
        return;
      case '[':
        this.#items('[', ']', firstOfOptional, this.#listItems);
        return;
      case '{':
        this.#items('{', '}', firstOfOptional, this.#mapItems);
        return;
      default:
        if (!firstOfMember.kinds.has(reader.kind())) reader.noViable(1);
        reader.rule(this.#literal, end);
    }
  };

  #name(): void {
    const reader = this.#reader;
    const dots = reader.kind() === '.' ? 1 : 0;
    if (reader.kind(1 + dots) !== 'IDENTIFIER') reader.noViable(1 + dots);
    if (dots === 1) reader.match('.', closed('IDENTIFIER'), 'name .');
    let words = 1;
    while (reader.kind(words + 1) === '.' && reader.kind(words + 2) === 'IDENTIFIER') words += 2;
    if (reader.kind(words + 1) === '{') {
      for (let word = 0; word < words; word += 1) reader.match(reader.kind(), steps, 'message');
      this.#items('{', '}', firstOfField, this.#fieldItems);
      return;
    }
    reader.match('IDENTIFIER', open('('), 'name');
    if (reader.kind() === '(') this.#args();
  }

  /** What is between brackets or braces: items, then maybe a comma. */
  #items(begin: '[' | '{', close: ']' | '}', first: TokenSet, items: () => void): void {
    const reader = this.#reader;
    const inside = extended(first, ',', close);
    reader.match(begin, inside, `${begin} begin`);
    reader.sync(inside, `${begin} items`);
    if (first.kinds.has(reader.kind())) reader.rule(items, closed(',', close));
    reader.sync(closed(',', close), `${begin} comma`);
    if (reader.kind() === ',') reader.match(',', closed(close), `${begin} comma`);
    reader.match(close, end, `${begin} end`);
  }

  readonly #listItems = (): void => {
    this.#repeated(firstOfOptional, () => {
      this.#reader.rule(this.#optionalExpr, open(','));
    });
  };

  readonly #mapItems = (): void => {
    this.#repeated(firstOfOptional, () => {
      this.#reader.rule(this.#optionalExpr, closed(':'));
      this.#value();
    });
  };

  readonly #fieldItems = (): void => {
    this.#repeated(firstOfField, () => {
      this.#reader.rule(this.#optionalField, closed(':'));
      this.#value();
    });
  };

  #value(): void {
    this.#reader.match(':', firstOfExpr, 'value :');
    this.#reader.rule(this.#expr, open(','));
  }

  /** A comma goes on only if an item follows it; else it is the last one. */
  #repeated(first: TokenSet, item: () => void): void {
    const reader = this.#reader;
    item();
    while (reader.kind() === ',' && first.kinds.has(reader.kind(2))) {
      reader.match(',', first, 'items ,');
      item();
    }
  }

  readonly #optionalExpr = (): void => {
    this.#reader.sync(firstOfOptional, 'optional');
    if (this.#reader.kind() === '?') this.#reader.match('?', firstOfExpr, 'optional ?');
    this.#reader.rule(this.#expr, end);
  };

  readonly #optionalField = (): void => {
    this.#reader.sync(firstOfField, 'optional field');
    if (this.#reader.kind() === '?') {
      this.#reader.match('?', closed('IDENTIFIER', 'ESC_IDENTIFIER'), 'optional field ?');
    }
    this.#reader.rule(this.#fieldName, end);
  };

  readonly #literal = (): void => {
    const reader = this.#reader;
    if (reader.kind() === '-') {
      if (!this.#isNumber(2)) reader.noViable(2);
      reader.match('-', closed('NUM_INT', 'NUM_FLOAT'), 'literal -');
    }
    reader.match(reader.kind(), end, 'literal');
  };

  #isNumber(ahead: number): boolean {
    const kind = this.#reader.kind(ahead);
    return kind === 'NUM_INT' || kind === 'NUM_FLOAT';
  }
}
