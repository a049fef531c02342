/** Optional values: the functions; `or` and `orValue` are evaluated without need of their argument. */
import type { Expr } from '../ast.ts';
import type { Library } from '../declarations.ts';
import { CelError, noSuchOverload } from '../errors.ts';
import { type ExprBuilder, type Macro, MacroError } from '../parser/macro.ts';
import { optionalType } from '../types.ts';
import {
  type CelList,
  Duration,
  isList,
  listOf,
  Optional,
  Timestamp,
  Uint,
  type Value,
} from '../values.ts';
import { declare, type Evaluate } from './signature.ts';

function onOptional(use: (optional: Optional) => Value): Evaluate {
  return ([value]) => {
    if (!(value instanceof Optional)) throw noSuchOverload();
    return use(value);
  };
}

/** The value of an optional, which must have one. */
export function valueOf(optional: Optional): Value {
  if (optional.value === undefined) throw new CelError('optional.none() dereference');
  return optional.value;
}

const special: Evaluate = () => {
  throw noSuchOverload();
};

/** Whether a value is the zero of its type: false, 0, '', empty, null. */
export function isZero(value: Value): boolean {
  switch (typeof value) {
    case 'string':
      return value === '';
    case 'boolean':
      return !value;
    case 'bigint':
      return value === 0n;
    case 'number':
      return value === 0;
    default:
      if (value === null) return true;
      if (value instanceof Uint) return value.value === 0n;
      if (value instanceof Uint8Array) return value.length === 0;
      if (value instanceof Duration) return value.nanos === 0n;
      // Go's zero time is the year 1, which no expression gets by accident.
      if (value instanceof Timestamp) return value.nanos === -62_135_596_800_000_000_000n;
      if (value.kind === 'list' || value.kind === 'map') return value.isZero ?? value.size === 0;
      return value.kind === 'object' && value.isZero === true;
  }
}

function atEnd(index: (list: CelList) => number): Evaluate {
  return ([list = null]) => {
    if (!isList(list)) throw noSuchOverload();
    return list.size === 0 ? Optional.none : Optional.of(list.get(index(list)));
  };
}

const unwrap: Evaluate = ([list = null]) => {
  if (!isList(list)) throw noSuchOverload();
  const values: Value[] = [];
  for (let index = 0; index < list.size; index += 1) {
    const item = list.get(index);
    if (!(item instanceof Optional)) throw noSuchOverload();
    if (item.value !== undefined) values.push(item.value);
  }
  return listOf(values);
};

/** `optional.map(x, f(x))`, wrapped once more where `f` gives no optional. */
function mapping(name: string, wraps: boolean): Macro {
  return {
    name,
    receiver: true,
    argCount: 2,
    expand(build, target, [variable, body]) {
      if (variable?.kind !== 'ident') {
        throw new MacroError(`${name}() variable name must be a simple identifier`, variable);
      }
      if (target === undefined || body === undefined) return undefined;
      const has = build.memberCall('hasValue', target);
      const value = build.memberCall('value', build.copy(target));
      const bound = bind(build, variable.name, value, body);
      const mapped = wraps ? build.call('optional.of', bound) : bound;
      return build.call('_?_:_', has, mapped, build.call('optional.none'));
    },
  };
}

/** A loop over nothing: its accumulator is a local variable of its result. */
export function bind(build: ExprBuilder, name: string, value: Expr, body: Expr): Expr {
  return build.comprehension({
    range: build.list(),
    variable: '#unused',
    accu: name,
    init: value,
    condition: build.literal(false),
    step: build.ident(name),
    result: body,
  });
}

/** Optional types: the syntax comes with this library. */
export const optionals: Library = {
  name: 'cel.lib.optional',
  types: [optionalType({ kind: 'dyn' })],
  macros: [mapping('optMap', true), mapping('optFlatMap', false)],
  functions: [
    declare('optional.of', ([value = null]) => Optional.of(value), 'optional_of(V) optional(V)'),
    declare(
      'optional.ofNonZeroValue',
      ([value = null]) => (isZero(value) ? Optional.none : Optional.of(value)),
      'optional_ofNonZeroValue(V) optional(V)',
    ),
    declare('optional.none', () => Optional.none, 'optional_none() optional(V)'),
    declare('value', onOptional(valueOf), 'optional_value.(optional(V)) V'),
    declare(
      'hasValue',
      onOptional((optional) => optional.value !== undefined),
      'optional_hasValue.(optional(V)) bool',
    ),
    declare('or', special, 'optional_or_optional.(optional(V), optional(V)) optional(V)'),
    declare('orValue', special, 'optional_orValue_value.(optional(V), V) V'),
    declare('_?._', special, 'select_optional_field(dyn, string) optional(V)'),
    declare(
      '_[?_]',
      special,
      'list_optindex_optional_int(list(V), int) optional(V)',
      'optional_list_optindex_optional_int(optional(list(V)), int) optional(V)',
      'map_optindex_optional_value(map(K, V), K) optional(V)',
      'optional_map_optindex_optional_value(optional(map(K, V)), K) optional(V)',
    ),
    declare(
      '_[_]',
      special,
      'optional_list_index_int(optional(list(V)), int) optional(V)',
      'optional_map_index_value(optional(map(K, V)), K) optional(V)',
    ),
    declare(
      'last',
      atEnd((list) => list.size - 1),
      'list_last.(list(V)) optional(V)',
    ),
    declare(
      'first',
      atEnd(() => 0),
      'list_first.(list(V)) optional(V)',
    ),
    declare('optional.unwrap', unwrap, 'optional_unwrap(list(optional(V))) list(V)'),
    declare('unwrapOpt', unwrap, 'optional_unwrapOpt.(list(optional(V))) list(V)'),
  ],
};
