/**
 * A checked tree to functions.
 *
 * What cannot change from one evaluation to the next is computed here: lists and maps of literals,
 * conversions of literals. Those then cost nothing, as upstream's optimizer has it.
 */
import {
  type CallExpr,
  type ComprehensionExpr,
  type Expr,
  isBinding,
  type MapExpr,
  type StructExpr,
} from '../ast.ts';
import type { ActualCost } from '../cost/actual.ts';
import type { Checked } from '../checker/findings.ts';
import type { Declarations } from '../checker/scope.ts';
import { isIn } from '../functions/collections.ts';
import { dynType } from '../types.ts';
import { isList, isMap, mapKey, TypeValue } from '../values.ts';
import {
  boundNode,
  fieldNode,
  indexNode,
  localNode,
  presenceNode,
  variableNode,
} from './attributes.ts';
import { callNode, conditionalNode, logicalNode, notStrictlyFalseNode, orNode } from './calls.ts';
import { bindingNode, loopNode } from './comprehension.ts';
import { valueText } from './text.ts';
import { listNode, mapNode, runOnce, structNode } from './constructors.ts';
import { constantNode, isFixed, type Node } from './node.ts';

/** A compiled expression, and how many local variables it needs. */
export interface Compiled {
  readonly node: Node;
  readonly slots: number;
}

/** Compiles; throws CelError when a literal cannot be converted as the expression asks. */
export function compile(
  checked: Checked,
  declarations: Declarations,
  equalityCosts: ReadonlyMap<string, ActualCost>,
): Compiled {
  const compiler = new Compiler(checked, declarations, equalityCosts);
  const node = compiler.compile(checked.expr, new Map());
  return { node, slots: compiler.slots };
}

/** How the local variables in sight are read. */
type Locals = ReadonlyMap<string, Node>;

const conversions = new Set(
  'bool bytes double dyn duration int string timestamp type uint'.split(' '),
);

class Compiler {
  slots = 0;
  readonly #checked: Checked;
  readonly #declarations: Declarations;
  readonly #equalityCosts: ReadonlyMap<string, ActualCost>;

  constructor(
    checked: Checked,
    declarations: Declarations,
    equalityCosts: ReadonlyMap<string, ActualCost>,
  ) {
    this.#checked = checked;
    this.#declarations = declarations;
    this.#equalityCosts = equalityCosts;
  }

  compile(expr: Expr, locals: Locals): Node {
    switch (expr.kind) {
      case 'literal':
        return constantNode(expr.value);
      case 'ident':
        return this.#ident(expr.name, locals);
      case 'select': {
        const operand = this.compile(expr.operand, locals);
        return expr.test
          ? presenceNode(operand, expr.field)
          : fieldNode(operand, expr.field, false);
      }
      case 'call':
        return this.#call(expr, locals);
      case 'list':
        return this.#list(expr, locals);
      case 'map':
        return this.#map(expr, locals);
      case 'struct':
        return this.#struct(expr, locals);
      case 'comprehension':
        return this.#comprehension(expr, locals);
    }
  }

  #ident(name: string, locals: Locals): Node {
    const local = locals.get(name);
    if (local !== undefined) return local;
    const global = name.startsWith('.') ? name.slice(1) : name;
    if (this.#declarations.variables.has(global)) return variableNode(global);
    const constant = this.#declarations.constants.get(global);
    if (constant !== undefined) return constantNode(constant.value);
    const type =
      this.#declarations.types.get(global) ?? this.#declarations.provider.findType(global);
    return type === undefined ? variableNode(global) : constantNode(new TypeValue(type));
  }

  #call(expr: CallExpr, locals: Locals): Node {
    const parts = expr.target === undefined ? expr.args : [expr.target, ...expr.args];
    const args = parts.map((part) => this.compile(part, locals));
    const [first, second, third] = args;
    if (first === undefined) return this.#plainCall(expr, parts, args);
    switch (expr.name) {
      case '_&&_':
        return logicalNode(args, false);
      case '_||_':
        return logicalNode(args, true);
      case '@not_strictly_false':
        return notStrictlyFalseNode(first);
    }
    if (second === undefined) return this.#plainCall(expr, parts, args);
    switch (expr.name) {
      case '_?_:_':
        return third === undefined
          ? this.#plainCall(expr, parts, args)
          : conditionalNode(first, second, third);
      case '_[_]':
        return indexNode(first, second, false);
      case '_[?_]':
        return indexNode(first, second, true);
      case '_?._':
        return fieldNode(first, valueText(second.constant ?? ''), true);
      case 'or':
      case 'orValue':
        if (expr.target !== undefined) return orNode(first, second, expr.name === 'orValue');
        break;
      case '@in':
        return membershipNode(first, second) ?? this.#plainCall(expr, parts, args);
    }
    return this.#plainCall(expr, parts, args);
  }

  #plainCall(expr: CallExpr, parts: readonly Expr[], args: readonly Node[]): Node {
    const node = callNode({
      name: expr.name,
      args,
      types: parts.map((part) => this.#checked.types.get(part.id) ?? dynType),
      overloads: this.#checked.overloads.get(expr.id) ?? [],
      equalityCosts: this.#equalityCosts,
    });
    const foldable = conversions.has(expr.name) && args.length === 1;
    return foldable && args.every(isFixed) ? constantNode(runOnce(node)) : node;
  }

  #list(expr: Extract<Expr, { kind: 'list' }>, locals: Locals): Node {
    const elements = expr.elements.map((element) => this.compile(element, locals));
    return listNode(elements, new Set(expr.optionals));
  }

  #map(expr: MapExpr, locals: Locals): Node {
    const entries = expr.entries.map((entry) => ({
      key: this.compile(entry.key, locals),
      value: this.compile(entry.value, locals),
      optional: entry.optional,
    }));
    return mapNode(entries);
  }

  #struct(expr: StructExpr, locals: Locals): Node {
    const fields = expr.fields.map(({ name, value, optional }) => ({
      name,
      node: this.compile(value, locals),
      optional,
    }));
    return structNode(expr.typeName, fields, this.#declarations.provider);
  }

  #comprehension(expr: ComprehensionExpr, locals: Locals): Node {
    if (isBinding(expr)) return this.#binding(expr, locals);
    const [accuSlot, slot] = [this.#newSlot(), this.#newSlot()];
    const slot2 = expr.iterVar2 === undefined ? undefined : this.#newSlot();
    const withAccu = new Map(locals).set(expr.accuVar, localNode(accuSlot));
    const inner = new Map(withAccu).set(expr.iterVar, localNode(slot));
    if (expr.iterVar2 !== undefined && slot2 !== undefined) {
      inner.set(expr.iterVar2, localNode(slot2));
    }
    return loopNode({
      range: this.compile(expr.iterRange, locals),
      accuInit: this.compile(expr.accuInit, locals),
      condition: this.compile(expr.loopCondition, inner),
      step: this.compile(expr.loopStep, inner),
      result: this.compile(expr.result, withAccu),
      accuSlot,
      slot,
      slot2,
    });
  }

  #binding(expr: ComprehensionExpr, locals: Locals): Node {
    const slot = this.#newSlot();
    const variable = boundNode(slot, this.compile(expr.accuInit, locals));
    const result = this.compile(expr.result, new Map(locals).set(expr.accuVar, variable));
    return bindingNode(slot, result);
  }

  #newSlot(): number {
    this.slots += 1;
    return this.slots - 1;
  }
}

/** `x in [literals]` is a look into a set, which costs nothing; undefined when it is not that. */
function membershipNode(value: Node, container: Node): Node | undefined {
  const list = container.constant;
  if (list === undefined || isMap(list) || !isList(list)) return undefined;
  if (list.size === 0) return constantNode(false);
  for (let index = 0; index < list.size; index += 1) {
    const item = list.get(index);
    if (item === null || mapKey(item) === undefined) return undefined;
  }
  return { run: (frame) => isIn(value.run(frame), list) };
}
