/**
 * Random expressions mean the same here and in another implementation, @bufbuild/cel. Differences
 * that are known and intended are left out of what is generated: doubles, which that one compares and
 * formats as JavaScript does, the remainder of the least integer by -1, and int('').
 */
import { isCelError, isCelList, isCelMap, isCelUint, run } from '@bufbuild/cel';
import { strings } from '@bufbuild/cel/ext';
import * as fc from 'fast-check';
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createEnvironment } from './environment.ts';
import { CelError } from './errors.ts';
import { stringsLibrary } from './library/strings.ts';
import { showValue } from './testing.ts';
import { intType, listType, mapType, stringType } from './types.ts';
import { listOf, mapOf, type Value } from './values.ts';

const environment = createEnvironment({
  libraries: [stringsLibrary],
  variables: {
    x: intType,
    y: intType,
    s: stringType,
    l: listType(intType),
    m: mapType(stringType, intType),
  },
});

/** Expressions by type; `plain` are texts without surrogates: the other implementation counts them twice. */
const { bool } = fc.letrec<Record<'int' | 'bool' | 'text' | 'plain' | 'list', string>>((tie) => ({
  int: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    fc.constantFrom('x', 'y', '0', '1', '-1', '7', '9223372036854775807', '(-9223372036854775808)'),
    operation(tie('int'), ['+', '-', '*', '/'], tie('int')),
    operation(tie('int'), ['%'], fc.constantFrom('3', '-2', '0')),
    fc.tuple(tie('bool'), tie('int'), tie('int')).map(([c, a, b]) => `(${c} ? ${a} : ${b})`),
    tie('list').map((list) => `size(${list})`),
    tie('text').map((text) => `${text}.size()`),
    fc.tuple(tie('list'), tie('int')).map(([list, index]) => `${list}[${index}]`),
    tie('text').map((text) => `m[${text}]`),
    tie('int').map((value) => `int(string(${value}))`),
    fc
      .tuple(tie('plain'), fc.constantFrom('indexOf', 'lastIndexOf'), tie('plain'))
      .map(([text, method, part]) => `${text}.${method}(${part})`),
  ),
  bool: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    fc.constantFrom('true', 'false', 'has(m.a)', 'has(m.z)'),
    operation(tie('int'), ['<', '<=', '>', '>=', '==', '!='], tie('int')),
    operation(tie('text'), ['<', '>=', '==', '!='], tie('text')),
    operation(tie('bool'), ['&&', '||', '=='], tie('bool')),
    tie('bool').map((inner) => `!(${inner})`),
    operation(tie('int'), ['in'], tie('list')),
    operation(tie('list'), ['==', '!='], tie('list')),
    fc
      .tuple(tie('list'), fc.constantFrom('all', 'exists', 'exists_one'), tie('bool'))
      .map(([list, macro, inner]) => `${list}.${macro}(x, ${inner})`),
    fc
      .tuple(tie('text'), fc.constantFrom('contains', 'startsWith', 'endsWith'), tie('text'))
      .map(([text, method, part]) => `${text}.${method}(${part})`),
  ),
  text: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    fc.constantFrom('s', "''", "'a'", "'12'", "'é\\n'", '"\\U0001F600"', "r'\\d'"),
    operation(tie('text'), ['+'], tie('text')),
    tie('int').map((value) => `string(${value})`),
    fc.tuple(tie('bool'), tie('text'), tie('text')).map(([c, a, b]) => `(${c} ? ${a} : ${b})`),
    tie('plain'),
  ),
  plain: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    fc.constantFrom('s', "''", "'a'", "'1, 2'", "' é\\n'"),
    operation(tie('plain'), ['+'], tie('plain')),
    fc
      .tuple(tie('plain'), fc.constantFrom('lowerAscii', 'upperAscii', 'trim'))
      .map(([text, method]) => `${text}.${method}()`),
    fc
      .tuple(tie('plain'), fc.constantFrom('charAt', 'substring'), tie('int'))
      .map(([text, method, at]) => `${text}.${method}(${at})`),
    fc
      .tuple(tie('plain'), tie('int'), tie('int'))
      .map(([text, from, to]) => `${text}.substring(${from}, ${to})`),
    fc
      .tuple(tie('plain'), fc.constantFrom("'a'", "', '", "'é'"), tie('plain'))
      .map(([text, old, by]) => `${text}.replace(${old}, ${by})`),
    fc
      .tuple(tie('plain'), fc.constantFrom("'a'", "', '", "'é'"), tie('plain'))
      .map(([text, by, between]) => `${text}.split(${by}).join(${between})`),
  ),
  list: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    fc.constantFrom('l', '[1]', '[1, 2, 3]'),
    fc.array(tie('int'), { minLength: 1, maxLength: 3 }).map((items) => `[${items.join(', ')}]`),
    operation(tie('list'), ['+'], tie('list')),
    fc.tuple(tie('list'), tie('bool')).map(([list, inner]) => `${list}.filter(x, ${inner})`),
    fc.tuple(tie('list'), tie('int')).map(([list, inner]) => `${list}.map(y, ${inner})`),
  ),
}));

function operation(
  left: fc.Arbitrary<string>,
  operators: readonly string[],
  right: fc.Arbitrary<string>,
): fc.Arbitrary<string> {
  return fc
    .tuple(left, fc.constantFrom(...operators), right)
    .map(([one, operator, other]) => `(${one} ${operator} ${other})`);
}

test('random expressions mean what another implementation says', () => {
  const values = fc.record({
    x: fc.bigInt(-3n, 3n),
    y: fc.bigInt(-(2n ** 63n), 2n ** 63n - 1n),
    s: fc.constantFrom('', 'a', '12', 'é', 'hello'),
    l: fc.array(fc.bigInt(-2n, 2n), { maxLength: 4 }),
    m: fc.dictionary(fc.constantFrom('a', 'b', '12'), fc.bigInt(-2n, 2n)),
  });
  fc.assert(
    fc.property(bool, values, (text, { x, y, s, l, m }) => {
      const bound = new Map<string, Value>([
        ['x', x],
        ['y', y],
        ['s', s],
        ['l', listOf(l)],
        ['m', mapOf(Object.entries(m))],
      ]);
      const ours = evaluate(text, bound);
      if (ours === undefined) return;
      assert.equal(
        ours,
        show(run(text, { x, y, s, l, m: new Map(Object.entries(m)) }, { funcs: strings })),
      );
    }),
    { numRuns: 500 },
  );
});

/** The value as text, or `error`; undefined for what cannot be evaluated at all. */
function evaluate(text: string, bound: ReadonlyMap<string, Value>): string | undefined {
  const compiled = environment.compile(text);
  if (!compiled.ok) {
    // Literals that cannot be converted are refused early, and deep expressions altogether.
    assert.match(compiled.message, /type conversion error|recursion/);
    return undefined;
  }
  try {
    return showValue(compiled.program.evaluate(bound).value);
  } catch (error) {
    if (!(error instanceof CelError)) throw error;
    return 'error';
  }
}

function show(value: unknown): string {
  if (isCelError(value)) return 'error';
  if (typeof value === 'string') return `'${value}'`;
  if (isCelUint(value)) return `${value.value}u`;
  if (isCelList(value)) return `[${[...value].map(show).join(', ')}]`;
  if (isCelMap(value)) {
    return `{${[...value].map(([key, item]) => `${show(key)}: ${show(item)}`).join(', ')}}`;
  }
  return String(value);
}
