/** What is known of the sizes of an expression's parts while its cost is estimated. */
import type { ComprehensionExpr, Expr, IdentExpr } from '../ast.ts';
import type { CostNode, Sizes } from '../declarations.ts';
import { codePointCount } from '../text.ts';
import { dynType, isOptionalType, type Type, typeParameters } from '../types.ts';
import { exactly, type Range, uniteRanges, unknownRange } from './range.ts';

/** What the caller knows about sizes. */
export interface CostInput {
  /**
   * How large the value at a path can be: characters, bytes, elements, entries. A path begins with
   * a variable; then come field names, `@items`, `@indices`, `@keys` and `@values`.
   */
  sizeOf(path: readonly string[], type: Type): Range | undefined;
}

/** The sizes of what is in a list or map. */
export interface EntrySizes {
  readonly container: 'list' | 'map';
  readonly key: Range;
  readonly value: Range;
}

/** A local variable: what it stands for. */
export interface Local {
  readonly path: readonly string[] | undefined;
  readonly size: Range | undefined;
  readonly entries: EntrySizes | undefined;
}

/** By name. */
export type Locals = ReadonlyMap<string, Local>;

/** Sizes are noted from the inside out, as the parts of the expression are gone through. */
export class KnownSizes implements Sizes {
  /** The variables in sight. */
  locals: Locals = new Map();
  readonly #types: ReadonlyMap<number, Type>;
  readonly #input: CostInput;
  readonly #paths = new Map<number, readonly string[]>();
  readonly #sizes = new Map<number, Range>();
  readonly #entries = new Map<number, EntrySizes>();

  constructor(types: ReadonlyMap<number, Type>, input: CostInput) {
    this.#types = types;
    this.#input = input;
  }

  sizeOf(node: CostNode): Range {
    return node.computedSize ?? this.#inputSize(node.path, node.type) ?? unknownRange;
  }

  elementOf(list: CostNode): CostNode | undefined {
    const [type] = typeParameters(list.type);
    if (type === undefined) return undefined;
    const path = list.path === undefined ? undefined : [...list.path, '@items'];
    return { path, type, literal: undefined, computedSize: undefined };
  }

  /** The type of a part. */
  typeOf(expr: Expr): Type {
    return this.#types.get(expr.id) ?? dynType;
  }

  /** What functions see of a part. */
  nodeOf(expr: Expr): CostNode {
    return {
      path: this.#pathOf(expr),
      type: this.typeOf(expr),
      literal: expr.kind === 'literal' ? expr.value : undefined,
      computedSize: this.sizeOfExpr(expr),
    };
  }

  /** The size of a part, if anything is known. */
  sizeOfExpr(expr: Expr): Range | undefined {
    const known = this.#sizes.get(expr.id) ?? writtenSize(expr);
    if (known !== undefined) return known;
    const given = this.#inputSize(this.#pathOf(expr), this.typeOf(expr));
    if (given !== undefined) {
      this.#sizes.set(expr.id, given);
      return given;
    }
    if (isScalar(this.typeOf(expr))) return exactly(1);
    return expr.kind === 'ident' ? this.locals.get(expr.name)?.size : undefined;
  }

  /** The sizes of what is in a part. */
  entriesOf(expr: Expr): EntrySizes | undefined {
    const known = this.#entries.get(expr.id);
    if (known !== undefined || expr.kind !== 'ident') return known;
    return this.locals.get(expr.name)?.entries;
  }

  /** Notes where a variable leads. */
  nameVariable(expr: IdentExpr): void {
    const local = this.locals.get(expr.name);
    const path = local === undefined ? [expr.name] : local.path;
    if (path !== undefined) this.#paths.set(expr.id, path);
  }

  /** Notes that a part is one step further than another. */
  setStep(expr: Expr, from: Expr, step: string): void {
    this.#paths.set(expr.id, [...(this.#pathOf(from) ?? []), step]);
  }

  setSize(expr: Expr, size: Range | undefined): void {
    if (size !== undefined) this.#sizes.set(expr.id, size);
  }

  setEntries(expr: Expr, entries: EntrySizes | undefined): void {
    if (entries !== undefined) this.#entries.set(expr.id, entries);
  }

  /** Notes that a part is as large as another. */
  copy(to: Expr, from: Expr): void {
    this.setSize(to, this.sizeOfExpr(from));
    this.setEntries(to, this.entriesOf(from));
  }

  /** Notes that what is in a part is what is in one of two others, if both are known. */
  uniteEntries(expr: Expr, sources: readonly Expr[]): void {
    const [left, right] = sources.map((source) => this.entriesOf(source));
    if (left === undefined || right === undefined) return;
    this.setEntries(expr, {
      container: left.container,
      key: uniteRanges(left.key, right.key),
      value: uniteRanges(left.value, right.value),
    });
  }

  /** A local variable that is bound to an expression. */
  localOf(expr: Expr): Local {
    return {
      path: this.#pathOf(expr),
      size: this.sizeOfExpr(expr),
      entries: this.entriesOf(expr),
    };
  }

  /** The variables of a loop. */
  iterationVariables(expr: ComprehensionExpr): readonly (readonly [string, Local])[] {
    const entries = this.entriesOf(expr.iterRange);
    const path = this.#pathOf(expr.iterRange) ?? [];
    const isList = (entries?.container ?? this.typeOf(expr.iterRange).kind) === 'list';
    const local = (step: string, size: Range | undefined): Local => ({
      path: [...path, step],
      size,
      entries: undefined,
    });
    const key = local(isList ? '@indices' : '@keys', entries?.key);
    const element = local(isList ? '@items' : '@values', entries?.value);
    if (expr.iterVar2 === undefined) return [[expr.iterVar, isList ? element : key]];
    return [
      [expr.iterVar, key],
      [expr.iterVar2, element],
    ];
  }

  #pathOf(expr: Expr): readonly string[] | undefined {
    const local = expr.kind === 'ident' ? this.locals.get(expr.name) : undefined;
    return local === undefined ? this.#paths.get(expr.id) : local.path;
  }

  #inputSize(path: readonly string[] | undefined, type: Type): Range | undefined {
    return path === undefined || path.length === 0 ? undefined : this.#input.sizeOf(path, type);
  }
}

/** The size that is written in the expression. */
function writtenSize(expr: Expr): Range | undefined {
  if (expr.kind === 'list') return exactly(expr.elements.length);
  if (expr.kind === 'map') return exactly(expr.entries.length);
  if (expr.kind !== 'literal') return undefined;
  if (typeof expr.value === 'string') return exactly(codePointCount(expr.value));
  return exactly(expr.value instanceof Uint8Array ? expr.value.length : 1);
}

function isScalar(type: Type): boolean {
  if (isOptionalType(type)) return isScalar(type.parameters[0] ?? dynType);
  switch (type.kind) {
    case 'bool':
    case 'double':
    case 'duration':
    case 'int':
    case 'timestamp':
    case 'uint':
      return true;
    case 'wrapper':
      return isScalar(type.of);
    default:
      return false;
  }
}
