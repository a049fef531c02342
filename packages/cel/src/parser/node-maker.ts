/** Makes the nodes that the grammar finds: calls become what their macros make of them, and none may be too high. */
import type { CallExpr, Expr } from '../ast.ts';
import { builderAt, type NodeIds } from './builder.ts';
import type { Token } from './lexer.ts';
import { type Macro, MacroError } from './macro.ts';
import type { Issue } from './source.ts';

/** How many expressions may nest, and how many operations stand one upon the other. */
export const depthMax = 250;

/** More than that. */
export class TooDeep extends Error {}

/** One deeper. */
export function deeper(depth: number): number {
  if (depth >= depthMax) throw new TooDeep(`expression recursion limit exceeded: ${depthMax}`);
  return depth + 1;
}

/** Makes the nodes of one expression, and collects what is wrong with them. */
export class NodeMaker {
  readonly issues: Issue[] = [];
  readonly #macros: readonly Macro[];
  readonly #ids: NodeIds;
  /** How many operations a node has above one another; absent means 0. */
  readonly #heights = new Map<number, number>();

  constructor(macros: readonly Macro[], ids: NodeIds) {
    this.#macros = macros;
    this.#ids = ids;
  }

  /** A new id for what stands at an offset. */
  idAt(offset: number): number {
    return this.#ids.next(offset);
  }

  /** An operator's node, which counts for the height. */
  operation(operator: Token, name: string, args: readonly Expr[]): Expr {
    return this.grow(this.callOrMacro(operator, name, undefined, args), args);
  }

  /** An operator's node, which does not. */
  node(operator: Token, name: string, args: readonly Expr[]): Expr {
    return this.grow(this.callOrMacro(operator, name, undefined, args), args, 0);
  }

  /** A call, or what the macro of that name makes of it. */
  callOrMacro(at: Token, name: string, target: Expr | undefined, args: readonly Expr[]): Expr {
    const macro = this.#macros.find(
      (candidate) =>
        candidate.name === name &&
        candidate.receiver === (target !== undefined) &&
        (candidate.argCount === undefined || candidate.argCount === args.length),
    );
    if (macro === undefined) return this.call(at, name, target, args);
    try {
      const expanded = macro.expand(builderAt(this.#ids, at.start), target, args);
      return expanded ?? this.call(at, name, target, args);
    } catch (error) {
      if (!(error instanceof MacroError)) throw error;
      const offset = error.at === undefined ? at.start : this.#ids.offsets[error.at.id];
      return this.report(offset, error.message);
    }
  }

  /** A call. */
  call(at: Token, name: string, target: Expr | undefined, args: readonly Expr[]): CallExpr {
    return { kind: 'call', id: this.#ids.next(at.start), target, name, args };
  }

  /** Notes how high a node stands above its leaves; `by` 0 for what upstream does not count. */
  grow(expr: Expr, parts: readonly Expr[], by = 1): Expr {
    let height = 0;
    for (const part of parts) height = Math.max(height, this.#heights.get(part.id) ?? 0);
    height += by;
    if (height > depthMax) throw new TooDeep('max recursion depth exceeded');
    if (height > 0) this.#heights.set(expr.id, height);
    return expr;
  }

  /** Notes a mistake; the node stands for what is wrong. */
  report(offset: number | undefined, message: string): Expr {
    this.issues.push({ message, offset });
    return builderAt(this.#ids, offset).list();
  }
}
