/**
 * CEL's grammar: a recursive descent that stops at the first token it cannot use.
 *
 * Mistakes that are no syntax errors (reserved words, literals, macros used wrongly) are collected.
 */
import type { Expr, MapEntry, StructField } from '../ast.ts';
import { builderAt, type NodeIds } from './builder.ts';
import { Cursor, Unexpected } from './cursor.ts';
import type { Token, TokenKind } from './lexer.ts';
import { LiteralError, literalValue } from './literals.ts';
import type { Macro } from './macro.ts';
import { deeper, NodeMaker } from './node-maker.ts';
import { products, relations, reserved, sums } from './words.ts';
import type { Issue } from './source.ts';

/** How a text is read. */
export interface ParseOptions {
  readonly macros: readonly Macro[];
  /** Whether `a.?b`, `[?x]` and their kind are allowed. */
  readonly optionalSyntax: boolean;
  /** Whether a field may be written in backquotes. */
  readonly escapedFields: boolean;
}

/** Reads one expression; throws Unexpected and TooDeep. */
export class Grammar {
  readonly #cursor: Cursor;
  readonly #make: NodeMaker;
  readonly #options: ParseOptions;
  readonly #ids: NodeIds;
  #nestedExprs = 0;
  #nestedRelations = 0;
  #nestedCalcs = 0;

  constructor(tokens: readonly Token[], options: ParseOptions, ids: NodeIds) {
    this.#cursor = new Cursor(tokens);
    this.#make = new NodeMaker(options.macros, ids);
    this.#options = options;
    this.#ids = ids;
  }

  get issues(): readonly Issue[] {
    return this.#make.issues;
  }

  read(): Expr {
    const expr = this.#expr();
    this.#cursor.take('EOF');
    return expr;
  }

  #expr(): Expr {
    this.#nestedExprs = deeper(this.#nestedExprs);
    const condition = this.#logical('||', '_||_', () =>
      this.#logical('&&', '_&&_', this.#relation),
    );
    const question = this.#cursor.accept('?');
    let expr = condition;
    if (question !== undefined) {
      const yes = this.#logical('||', '_||_', () => this.#logical('&&', '_&&_', this.#relation));
      this.#cursor.take(':');
      expr = this.#make.operation(question, '_?_:_', [condition, yes, this.#expr()]);
    }
    this.#nestedExprs -= 1;
    return expr;
  }

  /** A chain of `||` or `&&` becomes a balanced tree, so that it is never deep. */
  #logical(kind: TokenKind, name: string, term: () => Expr): Expr {
    const terms = [term()];
    const operators: Token[] = [];
    for (
      let token = this.#cursor.accept(kind);
      token !== undefined;
      token = this.#cursor.accept(kind)
    ) {
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
      return this.#make.node(operator, name, [left, right]);
    };
    const [only] = terms;
    return operators.length === 0 && only !== undefined ? only : build(0, operators.length - 1);
  }

  readonly #relation = (): Expr => {
    this.#nestedRelations = deeper(this.#nestedRelations);
    let left = this.#sum();
    for (
      let name = relations[this.#cursor.kind];
      name !== undefined;
      name = relations[this.#cursor.kind]
    ) {
      const operator = this.#cursor.next();
      this.#nestedRelations = deeper(this.#nestedRelations);
      left = this.#make.operation(operator, name, [left, this.#sum()]);
      this.#nestedRelations -= 1;
    }
    this.#nestedRelations -= 1;
    return left;
  };

  #sum(): Expr {
    this.#nestedCalcs = deeper(this.#nestedCalcs);
    let left = this.#product();
    for (let name = sums[this.#cursor.kind]; name !== undefined; name = sums[this.#cursor.kind]) {
      const operator = this.#cursor.next();
      this.#nestedCalcs = deeper(this.#nestedCalcs);
      left = this.#make.operation(operator, name, [left, this.#product()]);
      this.#nestedCalcs -= 1;
    }
    this.#nestedCalcs -= 1;
    return left;
  }

  #product(): Expr {
    let left = this.#unary();
    for (
      let name = products[this.#cursor.kind];
      name !== undefined;
      name = products[this.#cursor.kind]
    ) {
      const operator = this.#cursor.next();
      left = this.#make.operation(operator, name, [left, this.#unary()]);
    }
    return left;
  }

  #unary(): Expr {
    const first = this.#cursor.peek();
    if (first.kind !== '!' && first.kind !== '-') return this.#member();
    // A single minus before a number belongs to the number.
    if (first.kind === '-' && isNumber(this.#cursor.ahead(1))) return this.#member();
    let count = 0;
    while (this.#cursor.accept(first.kind) !== undefined) count += 1;
    const operand = this.#member();
    if (count % 2 === 0) return operand;
    return this.#make.node(first, first.kind === '!' ? '!_' : '-_', [operand]);
  }

  #member(): Expr {
    let expr = this.#primary();
    for (;;) {
      const kind = this.#cursor.kind;
      if (kind === '.') expr = this.#selection(expr);
      else if (kind === '[') expr = this.#index(expr);
      else return expr;
    }
  }

  #selection(operand: Expr): Expr {
    const dot = this.#cursor.next();
    const optional = this.#cursor.accept('?');
    const name = this.#field();
    if (optional !== undefined) {
      if (!this.#options.optionalSyntax)
        return this.#make.report(dot.start, "unsupported syntax '.?'");
      const field = builderAt(this.#ids, name.start).literal(name.text);
      return this.#make.grow(this.#make.call(dot, '_?._', undefined, [operand, field]), [operand]);
    }
    const open = name.escaped ? undefined : this.#cursor.accept('(');
    if (open === undefined) {
      const id = this.#make.idAt(dot.start);
      const select: Expr = { kind: 'select', id, operand, field: name.text, test: false };
      return this.#make.grow(select, [operand]);
    }
    const args = this.#list(')', () => this.#expr(), false);
    return this.#make.grow(this.#make.callOrMacro(open, name.text, operand, args), [
      operand,
      ...args,
    ]);
  }

  #index(operand: Expr): Expr {
    const open = this.#cursor.next();
    const optional = this.#cursor.accept('?');
    const index = this.#expr();
    this.#cursor.take(']');
    if (optional !== undefined && !this.#options.optionalSyntax) {
      return this.#make.report(open.start, "unsupported syntax '[?'");
    }
    return this.#make.operation(open, optional === undefined ? '_[_]' : '_[?_]', [operand, index]);
  }

  #primary(): Expr {
    const token = this.#cursor.peek();
    switch (token.kind) {
      case '(': {
        this.#cursor.next();
        const inner = this.#expr();
        this.#cursor.take(')');
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
    const start = this.#cursor.peek().start;
    const prefix = this.#cursor.accept('.') === undefined ? '' : '.';
    const message = this.#messageName();
    if (message !== undefined) return this.#struct(prefix + message);
    const first = this.#cursor.take('IDENTIFIER');
    const open = this.#cursor.accept('(');
    const args = open === undefined ? [] : this.#list(')', () => this.#expr(), false);
    if (reserved.has(first.text)) {
      return this.#make.report(start, `reserved identifier: ${first.text}`);
    }
    const name = prefix + first.text;
    if (open === undefined) return builderAt(this.#ids, first.start).ident(name);
    return this.#make.grow(this.#make.callOrMacro(open, name, undefined, args), args, 0);
  }

  /** The dotted name when a struct expression follows (`a.b.C{`), consumed; else nothing is. */
  #messageName(): string | undefined {
    const kindAt = (count: number): TokenKind | undefined => this.#cursor.ahead(count)?.kind;
    let count = 0;
    while (kindAt(count) === 'IDENTIFIER' && kindAt(count + 1) === '.') count += 2;
    if (kindAt(count) !== 'IDENTIFIER' || kindAt(count + 1) !== '{') return undefined;
    const words = this.#cursor.skip(count + 1).map((token) => token.text);
    return words.join('');
  }

  #struct(typeName: string): Expr {
    const open = this.#cursor.take('{');
    const id = this.#make.idAt(open.start);
    const fields = this.#list('}', (): StructField => {
      const question = this.#cursor.accept('?');
      const name = this.#field();
      const colon = this.#cursor.take(':');
      if (question !== undefined) this.#requireOptionals(question);
      const fieldId = this.#make.idAt(colon.start);
      const value = this.#expr();
      return { id: fieldId, name: name.text, value, optional: question !== undefined };
    });
    const struct: Expr = { kind: 'struct', id, typeName, fields };
    return this.#make.grow(
      struct,
      fields.map((field) => field.value),
      0,
    );
  }

  #listLiteral(): Expr {
    const open = this.#cursor.take('[');
    const id = this.#make.idAt(open.start);
    const optionals: number[] = [];
    let index = 0;
    const elements = this.#list(']', () => {
      const question = this.#cursor.accept('?');
      if (question !== undefined) {
        this.#requireOptionals(question);
        optionals.push(index);
      }
      index += 1;
      return this.#expr();
    });
    return this.#make.grow({ kind: 'list', id, elements, optionals }, elements, 0);
  }

  #mapLiteral(): Expr {
    const open = this.#cursor.take('{');
    const id = this.#make.idAt(open.start);
    const entries = this.#list('}', (): MapEntry => {
      const question = this.#cursor.accept('?');
      const key = this.#expr();
      const colon = this.#cursor.take(':');
      if (question !== undefined) this.#requireOptionals(question);
      const entryId = this.#make.idAt(colon.start);
      return { id: entryId, key, value: this.#expr(), optional: question !== undefined };
    });
    const parts = entries.flatMap((entry) => [entry.key, entry.value]);
    return this.#make.grow({ kind: 'map', id, entries }, parts, 0);
  }

  #literal(): Expr {
    const start = this.#cursor.peek().start;
    const minus = isNumber(this.#cursor.ahead(1)) ? this.#cursor.accept('-') : undefined;
    const token = this.#cursor.next();
    try {
      const value = literalValue(token, minus !== undefined);
      if (value === undefined) throw new Unexpected();
      return builderAt(this.#ids, start).literal(value);
    } catch (error) {
      if (!(error instanceof LiteralError)) throw error;
      return this.#make.report(start, error.message);
    }
  }

  #field(): { text: string; start: number; escaped: boolean } {
    const token = this.#cursor.peek();
    if (token.kind !== 'ESC_IDENTIFIER') {
      return { text: this.#cursor.take('IDENTIFIER').text, start: token.start, escaped: false };
    }
    this.#cursor.next();
    if (!this.#options.escapedFields) this.#make.report(token.start, "unsupported syntax: '`'");
    return { text: token.text.slice(1, -1), start: token.start, escaped: true };
  }

  /** Items up to a closing token; in literals a comma may stand before it. */
  #list<Item>(end: TokenKind, item: () => Item, trailingComma = true): Item[] {
    const items: Item[] = [];
    if (this.#cursor.accept(end) !== undefined) return items;
    if (trailingComma && this.#cursor.kind === ',') {
      this.#cursor.next();
      this.#cursor.take(end);
      return items;
    }
    items.push(item());
    while (this.#cursor.accept(',') !== undefined) {
      if (trailingComma && this.#cursor.kind === end) break;
      items.push(item());
    }
    this.#cursor.take(end);
    return items;
  }

  #requireOptionals(question: Token): void {
    if (!this.#options.optionalSyntax) this.#make.report(question.start, "unsupported syntax '?'");
  }
}

const isNumber = (token: Token | undefined): boolean =>
  token?.kind === 'NUM_INT' || token?.kind === 'NUM_FLOAT';
