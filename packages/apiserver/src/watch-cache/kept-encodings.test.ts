/** What is kept, what gives way, and that nothing is counted twice. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { limits } from '@navarch/runtime/limits';
import { createVirtualRuntime } from '@navarch/runtime/testing';
import type { Revision } from '@navarch/store/store';
import { createShape, Entry } from './entry.ts';
import { EncodingBudget, KeptEncodings } from './kept-encodings.ts';

const shape = createShape('Thing', 'v1', []);
const stored = Buffer.from('{"kind":"Thing","apiVersion":"v1","metadata":{}}');
const third = Math.floor(limits.keptEncodingsMaxBytes / 3);

function entry(name: string): Entry {
  return Entry.stored(shape, name, 1 as Revision, stored);
}

/** Says how often each entry was encoded. */
function counter(bytes: number) {
  const counts = new Map<Entry, number>();
  const encode = (of: Entry): Uint8Array => {
    counts.set(of, (counts.get(of) ?? 0) + 1);
    return new Uint8Array(bytes);
  };
  return { encode, count: (of: Entry) => counts.get(of) ?? 0 };
}

test('an entry is encoded once, until it leaves', () => {
  const budget = new EncodingBudget(createVirtualRuntime().clock);
  const kept = new KeptEncodings(budget, () => true);
  const { encode, count } = counter(10);
  const one = entry('one');
  kept.get(one, encode);
  kept.get(one, encode);
  assert.deepEqual([count(one), budget.bytes], [1, 10]);
  kept.drop(one);
  kept.drop(one);
  assert.equal(budget.bytes, 0);
  kept.get(one, encode);
  kept.clear();
  assert.deepEqual([count(one), budget.bytes], [2, 0]);
});

test('K1: what is no longer in the tree is not kept', () => {
  const budget = new EncodingBudget(createVirtualRuntime().clock);
  const kept = new KeptEncodings(budget, () => false);
  kept.get(entry('old'), counter(10).encode);
  assert.equal(budget.bytes, 0);
});

test('K2: when there is no room, what is kept stays and the rest is encoded each time', () => {
  const budget = new EncodingBudget(createVirtualRuntime().clock);
  const kept = new KeptEncodings(budget, () => true);
  const { encode, count } = counter(third);
  const entries = ['a', 'b', 'c', 'd'].map(entry);
  for (const _ of [1, 2]) for (const one of entries) kept.get(one, encode);
  assert.deepEqual(entries.map(count), [1, 1, 1, 2]);
  assert.ok(budget.bytes <= limits.keptEncodingsMaxBytes);
});

test('K2: a resource that nobody reads gives way', async () => {
  const { clock } = createVirtualRuntime();
  const budget = new EncodingBudget(clock);
  const idle = new KeptEncodings(budget, () => true);
  const busy = new KeptEncodings(budget, () => true);
  idle.touch();
  for (const name of ['a', 'b', 'c']) idle.get(entry(name), counter(third).encode);
  const one = entry('one');
  busy.get(one, counter(third).encode);
  assert.equal(busy.known(one), undefined, 'not while it is read');
  await clock.advance(limits.keptEncodingsIdleMs + 1);
  busy.get(one, counter(third).encode);
  assert.ok(busy.known(one));
  assert.equal(budget.bytes, third);
});
