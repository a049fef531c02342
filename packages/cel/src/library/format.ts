/** Kubernetes' functions of named formats: https://kubernetes.io/docs/reference/using-api/cel/#kubernetes-format-library */
import type { FunctionDeclaration, Library, OverloadCost } from '../declarations.ts';
import { regexLengthFactor, stringTraversalFactor } from '../cost/actual.ts';
import { scaleRange } from '../cost/range.ts';
import { noSuchOverload } from '../errors.ts';
import { listType, objectType, optionalType, stringType } from '../types.ts';
import { listOf, type OpaqueValue, Optional, type Value } from '../values.ts';
import { actualSize, costs, global, member, traversal } from './overloads.ts';

const formatType = objectType('kubernetes.NamedFormat');
/** What estimates take a format's pattern for, whichever it is. */
const patternLengthMax = 128;
const nameLengthMax = 64;

/** A format by name. The rules of names are Kubernetes', and come from there. */
export interface NamedFormat {
  /** What is wrong with a text; nothing if it is fine. */
  readonly check: (text: string) => readonly string[];
  /** How long the pattern is: what a check costs. */
  readonly patternLength: number;
}

class Format implements OpaqueValue {
  readonly kind = 'opaque';
  readonly type = formatType;
  readonly name: string;
  readonly format: NamedFormat;

  constructor(name: string, format: NamedFormat) {
    this.name = name;
    this.format = format;
  }

  equals(other: Value): boolean {
    return other instanceof Format && other.name === this.name;
  }
}

function validate([format, text]: readonly Value[]): Value {
  if (!(format instanceof Format) || typeof text !== 'string') throw noSuchOverload();
  const problems = format.format.check(text);
  return problems.length === 0 ? Optional.none : Optional.of(listOf(problems));
}

const validateCost: OverloadCost = {
  actual: ([format, text]) => {
    if (!(format instanceof Format)) return undefined;
    const pattern = Math.ceil(format.format.patternLength * regexLengthFactor);
    return traversal(1 + actualSize(text)) * pattern;
  },
  estimate: ({ args: [text] }, sizes) => {
    if (text === undefined) return undefined;
    const read = scaleRange(sizes.sizeOf(text), stringTraversalFactor);
    return { cost: scaleRange(read, patternLengthMax * regexLengthFactor) };
  },
};

const equalityCost: OverloadCost = {
  actual: () => 1,
  estimate: () => ({ cost: scaleRange({ min: 1, max: nameLengthMax }, stringTraversalFactor) }),
};

function declareConstant(format: Format): FunctionDeclaration {
  const name = `format.${format.name}`;
  return { name, overloads: [global(name, [], formatType, { evaluate: () => format })] };
}

/** The library, for these formats. */
export function formatLibrary(formats: Readonly<Record<string, NamedFormat>>): Library {
  const byName = new Map(
    Object.entries(formats).map(([name, format]) => [name, new Format(name, format)]),
  );
  const named = ([name]: readonly Value[]): Value => {
    if (typeof name !== 'string') throw noSuchOverload();
    return new Optional(byName.get(name));
  };
  return {
    name: 'format',
    equalityCosts: { 'kubernetes.NamedFormat': equalityCost },
    functions: [
      {
        name: 'format.named',
        overloads: [
          global('format-named', [stringType], optionalType(formatType), {
            evaluate: named,
            cost: costs(1),
          }),
        ],
      },
      {
        name: 'validate',
        overloads: [
          member('format-validate', [formatType, stringType], optionalType(listType(stringType)), {
            evaluate: validate,
            cost: validateCost,
          }),
        ],
      },
      ...[...byName.values()].map(declareConstant),
    ],
  };
}
