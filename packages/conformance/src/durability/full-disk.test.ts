/**
 * A full disk: writes are refused in words that say so, reads go on, nothing acknowledged is lost, and as soon as there is room
 * writes work again, with or without a restart.
 */
import assert from 'node:assert/strict';
import path from 'node:path';
import { test, type TestContext } from 'node:test';
import { StatusError } from '@navarch/api/status';
import { configMaps } from '@navarch/api/resources';
import type { Client } from '@navarch/client/client';
import { isNotFound } from '@navarch/client/errors';
import { eventually } from '../eventually.ts';
import { type Product, startProduct } from '../product.ts';
import { connectTo } from '../connection.ts';
import { Ledger } from './ledger.ts';
import { createSmallDisk, type SmallDisk } from './small-disk.ts';
import { Witness } from './witness.ts';

const namespace = 'default';
const diskBytes = 10 * 1024 * 1024;
const ballastBytes = 2 * 1024 * 1024;
const valueBytes = 20_000;
const writers = 8;
const limitMs = 10_000;

test('a full disk', async (t) => {
  const disk = createSmallDisk(diskBytes);
  if (!disk) {
    t.skip('this machine does not let us mount a small file system');
    return;
  }
  try {
    disk.occupy('first', ballastBytes);
    disk.occupy('second', ballastBytes);
    const ledger = new Ledger();
    const port = await withProduct(disk, 0, async (product, client) => {
      await fillTwice(t, { disk, product, client, ledger });
      return Number(new URL(product.url).port);
    });
    await t.test('after kill -9 it starts on the full disk, to be read from', () =>
      withProduct(disk, port, async (product, client) => {
        assertClean(product);
        await assertKept(client, ledger);
        await fill(client, ledger, 'still-full');
      }),
    );
    disk.free('second');
    await t.test('after kill -9 and with room a start is clean', () =>
      withProduct(disk, 0, async (product, client) => {
        assertClean(product);
        await assertKept(client, ledger);
        await writeAgain(client, ledger, 'third');
        assert.equal(await product.stop('SIGTERM'), 0);
      }),
    );
  } finally {
    disk.remove();
  }
});

interface World {
  readonly disk: SmallDisk;
  readonly product: Product;
  readonly client: Client;
  readonly ledger: Ledger;
}

async function fillTwice(t: TestContext, world: World): Promise<void> {
  const { client, disk, ledger, product } = world;
  const witness = new Witness(namespace);
  const watching = new AbortController();
  await witness.watch(client, watching.signal);
  await t.test('writes are refused with a Status that says why', () =>
    fill(client, ledger, 'first'),
  );
  await t.test('and go on being refused, at once', () => fill(client, ledger, 'again'));
  await t.test('reads go on, and nothing acknowledged is lost', () => assertKept(client, ledger));
  await t.test('it is alive, and not ready', () => assertAliveOnly(client));
  disk.free('first');
  await t.test('with room, writes work again', async () => {
    await writeAgain(client, ledger, 'second');
    assert.equal(await client.raw({ method: 'GET', path: '/readyz' }), 'ok');
  });
  await t.test('watches told of all that was acknowledged and of nothing else', async () => {
    await eventually(
      'the watch catches up',
      limitMs,
      () => witness.version >= ledger.highestVersion,
    );
    assert.deepEqual(
      witness.seen.map(({ change }) => change).toSorted(),
      ledger.acknowledged.map(({ change }) => change).toSorted(),
    );
    assert.deepEqual(witness.problems, []);
  });
  await t.test('full once more', () => fill(client, ledger, 'full'));
  watching.abort();
  await product.stop('SIGKILL');
}

function assertClean(product: Product): void {
  assert.doesNotMatch(product.output(), /^[WEF]\d{4} |error|^navarch:/im);
}

async function withProduct<T>(
  { directory }: SmallDisk,
  port: number,
  run: (product: Product, client: Client) => Promise<T>,
): Promise<T> {
  const dataDir = path.join(directory, 'data');
  const product = await startProduct({ args: ['apiserver'], dataDir, port });
  const connection = await connectTo(product);
  try {
    return await run(product, connection.client);
  } finally {
    await connection.close();
    await product.stop('SIGKILL');
  }
}

/** Writes from many sides until each has been refused. */
async function fill(client: Client, ledger: Ledger, prefix: string): Promise<void> {
  const refusals = await Promise.all(
    Array.from({ length: writers }, (_, writer) =>
      writeUntilRefused(client, ledger, `${prefix}-${writer}`),
    ),
  );
  for (const { status } of refusals) {
    const { code, reason, message, status: outcome } = status;
    assert.deepEqual(
      { code, reason, outcome },
      { code: 500, reason: 'InternalError', outcome: 'Failure' },
    );
    assert.match(message ?? '', /no space left on device/);
    assert.doesNotMatch(message ?? '', /\n| at .*:\d+/);
  }
}

async function writeUntilRefused(
  client: Client,
  ledger: Ledger,
  prefix: string,
): Promise<StatusError> {
  for (let number = 1; ; number++) {
    const refusal = await write(client, ledger, `${prefix}-${number}`);
    if (refusal) return refusal;
  }
}

/** Gives the refusal, if it was refused. */
async function write(
  client: Client,
  ledger: Ledger,
  name: string,
): Promise<StatusError | undefined> {
  const object = {
    metadata: { namespace, name },
    data: { number: '1', text: 'x'.repeat(valueBytes) },
  };
  ledger.attempt(name, 1);
  try {
    const { metadata } = await client.resource(configMaps).create(object);
    ledger.acknowledge(name, Number(metadata.resourceVersion));
    return undefined;
  } catch (error) {
    if (!(error instanceof StatusError)) throw error;
    ledger.refuse(name);
    return error;
  }
}

async function writeAgain(client: Client, ledger: Ledger, prefix: string): Promise<void> {
  let number = 0;
  await eventually('a write is taken', limitMs, async () => {
    const refusal = await write(client, ledger, `${prefix}-${++number}`);
    return refusal === undefined;
  });
  for (let i = 0; i < 10; i++)
    assert.equal(await write(client, ledger, `${prefix}-more-${i}`), undefined);
}

async function assertKept(client: Client, ledger: Ledger): Promise<void> {
  const list = await client.resource(configMaps).list({ namespace });
  const objects = list.items.filter(
    ({ metadata, data }) => !metadata.name?.startsWith('tick-') && data?.['number'],
  );
  assert.deepEqual(ledger.settle(objects), []);
  for (const { metadata, data } of objects.slice(0, 5)) {
    assert.equal(data?.['text']?.length, valueBytes);
    const read = await client.resource(configMaps).get(namespace, metadata.name ?? '');
    assert.equal(read.metadata.resourceVersion, metadata.resourceVersion);
  }
  await assert.rejects(client.resource(configMaps).get(namespace, 'nobody'), isNotFound);
}

/** A server that can read is alive: restarting it would not help. */
async function assertAliveOnly(client: Client): Promise<void> {
  assert.equal(await client.raw({ method: 'GET', path: '/livez' }), 'ok');
  await assert.rejects(client.raw({ method: 'GET', path: '/readyz' }), /500|etcd-readiness/);
}
