/**
 * Lists and maps whose items differ in type are refused where they are written out.
 *
 * Not in arguments of `format`, which are of any types by nature. An item of dynamic type differs, too.
 */
import type { Expr, ListExpr, MapExpr } from '../ast.ts';
import { partsOf } from '../ast.ts';
import type { CheckedTree, Problem, Validator } from '../declarations.ts';
import { dynType, formatType, isOptionalType, type Type, typesEqual } from '../types.ts';

const exempt = 'format';

/** Finds what does not go with the first item. */
export const findMixedLiterals: Validator = (checked) => findIn(checked.expr, checked);

function* findIn(expr: Expr, checked: CheckedTree): Iterable<Problem> {
  if (expr.kind === 'call' && expr.name === exempt) return;
  for (const part of partsOf(expr)) yield* findIn(part, checked);
  if (expr.kind === 'list') yield* inList(expr, checked);
  if (expr.kind === 'map') yield* inMap(expr, checked);
}

/** Only the first one that differs is told. */
function* inList(expr: ListExpr, checked: CheckedTree): Iterable<Problem> {
  const items = expr.elements.map((element, index) =>
    itemOf(element, checked, expr.optionals.includes(index)),
  );
  yield* differing(items).slice(0, 1);
}

function* inMap({ entries }: MapExpr, checked: CheckedTree): Iterable<Problem> {
  yield* differing(entries.map(({ key }) => itemOf(key, checked, false)));
  yield* differing(entries.map(({ value, optional }) => itemOf(value, checked, optional)));
}

interface Item {
  readonly id: number;
  readonly type: Type;
}

function itemOf({ id }: Expr, checked: CheckedTree, optional: boolean): Item {
  const type = checked.types.get(id) ?? dynType;
  if (!optional || !isOptionalType(type)) return { id, type };
  return { id, type: type.parameters[0] ?? dynType };
}

function differing([first, ...others]: readonly Item[]): readonly Problem[] {
  if (first === undefined) return [];
  return others
    .filter(({ type }) => !typesEqual(first.type, type))
    .map(({ id, type }) => ({
      message: `expected type '${formatType(first.type)}' but found '${formatType(type)}'`,
      at: id,
    }));
}
