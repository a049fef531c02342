/** Lists, as cel-go's extension has them at the version that Kubernetes enables (3). */
import type { Library, OverloadCost } from '../declarations.ts';
import {
  addRanges,
  exactly,
  multiplyRanges,
  type Range,
  scaleRange,
  unknownRange,
} from '../cost/range.ts';
import { CelError, CostLimitExceeded, noSuchOverload } from '../errors.ts';
import { compareValues, equalValues } from '../evaluate/compare.ts';
import { standardMacros } from '../macros/standard.ts';
import { type ExprBuilder, type Macro, MacroError } from '../parser/macro.ts';
import type { Expr } from '../ast.ts';
import { dynType, intType, listType, paramType, type Type } from '../types.ts';
import { type CelList, elementsOf, isList, kindOf, listOf, type Value } from '../values.ts';
import { type Behaviour, global, member, subjectSize } from './overloads.ts';

const T = paramType('T');
const list = listType(T);

function asList(value: Value | undefined): CelList {
  if (value === undefined || value === null || !isList(value)) throw noSuchOverload();
  return value;
}

function intOf(value: Value | undefined): number {
  if (typeof value !== 'bigint') throw noSuchOverload();
  return Number(value);
}

function slice(items: CelList, start: number, end: number): Value {
  const from = `cannot slice(${start}, ${end})`;
  if (start < 0 || end < 0) throw new CelError(`${from}, negative indexes not supported`);
  if (start > end) {
    throw new CelError(`${from}, start index must be less than or equal to end index`);
  }
  if (items.size < end) throw new CelError(`${from}, list is length ${items.size}`);
  return listOf([...elementsOf(items)].slice(start, end));
}

function flatten(items: CelList, depth: number): readonly Value[] {
  return [...elementsOf(items)].flatMap((each) =>
    each !== null && isList(each) && depth > 0 ? flatten(each, depth - 1) : [each],
  );
}

function flattenTo(items: CelList, depth: number): Value {
  if (depth < 0) throw new CelError('level must be non-negative');
  return listOf(flatten(items, depth));
}

function distinct(items: CelList): Value {
  const seen: Value[] = [];
  for (const each of elementsOf(items)) {
    if (!seen.some((known) => equalValues(known, each))) seen.push(each);
  }
  return listOf(seen);
}

function sortByKeys(items: CelList, keys: CelList): Value {
  if (items.size !== keys.size) throw new CelError('lists must have the same size');
  const pairs = [...elementsOf(items)].map((item, index) => ({ item, key: keys.get(index) }));
  const [first] = pairs;
  if (first && pairs.some(({ key }) => kindOf(key) !== kindOf(first.key))) {
    throw new CelError('list elements must have the same type');
  }
  return listOf(pairs.toSorted((a, b) => compareValues(a.key, b.key)).map(({ item }) => item));
}

/** No budget is larger: whoever asks for more has spent it. */
const rangeMax = 10_000_000;

/** Its numbers are made when they are looked at. */
function range(count: number): Value {
  if (count > rangeMax) throw new CostLimitExceeded();
  return { kind: 'list', size: Math.max(count, 0), get: (index) => BigInt(index) };
}

const rangeCost: OverloadCost = {
  actual: ([count]) => 1 + listPrice + Math.max(intOf(count), 0),
  estimate: ({ args: [count] }) => {
    const literal = count?.literal;
    const size = typeof literal === 'bigint' ? exactly(Math.max(Number(literal), 0)) : unknownRange;
    return { cost: addRanges(size, exactly(listPrice + 1)), resultSize: size };
  },
};

/** A new list is made, at the cost of its elements and upstream's price of a list. */
const listPrice = 10;

function copies(power: 1 | 2): OverloadCost {
  const of = (size: Range): Range => (power === 1 ? size : multiplyRanges(size, size));
  return {
    actual: ([items]) => {
      const { size } = asList(items);
      return 1 + listPrice + size ** power;
    },
    estimate: (call, sizes) => {
      const size = subjectSize(call, sizes);
      const cost = addRanges(of(size), exactly(listPrice + 1));
      return { cost, resultSize: { min: 0, max: size.max } };
    },
  };
}

function on(use: (items: CelList, args: readonly Value[]) => Value, power: 1 | 2 = 1): Behaviour {
  return { evaluate: ([items, ...args]) => use(asList(items), args), cost: copies(power) };
}

const sortable = ['int', 'uint', 'double', 'bool', 'duration', 'timestamp', 'string', 'bytes'];

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
  const [name] = args;
  if (target === undefined || name === undefined) return undefined;
  if (name.kind !== 'ident') throw new MacroError('argument must be a simple name', name);
  const map = standardMacros.find((macro) => macro.name === 'map' && macro.argCount === 2);
  const keys = map?.expand(build, build.copy(target), args);
  return keys && build.memberCall('@sortByAssociatedKeys', target, keys);
}

export const listExtension: Library = {
  name: 'cel.lib.ext.lists',
  macros: [sortBy],
  functions: [
    {
      name: 'slice',
      overloads: [
        member('list_slice', [list, intType, intType], list, {
          ...on((items, [start, end]) => slice(items, intOf(start), intOf(end))),
          cost: {
            actual: ([, start, end]) => 1 + listPrice + Math.max(intOf(end) - intOf(start), 0),
            estimate: (call, sizes) => {
              const size = subjectSize(call, sizes);
              return {
                cost: addRanges(scaleRange({ min: 0, max: size.max }, 1), exactly(listPrice + 1)),
                resultSize: { min: 0, max: size.max },
              };
            },
          },
        }),
      ],
    },
    {
      name: 'flatten',
      overloads: [
        member(
          'list_flatten',
          [listType(list)],
          list,
          on((items) => flattenTo(items, 1)),
        ),
        member(
          'list_flatten_int',
          [listType(dynType), intType],
          listType(dynType),
          on((items, [depth]) => flattenTo(items, intOf(depth))),
        ),
      ],
    },
    {
      name: 'sort',
      overloads: sortable.map((kind) => {
        const type = listType({ kind } as Type);
        return member(
          `list_${kind}_sort`,
          [type],
          type,
          on((items) => sortByKeys(items, items), 2),
        );
      }),
    },
    {
      name: '@sortByAssociatedKeys',
      overloads: sortable.map((kind) =>
        member(
          `list_${kind}_sortByAssociatedKeys`,
          [list, listType({ kind } as Type)],
          list,
          on((items, [keys]) => sortByKeys(items, asList(keys)), 2),
        ),
      ),
    },
    { name: 'distinct', overloads: [member('list_distinct', [list], list, on(distinct, 2))] },
    {
      name: 'reverse',
      overloads: [
        member(
          'list_reverse',
          [list],
          list,
          on((items) => listOf([...elementsOf(items)].toReversed())),
        ),
      ],
    },
    {
      name: 'lists.range',
      overloads: [
        global('lists_range', [intType], listType(intType), {
          evaluate: ([count]) => range(intOf(count)),
          cost: rangeCost,
        }),
      ],
    },
  ],
};
