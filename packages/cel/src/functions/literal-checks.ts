/** Literals that make no sense are refused already when the expression is compiled. */
import type { Library, LiteralCheck } from '../declarations.ts';
import { CelError } from '../errors.ts';
import type { Value } from '../values.ts';
import { compilePattern } from './collections.ts';
import { parseDuration, parseTimestamp } from './time.ts';

function literalCheck(
  name: string,
  argument: number,
  parse: (text: string) => unknown,
): LiteralCheck {
  return {
    function: name,
    argument,
    check(literal: Value): string | undefined {
      if (typeof literal !== 'string') return undefined;
      return isParsed(literal, parse) ? undefined : `invalid ${name} argument`;
    },
  };
}

function isParsed(text: string, parse: (text: string) => unknown): boolean {
  try {
    return parse(text) !== undefined;
  } catch (error) {
    if (error instanceof CelError) return false;
    throw error;
  }
}

/** Durations, timestamps and patterns written as literals. */
export const literalChecks: Library = {
  name: 'cel.validator.literals',
  functions: [],
  literalChecks: [
    literalCheck('duration', 0, parseDuration),
    literalCheck('timestamp', 0, parseTimestamp),
    literalCheck('matches', 1, compilePattern),
  ],
};
