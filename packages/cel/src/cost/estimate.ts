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
import type { Checked } from '../checker/findings.ts';
import type { CallEstimate, CostNode, Overload, OverloadCost } from '../declarations.ts';
import { typeName, typesEqual } from '../types.ts';
import { type CostInput, type EntrySizes, KnownSizes } from './known-sizes.ts';
import {
  addRanges,
  exactly,
  multiplyRanges,
  type Range,
  uniteRanges,
  unknownRange,
} from './range.ts';
import { standardEstimate } from './standard-estimates.ts';

export type { CostInput } from './known-sizes.ts';

/** The estimated cost of an expression. */
export function estimate(
  checked: Checked,
  input: CostInput,
  equalityCosts: ReadonlyMap<string, OverloadCost>,
): Range {
  return new Estimator(checked, input, equalityCosts).cost(checked.expr);
}

const accessCost = exactly(1);
const listCost = exactly(10);
const mapCost = exactly(30);
const objectCost = exactly(40);
const free = exactly(0);

class Estimator {
  readonly #checked: Checked;
  readonly #equalityCosts: ReadonlyMap<string, OverloadCost>;
  readonly #known: KnownSizes;

  constructor(
    checked: Checked,
    input: CostInput,
    equalityCosts: ReadonlyMap<string, OverloadCost>,
  ) {
    this.#checked = checked;
    this.#equalityCosts = equalityCosts;
    this.#known = new KnownSizes(checked.types, input);
  }

  cost(expr: Expr): Range {
    switch (expr.kind) {
      case 'literal':
        return free;
      case 'ident':
        this.#known.nameVariable(expr);
        return accessCost;
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

  #select(expr: SelectExpr): Range {
    const operand = this.cost(expr.operand);
    if (expr.test) return operand;
    this.#known.setStep(expr, expr.operand, expr.field);
    switch (this.#known.typeOf(expr.operand).kind) {
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
      this.#known.copy(expr, first);
      return addRanges(exactly(1), cost);
    }
    const costs = expr.args.map((arg) => this.cost(arg));
    const nodes = expr.args.map((arg) => this.#known.nodeOf(arg));
    const overloads = this.#checked.overloads.get(expr.id);
    if (overloads === undefined) return this.#optionalAccess(expr, costs);
    const targetCost = expr.target === undefined ? free : this.cost(expr.target);
    const target = expr.target === undefined ? undefined : this.#known.nodeOf(expr.target);
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
        size = this.#known.entriesOf(first)?.value;
        this.#known.setStep(expr, first, step);
      }
      size ??= this.#known.sizeOfExpr(expr);
    }
    this.#known.setSize(expr, size);
    return addRanges(targetCost, total ?? free);
  }

  /** `a.?b` has no overload that could tell its cost. */
  #optionalAccess(expr: CallExpr, costs: readonly Range[]): Range {
    return expr.name === '_?._' ? addRanges(...costs, exactly(1)) : free;
  }

  #callEstimate(expr: CallExpr, overload: Overload, call: Call): CallEstimate {
    const special = this.#equalityCost(expr, call) ?? overload.cost?.estimate?.(call, this.#known);
    if (special !== undefined) {
      return { ...special, cost: addRanges(special.cost, ...call.costs) };
    }
    const sized = { ...call, sizes: call.args.map((arg) => arg.computedSize ?? unknownRange) };
    if (overload.id === 'conditional' || overload.id.startsWith('add_')) {
      this.#known.uniteEntries(
        expr,
        overload.id === 'conditional' ? expr.args.slice(1) : expr.args,
      );
    }
    return standardEstimate(overload.id, sized);
  }

  #equalityCost(expr: CallExpr, call: Call): CallEstimate | undefined {
    const [left, right] = call.args;
    if (expr.name !== '_==_' || left === undefined || right === undefined) return undefined;
    if (!typesEqual(left.type, right.type)) return undefined;
    return this.#equalityCosts.get(typeName(left.type))?.estimate?.(call, this.#known);
  }

  #list(expr: Extract<Expr, { kind: 'list' }>): Range {
    const costs = expr.elements.map((element) => this.cost(element));
    const value = united(
      expr.elements.map((element) => this.#known.sizeOfExpr(element) ?? unknownRange),
    );
    this.#known.setEntries(expr, { container: 'list', key: exactly(1), value });
    return addRanges(...costs, listCost);
  }

  #map(expr: Extract<Expr, { kind: 'map' }>): Range {
    const costs = expr.entries.flatMap((entry) => [this.cost(entry.key), this.cost(entry.value)]);
    const size = (part: Expr): Range => this.#known.sizeOfExpr(part) ?? unknownRange;
    this.#known.setEntries(expr, {
      container: 'map',
      key: united(expr.entries.map((entry) => size(entry.key))),
      value: united(expr.entries.map((entry) => size(entry.value))),
    });
    return addRanges(...costs, mapCost);
  }

  #comprehension(expr: ComprehensionExpr): Range {
    const known = this.#known;
    const before = addRanges(this.cost(expr.iterRange), this.cost(expr.accuInit));
    const outer = known.locals;
    const withAccu = new Map(outer).set(expr.accuVar, known.localOf(expr.accuInit));
    known.locals = new Map([...withAccu, ...known.iterationVariables(expr)]);
    const round = addRanges(this.cost(expr.loopCondition), this.cost(expr.loopStep));
    const stepEntries = known.entriesOf(expr.loopStep);
    known.locals = withAccu;
    const result = this.cost(expr.result);
    known.locals = outer;
    const rounds = known.sizeOfExpr(expr.iterRange) ?? unknownRange;
    this.#noteResult(expr, rounds, stepEntries);
    return addRanges(before, result, multiplyRanges(rounds, round));
  }

  #noteResult(expr: ComprehensionExpr, rounds: Range, entries: EntrySizes | undefined): void {
    switch (expr.accuInit.kind) {
      case 'literal':
        this.#known.setSize(expr, this.#known.sizeOfExpr(expr.accuInit));
        return;
      case 'list':
      case 'map':
        this.#known.setSize(expr, rounds);
        this.#known.setEntries(expr, entries);
        return;
      default:
    }
  }

  #binding(expr: ComprehensionExpr): Range {
    const known = this.#known;
    const before = addRanges(this.cost(expr.iterRange), this.cost(expr.accuInit));
    const outer = known.locals;
    known.locals = new Map(outer).set(expr.accuVar, known.localOf(expr.accuInit));
    const result = this.cost(expr.result);
    known.copy(expr, expr.result);
    known.locals = outer;
    return addRanges(before, result);
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

function united(ranges: readonly Range[]): Range {
  return ranges.length === 0 ? exactly(0) : ranges.reduce(uniteRanges);
}
