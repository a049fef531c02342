/** Literals that make no sense are refused already when the expression is compiled. */
import { allPartsOf } from '../ast.ts';
import type { Library, Validator } from '../declarations.ts';
import { CelError } from '../errors.ts';
import { compilePattern } from '../functions/collections.ts';
import { toDuration, toTimestamp } from '../functions/conversion.ts';
import type { Value } from '../values.ts';

/** Refuses calls of a function whose first argument (the receiver is none) is a literal it cannot take. */
function firstArgument(name: string, take: (literal: Value) => unknown): Validator {
  return function* find({ expr }) {
    for (const part of allPartsOf(expr)) {
      const [literal] = part.kind === 'call' && part.name === name ? part.args : [];
      if (literal?.kind !== 'literal' || isTaken(literal.value, take)) continue;
      yield { message: `invalid ${name} argument`, at: literal.id };
    }
  };
}

function isTaken(literal: Value, take: (literal: Value) => unknown): boolean {
  try {
    return take(literal) !== undefined;
  } catch (error) {
    if (error instanceof CelError) return false;
    throw error;
  }
}

/** Durations, timestamps and patterns written as literals. */
export const literalArguments: Library = {
  name: 'cel.validator.literals',
  functions: [],
  validators: [
    firstArgument('duration', toDuration),
    firstArgument('timestamp', toTimestamp),
    // Called as a global function it is the text that is the first argument. Upstream takes it for a pattern, too.
    firstArgument('matches', (literal) =>
      typeof literal === 'string' ? compilePattern(literal) : literal,
    ),
  ],
};
