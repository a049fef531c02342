/** Which variables an expression uses, and which of their fields. */
import { type Expr, partsOf } from './ast.ts';
import type { Declarations } from './checker/scope.ts';

/** What an expression depends on. */
export interface References {
  readonly variables: ReadonlySet<string>;
  /** Variable and field names as far as they are written out: `object.spec.replicas`. */
  readonly fields: readonly (readonly string[])[];
  /** Functions and operators, by their full name. */
  readonly functions: ReadonlySet<string>;
}

/** Looks through a checked tree. */
export function references(expr: Expr, declarations: Declarations): References {
  const variables = new Set<string>();
  const functions = new Set<string>();
  const fields: (readonly string[])[] = [];
  const visit = (node: Expr, locals: ReadonlySet<string>): void => {
    if (node.kind === 'call') functions.add(node.name);
    const path = pathOf(node, locals, declarations);
    if (path !== undefined) {
      variables.add(path[0]);
      fields.push(path);
      return;
    }
    if (node.kind !== 'comprehension') {
      for (const part of partsOf(node)) visit(part, locals);
      return;
    }
    visit(node.iterRange, locals);
    visit(node.accuInit, locals);
    const inner = new Set([...locals, node.accuVar, node.iterVar, node.iterVar2 ?? node.iterVar]);
    visit(node.loopCondition, inner);
    visit(node.loopStep, inner);
    visit(node.result, new Set([...locals, node.accuVar]));
  };
  visit(expr, new Set());
  return { variables, fields, functions };
}

/** The names from a global variable down; undefined if the node is nothing but such names. */
function pathOf(
  expr: Expr,
  locals: ReadonlySet<string>,
  declarations: Declarations,
): readonly [string, ...string[]] | undefined {
  if (expr.kind === 'ident') {
    const name = expr.name.replace(/^\./, '');
    const isGlobal = !locals.has(expr.name) && declarations.variables.has(name);
    return isGlobal ? [name] : undefined;
  }
  if (expr.kind === 'select') {
    const operand = pathOf(expr.operand, locals, declarations);
    return operand === undefined ? undefined : [...operand, expr.field];
  }
  const [operand, field] = expr.kind === 'call' && expr.name === '_?._' ? expr.args : [];
  if (operand === undefined || field?.kind !== 'literal') return undefined;
  if (typeof field.value !== 'string') return undefined;
  const path = pathOf(operand, locals, declarations);
  return path === undefined ? undefined : [...path, field.value];
}
