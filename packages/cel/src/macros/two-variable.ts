/** Macros over index and element, or key and value: `m.all(k, v, ...)`, `transformList` and its kind. */
import type { Expr } from '../ast.ts';
import type { Library } from '../declarations.ts';
import { CelError, noSuchOverload } from '../errors.ts';
import { valueText } from '../evaluate/text.ts';
import { declare, type Evaluate } from '../functions/signature.ts';
import { type ExprBuilder, type Loop, type Macro, MacroError } from '../parser/macro.ts';
import { type CelMap, isMap, mapOf, type Value } from '../values.ts';
import { all, collect, exists, existsOne, type Quantifier, variableName } from './standard.ts';

type Body = Pick<Loop, 'init' | 'condition' | 'step' | 'result'>;

interface Variables {
  readonly variable: string;
  readonly variable2: string;
}

function variables(build: ExprBuilder, [first, second]: readonly Expr[]): Variables {
  const message = 'argument must be a simple name';
  if (first?.kind !== 'ident') throw new MacroError(message, first);
  if (second?.kind !== 'ident') throw new MacroError(message, second);
  if (first.name === second.name) {
    throw new MacroError(`duplicate variable name: ${first.name}`, second);
  }
  return {
    variable: variableName(build, first, message),
    variable2: variableName(build, second, message),
  };
}

function quantifier(name: string, body: Quantifier): Macro {
  return {
    name,
    receiver: true,
    argCount: 3,
    expand(build, target, args) {
      const names = variables(build, args);
      const predicate = args[2];
      if (target === undefined || predicate === undefined) return undefined;
      return build.comprehension({ range: target, ...names, ...body(build, predicate) });
    },
  };
}

/** With three arguments everything is transformed, with four what passes the third. */
function transformation(
  name: string,
  body: (build: ExprBuilder, key: string, element: Expr, filter: Expr | undefined) => Body,
): readonly Macro[] {
  return [3, 4].map((argCount) => ({
    name,
    receiver: true,
    argCount,
    expand(build, target, args) {
      const names = variables(build, args);
      const element = args.at(-1);
      if (target === undefined || element === undefined) return undefined;
      const filter = argCount === 4 ? args[2] : undefined;
      const parts = body(build, names.variable, element, filter);
      return build.comprehension({ range: target, ...names, ...parts });
    },
  }));
}

function insertInto(build: ExprBuilder, filter: Expr | undefined, ...what: readonly Expr[]): Body {
  const accu = (): Expr => build.ident(build.accu);
  const more = build.call('cel.@mapInsert', accu(), ...what);
  return {
    init: build.map(),
    condition: build.literal(true),
    step: filter === undefined ? more : build.call('_?_:_', filter, more, accu()),
    result: accu(),
  };
}

const insert: Evaluate = ([map = null, key = null, value]) => {
  if (!isMap(map)) throw noSuchOverload();
  if (value !== undefined) return inserted(map, key, value);
  if (!isMap(key)) throw noSuchOverload();
  let result: CelMap = map;
  for (const each of key.keys()) result = inserted(result, each, key.get(each) ?? null);
  return result;
};

function inserted(map: CelMap, key: Value, value: Value): CelMap {
  if (map.get(key) !== undefined) {
    throw new CelError(`insert failed: key ${valueText(key)} already exists`);
  }
  const entries: [Value, Value][] = [];
  for (const each of map.keys()) entries.push([each, map.get(each) ?? null]);
  return mapOf([...entries, [key, value]]);
}

/** Comprehensions with two variables. */
export const twoVariableComprehensions: Library = {
  name: 'cel.lib.ext.comprev2',
  macros: [
    quantifier('all', all),
    quantifier('exists', exists),
    quantifier('existsOne', existsOne),
    quantifier('exists_one', existsOne),
    ...transformation('transformList', (build, _, element, filter) =>
      collect(build, element, filter),
    ),
    ...transformation('transformMap', (build, key, element, filter) =>
      insertInto(build, filter, build.ident(key), element),
    ),
    ...transformation('transformMapEntry', (build, _, element, filter) =>
      insertInto(build, filter, element),
    ),
  ],
  functions: [
    declare(
      'cel.@mapInsert',
      insert,
      '@mapInsert_map_key_value(map(K, V), K, V) map(K, V)',
      '@mapInsert_map_map(map(K, V), map(K, V)) map(K, V)',
    ),
  ],
};
