/** What a macro is: a call that the parser replaces by another expression. */
import type { CallExpr, Expr, MapEntry } from '../ast.ts';
import type { Value } from '../values.ts';

/** A call replaced at parse time. */
export interface Macro {
  readonly name: string;
  readonly receiver: boolean;
  /** Number of arguments without the receiver; undefined takes any number. */
  readonly argCount: number | undefined;
  /** The replacement; undefined leaves the call a call. Throws MacroError. */
  expand(build: ExprBuilder, target: Expr | undefined, args: readonly Expr[]): Expr | undefined;
}

/** A macro used wrongly. */
export class MacroError extends Error {
  /** The expression that is wrong; undefined means the whole call. */
  readonly at: Expr | undefined;

  constructor(message: string, at?: Expr) {
    super(message);
    this.at = at;
  }
}

/** Makes nodes at the position of the macro's call. */
export interface ExprBuilder {
  /** The name of the accumulator variable. */
  readonly accu: string;
  literal(value: Value): Expr;
  ident(name: string): Expr;
  call(name: string, ...args: readonly Expr[]): CallExpr;
  memberCall(name: string, target: Expr, ...args: readonly Expr[]): CallExpr;
  select(operand: Expr, field: string): Expr;
  presence(operand: Expr, field: string): Expr;
  list(...elements: readonly Expr[]): Expr;
  map(...entries: readonly Omit<MapEntry, 'id'>[]): Expr;
  comprehension(parts: Loop): Expr;
  /** The same expression with ids of its own, for use in a second place. */
  copy(expr: Expr): Expr;
}

/** The parts of a comprehension. */
export interface Loop {
  readonly range: Expr;
  readonly variable: string;
  readonly variable2?: string;
  /** The accumulator's name; `build.accu` when absent. */
  readonly accu?: string;
  readonly init: Expr;
  readonly condition: Expr;
  readonly step: Expr;
  readonly result: Expr;
}
