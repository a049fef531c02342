/**
 * How functions, constants and types come into an environment: as data. A library is a list of these.
 */
import type { Expr } from './ast.ts';
import type { Range } from './cost/range.ts';
import type { Macro } from './parser/macro.ts';
import type { Type } from './types.ts';
import type { Value } from './values.ts';

/** A function with everything it can be called with. */
export interface FunctionDeclaration {
  /** Operators have cel-go's names: `_+_`, `!_`, `_[_]`. A name may have dots (`math.greatest`). */
  readonly name: string;
  readonly overloads: readonly Overload[];
}

/** One way to call a function. Ids are unique, and part of how costs are counted. */
export interface Overload {
  readonly id: string;
  /** Whether it is called as `args[0].name(...)`. */
  readonly receiver: boolean;
  /** With the receiver first. */
  readonly args: readonly Type[];
  readonly result: Type;
  /**
   * Computes the result; throws CelError. Where types are dynamic the arguments have been matched
   * to this overload, lists and maps by what is first in them (a `list(int)` may hold strings then).
   */
  readonly evaluate: (args: readonly Value[]) => Value;
  /** Whether `evaluate` looks at the types of its arguments itself, and words what does not fit. */
  readonly unguarded?: boolean;
  /**
   * Does beforehand what literal arguments allow, such as compiling a pattern; undefined when it
   * makes no difference. The constants are the arguments', undefined for those that are computed.
   */
  readonly prepare?: (
    constants: readonly (Value | undefined)[],
  ) => ((args: readonly Value[]) => Value) | undefined;
  /** Its part of the cost; the default is 1. */
  readonly cost?: OverloadCost;
}

/** How much calls cost, beforehand and afterwards. Undefined answers mean the default. */
export interface OverloadCost {
  /**
   * Whether `actual` counts only for calls whose types leave no other overload: so it is with what cel-go's libraries
   * charge, while Kubernetes charges by the function's name.
   */
  readonly onlyWhenDecided?: boolean;
  readonly estimate?: (call: CallNode, sizes: Sizes) => CallEstimate | undefined;
  /** Arguments include the receiver. */
  readonly actual?: (args: readonly Value[], result: Value) => number | undefined;
}

/** A call in an expression whose cost is estimated. */
export interface CallNode {
  readonly target: CostNode | undefined;
  /** Without the target. */
  readonly args: readonly CostNode[];
}

/** A part of an expression whose cost is estimated. */
export interface CostNode {
  /** Way from a variable: field names, `@items`, `@keys`, `@values`. Undefined when not reachable so. */
  readonly path: readonly string[] | undefined;
  readonly type: Type;
  /** The value when it is a literal. */
  readonly literal: Value | undefined;
  /** The size when the expression itself tells it. */
  readonly computedSize: Range | undefined;
}

/** What is known about sizes: characters, bytes, elements, entries. */
export interface Sizes {
  /** The computed size, else what the schema says, else anything. */
  sizeOf(node: CostNode): Range;
  /** The node of a list's elements; undefined if the node's type is no list (or other generic). */
  elementOf(list: CostNode): CostNode | undefined;
}

/** The cost of a call, and how large its result is where that matters. */
export interface CallEstimate {
  readonly cost: Range;
  readonly resultSize?: Range;
}

/** A constant with a value, such as an enum's. */
export interface ConstantDeclaration {
  readonly name: string;
  readonly type: Type;
  readonly value: Value;
}

/** A set of declarations that come together. */
export interface Library {
  readonly name: string;
  readonly functions: readonly FunctionDeclaration[];
  readonly macros?: readonly Macro[];
  readonly constants?: readonly ConstantDeclaration[];
  /** Types that expressions may name (`type(x) == kubernetes.Quantity`). */
  readonly types?: readonly Type[];
  /** The cost of `==` when both sides are of the named type. */
  readonly equalityCosts?: Readonly<Record<string, OverloadCost>>;
  /** Look through every expression once its types are right. */
  readonly validators?: readonly Validator[];
}

/** Finds mistakes that types do not show. */
export type Validator = (checked: CheckedTree) => Iterable<Problem>;

/** What a validator sees: an expression and the types of its parts. */
export interface CheckedTree {
  readonly expr: Expr;
  /** By id of the node. */
  readonly types: ReadonlyMap<number, Type>;
}

/** A mistake. */
export interface Problem {
  readonly message: string;
  /** The id of the node that is wrong. */
  readonly at: number;
}
