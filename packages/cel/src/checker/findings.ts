/** What the checker finds out: types, overloads, mistakes. */
import type { Expr } from '../ast.ts';
import type { Overload } from '../declarations.ts';
import type { Issue } from '../parser/source.ts';
import { errorType, formatType, type Type } from '../types.ts';
import { Substitutions } from './unify.ts';

/** A checked expression. */
export interface Checked {
  readonly expr: Expr;
  /** By id of the node. */
  readonly types: ReadonlyMap<number, Type>;
  /** By id of the call: the overloads that fit, more than one where types are dynamic. */
  readonly overloads: ReadonlyMap<number, readonly Overload[]>;
  readonly issues: readonly Issue[];
}

/** Grows while a tree is gone through. */
export class Findings {
  readonly substitutions = new Substitutions();
  readonly #container: string;
  readonly #offsets: readonly (number | undefined)[];
  readonly #types = new Map<number, Type>();
  readonly #overloads = new Map<number, readonly Overload[]>();
  readonly #issues: Issue[] = [];

  /** Where names are looked for first, and where in the text nodes stand, by id. */
  constructor(container: string, offsets: readonly (number | undefined)[]) {
    this.#container = container;
    this.#offsets = offsets;
  }

  /** All of it, once the tree is gone through. */
  finish(expr: Expr): Checked {
    const types = new Map<number, Type>();
    for (const [id, type] of this.#types) types.set(id, this.substitutions.apply(type, true));
    return { expr, types, overloads: this.#overloads, issues: this.#issues };
  }

  /** Gives a node its type. */
  typed<Node extends Expr>(expr: Node, type: Type): Node {
    this.#types.set(expr.id, type);
    return expr;
  }

  /** The type that a node was given. */
  typeOf(expr: Expr): Type {
    return this.#types.get(expr.id) ?? errorType;
  }

  /** Gives a call the overloads that fit. */
  setOverloads(call: Expr, overloads: readonly Overload[]): void {
    this.#overloads.set(call.id, overloads);
  }

  /** A node must be of a type. */
  assertType(expr: Expr, type: Type): void {
    const found = this.typeOf(expr);
    if (!this.substitutions.assign(type, found)) this.mismatch(expr.id, type, found);
  }

  /** There is nothing of that name. */
  undeclared(id: number, name: string): void {
    this.report(id, `undeclared reference to '${name}' (in container '${this.#container}')`);
  }

  /** A node is of another type than it must be. */
  mismatch(id: number, expected: Type, found: Type): void {
    this.report(id, `expected type '${formatType(expected)}' but found '${formatType(found)}'`);
  }

  /** Anything else that is wrong. */
  report(id: number, message: string): void {
    this.#issues.push({ message, offset: this.#offsets[id] });
  }
}
