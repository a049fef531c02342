/** The macros every environment has: has, all, exists, exists_one, map, filter. */
import type { Expr } from '../ast.ts';
import { type ExprBuilder, type Loop, type Macro, MacroError } from '../parser/macro.ts';

/** CEL's own macros. */
export const standardMacros: readonly Macro[] = [
  { name: 'has', receiver: false, argCount: 1, expand: expandHas },
  quantifier('all', all),
  quantifier('exists', exists),
  quantifier('exists_one', existsOne),
  quantifier('existsOne', existsOne),
  { name: 'map', receiver: true, argCount: 2, expand: expandMap },
  { name: 'map', receiver: true, argCount: 3, expand: expandMap },
  { name: 'filter', receiver: true, argCount: 2, expand: expandFilter },
];

/** What a quantifier does with its predicate. */
export type Quantifier = (build: ExprBuilder, predicate: Expr) => LoopBody;

type LoopBody = Pick<Loop, 'init' | 'condition' | 'step' | 'result'>;

/** True unless the predicate is false for one. */
export function all(build: ExprBuilder, predicate: Expr): LoopBody {
  return {
    init: build.literal(true),
    condition: build.call('@not_strictly_false', accu(build)),
    step: build.call('_&&_', accu(build), predicate),
    result: accu(build),
  };
}

/** True if the predicate is true for one. */
export function exists(build: ExprBuilder, predicate: Expr): LoopBody {
  return {
    init: build.literal(false),
    condition: build.call('@not_strictly_false', build.call('!_', accu(build))),
    step: build.call('_||_', accu(build), predicate),
    result: accu(build),
  };
}

/** True if the predicate is true for exactly one. */
export function existsOne(build: ExprBuilder, predicate: Expr): LoopBody {
  const more = build.call('_+_', accu(build), build.literal(1n));
  return {
    init: build.literal(0n),
    condition: build.literal(true),
    step: build.call('_?_:_', predicate, more, accu(build)),
    result: build.call('_==_', accu(build), build.literal(1n)),
  };
}

/** Builds a list: adds an element for every round that passes the filter. */
export function collect(build: ExprBuilder, element: Expr, filter: Expr | undefined): LoopBody {
  const longer = build.call('_+_', accu(build), build.list(element));
  return {
    init: build.list(),
    condition: build.literal(true),
    step: filter === undefined ? longer : build.call('_?_:_', filter, longer, accu(build)),
    result: accu(build),
  };
}

/** The name a loop's variable has; throws if the argument is no name. */
export function variableName(build: ExprBuilder, arg: Expr | undefined, message: string): string {
  if (arg?.kind !== 'ident') throw new MacroError(message, arg);
  if (arg.name === build.accu || arg.name === '__result__') {
    throw new MacroError('iteration variable overwrites accumulator variable', arg);
  }
  return arg.name;
}

const accu = (build: ExprBuilder): Expr => build.ident(build.accu);

function quantifier(name: string, body: Quantifier): Macro {
  return {
    name,
    receiver: true,
    argCount: 2,
    expand(build, target, [arg, predicate]) {
      const variable = variableName(build, arg, 'argument must be a simple name');
      if (target === undefined || predicate === undefined) return undefined;
      return build.comprehension({ range: target, variable, ...body(build, predicate) });
    },
  };
}

function expandHas(build: ExprBuilder, _: Expr | undefined, [arg]: readonly Expr[]): Expr {
  if (arg?.kind !== 'select') throw new MacroError('invalid argument to has() macro', arg);
  return build.presence(arg.operand, arg.field);
}

function expandMap(
  build: ExprBuilder,
  target: Expr | undefined,
  args: readonly Expr[],
): Expr | undefined {
  const variable = variableName(build, args[0], 'argument is not an identifier');
  const element = args.at(-1);
  if (target === undefined || element === undefined) return undefined;
  const filter = args.length === 3 ? args[1] : undefined;
  return build.comprehension({ range: target, variable, ...collect(build, element, filter) });
}

function expandFilter(
  build: ExprBuilder,
  target: Expr | undefined,
  [name, filter]: readonly Expr[],
): Expr | undefined {
  const variable = variableName(build, name, 'argument is not an identifier');
  if (target === undefined || name === undefined) return undefined;
  return build.comprehension({ range: target, variable, ...collect(build, name, filter) });
}
