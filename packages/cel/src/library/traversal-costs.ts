/** What going through lists and texts costs that are searched, summed up, compared. */
import { utf8Length } from '@navarch/codec/utf8';
import { stringTraversalFactor } from '../cost/actual.ts';
import { addRanges, exactly, multiplyRanges, type Range, scaleRange } from '../cost/range.ts';
import type { OverloadCost } from '../declarations.ts';
import { elementsOf, type Value } from '../values.ts';

/** Once through the receiver, a list or a text. */
export const traversalOfReceiver: OverloadCost = {
  actual: ([receiver = null]) => traversalOf(receiver),
  estimate: ({ target }, sizes) => {
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

/** Texts and bytes count a tenth of their bytes, rounded down; the parts of lists, maps and objects add up. */
function traversalOf(value: Value): number {
  if (typeof value === 'string') return Math.floor(utf8Length(value) * stringTraversalFactor);
  if (value instanceof Uint8Array) return Math.floor(value.length * stringTraversalFactor);
  if (typeof value !== 'object' || value === null) return 1;
  let cost = 0;
  switch (value.kind) {
    case 'list':
      for (const element of elementsOf(value)) cost += traversalOf(element);
      return cost;
    case 'map':
      for (const key of value.keys())
        cost += traversalOf(key) + traversalOf(value.get(key) ?? null);
      return cost;
    case 'object':
      for (const key of value.fields()) {
        cost += traversalOf(key) + traversalOf(value.get(key) ?? null);
      }
      return cost;
    default:
      return 1;
  }
}
