/**
 * kill -9 in the middle of everything, five times over: what was acknowledged is there afterwards, and whoever watched knows of it.
 */
import assert from 'node:assert/strict';
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { test } from 'node:test';
import { configMaps } from '@navarch/api/resources';
import type { Client } from '@navarch/client/client';
import { createNodeRuntime } from '@navarch/runtime/node';
import { integer } from '@navarch/runtime/random';
import { seededRandom } from '@navarch/runtime/testing';
import { openLmdbStore } from '@navarch/store/lmdb/node';
import { prefixRange } from '@navarch/store/store';
import { eventually } from '../eventually.ts';
import { type Product, startProduct } from '../product.ts';
import { connectTo } from '../connection.ts';
import { Ledger } from './ledger.ts';
import { Witness } from './witness.ts';
import { writeUntilCut } from './writers.ts';

const namespace = 'default';
const rounds = 5;
const writers = 32;
const killAfterMin = 100;
const killAfterMax = 700;
const catchUpLimitMs = 10_000;

test('nothing acknowledged is lost by kill -9', async (t) => {
  const seed = integer(createNodeRuntime(silent).random, 2 ** 31);
  t.diagnostic(`seed ${seed}`);
  const random = seededRandom(seed);
  const dataDir = mkdtempSync(path.join(tmpdir(), 'navarch-kill-'));
  const ledger = new Ledger();
  const witness = new Witness(namespace);
  try {
    for (let round = 1; round <= rounds; round++) {
      await t.test(`round ${round}`, () =>
        withProduct(dataDir, async (product, client) => {
          assertCleanStart(product);
          await assertKept(client, ledger);
          const watching = new AbortController();
          await witness.watch(client, watching.signal);
          const killAfter = killAfterMin + integer(random, killAfterMax - killAfterMin);
          await writeUntilCut({
            client,
            namespace,
            ledger,
            random,
            writers,
            objects: 4,
            onAcknowledged: (count) => {
              if (count === killAfter) void product.stop('SIGKILL');
            },
          });
          ledger.sawVersion(witness.version);
          watching.abort();
        }),
      );
    }
    await t.test('at the end', () =>
      withProduct(dataDir, async (product, client) => {
        assertCleanStart(product);
        await assertKept(client, ledger);
        const watching = new AbortController();
        await witness.watch(client, watching.signal);
        await assertTold(client, ledger, witness);
        watching.abort();
        assert.equal(await product.stop('SIGTERM'), 0);
        await assertStored(dataDir, ledger);
      }),
    );
  } finally {
    rmSync(dataDir, { recursive: true, force: true });
  }
});

const silent = { format: 'text', level: 'error', write: () => undefined } as const;

async function withProduct(
  dataDir: string,
  run: (product: Product, client: Client) => Promise<void>,
): Promise<void> {
  const product = await startProduct({ args: ['apiserver'], dataDir });
  const connection = await connectTo(product);
  try {
    await run(product, connection.client);
  } finally {
    await connection.close();
    await product.stop('SIGKILL');
  }
}

/** It has nothing to say but where it is, and the lock is its own. */
function assertCleanStart(product: Product): void {
  const { dataDir, pid } = product;
  assert.doesNotMatch(product.output(), /^[WEF]\d{4} |error|^navarch:/im);
  const locks = readdirSync(path.join(dataDir, 'store')).filter((file) => file.startsWith('lock-'));
  assert.deepEqual(
    locks.filter((file) => !file.startsWith(`lock-${pid}-`)),
    [],
    'locks of the dead',
  );
}

/** K1 to K3, and time does not run backwards. */
async function assertKept(client: Client, ledger: Ledger): Promise<void> {
  const list = await client.resource(configMaps).list({ namespace });
  const version = Number(list.metadata.resourceVersion);
  assert.ok(version >= ledger.highestVersion, `now at ${version}, was at ${ledger.highestVersion}`);
  const objects = list.items.filter(({ metadata }) => metadata.name?.startsWith('object-'));
  assert.deepEqual(ledger.settle(objects), []);
  ledger.sawVersion(version);
}

/** Each acknowledged change was told exactly once, or lies where a list said what had become of it. */
async function assertTold(client: Client, ledger: Ledger, witness: Witness): Promise<void> {
  const { metadata } = await client.resource(configMaps).list({ namespace, limit: 1 });
  await eventually(
    'the watch catches up',
    catchUpLimitMs,
    () => witness.version >= Number(metadata.resourceVersion),
  );
  assert.deepEqual(witness.problems, []);
  const told = new Map<string, number>();
  for (const { change } of witness.seen) told.set(change, (told.get(change) ?? 0) + 1);
  assert.deepEqual(
    [...told].filter(([, times]) => times > 1),
    [],
    'told twice',
  );
  const missing = ledger.acknowledged.filter(({ change }) => !told.has(change));
  assert.deepEqual(
    missing.filter((acknowledged) => !witness.maySkip(acknowledged)),
    [],
    'never told',
  );
}

/** The store itself, opened by somebody else, agrees. */
async function assertStored(dataDir: string, ledger: Ledger): Promise<void> {
  const store = await openLmdbStore(path.join(dataDir, 'store'), createNodeRuntime(silent));
  try {
    assert.ok(store.revision() >= ledger.highestVersion);
    const { entries } = await store.range(prefixRange(`/registry/configmaps/${namespace}/object-`));
    const expected = new Map(
      entries.map(({ key, modRevision }) => [key.split('/').at(-1) ?? '', Number(modRevision)]),
    );
    for (const [name, version] of expected) assert.equal(ledger.content(name)?.version, version);
  } finally {
    await store.close();
  }
}
