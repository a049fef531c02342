import assert from 'node:assert/strict';
import { test } from 'node:test';
import { pods } from '@navarch/api/resources';
import type { Pod } from '@navarch/api/types/core/v1/pod';
import { createOwnWrites } from './own-writes.ts';
import { startTestClient } from './testing.ts';

const pod = (name: string): Pod => ({
  metadata: { namespace: 'd', name },
  spec: { containers: [] },
});

/** A controller whose watch lags: while `server.down()`, writes get through by a second connection. */
async function start() {
  const testing = startTestClient();
  const informer = testing.informers.of(pods);
  const of = testing.client.resource(pods);
  const kept = await of.create(pod('kept'));
  await testing.sync();
  const ownWrites = createOwnWrites(testing.runtime, { patienceMs: 60_000 });
  const lag = (): void => testing.server.cutWatches();
  const catchUp = (): Promise<void> => testing.runtime.clock.advance(2_000);
  return { ...testing, informer, of, kept, ownWrites, lag, catchUp };
}

test('a key that wrote nothing has seen everything', async () => {
  const { ownWrites, lifetime } = await start();
  assert.equal(ownWrites.hasSeen('d/a'), true);
  await lifetime.stop();
});

test('a write that the cache already shows needs no waiting', async () => {
  const { ownWrites, informer, of, lifetime } = await start();
  ownWrites.wrote('d/a', informer, await of.create(pod('new')));
  assert.equal(ownWrites.hasSeen('d/a'), true);
  await lifetime.stop();
});

test('creates and deletes are waited for, by key', async () => {
  const { ownWrites, informer, of, kept, lag, catchUp, lifetime } = await start();
  lag();
  ownWrites.wrote('d/a', informer, await of.create(pod('new')));
  await of.delete('d', 'kept');
  ownWrites.deleted('d/b', informer, kept);
  assert.equal(ownWrites.hasSeen('d/a'), false);
  assert.equal(ownWrites.hasSeen('d/b'), false);
  assert.equal(ownWrites.hasSeen('d/c'), true);
  await catchUp();
  assert.equal(ownWrites.hasSeen('d/a'), true);
  assert.equal(ownWrites.hasSeen('d/b'), true);
  await lifetime.stop();
});

test('a deletion that waits for finalizers is seen once it has begun', async () => {
  const { ownWrites, informer, of, lag, catchUp, lifetime } = await start();
  const held = await of.create({
    ...pod('held'),
    metadata: { ...pod('held').metadata, finalizers: ['a/b'] },
  });
  lag();
  await of.delete('d', 'held');
  ownWrites.deleted('d/a', informer, held);
  assert.equal(ownWrites.hasSeen('d/a'), false);
  await catchUp();
  assert.equal(ownWrites.hasSeen('d/a'), true);
  assert.ok(informer.get('d', 'held'));
  await lifetime.stop();
});

test('patience ends, with a warning; forgetting needs none', async () => {
  const { ownWrites, informer, of, runtime, server, lag, lifetime } = await start();
  lag();
  const written = await of.create(pod('new'));
  server.down();
  ownWrites.wrote('d/a', informer, written);
  ownWrites.wrote('d/b', informer, written);
  ownWrites.forget('d/b');
  assert.equal(ownWrites.hasSeen('d/b'), true);
  await runtime.clock.advance(59_000);
  assert.equal(ownWrites.hasSeen('d/a'), false);
  await runtime.clock.advance(1_000);
  assert.equal(ownWrites.hasSeen('d/a'), true);
  assert.match(runtime.lines.at(-1)?.message ?? '', /own writes never showed/);
  await lifetime.stop();
});
