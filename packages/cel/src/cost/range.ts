/**
 * Arithmetic of estimates: from the least to the most, saturating at 2^64 as Go's uint64 does here.
 * Above 2^53 the figures are rounded, which is far beyond every budget.
 */

/** At least `min`, at most `max`: of a size, or of a cost. */
export interface Range {
  readonly min: number;
  readonly max: number;
}

const most = 2 ** 64;

/** Nothing is known: anything from 0 up. */
export const unknownRange: Range = { min: 0, max: most };

/** Exactly that much. */
export const exactly = (value: number): Range => ({ min: value, max: value });

/** The sum. */
export function addRanges(...ranges: readonly Range[]): Range {
  let min = 0;
  let max = 0;
  for (const range of ranges) {
    min = saturate(min + range.min);
    max = saturate(max + range.max);
  }
  return { min, max };
}

/** The product. */
export const multiplyRanges = (left: Range, right: Range): Range => ({
  min: saturate(left.min * right.min),
  max: saturate(left.max * right.max),
});

/** Times a factor, rounded up. */
export const scaleRange = (range: Range, factor: number): Range => ({
  min: saturate(Math.ceil(range.min * factor)),
  max: saturate(Math.ceil(range.max * factor)),
});

/** The smallest range that holds both. */
export const uniteRanges = (left: Range, right: Range): Range => ({
  min: Math.min(left.min, right.min),
  max: Math.max(left.max, right.max),
});

function saturate(value: number): number {
  return Math.min(value, most);
}
