/** `math.least` and `math.greatest`: of any number of arguments, or of a list. What is wrong with literals is found when parsing. */
import type { Expr } from '../ast.ts';
import type { FunctionDeclaration } from '../declarations.ts';
import { CelError, noSuchOverload } from '../errors.ts';
import { compareValues } from '../evaluate/compare.ts';
import { declare } from '../functions/signature.ts';
import { type Macro, MacroError } from '../parser/macro.ts';
import { elementsOf, isList, Uint, type Value } from '../values.ts';

const numbers = ['double', 'int', 'uint'];

/** Numbers of one type stay of it; of two types the result is only known when run. */
function signatures(name: string): readonly string[] {
  const pairs = numbers.flatMap((left) =>
    numbers.map(
      (right) =>
        `math_@${name}_${left}_${right}(${left}, ${right}) ${left === right ? left : 'dyn'}`,
    ),
  );
  return [
    ...numbers.map((type) => `math_@${name}_${type}(${type}) ${type}`),
    ...pairs,
    ...numbers.map((type) => `math_@${name}_list_${type}(list(${type})) ${type}`),
  ];
}

/** The one that is beyond the other in a direction, -1 or 1; of equal ones the first. */
function extreme(name: string, direction: number): FunctionDeclaration {
  const full = `math.@${name}`;
  const pick = (left: Value, right: Value): Value =>
    Math.sign(compareValues(right, left)) === direction ? right : left;
  const ofList = (list: Iterable<Value>): Value => {
    let found: Value | undefined;
    try {
      for (const item of list) found = found === undefined ? item : pick(found, item);
    } catch (error) {
      // Upstream forgets what was wrong with an element.
      throw error instanceof CelError ? namedOverload(full) : error;
    }
    if (found === undefined) throw new CelError(`${full}(list) argument must not be empty`);
    if (!isNumber(found)) throw namedOverload(full);
    return found;
  };
  return declare(
    full,
    ([first = null, second]) => {
      if (second === undefined) return isNumber(first) ? first : ofList(listItems(first));
      try {
        return pick(first, second);
      } catch (error) {
        throw error instanceof CelError ? new CelError(`${error.message}: ${full}`) : error;
      }
    },
    ...signatures(name),
  );
}

function listItems(value: Value): Iterable<Value> {
  if (value === null || !isList(value)) throw noSuchOverload();
  return elementsOf(value);
}

const isNumber = (value: Value): boolean =>
  typeof value === 'number' || typeof value === 'bigint' || value instanceof Uint;

const namedOverload = (name: string): CelError => new CelError(`no such overload: ${name}`);

function extremeMacro(name: string, target: string): Macro {
  const call = `math.${name}()`;
  return {
    name,
    receiver: true,
    argCount: undefined,
    expand(build, receiver, args) {
      if (receiver?.kind !== 'ident' || receiver.name !== 'math') return undefined;
      const [only] = args;
      if (only === undefined) {
        throw new MacroError(`${call} requires at least one argument`, receiver);
      }
      if (args.length === 1) {
        if (!mayBeNumber(only) && !mayBeNumbers(only)) {
          throw new MacroError(`${call} invalid single argument value`, only);
        }
        return build.call(target, only);
      }
      const wrong = args.find((arg) => !mayBeNumber(arg));
      if (wrong !== undefined) {
        throw new MacroError(`${call} simple literal arguments must be numeric`, wrong);
      }
      return args.length === 2
        ? build.call(target, ...args)
        : build.call(target, build.list(...args));
    },
  };
}

function mayBeNumber(expr: Expr): boolean {
  switch (expr.kind) {
    case 'literal':
      return isNumber(expr.value);
    case 'list':
    case 'map':
    case 'struct':
      return false;
    default:
      return true;
  }
}

const mayBeNumbers = (expr: Expr): boolean =>
  expr.kind === 'list' && expr.elements.length > 0 && expr.elements.every(mayBeNumber);

export const extremeFunctions: readonly FunctionDeclaration[] = [
  extreme('min', -1),
  extreme('max', 1),
];

export const extremeMacros: readonly Macro[] = [
  extremeMacro('least', 'math.@min'),
  extremeMacro('greatest', 'math.@max'),
];
