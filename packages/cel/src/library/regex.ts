/** Kubernetes' `find` and `findAll`. Patterns are RE2: linear in the text. */
import type { RE2JS } from 're2js';
import type { Library, Overload, OverloadCost } from '../declarations.ts';
import { regexLengthFactor, stringTraversalFactor } from '../cost/actual.ts';
import { addRanges, exactly, multiplyRanges, scaleRange } from '../cost/range.ts';
import { CelError, noSuchOverload } from '../errors.ts';
import { compilePattern } from '../functions/collections.ts';
import { intType, listType, stringType, type Type } from '../types.ts';
import { listOf, type Value } from '../values.ts';
import { actualSize, subjectSize, traversal } from './overloads.ts';

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

function find(pattern: RE2JS, [text]: readonly Value[]): Value {
  if (typeof text !== 'string') throw noSuchOverload();
  const matcher = pattern.matcher(text);
  return matcher.find() ? (matcher.group() ?? '') : '';
}

/** All when the limit is negative. Nothing that is found right after something else does not count. */
function findAll(pattern: RE2JS, [text, , limit = -1n]: readonly Value[]): Value {
  if (typeof text !== 'string' || typeof limit !== 'bigint') throw noSuchOverload();
  const matcher = pattern.matcher(text);
  const found: string[] = [];
  let end = -1;
  const most = limit < 0n ? Infinity : Number(limit);
  while (found.length < most && matcher.find()) {
    if (matcher.end() > matcher.start() || matcher.start() !== end) {
      found.push(matcher.group() ?? '');
    }
    end = matcher.end();
  }
  return listOf(found);
}

/** A pattern that is a literal is compiled once, and is then no error of the evaluation but of the program. */
function searching(
  search: (pattern: RE2JS, args: readonly Value[]) => Value,
): Pick<Overload, 'evaluate' | 'prepare'> {
  return {
    evaluate: (args) => search(patternOf(args[1]), args),
    prepare([, literal]) {
      if (typeof literal !== 'string') return undefined;
      const pattern = compilePattern(literal);
      return (args) => search(pattern, args);
    },
  };
}

function patternOf(value: Value | undefined): RE2JS {
  if (typeof value !== 'string') throw noSuchOverload();
  try {
    return compilePattern(value);
  } catch (error) {
    if (!(error instanceof CelError)) throw error;
    throw new CelError(`Illegal regex: ${error.message}`);
  }
}

function declareSearch(
  id: string,
  args: readonly Type[],
  result: Type,
  search: (pattern: RE2JS, args: readonly Value[]) => Value,
): Overload {
  return { id, receiver: true, args, result, cost: searchCost, ...searching(search) };
}

export const regexLibrary: Library = {
  name: 'kubernetes.regex',
  functions: [
    { name: 'find', overloads: [declareSearch('string_find_string', [S, S], S, find)] },
    {
      name: 'findAll',
      overloads: [
        declareSearch('string_find_all_string', [S, S], L, findAll),
        declareSearch('string_find_all_string_int', [S, S, I], L, findAll),
      ],
    },
  ],
};
