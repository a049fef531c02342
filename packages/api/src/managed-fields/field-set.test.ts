import assert from 'node:assert/strict';
import { test } from 'node:test';
import * as fc from 'fast-check';
import {
  difference,
  emptySet,
  equalSets,
  hasPath,
  intersection,
  pathsOf,
  recursiveDifference,
  setOfPaths,
  union,
  type FieldSet,
} from './field-set.ts';
import { parseFieldSet } from './parse.ts';
import { compareSteps } from './path-step.ts';

const step = fc.constantFrom('f:a', 'f:b', 'f:c', 'k:{"n":1}', 'k:{"n":10}', 'k:{"n":9}', 'v:"x"');
const path = fc.array(step, { minLength: 1, maxLength: 4 });
const paths = fc.array(path, { maxLength: 8 });

const spelled = (of: Iterable<readonly string[]>): Set<string> =>
  new Set([...of].map((steps) => steps.join(' ')));

function sameMembers(set: FieldSet, expected: ReadonlySet<string>): void {
  assert.deepEqual(spelled(pathsOf(set)), expected);
}

test('the operations are those of sets of paths', () => {
  fc.assert(
    fc.property(paths, paths, (a, b) => {
      const left = spelled(a);
      const right = spelled(b);
      sameMembers(union(setOfPaths(a), setOfPaths(b)), left.union(right));
      sameMembers(intersection(setOfPaths(a), setOfPaths(b)), left.intersection(right));
      sameMembers(difference(setOfPaths(a), setOfPaths(b)), left.difference(right));
    }),
  );
});

test('recursive difference takes what lies below', () => {
  fc.assert(
    fc.property(paths, paths, (a, b) => {
      const gone = [...spelled(b)];
      const kept = [...spelled(a)].filter(
        (p) => !gone.some((q) => p === q || p.startsWith(`${q} `)),
      );
      sameMembers(recursiveDifference(setOfPaths(a), setOfPaths(b)), new Set(kept));
    }),
  );
});

test('laws', () => {
  fc.assert(
    fc.property(paths, paths, (a, b) => {
      const [x, y] = [setOfPaths(a), setOfPaths(b)];
      assert.deepEqual(union(x, y), union(y, x));
      assert.equal(equalSets(union(difference(x, y), intersection(x, y)), x), true);
      assert.equal(equalSets(difference(x, x), emptySet), true);
      for (const steps of a) assert.equal(hasPath(x, steps), true);
    }),
  );
});

test('sets are in order, and are read back as they are', () => {
  fc.assert(
    fc.property(paths, (a) => {
      const set = setOfPaths(a);
      const steps = Object.keys(set);
      assert.deepEqual(steps, steps.toSorted(compareSteps));
      assert.equal(
        JSON.stringify(parseFieldSet(JSON.parse(JSON.stringify(set)))),
        JSON.stringify(set),
      );
    }),
  );
});

test('the order of steps', () => {
  const steps = ['i:0', 'v:"a"', 'k:{"port":443}', 'k:{"port":80}', 'f:b', 'f:a', '.'];
  const expected = ['.', 'f:a', 'f:b', 'k:{"port":80}', 'k:{"port":443}', 'v:"a"', 'i:0'];
  assert.deepEqual(steps.toSorted(compareSteps), expected);
});

test('other spellings of the same steps', () => {
  const text = '{"f:b":{"k:{ \\"z\\":1, \\"a\\":2 }":{}},"f:a":{".":{}}}';
  const set = parseFieldSet(JSON.parse(text));
  assert.equal(JSON.stringify(set), '{"f:a":{},"f:b":{"k:{\\"a\\":2,\\"z\\":1}":{}}}');
  for (const wrong of [{ x: {} }, { 'f:a': 1 }, [], { 'k:x': {} }]) {
    assert.equal(parseFieldSet(wrong), undefined);
  }
});
