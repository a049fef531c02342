/** Overloads written as text: `add_list(list(A), list(A)) list(A)`; a receiver is `size.(string) int`. */
import type { FunctionDeclaration, Overload } from '../declarations.ts';
import { listType, mapType, optionalType, type SimpleKind, type Type } from '../types.ts';
import { CelError } from '../errors.ts';
import { kindOf, type Value, type ValueKind } from '../values.ts';

/** What all overloads of a function have in common. */
export type Evaluate = (args: readonly Value[]) => Value;

/** A function whose one implementation serves all its overloads. */
export function declare(
  name: string,
  evaluate: Evaluate,
  ...signatures: readonly string[]
): FunctionDeclaration {
  return { name, overloads: signatures.map((text) => parseOverload(text, evaluate)) };
}

/**
 * The same function, called whatever its arguments are: it words itself what does not fit. Receivers of other kinds than
 * these do not have it at all, which is told with its name.
 */
export function unguarded(
  { name, overloads }: FunctionDeclaration,
  receivers: readonly ValueKind[] | 'all',
): FunctionDeclaration {
  const known = receivers === 'all' ? undefined : new Set([...receivers, ...namingNothing]);
  const guard =
    (evaluate: Evaluate): Evaluate =>
    (args) => {
      try {
        return evaluate(args);
      } catch (error) {
        if (!(error instanceof CelError) || error.message !== 'no such overload') throw error;
        const isKnown = known?.has(kindOf(args[0] ?? null)) ?? true;
        throw isKnown ? error : new CelError(`${error.message}: ${name}`);
      }
    };
  const guards = new Map<Evaluate, Evaluate>();
  for (const { evaluate } of overloads) {
    if (!guards.has(evaluate)) guards.set(evaluate, guard(evaluate));
  }
  return {
    name,
    overloads: overloads.map((overload) => ({
      ...overload,
      unguarded: true,
      evaluate: guards.get(overload.evaluate) ?? overload.evaluate,
    })),
  };
}

/** The same function, whose overloads take only what they declare: where types are dynamic the arguments are looked at first. */
export function guarded({ name, overloads }: FunctionDeclaration): FunctionDeclaration {
  const apart = (overload: Overload): Overload => ({
    ...overload,
    evaluate: (args) => overload.evaluate(args),
  });
  return { name, overloads: overloads.map(apart) };
}

/** Upstream asks these themselves for functions that they do not have, and they name none. */
const namingNothing: readonly ValueKind[] = ['string', 'duration', 'timestamp'];

function parseOverload(text: string, evaluate: Evaluate): Overload {
  const match = /^([^.(]+)(\.?)\(/.exec(text);
  if (match === null) throw new Error(`not a signature: ${text}`);
  const [opening, id = '', dot = ''] = match;
  const end = closing(text, opening.length);
  const args = text.slice(opening.length, end);
  const result = text.slice(end + 2);
  return {
    id,
    receiver: dot === '.',
    args: splitArguments(args).map(parseType),
    result: parseType(result),
    evaluate,
  };
}

/** The parenthesis that closes the one before `from`. */
function closing(text: string, from: number): number {
  let depth = 1;
  for (let index = from; index < text.length; index += 1) {
    if (text[index] === '(') depth += 1;
    if (text[index] === ')') depth -= 1;
    if (depth === 0) return index;
  }
  throw new Error(`not a signature: ${text}`);
}

function parseType(text: string): Type {
  const generic = /^(list|map|optional|type)\((.*)\)$/.exec(text);
  if (generic === null) {
    return /^[A-Z]$/.test(text) ? { kind: 'param', name: text } : { kind: text as SimpleKind };
  }
  const [first = { kind: 'dyn' }, second = { kind: 'dyn' }] = splitArguments(generic[2] ?? '').map(
    parseType,
  );
  switch (generic[1]) {
    case 'list':
      return listType(first);
    case 'map':
      return mapType(first, second);
    case 'optional':
      return optionalType(first);
    default:
      return { kind: 'type', of: first };
  }
}

/** Splits at the commas that are in no parentheses. */
function splitArguments(text: string): string[] {
  const parts: string[] = [];
  let depth = 0;
  let part = '';
  for (const character of text.replaceAll(' ', '')) {
    if (character === '(') depth += 1;
    if (character === ')') depth -= 1;
    if (character === ',' && depth === 0) {
      parts.push(part);
      part = '';
    } else part += character;
  }
  return part === '' ? parts : [...parts, part];
}
