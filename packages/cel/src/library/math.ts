/**
 * Numbers, as cel-go's extension has them (version 2, which is all of it). Kubernetes v1.36 does not enable it.
 *
 * `math.least` and `math.greatest` are macros over functions that nobody can call by name; see math-extremes.
 */
import type { FunctionDeclaration, Library } from '../declarations.ts';
import { CelError, noSuchOverload } from '../errors.ts';
import { declare, guarded } from '../functions/signature.ts';
import { checkInt, Uint, type Value } from '../values.ts';
import { extremeFunctions, extremeMacros } from './math-extremes.ts';

const wordBits = 64;

/** A function of a double. */
function ofDouble(name: string, result: string, use: (value: number) => Value) {
  return declare(
    `math.${name}`,
    ([value]) => {
      if (typeof value !== 'number') throw noSuchOverload();
      return use(value);
    },
    `math_${name}_double(double) ${result}`,
  );
}

/** To the nearest whole number, from the middle away from zero. Zero keeps its sign. */
function round(value: number): number {
  const whole = Math.trunc(value);
  return Math.abs(value - whole) >= 0.5 ? whole + Math.sign(value) : whole;
}

function abs(value: Value): Value {
  if (typeof value === 'number') return Math.abs(value);
  if (value instanceof Uint) return value;
  if (typeof value !== 'bigint') throw noSuchOverload();
  return value < 0n ? checkInt(-value) : value;
}

function sign(value: Value): Value {
  // Adding zero makes zero positive.
  if (typeof value === 'number') return Math.sign(value) + 0;
  if (value instanceof Uint) return new Uint(value.value === 0n ? 0n : 1n);
  if (typeof value !== 'bigint') throw noSuchOverload();
  return value === 0n ? 0n : value < 0n ? -1n : 1n;
}

function squareRoot(value: Value): number {
  const number = value instanceof Uint ? value.value : value;
  if (typeof number !== 'bigint' && typeof number !== 'number') throw noSuchOverload();
  return Math.sqrt(Number(number));
}

/** A function of the bits of ints or uints, which must be of one type. */
function onBits(
  name: string,
  compute: (...words: readonly bigint[]) => bigint,
  arity: 1 | 2,
): FunctionDeclaration {
  const signature = (type: string): string =>
    `math_${name}_${type}_${type}(${Array.from({ length: arity }, () => type).join(', ')}) ${type}`;
  return declare(
    `math.${name}`,
    (args) => {
      const words = args.map((arg) => wordOf(arg));
      return likeFirst(args[0], compute(...words));
    },
    signature('int'),
    signature('uint'),
  );
}

/** Bits past the end are lost, vacant ones are zero, also where a sign was. */
function shift(name: string, compute: (word: bigint, by: bigint) => bigint): FunctionDeclaration {
  return declare(
    `math.${name}`,
    ([value, by]) => {
      if (typeof by !== 'bigint') throw noSuchOverload();
      if (by < 0n) throw new CelError(`math.${name}() negative offset: ${by}`);
      const word = BigInt.asUintN(wordBits, wordOf(value));
      return likeFirst(value, by >= wordBits ? 0n : compute(word, by));
    },
    `math_${name}_int_int(int, int) int`,
    `math_${name}_uint_int(uint, int) uint`,
  );
}

function wordOf(value: Value | undefined): bigint {
  if (typeof value === 'bigint') return value;
  if (value instanceof Uint) return value.value;
  throw noSuchOverload();
}

function likeFirst(first: Value | undefined, bits: bigint): Value {
  return first instanceof Uint
    ? new Uint(BigInt.asUintN(wordBits, bits))
    : BigInt.asIntN(wordBits, bits);
}

const signed = (name: string): readonly string[] =>
  ['double', 'int', 'uint'].map((type) => `math_${name}_${type}(${type}) ${type}`);

const functions: readonly FunctionDeclaration[] = [
  ...extremeFunctions,
  ofDouble('ceil', 'double', Math.ceil),
  ofDouble('floor', 'double', Math.floor),
  ofDouble('round', 'double', round),
  ofDouble('trunc', 'double', Math.trunc),
  ofDouble('isInf', 'bool', (value) => Math.abs(value) === Infinity),
  ofDouble('isNaN', 'bool', Number.isNaN),
  ofDouble('isFinite', 'bool', Number.isFinite),
  declare('math.abs', ([value = null]) => abs(value), ...signed('abs')),
  declare('math.sign', ([value = null]) => sign(value), ...signed('sign')),
  onBits('bitAnd', (left = 0n, right = 0n) => left & right, 2),
  onBits('bitOr', (left = 0n, right = 0n) => left | right, 2),
  onBits('bitXor', (left = 0n, right = 0n) => left ^ right, 2),
  onBits('bitNot', (word = 0n) => ~word, 1),
  shift('bitShiftLeft', (word, by) => word << by),
  shift('bitShiftRight', (word, by) => word >> by),
  declare(
    'math.sqrt',
    ([value = null]) => squareRoot(value),
    'math_sqrt_double(double) double',
    'math_sqrt_int(int) double',
    'math_sqrt_uint(uint) double',
  ),
];

export const mathLibrary: Library = {
  name: 'cel.lib.ext.math',
  macros: extremeMacros,
  functions: functions.map(guarded),
};
