/** Makes nodes: gives them ids and remembers where they came from. */
import type { CallExpr, Expr, MapEntry } from '../ast.ts';
import type { Value } from '../values.ts';
import type { ExprBuilder, Loop } from './macro.ts';

/** The accumulator of macros: a name that no expression can write. */
export const accumulator = '@result';

/** Ids and positions of one expression. */
export class NodeIds {
  /** Offsets into the text by id. */
  readonly offsets: (number | undefined)[] = [undefined];

  /** A new id for what stands at an offset. */
  next(offset: number | undefined): number {
    this.offsets.push(offset);
    return this.offsets.length - 1;
  }
}

/** A builder whose nodes all stand at one place. */
export function builderAt(ids: NodeIds, offset: number | undefined): ExprBuilder {
  const id = (): number => ids.next(offset);
  const call = (name: string, target: Expr | undefined, args: readonly Expr[]): CallExpr => ({
    kind: 'call',
    id: id(),
    target,
    name,
    args,
  });
  return {
    accu: accumulator,
    literal: (value: Value) => ({ kind: 'literal', id: id(), value }),
    ident: (name) => ({ kind: 'ident', id: id(), name }),
    call: (name, ...args) => call(name, undefined, args),
    memberCall: (name, target, ...args) => call(name, target, args),
    select: (operand, field) => ({ kind: 'select', id: id(), operand, field, test: false }),
    presence: (operand, field) => ({ kind: 'select', id: id(), operand, field, test: true }),
    list: (...elements) => ({ kind: 'list', id: id(), elements, optionals: [] }),
    map: (...entries) => ({
      kind: 'map',
      id: id(),
      entries: entries.map((entry): MapEntry => ({ id: id(), ...entry })),
    }),
    comprehension: (loop) => comprehension(id(), loop),
    copy: (expr) => copyExpr(expr, id),
  };
}

function comprehension(id: number, loop: Loop): Expr {
  return {
    kind: 'comprehension',
    id,
    iterRange: loop.range,
    iterVar: loop.variable,
    iterVar2: loop.variable2,
    accuVar: loop.accu ?? accumulator,
    accuInit: loop.init,
    loopCondition: loop.condition,
    loopStep: loop.step,
    result: loop.result,
  };
}

/** The same tree under new ids. */
function copyExpr(expr: Expr, newId: () => number): Expr {
  const copy = (inner: Expr): Expr => copyExpr(inner, newId);
  const id = newId();
  switch (expr.kind) {
    case 'literal':
    case 'ident':
      return { ...expr, id };
    case 'select':
      return { ...expr, id, operand: copy(expr.operand) };
    case 'call': {
      const target = expr.target === undefined ? undefined : copy(expr.target);
      return { ...expr, id, target, args: expr.args.map(copy) };
    }
    case 'list':
      return { ...expr, id, elements: expr.elements.map(copy) };
    case 'map': {
      const entries = expr.entries.map((entry) => ({
        ...entry,
        id: newId(),
        key: copy(entry.key),
        value: copy(entry.value),
      }));
      return { ...expr, id, entries };
    }
    case 'struct': {
      const fields = expr.fields.map((field) => ({
        ...field,
        id: newId(),
        value: copy(field.value),
      }));
      return { ...expr, id, fields };
    }
    case 'comprehension':
      return {
        ...expr,
        id,
        iterRange: copy(expr.iterRange),
        accuInit: copy(expr.accuInit),
        loopCondition: copy(expr.loopCondition),
        loopStep: copy(expr.loopStep),
        result: copy(expr.result),
      };
  }
}
