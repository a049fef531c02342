/** What another server sent, as components in this process take it. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { LocalWatchEvent } from '@navarch/api/extension/local-server';
import { followEvents, valueOfText } from './json-stream.ts';

test('JSON becomes a frozen value, anything else stays text', () => {
  const value = valueOfText('{"items":[{"a":1}]}', 'application/json; charset=utf-8');
  assert.deepEqual(value, { items: [{ a: 1 }] });
  assert.ok(Object.isFrozen((value as { items: readonly object[] }).items[0]));
  assert.equal(valueOfText('{"a":1}', 'text/plain'), '{"a":1}');
  assert.equal(valueOfText('{"a":', 'application/json'), '{"a":');
});

const event = (name: string): LocalWatchEvent => ({
  type: 'ADDED',
  object: { metadata: { name } },
});

function setUp() {
  const names: string[] = [];
  let ends = 0;
  const listener = {
    onEvents: (events: readonly LocalWatchEvent[]) =>
      void names.push(...events.map(({ object }) => object.metadata.name ?? '')),
    onEnd: () => void ends++,
  };
  return { names, listener, ends: () => ends };
}

test('events come however their bytes were cut, and the end once', async () => {
  const bytes = new TextEncoder().encode(
    ['a', 'b', 'c'].map((name) => `${JSON.stringify(event(name))}\n`).join(''),
  );
  for (const size of [1, 7, 50, 1_000]) {
    const { names, listener, ends } = setUp();
    await followEvents(inPieces(bytes, size), listener, new AbortController().signal);
    assert.deepEqual([names, ends()], [['a', 'b', 'c'], 1]);
  }
});

async function* inPieces(bytes: Uint8Array, size: number): AsyncIterable<Uint8Array> {
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size);
}

test('a connection that breaks, or bytes that are no events, end the watch', async () => {
  const { names, listener, ends } = setUp();
  const broken = async function* (): AsyncIterable<Uint8Array> {
    yield new TextEncoder().encode(`${JSON.stringify(event('a'))}\n`);
    throw new Error('connection reset');
  };
  await followEvents(broken(), listener, new AbortController().signal);
  await followEvents(
    inPieces(new TextEncoder().encode('<html>\n'), 100),
    listener,
    new AbortController().signal,
  );
  assert.deepEqual([names, ends()], [['a'], 2]);
});
