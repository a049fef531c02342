/** Lists: Kubernetes' functions of its own. What cel-go's extension adds is in list-extension.ts. */
import type { FunctionDeclaration, Library, OverloadCost } from '../declarations.ts';
import { addRanges, exactly, multiplyRanges, type Range, scaleRange } from '../cost/range.ts';
import { stringTraversalFactor } from '../cost/actual.ts';
import { CelError, noSuchOverload } from '../errors.ts';
import { compareValues, equalValues } from '../evaluate/compare.ts';
import { arithmetic } from '../functions/arithmetic.ts';
import {
  boolType,
  bytesType,
  doubleType,
  durationType,
  intType,
  listType,
  paramType,
  stringType,
  timestampType,
  type Type,
  uintType,
} from '../types.ts';
import { type CelList, Duration, elementsOf, isList, Uint, type Value } from '../values.ts';
import { actualSize, member, traversal } from './overloads.ts';

const comparable: readonly (readonly [string, Type])[] = [
  ['int', intType],
  ['uint', uintType],
  ['double', doubleType],
  ['bool', boolType],
  ['duration', durationType],
  ['timestamp', timestampType],
  ['string', stringType],
  ['bytes', bytesType],
];
const summable: readonly (readonly [string, Type, Value])[] = [
  ['int', intType, 0n],
  ['uint', uintType, new Uint(0n)],
  ['double', doubleType, 0],
  ['duration', durationType, new Duration(0n)],
];

function asList(value: Value | undefined): CelList {
  if (value === undefined || value === null || !isList(value)) throw noSuchOverload();
  return value;
}

/** Comparing elements costs as much as going through them. */
const traversalOfList: OverloadCost = {
  actual: ([list]) => goingThrough(list),
  estimate: (call, sizes) => {
    const { target } = call;
    if (target === undefined) return undefined;
    const size = sizes.sizeOf(target);
    const element = sizes.elementOf(target);
    if (element === undefined) return { cost: scaleRange(size, stringTraversalFactor) };
    const isText = element.type.kind === 'string' || element.type.kind === 'bytes';
    const each: Range = isText
      ? addRanges(exactly(1), scaleRange(sizes.sizeOf(element), stringTraversalFactor))
      : exactly(1);
    return { cost: multiplyRanges(size, each) };
  },
};

function goingThrough(value: Value | undefined): number {
  if (typeof value === 'string' || value instanceof Uint8Array) return traversal(actualSize(value));
  if (value === undefined || value === null || !isList(value)) return 1;
  let cost = 0;
  for (const element of elementsOf(value)) cost += goingThrough(element);
  return cost;
}

const plus = arithmetic.find(({ name }) => name === '_+_')?.overloads[0]?.evaluate ?? fail;

function fail(): Value {
  throw noSuchOverload();
}

function isSorted(list: CelList): boolean {
  for (let index = 1; index < list.size; index += 1) {
    if (compareValues(list.get(index - 1), list.get(index)) > 0) return false;
  }
  return true;
}

function extreme(list: CelList, sign: 1 | -1): Value {
  if (list.size === 0) throw new CelError(`${sign > 0 ? 'max' : 'min'} called on empty list`);
  let found = list.get(0);
  for (const element of elementsOf(list)) {
    if (compareValues(element, found) * sign > 0) found = element;
  }
  return found;
}

function firstIndex(list: CelList, value: Value): bigint {
  for (let index = 0; index < list.size; index += 1) {
    if (equalValues(list.get(index), value)) return BigInt(index);
  }
  return -1n;
}

function lastIndex(list: CelList, value: Value): bigint {
  for (let index = list.size - 1; index >= 0; index -= 1) {
    if (equalValues(list.get(index), value)) return BigInt(index);
  }
  return -1n;
}

const anything = listType(paramType('T'));

function searching(name: string, id: string, search: typeof firstIndex): FunctionDeclaration {
  const evaluate = ([list, value = null]: readonly Value[]): Value => search(asList(list), value);
  const behaviour = { evaluate, cost: traversalOfList };
  return { name, overloads: [member(id, [anything, paramType('T')], intType, behaviour)] };
}

/** https://kubernetes.io/docs/reference/using-api/cel/#kubernetes-list-library */
export const listsLibrary: Library = {
  name: 'kubernetes.lists',
  functions: [
    {
      name: 'isSorted',
      overloads: comparable.map(([name, type]) =>
        member(`list_${name}_is_sorted_bool`, [listType(type)], boolType, {
          evaluate: ([list]) => isSorted(asList(list)),
          cost: traversalOfList,
        }),
      ),
    },
    {
      name: 'sum',
      overloads: summable.map(([name, type, zero]) =>
        member(`list_${name}_sum_${name}`, [listType(type)], type, {
          evaluate: ([list]) =>
            [...elementsOf(asList(list))].reduce((sum, each) => plus([sum, each]), zero),
          cost: traversalOfList,
        }),
      ),
    },
    ...(['min', 'max'] as const).map((name) => ({
      name,
      overloads: comparable.map(([of, type]) =>
        member(`list_${of}_${name}_${of}`, [listType(type)], type, {
          evaluate: ([list]) => extreme(asList(list), name === 'max' ? 1 : -1),
          cost: traversalOfList,
        }),
      ),
    })),
    searching('indexOf', 'list_a_index_of_int', firstIndex),
    searching('lastIndexOf', 'list_a_last_index_of_int', lastIndex),
  ],
};
