/** Lists: Kubernetes' functions of its own. What cel-go's extension adds is in list-extension.ts. */
import type { FunctionDeclaration, Library } from '../declarations.ts';
import { CelError, noSuchOverload } from '../errors.ts';
import { equalValues } from '../evaluate/compare.ts';
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
import { type CelList, Duration, elementsOf, Uint, type Value } from '../values.ts';
import { asList, isOrdered, orderOf } from './list-order.ts';
import { member } from './overloads.ts';
import { traversalOfReceiver } from './traversal-costs.ts';

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

const plus = arithmetic.find(({ name }) => name === '_+_')?.overloads[0]?.evaluate ?? fail;

function fail(): Value {
  throw noSuchOverload();
}

function isSorted(list: CelList): boolean {
  let previous: Value | undefined;
  for (const element of elementsOf(list)) {
    if (!isOrdered(element)) throw noSuchOverload();
    if (previous !== undefined && orderOf(previous, element) > 0) return false;
    previous = element;
  }
  return true;
}

function extreme(list: CelList, sign: 1 | -1): Value {
  let found: Value | undefined;
  for (const element of elementsOf(list)) {
    if (!isOrdered(element)) throw noSuchOverload();
    if (found === undefined || orderOf(element, found) * sign > 0) found = element;
  }
  if (found !== undefined) return found;
  throw new CelError(`${sign > 0 ? 'max' : 'min'} called on empty list`);
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
  const behaviour = { evaluate, cost: traversalOfReceiver };
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
          cost: traversalOfReceiver,
        }),
      ),
    },
    {
      name: 'sum',
      overloads: summable.map(([name, type, zero]) =>
        member(`list_${name}_sum_${name}`, [listType(type)], type, {
          evaluate: ([list]) =>
            [...elementsOf(asList(list))].reduce((sum, each) => plus([sum, each]), zero),
          cost: traversalOfReceiver,
        }),
      ),
    },
    ...(['min', 'max'] as const).map((name) => ({
      name,
      overloads: comparable.map(([of, type]) =>
        member(`list_${of}_${name}_${of}`, [listType(type)], type, {
          evaluate: ([list]) => extreme(asList(list), name === 'max' ? 1 : -1),
          cost: traversalOfReceiver,
        }),
      ),
    })),
    searching('indexOf', 'list_a_index_of_int', firstIndex),
    searching('lastIndexOf', 'list_a_last_index_of_int', lastIndex),
  ],
};
