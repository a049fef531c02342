/**
 * What cel-go's functions of lists cost: those that make a list pay for the call and the list, and for its size times a
 * factor. Comparing all with all is squared.
 */
import { stringTraversalFactor } from '../cost/actual.ts';
import {
  addRanges,
  exactly,
  multiplyRanges,
  type Range,
  scaleRange,
  unknownRange,
} from '../cost/range.ts';
import type { CallEstimate, CostNode, OverloadCost } from '../declarations.ts';
import { noSuchOverload } from '../errors.ts';
import { isList, type Value } from '../values.ts';
import { actualSize, subjectSize } from './overloads.ts';

/** The call, and a new list. */
const basePrice = 1 + 10;
const comparingFactor = 2;

/** As large as the result. */
const actualByResult: OverloadCost['actual'] = (_, result) => basePrice + actualSize(result);

/** Upstream's estimate takes the result to be as large as what it multiplies. */
function allocating(size: Range, factor: number): CallEstimate {
  return { cost: addRanges(scaleRange(size, factor), exactly(basePrice)), resultSize: size };
}

export const reverseCost: OverloadCost = {
  onlyWhenDecided: true,
  actual: actualByResult,
  estimate: (call, sizes) => allocating(subjectSize(call, sizes), 1),
};

export const sliceCost: OverloadCost = {
  onlyWhenDecided: true,
  actual: actualByResult,
  estimate: (call, sizes) => {
    const [start, end] = call.args;
    const from = literalOr(start, 0);
    const to = literalOr(end, subjectSize(call, sizes).max);
    // Upstream computes without signs: less than nothing is very much.
    return allocating(exactly(to < from ? unknownRange.max : to - from), 1);
  },
};

export const rangeCost: OverloadCost = {
  onlyWhenDecided: true,
  actual: actualByResult,
  estimate: ({ args: [count] }) => allocating(exactly(literalOr(count, unknownRange.max)), 1),
};

export const flattenCost: OverloadCost = {
  onlyWhenDecided: true,
  actual: ([list, depth = 1n]) => {
    if (typeof depth !== 'bigint') throw noSuchOverload();
    return basePrice + Math.floor(actualSize(list) * Number(depth));
  },
  estimate: (call, sizes) => {
    const [depth] = call.args;
    const factor = depth === undefined ? 1 : literalOr(depth, unknownRange.max);
    return allocating(subjectSize(call, sizes), factor);
  },
};

export const distinctCost: OverloadCost = {
  onlyWhenDecided: true,
  actual: ([list]) => comparingAll(list),
  estimate: (call, sizes) => comparing(subjectSize(call, sizes), comparingFactor),
};

/** Sorting by keys of this kind: the list's own elements, or those of a list that is the first argument. */
export function sortCost(kind: string, by: 'elements' | 'keys'): OverloadCost {
  return {
    onlyWhenDecided: true,
    actual: ([list, keys]) => comparingAll(by === 'keys' ? keys : list),
    estimate: (call, sizes) => {
      const [keys] = call.args;
      if (by === 'keys' && keys === undefined) return undefined;
      const size =
        by === 'keys' && keys !== undefined ? sizes.sizeOf(keys) : subjectSize(call, sizes);
      return comparing(size, factorOf(kind));
    },
  };
}

const comparing = (size: Range, factor: number): CallEstimate =>
  allocating(multiplyRanges(size, size), factor);

/** The first element tells of which kind all are. */
function comparingAll(list: Value | undefined): number {
  if (list === undefined || list === null || !isList(list)) throw noSuchOverload();
  if (list.size === 0) return basePrice;
  const first = list.get(0);
  const isText = typeof first === 'string' || first instanceof Uint8Array;
  const factor = factorOf(isText ? 'string' : 'other');
  return basePrice + Math.floor(list.size * list.size * factor);
}

const factorOf = (kind: string): number =>
  kind === 'string' || kind === 'bytes' ? comparingFactor + stringTraversalFactor : comparingFactor;

/** A literal count, nothing if it is negative. */
function literalOr(node: CostNode | undefined, otherwise: number): number {
  const literal = node?.literal;
  return typeof literal === 'bigint' ? Math.max(Number(literal), 0) : otherwise;
}
