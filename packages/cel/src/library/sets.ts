/** Lists as sets, as cel-go's extension has them. */
import type { Library, OverloadCost } from '../declarations.ts';
import { addRanges, exactly, multiplyRanges, scaleRange } from '../cost/range.ts';
import { isIn } from '../functions/collections.ts';
import { boolType, listType, paramType } from '../types.ts';
import { type CelList, elementsOf, type Value } from '../values.ts';
import { asList } from './list-order.ts';
import { actualSize, global } from './overloads.ts';

const list = listType(paramType('T'));

type Judge = (left: CelList, right: CelList) => boolean;

const contains: Judge = (left, right) => [...elementsOf(right)].every((each) => isIn(each, left));
const intersects: Judge = (left, right) => [...elementsOf(right)].some((each) => isIn(each, left));
const equivalent: Judge = (left, right) => contains(left, right) && contains(right, left);

/** Every element of the one may be compared with every element of the other. */
function comparisons(factor: number): OverloadCost {
  return {
    onlyWhenDecided: true,
    actual: ([left, right]) => 1 + Math.floor(actualSize(left) * actualSize(right) * factor),
    estimate: ({ args: [left, right] }, sizes) => {
      if (left === undefined || right === undefined) return undefined;
      const pairs = multiplyRanges(sizes.sizeOf(left), sizes.sizeOf(right));
      return { cost: addRanges(scaleRange(pairs, factor), exactly(1)) };
    },
  };
}

function declareSet(name: string, judge: Judge, factor: number): Library['functions'][number] {
  const id = `list_sets_${name}_list`;
  const behaviour = {
    evaluate: ([left, right]: readonly Value[]) => judge(asList(left), asList(right)),
    cost: comparisons(factor),
  };
  return { name: `sets.${name}`, overloads: [global(id, [list, list], boolType, behaviour)] };
}

export const setsLibrary: Library = {
  name: 'cel.lib.ext.sets',
  functions: [
    declareSet('contains', contains, 1),
    declareSet('equivalent', equivalent, 2),
    declareSet('intersects', intersects, 1),
  ],
};
