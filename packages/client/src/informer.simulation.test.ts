/**
 * Random writes, cut connections, restarts, outages and compactions, from seeds: the cache must come out right every time, what handlers
 * hear must add up to it, and own writes must never be reported as seen before they are.
 */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { configMaps } from '@navarch/api/resources';
import type { ConfigMap } from '@navarch/api/types/core/v1/config';
import { integer, type Random } from '@navarch/runtime/random';
import { seededRandom } from '@navarch/runtime/testing';
import type { Informer } from './informer.ts';
import { keyOf } from './keys.ts';
import { createOwnWrites } from './own-writes.ts';
import { startTestClient, type TestClient } from './testing.ts';

const names = ['a', 'b', 'c', 'd', 'e', 'f'];

/** What someone knows who only listens. Changes that do not fit what was heard before are failures. */
function listener(informer: Informer<ConfigMap>): Map<string, ConfigMap> {
  const known = new Map<string, ConfigMap>();
  informer.onChange({
    added: (object) => {
      assert.equal(known.has(keyOf(object)), false, `added twice: ${keyOf(object)}`);
      known.set(keyOf(object), object);
    },
    updated: (old, object) => {
      assert.equal(known.get(keyOf(old)), old, `updated from what was not known: ${keyOf(old)}`);
      known.set(keyOf(object), object);
    },
    deleted: (object) => {
      assert.equal(known.delete(keyOf(object)), true, `deleted but not known: ${keyOf(object)}`);
    },
  });
  return known;
}

async function disturb({ server, runtime }: TestClient, random: Random): Promise<void> {
  const { clock } = runtime;
  const disturbances: (() => void | Promise<void>)[] = [
    () => server.cutWatches(),
    () => server.endWatches(),
    () => server.storage.compact(),
    () => server.sendBookmarks(),
    () => server.down(),
    () => server.up(),
    () => clock.advance(integer(random, 100)),
    () => clock.advance(integer(random, 5_000)),
    () => clock.advance(integer(random, 700_000)),
  ];
  await disturbances[integer(random, disturbances.length)]?.();
}

/** Writes around the network: the server is reachable for whoever else writes. */
function write({ server }: TestClient, random: Random): void {
  const { storage } = server;
  const name = names[integer(random, names.length)] ?? '';
  const stored = storage.get('/configmaps', 'd', name);
  if (stored && random.next() < 0.3) {
    storage.remove('/configmaps', stored);
    return;
  }
  const uid = stored?.metadata.uid ?? `${name}-${storage.version}`;
  storage.put('/configmaps', { metadata: { namespace: 'd', name, uid } });
}

async function run(seed: number, initial: 'list' | 'stream'): Promise<void> {
  const testing = startTestClient(seed);
  const { informers, client, server, runtime, lifetime } = testing;
  const random = seededRandom(seed * 7919);
  const informer = informers.of(configMaps, {
    initial,
    indexes: { first: (object) => [(object.metadata.uid ?? '').slice(0, 1)] },
  });
  const heard = listener(informer);
  const ownWrites = createOwnWrites(runtime, { patienceMs: Number.MAX_SAFE_INTEGER });
  let written: ConfigMap | undefined;
  for (let step = 0; step < 120; step++) {
    if (random.next() < 0.5) write(testing, random);
    else await disturb(testing, random);
    if (random.next() < 0.1) {
      const made = client
        .resource(configMaps)
        .create({ metadata: { namespace: 'd', generateName: 'x-' } });
      written = await made.catch(() => undefined);
      if (written) ownWrites.wrote('own', informer, written);
    }
    if (written && ownWrites.hasSeen('own')) {
      assert.ok(informer.get('d', written.metadata.name ?? ''), 'reported as seen before it is');
    }
  }
  server.up();
  await runtime.clock.advance(120_000);
  const truth = server.storage.list('/configmaps');
  const sorted = (of: Iterable<ConfigMap>): unknown[] =>
    [...of]
      .map((object) => `${keyOf(object)} ${object.metadata.uid} ${object.metadata.resourceVersion}`)
      .sort();
  assert.deepEqual(sorted(informer.list()), sorted(truth));
  assert.deepEqual(sorted(heard.values()), sorted(truth));
  assert.deepEqual(
    sorted(informer.byIndex('first', 'a')),
    sorted(truth.filter((o) => o.metadata.uid?.startsWith('a'))),
  );
  assert.equal(ownWrites.hasSeen('own'), true);
  assert.deepEqual(
    runtime.lines.filter((line) => line.level === 'error'),
    [],
  );
  await lifetime.stop();
}

for (const initial of ['list', 'stream'] as const) {
  test(`the cache survives 100 seeds of faults, beginning with a ${initial}`, async () => {
    for (let seed = 1; seed <= 100; seed++) {
      await run(seed, initial).catch((error: unknown) => {
        throw new Error(`seed ${seed}`, { cause: error });
      });
    }
  });
}

test('the same seed gives the same run', async () => {
  const logs = await Promise.all(
    [1, 1].map(async () => {
      const testing = startTestClient(5);
      const random = seededRandom(5);
      testing.informers.of(configMaps);
      for (let step = 0; step < 60; step++) {
        write(testing, random);
        await disturb(testing, random);
      }
      await testing.lifetime.stop();
      return [testing.server.requests, testing.runtime.lines];
    }),
  );
  assert.deepEqual(logs[0], logs[1]);
});
