/**
 * What a call really cost, from its arguments and result.
 *
 * The unit is roughly one cheap operation; going through a string costs a tenth per character.
 */
import type { Overload } from '../declarations.ts';
import { sizeOf } from '../functions/collections.ts';
import { kindOf, type OpaqueValue, Optional, typeNameOf, type Value } from '../values.ts';

/** Computes the cost of one call. */
export type ActualCost = (args: readonly Value[], result: Value) => number;

/** Going through a string, per character. */
export const stringTraversalFactor = 0.1;
/** Running a regular expression, per character of the pattern and of the text's traversal. */
export const regexLengthFactor = 0.25;

/** How a call's cost is computed. */
export function actualCost(
  name: string,
  overloads: readonly Overload[],
  equalityCosts: ReadonlyMap<string, ActualCost>,
): ActualCost {
  const [first] = overloads;
  const standard = standardCost(name, overloads.length === 1 ? first?.id : undefined);
  if (name === '_==_' && equalityCosts.size > 0) {
    return (args, result) => {
      const special = equalityCosts.get(typeNameOf(args[0] ?? null));
      return (special ?? standard)(args, result);
    };
  }
  const { actual: own, onlyWhenDecided = false } = first?.cost ?? {};
  if (own === undefined || (onlyWhenDecided && overloads.length > 1)) return standard;
  return (args, result) => own(args, result) ?? standard(args, result);
}

const one: ActualCost = () => 1;

function standardCost(name: string, overloadId: string | undefined): ActualCost {
  if (name === '_==_' || name === '_!=_') return shorter;
  switch (overloadId) {
    case 'starts_with_string':
    case 'ends_with_string':
    case 'string_to_bytes':
    case 'bytes_to_string':
    case 'strings_quote':
    case 'string_format':
      return ([text = null]) => traversal(actualSize(text));
    case 'in_list':
      return ([, list = null]) => actualSize(list);
    case 'add_string':
    case 'add_bytes':
      return ([left = null, right = null]) => traversal(actualSize(left) + actualSize(right));
    case 'matches_string':
      return ([text = null, pattern = null]) =>
        traversal(1 + actualSize(text)) * Math.ceil(actualSize(pattern) * regexLengthFactor);
    case 'contains_string':
      return ([text = null, part = null]) =>
        traversal(actualSize(text)) * traversal(actualSize(part));
    default:
      return overloadId !== undefined && isStringOrder(overloadId) ? shorter : one;
  }
}

/** Comparing: as far as the shorter one goes. */
const shorter: ActualCost = ([left = null, right = null]) =>
  traversal(Math.min(actualSize(left), actualSize(right)));

/** Whether an overload orders strings or bytes. */
export function isStringOrder(overloadId: string): boolean {
  return /^(?:less|greater)(?:_equals)?_(?:string|bytes)$/.test(overloadId);
}

const traversal = (size: number): number => Math.ceil(size * stringTraversalFactor);

/** Characters, bytes, elements or entries; 1 for everything else. */
export function actualSize(value: Value): number {
  if (value instanceof Optional) return value.value === undefined ? 1 : actualSize(value.value);
  const size = sizeOf(value);
  if (size !== undefined) return size;
  return kindOf(value) === 'opaque' ? ((value as OpaqueValue).size ?? 1) : 1;
}
