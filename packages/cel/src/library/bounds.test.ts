/** What an expression may ask for is bounded before it is made. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createEnvironment } from '../environment.ts';
import { CostLimitExceeded } from '../errors.ts';
import { kubernetesLibraries } from './kubernetes.ts';

const environment = createEnvironment({ libraries: kubernetesLibraries });
const none = { get: () => undefined };

function evaluate(text: string, costLimit?: number): unknown {
  const compiled = environment.compile(text);
  assert.ok(compiled.ok, text);
  return compiled.program.evaluate(none, costLimit === undefined ? {} : { costLimit }).value;
}

const large = ['lists.range(100000000000).size() > 0', 'lists.range(5000000).sort().size() > 0'];
for (const text of large) {
  test(`too large: ${text}`, () => {
    assert.throws(() => evaluate(text, 1_000_000), CostLimitExceeded);
  });
}

const values: readonly (readonly [text: string, value: unknown])[] = [
  ['lists.range(4).sum()', 6n],
  ['lists.range(0).size()', 0n],
  ["'abc'.lastIndexOf('a', 5)", -1n],
  ["'abcabc'.lastIndexOf('a')", 3n],
  ["'tacocat'.substring(0, 4)", 'taco'],
  ["'a,b,c'.split(',', 2).join('|')", 'a|b,c'],
  ["'hello'.replace('l', 'L', 1)", 'heLlo'],
  ["sign(quantity('-1Mi'))", -1n],
  ['[3, 1, 2].sort() == [1, 2, 3]', true],
  ['[1, 1, 2].distinct().size()', 2n],
  ["['b', 'a'].sortBy(x, x)[0]", 'a'],
  ['sets.equivalent([1, 2], [2, 1])', true],
  ["'abc 123'.find('[0-9]+')", '123'],
];
for (const [text, value] of values) {
  test(text, () => assert.deepEqual(evaluate(text), value));
}
