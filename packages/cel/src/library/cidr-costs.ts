/** What it costs to look for an address, or for addresses, within others: Kubernetes' figures. */
import { actualSize, stringTraversalFactor } from '../cost/actual.ts';
import { addRanges, exactly, type Range, scaleRange } from '../cost/range.ts';
import type { OverloadCost } from '../declarations.ts';
import { traversal } from './overloads.ts';

/** Bytes are compared as far as the prefix goes; a text has to be read first. */
export function comparison(kind: 'address' | 'prefix', other: 'text' | 'value'): OverloadCost {
  const isText = other === 'text';
  return {
    actual: ([cidr = null, each = null]) => {
      const size = actualSize(cidr);
      const masking = kind === 'prefix' ? traversal(size) + 1 : 0;
      return traversal(2 * size) + masking + (isText ? traversal(actualSize(each)) : 0);
    },
    estimate: ({ args: [each] }, sizes) => {
      const masking =
        kind === 'prefix' ? [scaleRange(addressSize, stringTraversalFactor), exactly(1)] : [];
      const reading =
        isText && each !== undefined ? [scaleRange(sizes.sizeOf(each), stringTraversalFactor)] : [];
      const both = addRanges(addressSize, addressSize);
      return {
        cost: addRanges(scaleRange(both, stringTraversalFactor), ...masking, ...reading),
      };
    },
  };
}

/** Bytes of an address, whichever family it is of. */
const addressSize: Range = { min: 4, max: 16 };
