/**
 * Reads the text form of a label selector: `app=web,tier in (a,b),!old,rev>3`. A hand-written parser of one token
 * lookahead; `in` and `notin` are words like any other where a key or a value may stand.
 */
import { aggregateMessage, Path } from '../field-error.ts';
import {
  labelKeyErrors,
  newRequirement,
  SelectorError,
  type Operator,
  type Requirement,
} from './requirement.ts';

interface Token {
  readonly kind: 'word' | 'symbol' | 'end';
  readonly text: string;
}

const symbols = new Set([')', ',', '!', '==', '=', '>', '<', '!=', '(']);
const binary: Readonly<Record<string, Operator>> = {
  in: 'in',
  notin: 'notin',
  '=': '=',
  '==': '==',
  '!=': '!=',
  '>': 'gt',
  '<': 'lt',
};

/** The requirements in order of their keys. Throws a SelectorError. */
export function parseRequirements(text: string): readonly Requirement[] {
  const requirements = new Parser(text).parse();
  return requirements.sort((a, b) => (a.key < b.key ? -1 : a.key > b.key ? 1 : 0));
}

class Parser {
  readonly #tokens: readonly Token[];
  #at = 0;

  constructor(text: string) {
    this.#tokens = scan(text);
  }

  parse(): Requirement[] {
    const requirements: Requirement[] = [];
    for (;;) {
      const first = this.#peek();
      if (first.kind === 'end') return requirements;
      if (!startsRequirement(first)) {
        throw new SelectorError(
          `found '${first.text}', expected: !, identifier, or 'end of string'`,
        );
      }
      requirements.push(this.#requirement());
      const after = this.#take();
      if (after.kind === 'end') return requirements;
      this.#expectSeparator(after);
    }
  }

  #expectSeparator(token: Token): void {
    if (!isSymbol(token, ',')) {
      throw new SelectorError(`found '${token.text}', expected: ',' or 'end of string'`);
    }
    const next = this.#peek();
    if (!startsRequirement(next)) {
      throw new SelectorError(`found '${next.text}', expected: identifier after ','`);
    }
  }

  #requirement(): Requirement {
    try {
      return this.#readRequirement();
    } catch (error) {
      if (!(error instanceof SelectorError)) throw error;
      throw new SelectorError(`unable to parse requirement: ${error.message}`, { cause: error });
    }
  }

  #readRequirement(): Requirement {
    const negated = isSymbol(this.#peek(), '!');
    if (negated) this.#take();
    const key = this.#key();
    const next = this.#peek();
    if (next.kind === 'end' || isSymbol(next, ',')) {
      return newRequirement(key, negated ? '!' : 'exists', []);
    }
    if (negated) return newRequirement(key, '!', []);
    const operator = this.#operator();
    const values = operator === 'in' || operator === 'notin' ? this.#set() : [this.#value()];
    return newRequirement(key, operator, values);
  }

  #key(): string {
    const token = this.#take();
    if (token.kind !== 'word') {
      throw new SelectorError(`found '${token.text}', expected: identifier`);
    }
    const errors = labelKeyErrors(token.text, Path.root);
    if (errors.length > 0) throw new SelectorError(aggregateMessage(errors));
    return token.text;
  }

  #operator(): Operator {
    const token = this.#take();
    const operator = Object.hasOwn(binary, token.text) ? binary[token.text] : undefined;
    if (operator !== undefined) return operator;
    throw new SelectorError(`found '${token.text}', expected: in, notin, =, ==, !=, gt, lt`);
  }

  #value(): string {
    const next = this.#peek();
    if (next.kind === 'end' || isSymbol(next, ',')) return '';
    const token = this.#take();
    if (token.kind === 'word') return token.text;
    throw new SelectorError(`found '${token.text}', expected: identifier`);
  }

  /** `(a,b)`: values sorted, each once; missing ones count as empty. */
  #set(): readonly string[] {
    const open = this.#take();
    if (!isSymbol(open, '(')) throw new SelectorError(`found '${open.text}' expected: '('`);
    const first = this.#peek();
    if (isSymbol(first, ')')) {
      this.#take();
      return [''];
    }
    if (first.kind !== 'word' && !isSymbol(first, ',')) {
      throw new SelectorError(`found '${first.text}', expected: ',', ')' or identifier`);
    }
    const values = this.#setItems();
    this.#take();
    return [...values].sort();
  }

  #setItems(): ReadonlySet<string> {
    const values = new Set<string>();
    for (;;) {
      const token = this.#take();
      const next = this.#peek();
      if (token.kind === 'word') {
        values.add(token.text);
        if (isSymbol(next, ')')) return values;
        if (!isSymbol(next, ',')) {
          throw new SelectorError(`found '${next.text}', expected: ',' or ')'`);
        }
      } else if (isSymbol(token, ',')) {
        if (values.size === 0 || isSymbol(next, ',') || isSymbol(next, ')')) values.add('');
        if (isSymbol(next, ')')) return values;
      } else {
        throw new SelectorError(`found '${token.text}', expected: ',', or identifier`);
      }
    }
  }

  #peek(): Token {
    return this.#tokens[this.#at] ?? end;
  }

  #take(): Token {
    const token = this.#peek();
    this.#at++;
    return token;
  }
}

const end: Token = { kind: 'end', text: '' };

function isSymbol(token: Token, text: string): boolean {
  return token.kind === 'symbol' && token.text === text;
}

function startsRequirement(token: Token): boolean {
  return token.kind === 'word' || isSymbol(token, '!');
}

function scan(text: string): readonly Token[] {
  const tokens: Token[] = [];
  for (const match of text.matchAll(/[^\s=!(),<>]+|[=!(),<>]+/g)) {
    const run = match[0];
    if (/[=!(),<>]/.test(run)) tokens.push(...splitSymbols(run));
    else tokens.push({ kind: 'word', text: run });
  }
  return tokens;
}

/** Takes the longest symbol each time, so that `a==b` is one symbol and `a=(b` two. */
function splitSymbols(run: string): readonly Token[] {
  const tokens: Token[] = [];
  for (let at = 0; at < run.length;) {
    const two = run.slice(at, at + 2);
    const text = two.length === 2 && symbols.has(two) ? two : run.charAt(at);
    tokens.push({ kind: 'symbol', text });
    at += text.length;
  }
  return tokens;
}
