/** The estimated cost of CEL's own functions. */
import type { CallEstimate, CostNode } from '../declarations.ts';
import { isStringOrder, regexLengthFactor, stringTraversalFactor } from './actual.ts';
import {
  addRanges,
  exactly,
  multiplyRanges,
  type Range,
  scaleRange,
  uniteRanges,
  unknownRange,
} from './range.ts';

/** A call whose arguments have been estimated. */
export interface EstimatedCall {
  readonly target: CostNode | undefined;
  /** Of the arguments without the target. */
  readonly costs: readonly Range[];
  readonly sizes: readonly Range[];
}

/** The cost of a call with its arguments (but without its target), and its result's size. */
export function standardEstimate(overloadId: string, call: EstimatedCall): CallEstimate {
  const [first = exactly(0), second = exactly(0), third = exactly(0)] = call.costs;
  switch (overloadId) {
    case 'logical_and':
    case 'logical_or':
      // The second operand may not be needed.
      return { cost: { min: first.min, max: addRanges(first, second).max } };
    case 'conditional': {
      const [, yes = unknownRange, no = unknownRange] = call.sizes;
      const cost = addRanges(first, uniteRanges(second, third));
      return { cost, resultSize: uniteRanges(yes, no) };
    }
    default: {
      const own = ownEstimate(overloadId, call);
      return { ...own, cost: addRanges(own.cost, ...call.costs) };
    }
  }
}

/** Without the arguments' own costs. */
function ownEstimate(overloadId: string, { target, sizes }: EstimatedCall): CallEstimate {
  const [first = unknownRange, second = unknownRange] = sizes;
  const targetSize = target?.computedSize ?? unknownRange;
  switch (overloadId) {
    case 'string_format':
      return { cost: traversal(targetSize) };
    case 'string_to_bytes':
      return { cost: traversal(first), resultSize: { min: first.min, max: first.max * 4 } };
    case 'bytes_to_string':
      return {
        cost: traversal(first),
        resultSize: { min: Math.floor(first.min / 4), max: first.max },
      };
    case 'strings_quote':
      return { cost: traversal(first), resultSize: { min: first.min + 2, max: first.max * 2 + 2 } };
    case 'starts_with_string':
    case 'ends_with_string':
      return { cost: traversal(first) };
    case 'in_list':
      return { cost: second };
    case 'matches_string':
      return {
        cost: multiplyRanges(
          traversal(addRanges(targetSize, exactly(1))),
          scaleRange(first, regexLengthFactor),
        ),
      };
    case 'contains_string':
      return { cost: multiplyRanges(traversal(targetSize), traversal(first)) };
    case 'add_list':
      return { cost: exactly(1), resultSize: addRanges(first, second) };
    case 'add_string':
    case 'add_bytes': {
      const size = addRanges(first, second);
      return { cost: traversal(size), resultSize: size };
    }
    default:
      return { cost: isComparison(overloadId) ? comparison(first, second) : exactly(1) };
  }
}

function isComparison(overloadId: string): boolean {
  return overloadId === 'equals' || overloadId === 'not_equals' || isStringOrder(overloadId);
}

/** As far as the shorter one goes, which may be no further than the first character. */
function comparison(left: Range, right: Range): Range {
  const max = Math.min(left.max, right.max);
  return traversal({ min: max > 0 ? 1 : 0, max });
}

const traversal = (size: Range): Range => scaleRange(size, stringTraversalFactor);
