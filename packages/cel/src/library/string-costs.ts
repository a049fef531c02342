/** What functions of texts cost, and how long their results can be: Kubernetes' rules. */
import { stringTraversalFactor } from '../cost/actual.ts';
import {
  addRanges,
  exactly,
  multiplyRanges,
  type Range,
  scaleRange,
  unknownRange,
} from '../cost/range.ts';
import type { OverloadCost } from '../declarations.ts';
import { actualSize, subjectSize } from './overloads.ts';

/** Going through a text and making another one. */
const twice = 2 * stringTraversalFactor;

/** A list whose type does not tell what is in it counts as a list of nothing. */
export const joinCost: OverloadCost = {
  actual: (_, result) => Math.ceil(actualSize(result) * twice),
  estimate: ({ target, args: [separator] }, sizes) => {
    if (target === undefined) return undefined;
    const count = sizes.sizeOf(target);
    const element = sizes.elementOf(target);
    let size = element ? multiplyRanges(count, sizes.sizeOf(element)) : exactly(0);
    if (separator !== undefined) {
      const gaps = { min: Math.max(count.min - 1, 0), max: Math.max(count.max - 1, 0) };
      size = addRanges(size, multiplyRanges(sizes.sizeOf(separator), gaps));
    }
    return { cost: scaleRange(size, stringTraversalFactor), resultSize: size };
  },
};

export const replaceCost: OverloadCost = {
  actual: ([text]) => Math.ceil(actualSize(text) * twice),
  estimate: (call, sizes) => {
    const [old, by] = call.args;
    if (old === undefined || by === undefined) return undefined;
    const size = subjectSize(call, sizes);
    return {
      cost: scaleRange(size, twice),
      resultSize: replacedSize(size, sizes.sizeOf(old), sizes.sizeOf(by)),
    };
  },
};

/** How long a text is after replacing. */
export function replacedSize(size: Range, old: Range, by: Range): Range {
  const least = replacements(size.min, old.max, old.max <= by.min);
  const most = replacements(size.max, old.min, by.max <= old.min);
  const made = multiplyRanges({ min: least.count, max: most.count }, by);
  return addRanges(made, { min: least.kept, max: most.kept });
}

/** How often something of a length is replaced, and how much of the text stays beside that. */
function replacements(
  size: number,
  length: number,
  changesNothing: boolean,
): { count: number; kept: number } {
  // Nothing is found before, between and after all characters.
  if (length === 0) return { count: addRanges(exactly(size), exactly(1)).max, kept: size };
  if (changesNothing) return { count: 0, kept: size };
  return { count: Math.ceil(size / length), kept: 0 };
}

export const splitCost: OverloadCost = {
  actual: ([text]) => Math.ceil(actualSize(text) * twice),
  estimate: (call, sizes) => {
    const size = subjectSize(call, sizes);
    const literal = call.args[1]?.literal;
    const limit = typeof literal === 'bigint' ? Number(BigInt.asUintN(64, literal)) : size.max;
    return {
      cost: scaleRange(size, twice),
      resultSize: { min: 0, max: Math.min(limit, unknownRange.max) },
    };
  },
};
