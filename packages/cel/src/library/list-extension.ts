/** Lists, as cel-go's extension has them at the version that Kubernetes enables (3). */
import type { Library, Overload, OverloadCost } from '../declarations.ts';
import { CelError, CostLimitExceeded, noSuchOverload } from '../errors.ts';
import { equalValues } from '../evaluate/compare.ts';
import { bind } from '../functions/optionals.ts';
import { standardMacros } from '../macros/standard.ts';
import { type ExprBuilder, type Macro, MacroError } from '../parser/macro.ts';
import type { Expr } from '../ast.ts';
import {
  bytesType,
  boolType,
  doubleType,
  durationType,
  dynType,
  intType,
  listType,
  paramType,
  stringType,
  timestampType,
  type Type,
  typeName,
  uintType,
} from '../types.ts';
import {
  type CelList,
  elementsOf,
  isList,
  kindOf,
  listOf,
  typeNameOf,
  type Value,
} from '../values.ts';
import {
  distinctCost,
  flattenCost,
  rangeCost,
  reverseCost,
  sliceCost,
  sortCost,
} from './list-costs.ts';
import { asList, isOrdered, orderOf } from './list-order.ts';
import { global, member } from './overloads.ts';

const T = paramType('T');
const list = listType(T);

function intOf(value: Value | undefined): bigint {
  if (typeof value !== 'bigint') throw noSuchOverload();
  return value;
}

function slice(items: CelList, start: bigint, end: bigint): Value {
  const from = `cannot slice(${start}, ${end})`;
  if (start < 0n || end < 0n) throw new CelError(`${from}, negative indexes not supported`);
  if (start > end) {
    throw new CelError(`${from}, start index must be less than or equal to end index`);
  }
  if (items.size < end) throw new CelError(`${from}, list is length ${items.size}`);
  return listOf([...elementsOf(items)].slice(Number(start), Number(end)));
}

function flatten(items: CelList, depth: number): readonly Value[] {
  return [...elementsOf(items)].flatMap((each) =>
    each !== null && isList(each) && depth > 0 ? flatten(each, depth - 1) : [each],
  );
}

function flattenTo(items: CelList, depth: bigint): Value {
  if (depth < 0n) throw new CelError('level must be non-negative');
  return listOf(flatten(items, Number(depth)));
}

function distinct(items: CelList): Value {
  const seen: Value[] = [];
  for (const each of elementsOf(items)) {
    if (!seen.some((known) => equalValues(known, each))) seen.push(each);
  }
  return listOf(seen);
}

function sortByKeys(items: CelList, keys: CelList): Value {
  if (items.size !== keys.size) {
    throw new CelError(
      '@sortByAssociatedKeys() expected a list of the same size as the associated keys list, ' +
        `but got ${items.size} and ${keys.size} elements respectively`,
    );
  }
  if (items.size === 0) return items;
  const first = keys.get(0);
  if (!isOrdered(first)) throw new CelError('list elements must be comparable');
  const pairs = Array.from(elementsOf(items), (item, index) => ({ item, key: keys.get(index) }));
  if (pairs.some(({ key }) => kindOf(key) !== kindOf(first))) {
    throw new CelError('list elements must have the same type');
  }
  return listOf(pairs.toSorted((a, b) => orderOf(a.key, b.key)).map(({ item }) => item));
}

/** No budget is larger: whoever asks for more has spent it. */
const rangeMax = 10_000_000;

/** Its numbers are made when they are looked at. */
function range(count: bigint): Value {
  if (count > rangeMax) throw new CostLimitExceeded();
  return { kind: 'list', size: Math.max(Number(count), 0), get: (index) => BigInt(index) };
}

const sortable: readonly Type[] = [
  intType,
  uintType,
  doubleType,
  boolType,
  durationType,
  timestampType,
  stringType,
  bytesType,
];

/** Where the list to be sorted is kept: a name that no expression can write. */
const sortInput = '@__sortBy_input__';

const sortBy: Macro = {
  name: 'sortBy',
  receiver: true,
  argCount: 2,
  expand: (build, target, args) => expandSortBy(build, target, args),
};

/** Sorts by the list of keys that `map` makes of the elements. */
function expandSortBy(
  build: ExprBuilder,
  target: Expr | undefined,
  args: readonly Expr[],
): Expr | undefined {
  if (target === undefined) return undefined;
  if (!['list', 'select', 'ident', 'comprehension', 'call'].includes(target.kind)) {
    const allowed = 'a list, identifier, comprehension, call or select expression';
    throw new MacroError(`sortBy can only be applied to ${allowed}`, target);
  }
  const map = standardMacros.find((macro) => macro.name === 'map' && macro.argCount === 2);
  const keys = map?.expand(build, build.ident(sortInput), args);
  if (keys === undefined) return undefined;
  const sorted = build.memberCall('@sortByAssociatedKeys', build.ident(sortInput), keys);
  return bind(build, sortInput, target, sorted);
}

type Use = (items: CelList, args: readonly Value[]) => Value;

/** What a function of lists does; `refused` words what is said to a receiver that is none. */
interface ListFunction {
  readonly use: Use;
  readonly cost: OverloadCost;
  readonly refused?: (args: readonly Value[]) => string;
}

function onList(
  id: string,
  args: readonly Type[],
  result: Type,
  { use, cost, refused }: ListFunction,
): Overload {
  const evaluate = (values: readonly Value[]): Value => {
    const [items = null, ...others] = values;
    if (refused !== undefined && !isList(items)) {
      throw new CelError(`no such overload: ${refused(values)}`);
    }
    return use(asList(items), others);
  };
  const overload = member(id, args, result, { evaluate, cost });
  return refused === undefined ? overload : { ...overload, unguarded: true };
}

function flattenCall([list = null, ...depth]: readonly Value[]): string {
  return `${typeNameOf(list)}.flatten(${depth.map(typeNameOf).join(', ')})`;
}

const slicing = onList('list_slice', [list, intType, intType], list, {
  use: (items, [start, end]) => slice(items, intOf(start), intOf(end)),
  cost: sliceCost,
});
const flattening = [
  onList('list_flatten', [listType(list)], list, {
    use: (items) => flattenTo(items, 1n),
    cost: flattenCost,
    refused: flattenCall,
  }),
  onList('list_flatten_int', [listType(dynType), intType], listType(dynType), {
    use: (items, [depth]) => flattenTo(items, intOf(depth)),
    cost: flattenCost,
    refused: flattenCall,
  }),
];
const sorting = sortable.map((type) =>
  onList(`list_${typeName(type)}_sort`, [listType(type)], listType(type), {
    use: (items) => sortByKeys(items, items),
    cost: sortCost(type.kind, 'elements'),
    refused: () => 'sort',
  }),
);
const sortingByKeys = sortable.map((type) =>
  onList(`list_${typeName(type)}_sortByAssociatedKeys`, [list, listType(type)], list, {
    use: (items, [keys]) => sortByKeys(items, asList(keys)),
    cost: sortCost(type.kind, 'keys'),
    refused: () => '@sortByAssociatedKeys',
  }),
);
const distinguishing = onList('list_distinct', [list], list, {
  use: distinct,
  cost: distinctCost,
});
const reversing = onList('list_reverse', [list], list, {
  use: (items) => listOf([...elementsOf(items)].toReversed()),
  cost: reverseCost,
});
const counting = global('lists_range', [intType], listType(intType), {
  evaluate: ([count]) => range(intOf(count)),
  cost: rangeCost,
});

export const listExtension: Library = {
  name: 'cel.lib.ext.lists',
  macros: [sortBy],
  functions: [
    { name: 'slice', overloads: [slicing] },
    { name: 'flatten', overloads: flattening },
    { name: 'sort', overloads: sorting },
    { name: '@sortByAssociatedKeys', overloads: sortingByKeys },
    { name: 'distinct', overloads: [distinguishing] },
    { name: 'reverse', overloads: [reversing] },
    { name: 'lists.range', overloads: [counting] },
  ],
};
