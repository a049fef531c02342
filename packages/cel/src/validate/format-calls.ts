/** Calls of `format` on a literal with a literal list: the clauses must go with the arguments. */
import { allPartsOf, type CallExpr, type Expr } from '../ast.ts';
import type { CheckedTree, Problem, Validator } from '../declarations.ts';
import { CelError } from '../errors.ts';
import { type Clause, interpolate } from '../library/format-clauses.ts';
import { clauseProblem } from '../library/format-text.ts';
import { dynType, type Type, typeName } from '../types.ts';

/** Finds clauses that cannot be filled, and arguments too many. */
export const findFormatMistakes: Validator = function* find(checked) {
  for (const part of allPartsOf(checked.expr)) {
    if (part.kind !== 'call' || part.name !== 'format') continue;
    const problem = mistakeIn(part, checked);
    if (problem !== undefined) yield problem;
  }
};

function mistakeIn({ id, target, args }: CallExpr, checked: CheckedTree): Problem | undefined {
  const [list] = args;
  if (target?.kind !== 'literal' || typeof target.value !== 'string') return undefined;
  if (list?.kind !== 'list') return undefined;
  const { elements } = list;
  let used = 0;
  try {
    interpolate(target.value, {
      size: elements.length,
      request() {
        used += 1;
      },
      format(index, clause) {
        const element = elements[index];
        if (element !== undefined) checkArgument(element, clause, checked);
        return '';
      },
    });
  } catch (error) {
    if (!(error instanceof CelError)) throw error;
    return { message: error.message, at: error.at ?? id };
  }
  if (elements.length <= used) return undefined;
  const counts = `(expected ${used}, got ${elements.length})`;
  return { message: `too many arguments supplied to string.format ${counts}`, at: id };
}

type Kinds = ReadonlySet<Type['kind']>;

const kinds = (...names: readonly Type['kind'][]): Kinds => new Set(names);
const integers = kinds('int', 'uint');
const doubles = kinds('double', 'string');
const digits = kinds('int', 'uint', 'string', 'bytes');

/** What a clause prints. A text may be the name of a double that no literal writes. */
const printable: Readonly<Record<Clause['letter'], Kinds>> = {
  s: kinds(
    ...(['list', 'map', 'int', 'uint', 'double', 'bool', 'string'] as const),
    ...(['timestamp', 'bytes', 'duration', 'type', 'null'] as const),
  ),
  d: integers,
  f: doubles,
  e: doubles,
  b: kinds('int', 'uint', 'bool'),
  o: integers,
  x: digits,
  X: digits,
};

/** Also looks into lists and maps that are written out, where the clause is `%s`. */
function checkArgument(arg: Expr, clause: Clause, checked: CheckedTree): void {
  const type = checked.types.get(arg.id) ?? dynType;
  const { kind } = type.kind === 'wrapper' ? type.of : type;
  if (kind !== 'dyn' && !printable[clause.letter].has(kind)) {
    throw new CelError(`${clauseProblem[clause.letter]}, was given ${typeName(type)}`, arg.id);
  }
  if (clause.letter !== 's') return;
  const parts =
    arg.kind === 'list'
      ? arg.elements
      : arg.kind === 'map'
        ? arg.entries.flatMap(({ key, value }) => [key, value])
        : [];
  for (const part of parts) checkArgument(part, clause, checked);
}
