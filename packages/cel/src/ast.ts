/** An expression as a tree. Ids are unique within one expression and lead to positions and types. */
import type { Value } from './values.ts';

/** A node of the tree. */
export type Expr =
  | LiteralExpr
  | IdentExpr
  | SelectExpr
  | CallExpr
  | ListExpr
  | MapExpr
  | StructExpr
  | ComprehensionExpr;

/** A constant. */
export interface LiteralExpr {
  readonly kind: 'literal';
  readonly id: number;
  readonly value: Value;
}

/** A name; with a leading dot it is looked for from the root. */
export interface IdentExpr {
  readonly kind: 'ident';
  readonly id: number;
  readonly name: string;
}

/** `operand.field`, or `has(operand.field)` when `test`. */
export interface SelectExpr {
  readonly kind: 'select';
  readonly id: number;
  readonly operand: Expr;
  readonly field: string;
  readonly test: boolean;
}

/** A function or an operator. */
export interface CallExpr {
  readonly kind: 'call';
  readonly id: number;
  readonly target: Expr | undefined;
  readonly name: string;
  readonly args: readonly Expr[];
}

/** `[a, ?b]`. */
export interface ListExpr {
  readonly kind: 'list';
  readonly id: number;
  readonly elements: readonly Expr[];
  /** Indexes of the elements marked with `?`. */
  readonly optionals: readonly number[];
}

/** `{k: v, ?k2: v2}`. */
export interface MapExpr {
  readonly kind: 'map';
  readonly id: number;
  readonly entries: readonly MapEntry[];
}

/** One entry of a map expression. */
export interface MapEntry {
  readonly id: number;
  readonly key: Expr;
  readonly value: Expr;
  readonly optional: boolean;
}

/** `Name{field: v}`. */
export interface StructExpr {
  readonly kind: 'struct';
  readonly id: number;
  readonly typeName: string;
  readonly fields: readonly StructField[];
}

/** One field of a struct expression. */
export interface StructField {
  readonly id: number;
  readonly name: string;
  readonly value: Expr;
  readonly optional: boolean;
}

/** A loop over a list or map with an accumulator; what macros expand to. */
export interface ComprehensionExpr {
  readonly kind: 'comprehension';
  readonly id: number;
  readonly iterRange: Expr;
  readonly iterVar: string;
  /** The second variable: the value, while `iterVar` is then the index or key. */
  readonly iterVar2: string | undefined;
  readonly accuVar: string;
  readonly accuInit: Expr;
  readonly loopCondition: Expr;
  readonly loopStep: Expr;
  readonly result: Expr;
}

/** The expressions directly inside one. */
export function partsOf(expr: Expr): readonly Expr[] {
  switch (expr.kind) {
    case 'literal':
    case 'ident':
      return [];
    case 'select':
      return [expr.operand];
    case 'call':
      return expr.target === undefined ? expr.args : [expr.target, ...expr.args];
    case 'list':
      return expr.elements;
    case 'map':
      return expr.entries.flatMap((entry) => [entry.key, entry.value]);
    case 'struct':
      return expr.fields.map((field) => field.value);
    case 'comprehension':
      return [expr.iterRange, expr.accuInit, expr.loopCondition, expr.loopStep, expr.result];
  }
}

/** An expression with everything inside it; what is inside comes first. */
export function* allPartsOf(expr: Expr): Iterable<Expr> {
  for (const part of partsOf(expr)) yield* allPartsOf(part);
  yield expr;
}

/** A comprehension that only names a value. */
export function isBinding(expr: ComprehensionExpr): boolean {
  return (
    expr.iterRange.kind === 'list' &&
    expr.iterRange.elements.length === 0 &&
    expr.loopCondition.kind === 'literal' &&
    expr.loopCondition.value === false
  );
}
