/**
 * Objects with mistakes, and what a real server says of them. `golden/mistakes.json` has one a line: the resource, what was posted, the
 * mistakes. They are answers of kube-apiserver, without those that only its admission or its allocators give.
 */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { fakeContext, messages } from '../testing.ts';
import { coreResources } from './index.ts';
import { submitted } from './testing.ts';

type Mistake = readonly [plural: string, object: object, messages: readonly string[]];

const file = new URL('golden/mistakes.json', import.meta.url);
const mistakes = JSON.parse(readFileSync(file, 'utf8')) as readonly Mistake[];

/** What the rules say of an object that was posted. */
function errorsOf(plural: string, value: object): readonly string[] {
  const definition = coreResources.find((one) => one.plural === plural);
  assert.ok(definition, plural);
  const object = submitted(definition, value);
  const placed = { ...object, metadata: { ...object.metadata, namespace: 'n' } };
  const made = definition.prepareForCreate?.(placed, fakeContext()) ?? placed;
  return messages(definition.validate?.(made) ?? []);
}

test('mistakes are told in the words of a real server', async (t) => {
  for (const [plural, object, expected] of mistakes) {
    await t.test(`${plural} ${JSON.stringify(object)}`, () => {
      assert.deepEqual(errorsOf(plural, object), expected);
    });
  }
});
