import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Budget, createAdmissionExpressions } from './admission-expressions.ts';
import { dynamicValue } from './dynamic-values.ts';

const expressions = createAdmissionExpressions({
  hasParams: false,
  hasAuthorizer: false,
  variables: undefined,
});
const object = { items: Array.from({ length: 50 }, (_, i) => i) };
const bindings = { object: () => dynamicValue(object) };

/** What of a budget of 1,000 is left. */
function leftAfter(text: string): number {
  const budget = new Budget(1000);
  try {
    expressions.compile(text, 'any').evaluate(bindings, budget);
  } catch {
    // What it costs is the question.
  }
  return budget.limit;
}

test('what has no value has cost something all the same; what costs too much costs everything', () => {
  assert.equal(leftAfter('object.items.size() == 50'), 996);
  assert.ok(leftAfter('object.items.all(i, i >= 0) && object.items[99] == 1') < 900);
  assert.equal(leftAfter('object.items.all(i, object.items.all(j, i + j >= 0))'), 0);
});

const outputs: readonly [text: string, output: 'bool' | 'string', problem: string | undefined][] = [
  ['object.a == 1', 'bool', undefined],
  ['object.a', 'bool', 'must evaluate to bool but got dyn'],
  ['1', 'bool', 'must evaluate to bool but got int'],
  ['string(object.a)', 'string', undefined],
  ['object.a', 'string', 'must evaluate to string but got dyn'],
];

for (const [text, output, problem] of outputs) {
  test(`${text} as ${output}`, () => {
    assert.equal(expressions.compile(text, output).problem, problem);
  });
}
