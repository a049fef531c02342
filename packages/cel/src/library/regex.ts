/** Kubernetes' `find` and `findAll`. Patterns are RE2: linear in the text. */
import type { Library, OverloadCost } from '../declarations.ts';
import { regexLengthFactor, stringTraversalFactor } from '../cost/actual.ts';
import { addRanges, exactly, multiplyRanges, scaleRange } from '../cost/range.ts';
import { noSuchOverload } from '../errors.ts';
import { compilePattern } from '../functions/collections.ts';
import { intType, listType, stringType } from '../types.ts';
import { listOf, type Value } from '../values.ts';
import { actualSize, member, subjectSize, traversal } from './overloads.ts';

const [S, I, L] = [stringType, intType, listType(stringType)];

const searchCost: OverloadCost = {
  actual: ([text, pattern]) =>
    traversal(1 + actualSize(text)) * Math.ceil(actualSize(pattern) * regexLengthFactor),
  estimate: (call, sizes) => {
    const [pattern] = call.args;
    if (pattern === undefined) return undefined;
    const size = subjectSize(call, sizes);
    const text = scaleRange(addRanges(size, exactly(1)), stringTraversalFactor);
    const steps = scaleRange(sizes.sizeOf(pattern), regexLengthFactor);
    return { cost: multiplyRanges(text, steps), resultSize: { min: 0, max: size.max } };
  },
};

function find([text, pattern]: readonly Value[]): Value {
  if (typeof text !== 'string' || typeof pattern !== 'string') throw noSuchOverload();
  const matcher = compilePattern(pattern).matcher(text);
  return matcher.find() ? (matcher.group() ?? '') : '';
}

/** All when the limit is negative. */
function findAll([text, pattern, limit = -1n]: readonly Value[]): Value {
  if (typeof text !== 'string' || typeof pattern !== 'string' || typeof limit !== 'bigint') {
    throw noSuchOverload();
  }
  const matcher = compilePattern(pattern).matcher(text);
  const found: string[] = [];
  const most = limit < 0n ? Infinity : Number(limit);
  while (found.length < most && matcher.find()) found.push(matcher.group() ?? '');
  return listOf(found);
}

export const regexLibrary: Library = {
  name: 'kubernetes.regex',
  functions: [
    {
      name: 'find',
      overloads: [member('string_find_string', [S, S], S, { evaluate: find, cost: searchCost })],
    },
    {
      name: 'findAll',
      overloads: [
        member('string_find_all_string', [S, S], L, { evaluate: findAll, cost: searchCost }),
        member('string_find_all_string_int', [S, S, I], L, { evaluate: findAll, cost: searchCost }),
      ],
    },
  ],
};
