/** Memory is written again only when it was given back. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ChunkBuffers } from './chunk-buffers.ts';

test('what was given back is taken again, if it is large enough', () => {
  const buffers = new ChunkBuffers();
  const first = buffers.take(100);
  const second = buffers.take(100);
  assert.notEqual(first, second);
  buffers.give(first.subarray(0, 10));
  assert.notEqual(buffers.take(200), first);
  assert.equal(buffers.take(50), first);
  assert.notEqual(buffers.take(50), first);
});

test('what is not ours is not given to anybody', () => {
  const buffers = new ChunkBuffers();
  const foreign = Buffer.from('a text that shares its memory with others');
  buffers.give(foreign);
  assert.notEqual(buffers.take(1).buffer, foreign.buffer);
});
