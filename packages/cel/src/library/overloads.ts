/** Overloads with their costs, in few words. Cost rules: Kubernetes' estimates for its libraries. */
import type { CallEstimate, CallNode, Overload, OverloadCost, Sizes } from '../declarations.ts';
import { stringTraversalFactor } from '../cost/actual.ts';
import { exactly, type Range, scaleRange, unknownRange } from '../cost/range.ts';
import { sizeOf } from '../functions/collections.ts';
import type { Type } from '../types.ts';
import type { Value } from '../values.ts';

/** What an overload does, and what that costs. */
export interface Behaviour {
  readonly evaluate: (args: readonly Value[]) => Value;
  readonly cost?: OverloadCost;
}

/** A global function. */
export function global(
  id: string,
  args: readonly Type[],
  result: Type,
  { evaluate, cost }: Behaviour,
): Overload {
  return { id, receiver: false, args, result, evaluate, ...(cost && { cost }) };
}

/** A member function; the receiver's type comes first. */
export function member(
  id: string,
  args: readonly Type[],
  result: Type,
  behaviour: Behaviour,
): Overload {
  return { ...global(id, args, result, behaviour), receiver: true };
}

/** What an argument counts for: characters, elements, entries; 1 for everything else. */
export function actualSize(value: Value | undefined): number {
  return value === undefined ? 1 : (sizeOf(value) ?? 1);
}

/** Going through a text of so many characters. */
export function traversal(characters: number): number {
  return Math.ceil(characters * stringTraversalFactor);
}

/** The receiver of a member function, or a function's first argument. */
export function subjectOf({ target, args }: CallNode): CallNode['target'] {
  return target ?? args[0];
}

export function subjectSize(call: CallNode, sizes: Sizes): Range {
  const subject = subjectOf(call);
  return subject === undefined ? unknownRange : sizes.sizeOf(subject);
}

/** Goes through its first argument, a text, so many times. */
export function traverses(times = 1, result?: (size: Range) => Range): OverloadCost {
  return {
    actual: ([text]) => Math.ceil(actualSize(text) * stringTraversalFactor * times),
    estimate: (call, sizes): CallEstimate => {
      const size = subjectSize(call, sizes);
      const cost = scaleRange(size, stringTraversalFactor * times);
      return result ? { cost, resultSize: result(size) } : { cost };
    },
  };
}

/** A fixed price. */
export function costs(price: number): OverloadCost {
  return { actual: () => price, estimate: () => ({ cost: exactly(price) }) };
}
