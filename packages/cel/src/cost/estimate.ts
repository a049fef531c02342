/**
 * What evaluating an expression will cost at least and at most, before there are values.
 *
 * Sizes come from literals, from what functions promise about their results, and from the caller,
 * who knows from the schema how long the variables' strings, lists and maps may be. Rules: those of
 * cel-go's cost estimation, with has() free of charge, as Kubernetes sets it.
 */
import {
  type CallExpr,
  type ComprehensionExpr,
  type Expr,
  isBinding,
  type SelectExpr,
} from '../ast.ts';
import type { Checked } from '../checker/checker.ts';
import type { CallEstimate, CostNode, Overload, OverloadCost, Sizes } from '../declarations.ts';
import { codePointCount } from '../text.ts';
import {
  dynType,
  isOptionalType,
  type Type,
  typeName,
  typeParameters,
  typesEqual,
} from '../types.ts';
import {
  addRanges,
  exactly,
  multiplyRanges,
  type Range,
  uniteRanges,
  unknownRange,
} from './range.ts';
import { standardEstimate } from './standard-estimates.ts';

/** What the caller knows about sizes. */
export interface CostInput {
  /**
   * How large the value at a path can be: characters, bytes, elements, entries. A path begins with
   * a variable; then come field names, `@items`, `@indices`, `@keys` and `@values`.
   */
  sizeOf(path: readonly string[], type: Type): Range | undefined;
}

/** The estimated cost of an expression. */
export function estimate(
  checked: Checked,
  input: CostInput,
  equalityCosts: ReadonlyMap<string, OverloadCost>,
): Range {
  return new Estimator(checked, input, equalityCosts).cost(checked.expr);
}

/** The sizes of what is in a list or map. */
interface EntrySizes {
  readonly container: 'list' | 'map';
  readonly key: Range;
  readonly value: Range;
}

interface Local {
  readonly path: readonly string[] | undefined;
  readonly size: Range | undefined;
  readonly entries: EntrySizes | undefined;
}

type Locals = ReadonlyMap<string, Local>;

const accessCost = exactly(1);
const listCost = exactly(10);
const mapCost = exactly(30);
const objectCost = exactly(40);
const free = exactly(0);

class Estimator implements Sizes {
  readonly #checked: Checked;
  readonly #input: CostInput;
  readonly #equalityCosts: ReadonlyMap<string, OverloadCost>;
  readonly #paths = new Map<number, readonly string[]>();
  readonly #sizes = new Map<number, Range>();
  readonly #entries = new Map<number, EntrySizes>();
  #locals: Locals = new Map();

  constructor(
    checked: Checked,
    input: CostInput,
    equalityCosts: ReadonlyMap<string, OverloadCost>,
  ) {
    this.#checked = checked;
    this.#input = input;
    this.#equalityCosts = equalityCosts;
  }

  cost(expr: Expr): Range {
    switch (expr.kind) {
      case 'literal':
        return free;
      case 'ident': {
        const local = this.#locals.get(expr.name);
        const path = local === undefined ? [expr.name] : local.path;
        if (path !== undefined) this.#paths.set(expr.id, path);
        return accessCost;
      }
      case 'select':
        return this.#select(expr);
      case 'call':
        return this.#call(expr);
      case 'list':
        return this.#list(expr);
      case 'map':
        return this.#map(expr);
      case 'struct':
        return addRanges(...expr.fields.map((field) => this.cost(field.value)), objectCost);
      case 'comprehension':
        return isBinding(expr) ? this.#binding(expr) : this.#comprehension(expr);
    }
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

  #select(expr: SelectExpr): Range {
    const operand = this.cost(expr.operand);
    if (expr.test) return operand;
    this.#paths.set(expr.id, [...(this.#pathOf(expr.operand) ?? []), expr.field]);
    switch (this.#typeOf(expr.operand).kind) {
      case 'map':
      case 'object':
      case 'param':
        return addRanges(operand, accessCost);
      default:
        return operand;
    }
  }

  #call(expr: CallExpr): Range {
    const [first] = expr.args;
    if (expr.name === 'dyn' && first !== undefined) {
      const cost = this.cost(first);
      this.#copySizes(expr, first);
      return addRanges(exactly(1), cost);
    }
    const costs = expr.args.map((arg) => this.cost(arg));
    const nodes = expr.args.map((arg) => this.#node(arg));
    const overloads = this.#checked.overloads.get(expr.id);
    if (overloads === undefined) return this.#optionalAccess(expr, costs, nodes);
    const targetCost = expr.target === undefined ? free : this.cost(expr.target);
    const target = expr.target === undefined ? undefined : this.#node(expr.target);
    let total: Range | undefined;
    let size: Range | undefined;
    for (const overload of overloads) {
      const call = this.#callEstimate(expr, overload, { target, args: nodes, costs });
      total = total === undefined ? call.cost : uniteRanges(total, call.cost);
      if (call.resultSize !== undefined) {
        size = size === undefined ? call.resultSize : uniteRanges(size, call.resultSize);
      }
      const step = indexSteps[overload.id];
      if (step !== undefined && first !== undefined) {
        size = this.#entriesOf(first)?.value;
        this.#paths.set(expr.id, [...(this.#pathOf(first) ?? []), step]);
      }
      size ??= this.#sizeOf(expr);
    }
    if (size !== undefined) this.#sizes.set(expr.id, size);
    return addRanges(targetCost, total ?? free);
  }

  /** `a.?b` has no overload that could tell its cost. */
  #optionalAccess(expr: CallExpr, costs: readonly Range[], args: readonly CostNode[]): Range {
    void args;
    return expr.name === '_?._' ? addRanges(...costs, exactly(1)) : free;
  }

  #callEstimate(expr: CallExpr, overload: Overload, call: Call): CallEstimate {
    const special = this.#equalityCost(expr, call) ?? overload.cost?.estimate?.(call, this);
    if (special !== undefined) {
      return { ...special, cost: addRanges(special.cost, ...call.costs) };
    }
    const sized = { ...call, sizes: call.args.map((arg) => arg.computedSize ?? unknownRange) };
    if (overload.id === 'conditional' || overload.id.startsWith('add_')) {
      this.#uniteEntries(expr, overload.id === 'conditional' ? expr.args.slice(1) : expr.args);
    }
    return standardEstimate(overload.id, sized);
  }

  #equalityCost(expr: CallExpr, call: Call): CallEstimate | undefined {
    const [left, right] = call.args;
    if (expr.name !== '_==_' || left === undefined || right === undefined) return undefined;
    if (!typesEqual(left.type, right.type)) return undefined;
    return this.#equalityCosts.get(typeName(left.type))?.estimate?.(call, this);
  }

  #uniteEntries(expr: Expr, sources: readonly Expr[]): void {
    const [left, right] = sources.map((source) => this.#entriesOf(source));
    if (left === undefined || right === undefined) return;
    this.#entries.set(expr.id, {
      container: left.container,
      key: uniteRanges(left.key, right.key),
      value: uniteRanges(left.value, right.value),
    });
  }

  #list(expr: Extract<Expr, { kind: 'list' }>): Range {
    const costs = expr.elements.map((element) => this.cost(element));
    const value = united(expr.elements.map((element) => this.#sizeOf(element) ?? unknownRange));
    this.#entries.set(expr.id, { container: 'list', key: exactly(1), value });
    return addRanges(...costs, listCost);
  }

  #map(expr: Extract<Expr, { kind: 'map' }>): Range {
    const costs = expr.entries.flatMap((entry) => [this.cost(entry.key), this.cost(entry.value)]);
    const size = (part: Expr): Range => this.#sizeOf(part) ?? unknownRange;
    this.#entries.set(expr.id, {
      container: 'map',
      key: united(expr.entries.map((entry) => size(entry.key))),
      value: united(expr.entries.map((entry) => size(entry.value))),
    });
    return addRanges(...costs, mapCost);
  }

  #comprehension(expr: ComprehensionExpr): Range {
    const before = addRanges(this.cost(expr.iterRange), this.cost(expr.accuInit));
    const outer = this.#locals;
    const withAccu = new Map(outer).set(expr.accuVar, this.#localOf(expr.accuInit));
    this.#locals = new Map([...withAccu, ...this.#iterationVariables(expr)]);
    const round = addRanges(this.cost(expr.loopCondition), this.cost(expr.loopStep));
    const stepEntries = this.#entriesOf(expr.loopStep);
    this.#locals = withAccu;
    const result = this.cost(expr.result);
    this.#locals = outer;
    const rounds = this.#sizeOf(expr.iterRange) ?? unknownRange;
    this.#noteResult(expr, rounds, stepEntries);
    return addRanges(before, result, multiplyRanges(rounds, round));
  }

  #noteResult(expr: ComprehensionExpr, rounds: Range, entries: EntrySizes | undefined): void {
    switch (expr.accuInit.kind) {
      case 'literal': {
        const size = this.#sizeOf(expr.accuInit);
        if (size !== undefined) this.#sizes.set(expr.id, size);
        return;
      }
      case 'list':
      case 'map':
        this.#sizes.set(expr.id, rounds);
        if (entries !== undefined) this.#entries.set(expr.id, entries);
        return;
      default:
    }
  }

  #iterationVariables(expr: ComprehensionExpr): readonly (readonly [string, Local])[] {
    const entries = this.#entriesOf(expr.iterRange);
    const path = this.#pathOf(expr.iterRange) ?? [];
    const isList = (entries?.container ?? this.#typeOf(expr.iterRange).kind) === 'list';
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

  #binding(expr: ComprehensionExpr): Range {
    const before = addRanges(this.cost(expr.iterRange), this.cost(expr.accuInit));
    const outer = this.#locals;
    this.#locals = new Map(outer).set(expr.accuVar, this.#localOf(expr.accuInit));
    const result = this.cost(expr.result);
    this.#copySizes(expr, expr.result);
    this.#locals = outer;
    return addRanges(before, result);
  }

  #localOf(expr: Expr): Local {
    return {
      path: this.#pathOf(expr),
      size: this.#sizeOf(expr),
      entries: this.#entriesOf(expr),
    };
  }

  #node(expr: Expr): CostNode {
    const path = this.#pathOf(expr);
    return {
      // Accumulators are no way to a variable.
      path: path?.[0]?.startsWith('@') === true ? undefined : path,
      type: this.#typeOf(expr),
      literal: expr.kind === 'literal' ? expr.value : undefined,
      computedSize: this.#sizeOf(expr),
    };
  }

  #copySizes(to: Expr, from: Expr): void {
    const size = this.#sizeOf(from);
    if (size !== undefined) this.#sizes.set(to.id, size);
    const entries = this.#entriesOf(from);
    if (entries !== undefined) this.#entries.set(to.id, entries);
  }

  #sizeOf(expr: Expr): Range | undefined {
    const known = this.#sizes.get(expr.id) ?? writtenSize(expr);
    if (known !== undefined) return known;
    const given = this.#inputSize(this.#pathOf(expr), this.#typeOf(expr));
    if (given !== undefined) {
      this.#sizes.set(expr.id, given);
      return given;
    }
    if (isScalar(this.#typeOf(expr))) return exactly(1);
    return expr.kind === 'ident' ? this.#locals.get(expr.name)?.size : undefined;
  }

  #entriesOf(expr: Expr): EntrySizes | undefined {
    const known = this.#entries.get(expr.id);
    if (known !== undefined || expr.kind !== 'ident') return known;
    return this.#locals.get(expr.name)?.entries;
  }

  #pathOf(expr: Expr): readonly string[] | undefined {
    const local = expr.kind === 'ident' ? this.#locals.get(expr.name) : undefined;
    return local === undefined ? this.#paths.get(expr.id) : local.path;
  }

  #inputSize(path: readonly string[] | undefined, type: Type): Range | undefined {
    return path === undefined || path.length === 0 ? undefined : this.#input.sizeOf(path, type);
  }

  #typeOf(expr: Expr): Type {
    return this.#checked.types.get(expr.id) ?? dynType;
  }
}

interface Call {
  readonly target: CostNode | undefined;
  readonly args: readonly CostNode[];
  readonly costs: readonly Range[];
}

const indexSteps: Readonly<Record<string, string>> = {
  index_list: '@items',
  index_map: '@values',
};

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

function united(ranges: readonly Range[]): Range {
  return ranges.length === 0 ? exactly(0) : ranges.reduce(uniteRanges);
}
