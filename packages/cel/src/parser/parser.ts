/**
 * Text to tree.
 *
 * A recursive descent over CEL's grammar that stops at the first token it cannot use; what is then
 * reported is `syntax-errors.ts`'s matter, which reads the text again as upstream's parser would.
 * Mistakes that are no syntax errors (reserved words, literals, macros used wrongly) are collected.
 *
 * Limits, upstream's: 250 nested expressions, 250 operations one upon the other, 100,000 characters.
 */
import type { Expr, MapEntry, StructField } from '../ast.ts';
import type { Value } from '../values.ts';
import { builderAt, NodeIds } from './builder.ts';
import { lex, type Token, type TokenKind } from './lexer.ts';
import {
  LiteralError,
  parseBytesLiteral,
  parseDoubleLiteral,
  parseIntLiteral,
  parseStringLiteral,
  parseUintLiteral,
} from './literals.ts';
import { type Macro, MacroError } from './macro.ts';
import { codePointCount } from '../text.ts';
import type { Issue } from './source.ts';
import { describeSyntaxErrors } from './syntax-errors.ts';

const depthMax = 250;
const codePointsMax = 100_000;

/** How a text is read. */
export interface ParseOptions {
  readonly macros: readonly Macro[];
  /** Whether `a.?b`, `[?x]` and their kind are allowed. */
  readonly optionalSyntax: boolean;
  /** Whether a field may be written in backquotes. */
  readonly escapedFields: boolean;
}

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
  const parser = new Parser(tokens, options, ids);
  try {
    const expr = parser.parseAll();
    if (parser.issues.length > 0) return failed(parser.issues);
    return { expr, issues: [], ids };
  } catch (error) {
    if (error instanceof Unexpected) {
      return failed([...describeSyntaxErrors(tokens, []), ...parser.issues]);
    }
    if (error instanceof TooDeep) return failed([{ message: error.message, offset: undefined }]);
    throw error;
  }
}

class Unexpected extends Error {}
class TooDeep extends Error {}

const reserved = new Set(
  (
    'as break const continue else false for function if import in let loop package ' +
    'namespace null return true var void while'
  ).split(' '),
);

const relations: Partial<Record<TokenKind, string>> = {
  '<': '_<_',
  '<=': '_<=_',
  '>=': '_>=_',
  '>': '_>_',
  '==': '_==_',
  '!=': '_!=_',
  in: '@in',
};
const sums: Partial<Record<TokenKind, string>> = { '+': '_+_', '-': '_-_' };
const products: Partial<Record<TokenKind, string>> = { '*': '_*_', '/': '_/_', '%': '_%_' };

class Parser {
  readonly issues: Issue[] = [];
  readonly #tokens: readonly Token[];
  readonly #options: ParseOptions;
  readonly #ids: NodeIds;
  /** How many operations a node has above one another; absent means 0. */
  readonly #heights = new Map<number, number>();
  #at = 0;
  #nestedExprs = 0;
  #nestedRelations = 0;
  #nestedCalcs = 0;

  constructor(tokens: readonly Token[], options: ParseOptions, ids: NodeIds) {
    this.#tokens = tokens;
    this.#options = options;
    this.#ids = ids;
  }

  parseAll(): Expr {
    const expr = this.#expr();
    this.#take('EOF');
    return expr;
  }

  #expr(): Expr {
    this.#nestedExprs = deeper(this.#nestedExprs);
    const condition = this.#logical('||', '_||_', () =>
      this.#logical('&&', '_&&_', this.#relation),
    );
    const question = this.#accept('?');
    let expr = condition;
    if (question !== undefined) {
      const yes = this.#logical('||', '_||_', () => this.#logical('&&', '_&&_', this.#relation));
      this.#take(':');
      expr = this.#operation(question, '_?_:_', [condition, yes, this.#expr()]);
    }
    this.#nestedExprs -= 1;
    return expr;
  }

  /** A chain of `||` or `&&` becomes a balanced tree, so that it is never deep. */
  #logical(kind: TokenKind, name: string, term: () => Expr): Expr {
    const terms = [term()];
    const operators: Token[] = [];
    for (let token = this.#accept(kind); token !== undefined; token = this.#accept(kind)) {
      operators.push(token);
      terms.push(term());
    }
    const build = (low: number, high: number): Expr => {
      const middle = Math.floor((low + high + 1) / 2);
      const operator = operators[middle];
      const left = middle === low ? terms[middle] : build(low, middle - 1);
      const right = middle === high ? terms[middle + 1] : build(middle + 1, high);
      if (operator === undefined || left === undefined || right === undefined) {
        throw new Unexpected();
      }
      return this.#node(operator, name, [left, right]);
    };
    const [only] = terms;
    return operators.length === 0 && only !== undefined ? only : build(0, operators.length - 1);
  }

  readonly #relation = (): Expr => {
    this.#nestedRelations = deeper(this.#nestedRelations);
    let left = this.#sum();
    for (let name = relations[this.#kind]; name !== undefined; name = relations[this.#kind]) {
      const operator = this.#next();
      this.#nestedRelations = deeper(this.#nestedRelations);
      left = this.#operation(operator, name, [left, this.#sum()]);
      this.#nestedRelations -= 1;
    }
    this.#nestedRelations -= 1;
    return left;
  };

  #sum(): Expr {
    this.#nestedCalcs = deeper(this.#nestedCalcs);
    let left = this.#product();
    for (let name = sums[this.#kind]; name !== undefined; name = sums[this.#kind]) {
      const operator = this.#next();
      this.#nestedCalcs = deeper(this.#nestedCalcs);
      left = this.#operation(operator, name, [left, this.#product()]);
      this.#nestedCalcs -= 1;
    }
    this.#nestedCalcs -= 1;
    return left;
  }

  #product(): Expr {
    let left = this.#unary();
    for (let name = products[this.#kind]; name !== undefined; name = products[this.#kind]) {
      const operator = this.#next();
      left = this.#operation(operator, name, [left, this.#unary()]);
    }
    return left;
  }

  #unary(): Expr {
    const first = this.#peek();
    if (first.kind !== '!' && first.kind !== '-') return this.#member();
    // A single minus before a number belongs to the number.
    if (first.kind === '-' && isNumber(this.#tokens[this.#at + 1])) return this.#member();
    let count = 0;
    while (this.#accept(first.kind) !== undefined) count += 1;
    const operand = this.#member();
    if (count % 2 === 0) return operand;
    return this.#node(first, first.kind === '!' ? '!_' : '-_', [operand]);
  }

  #member(): Expr {
    let expr = this.#primary();
    for (;;) {
      const kind = this.#kind;
      if (kind === '.') expr = this.#selection(expr);
      else if (kind === '[') expr = this.#index(expr);
      else return expr;
    }
  }

  #selection(operand: Expr): Expr {
    const dot = this.#next();
    const optional = this.#accept('?');
    const name = this.#field();
    if (optional !== undefined) {
      if (!this.#options.optionalSyntax) return this.#report(dot.start, "unsupported syntax '.?'");
      const field = builderAt(this.#ids, name.start).literal(name.text);
      return this.#grow(this.#plainCall(dot, '_?._', undefined, [operand, field]), [operand]);
    }
    const open = name.escaped ? undefined : this.#accept('(');
    if (open === undefined) {
      const id = this.#ids.next(dot.start);
      const select: Expr = { kind: 'select', id, operand, field: name.text, test: false };
      return this.#grow(select, [operand]);
    }
    const args = this.#list(')', () => this.#expr(), false);
    return this.#grow(this.#callOrMacro(open, name.text, operand, args), [operand, ...args]);
  }

  #index(operand: Expr): Expr {
    const open = this.#next();
    const optional = this.#accept('?');
    const index = this.#expr();
    this.#take(']');
    if (optional !== undefined && !this.#options.optionalSyntax) {
      return this.#report(open.start, "unsupported syntax '[?'");
    }
    return this.#operation(open, optional === undefined ? '_[_]' : '_[?_]', [operand, index]);
  }

  #primary(): Expr {
    const token = this.#peek();
    switch (token.kind) {
      case '(': {
        this.#next();
        const inner = this.#expr();
        this.#take(')');
        return inner;
      }
      case '[':
        return this.#listLiteral();
      case '{':
        return this.#mapLiteral();
      case '.':
      case 'IDENTIFIER':
        return this.#name();
      default:
        return this.#literal();
    }
  }

  #name(): Expr {
    const start = this.#peek().start;
    const prefix = this.#accept('.') === undefined ? '' : '.';
    const message = this.#messageName();
    if (message !== undefined) return this.#struct(prefix + message);
    const first = this.#take('IDENTIFIER');
    const open = this.#accept('(');
    const args = open === undefined ? [] : this.#list(')', () => this.#expr(), false);
    if (reserved.has(first.text)) {
      return this.#report(start, `reserved identifier: ${first.text}`);
    }
    const name = prefix + first.text;
    if (open === undefined) return builderAt(this.#ids, first.start).ident(name);
    return this.#grow(this.#callOrMacro(open, name, undefined, args), args, 0);
  }

  /** The dotted name when a struct expression follows (`a.b.C{`), consumed; else nothing is. */
  #messageName(): string | undefined {
    let at = this.#at;
    while (this.#tokens[at + 1]?.kind === '.' && this.#tokens[at]?.kind === 'IDENTIFIER') at += 2;
    if (this.#tokens[at]?.kind !== 'IDENTIFIER') return undefined;
    if (this.#tokens[at + 1]?.kind !== '{') return undefined;
    const words = this.#tokens.slice(this.#at, at + 1).map((token) => token.text);
    this.#at = at + 1;
    return words.join('');
  }

  #struct(typeName: string): Expr {
    const open = this.#take('{');
    const id = this.#ids.next(open.start);
    const fields = this.#list('}', (): StructField => {
      const question = this.#accept('?');
      const name = this.#field();
      const colon = this.#take(':');
      if (question !== undefined) this.#requireOptionals(question);
      const fieldId = this.#ids.next(colon.start);
      const value = this.#expr();
      return { id: fieldId, name: name.text, value, optional: question !== undefined };
    });
    const struct: Expr = { kind: 'struct', id, typeName, fields };
    return this.#grow(
      struct,
      fields.map((field) => field.value),
      0,
    );
  }

  #listLiteral(): Expr {
    const open = this.#take('[');
    const id = this.#ids.next(open.start);
    const optionals: number[] = [];
    let index = 0;
    const elements = this.#list(']', () => {
      const question = this.#accept('?');
      if (question !== undefined) {
        this.#requireOptionals(question);
        optionals.push(index);
      }
      index += 1;
      return this.#expr();
    });
    return this.#grow({ kind: 'list', id, elements, optionals }, elements, 0);
  }

  #mapLiteral(): Expr {
    const open = this.#take('{');
    const id = this.#ids.next(open.start);
    const entries = this.#list('}', (): MapEntry => {
      const question = this.#accept('?');
      const key = this.#expr();
      const colon = this.#take(':');
      if (question !== undefined) this.#requireOptionals(question);
      const entryId = this.#ids.next(colon.start);
      return { id: entryId, key, value: this.#expr(), optional: question !== undefined };
    });
    const parts = entries.flatMap((entry) => [entry.key, entry.value]);
    return this.#grow({ kind: 'map', id, entries }, parts, 0);
  }

  #literal(): Expr {
    const start = this.#peek().start;
    const minus = isNumber(this.#tokens[this.#at + 1]) ? this.#accept('-') : undefined;
    const token = this.#next();
    try {
      const value = literalValue(token, minus !== undefined);
      return builderAt(this.#ids, start).literal(value);
    } catch (error) {
      if (!(error instanceof LiteralError)) throw error;
      return this.#report(start, error.message);
    }
  }

  #field(): { text: string; start: number; escaped: boolean } {
    const token = this.#peek();
    if (token.kind !== 'ESC_IDENTIFIER') {
      return { text: this.#take('IDENTIFIER').text, start: token.start, escaped: false };
    }
    this.#next();
    if (!this.#options.escapedFields) this.#report(token.start, "unsupported syntax: '`'");
    return { text: token.text.slice(1, -1), start: token.start, escaped: true };
  }

  /** Items up to a closing token; in literals a comma may stand before it. */
  #list<Item>(end: TokenKind, item: () => Item, trailingComma = true): Item[] {
    const items: Item[] = [];
    if (this.#accept(end) !== undefined) return items;
    if (trailingComma && this.#kind === ',') {
      this.#next();
      this.#take(end);
      return items;
    }
    items.push(item());
    while (this.#accept(',') !== undefined) {
      if (trailingComma && this.#kind === end) break;
      items.push(item());
    }
    this.#take(end);
    return items;
  }

  #operation(operator: Token, name: string, args: readonly Expr[]): Expr {
    return this.#grow(this.#callOrMacro(operator, name, undefined, args), args);
  }

  #node(operator: Token, name: string, args: readonly Expr[]): Expr {
    return this.#grow(this.#callOrMacro(operator, name, undefined, args), args, 0);
  }

  #callOrMacro(at: Token, name: string, target: Expr | undefined, args: readonly Expr[]): Expr {
    const macro = this.#options.macros.find(
      (candidate) =>
        candidate.name === name &&
        candidate.receiver === (target !== undefined) &&
        (candidate.argCount === undefined || candidate.argCount === args.length),
    );
    if (macro === undefined) return this.#plainCall(at, name, target, args);
    try {
      const expanded = macro.expand(builderAt(this.#ids, at.start), target, args);
      return expanded ?? this.#plainCall(at, name, target, args);
    } catch (error) {
      if (!(error instanceof MacroError)) throw error;
      const offset = error.at === undefined ? at.start : this.#ids.offsets[error.at.id];
      return this.#report(offset, error.message);
    }
  }

  #plainCall(at: Token, name: string, target: Expr | undefined, args: readonly Expr[]): Expr {
    return { kind: 'call', id: this.#ids.next(at.start), target, name, args };
  }

  /** Notes how high a node stands above its leaves; `by` 0 for what upstream does not count. */
  #grow(expr: Expr, parts: readonly Expr[], by = 1): Expr {
    let height = 0;
    for (const part of parts) height = Math.max(height, this.#heights.get(part.id) ?? 0);
    height += by;
    if (height > depthMax) throw new TooDeep('max recursion depth exceeded');
    if (height > 0) this.#heights.set(expr.id, height);
    return expr;
  }

  #requireOptionals(question: Token): void {
    if (!this.#options.optionalSyntax) this.#report(question.start, "unsupported syntax '?'");
  }

  #report(offset: number | undefined, message: string): Expr {
    this.issues.push({ message, offset });
    return builderAt(this.#ids, offset).list();
  }

  get #kind(): TokenKind {
    return this.#peek().kind;
  }

  #peek(): Token {
    const token = this.#tokens[this.#at];
    if (token === undefined) throw new Unexpected();
    return token;
  }

  #next(): Token {
    const token = this.#peek();
    this.#at += 1;
    return token;
  }

  #accept(kind: TokenKind): Token | undefined {
    return this.#kind === kind ? this.#next() : undefined;
  }

  #take(kind: TokenKind): Token {
    const token = this.#next();
    if (token.kind !== kind) throw new Unexpected();
    return token;
  }
}

function deeper(depth: number): number {
  if (depth >= depthMax) throw new TooDeep(`expression recursion limit exceeded: ${depthMax}`);
  return depth + 1;
}

const isNumber = (token: Token | undefined): boolean =>
  token?.kind === 'NUM_INT' || token?.kind === 'NUM_FLOAT';

function literalValue(token: Token, negative: boolean): Value {
  switch (token.kind) {
    case 'NUM_INT':
      return parseIntLiteral(token.text, negative);
    case 'NUM_UINT':
      return parseUintLiteral(token.text);
    case 'NUM_FLOAT':
      return parseDoubleLiteral(token.text, negative);
    case 'STRING':
      return parseStringLiteral(token.text);
    case 'BYTES':
      return parseBytesLiteral(token.text);
    case 'true':
      return true;
    case 'false':
      return false;
    case 'null':
      return null;
    default:
      throw new Unexpected();
  }
}
