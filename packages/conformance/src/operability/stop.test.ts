/** SIGTERM and Ctrl-C: what is under way is finished, watches end as if their time was up, and the exit code is 0. */
import assert from 'node:assert/strict';
import { once } from 'node:events';
import process from 'node:process';
import { test } from 'node:test';
import { configMaps } from '@navarch/api/resources';
import { type Connection, connectTo } from '../connection.ts';
import { eventually, within } from '../eventually.ts';
import { type Product, startProduct } from '../product.ts';
import { type Credentials, credentialsOf, startHttp1, startHttp2 } from './raw.ts';

const namespace = 'default';
const collection = `/api/v1/namespaces/${namespace}/configmaps`;
/** Well below the grace that requests are given: nothing here may have to be cut off. */
const promptMs = 8_000;
const largeObjects = 6;
const largeBytes = 100_000;

test('SIGTERM drains', async (t) => {
  const product = await startProduct({ args: ['apiserver'] });
  const connection = await connectTo(product);
  const open: { close(): void }[] = [];
  try {
    const credentials = await credentialsOf(product);
    await createLarge(connection);
    const http1 = startHttp1(product, credentials, { path: `${collection}?watch=1` });
    http1.request.end();
    const watch1 = await http1.answer;
    const watch2 = await startHttp2(product, credentials, `${collection}?watch=1`);
    const slow = await startHttp2(product, credentials, `${collection}?watch=1`);
    const post = await startPost(product, credentials);
    open.push(http1, watch2, slow, post);
    const read2 = watch2.read();

    await signal(product, 'SIGTERM');
    await t.test('a watch over HTTP/1.1 ends properly', async () =>
      assertWatch(await within('its end', promptMs, watch1.ending)),
    );
    await t.test('a watch over HTTP/2 ends properly', async () =>
      assertWatch(await within('its end', promptMs, read2)),
    );
    await t.test('a watch whose reader is slow ends between two events', async () =>
      assertWatch(await within('its end', promptMs, slow.read())),
    );
    await t.test('a request under way is answered', async () => {
      post.finish();
      const { status, ending } = await within('the answer', promptMs, post.answer);
      assert.equal(status, 201);
      assert.equal((await ending).complete, true);
    });
    await t.test('then it ends, though connections are open', async () =>
      assert.equal(await within('the exit', promptMs, product.ended), 0),
    );
    await t.test('having said nothing but that it stops', () =>
      assert.match(product.output(), /ready in \d+ ms\nstopping\n$/),
    );
  } finally {
    for (const each of open) each.close();
    await connection.close();
    await product.stop('SIGKILL');
  }
});

test('Ctrl-C', async (t) => {
  await t.test('heard twice at once is one stop', async () => {
    const product = await startProduct({ args: ['apiserver'] });
    process.kill(product.pid, 'SIGINT');
    process.kill(product.pid, 'SIGINT');
    try {
      assert.equal(await within('the exit', promptMs, product.ended), 0);
    } finally {
      await product.stop('SIGKILL');
    }
  });
  await t.test('again does not wait for what is under way', async () => {
    const product = await startProduct({ args: ['apiserver'] });
    const open: { close(): void }[] = [];
    try {
      open.push(await startPost(product, await credentialsOf(product)));
      await signal(product, 'SIGINT');
      const state = { ended: false };
      void product.ended.then(() => (state.ended = true));
      await eventually('the exit', promptMs, () => {
        if (!state.ended) process.kill(product.pid, 'SIGINT');
        return state.ended;
      });
      assert.equal(await product.ended, 1);
    } finally {
      for (const each of open) each.close();
      await product.stop('SIGKILL');
    }
  });
});

/** Resolves when it has been heard. */
async function signal(product: Product, name: NodeJS.Signals): Promise<void> {
  process.kill(product.pid, name);
  await eventually('it says that it stops', promptMs, () =>
    product.output().includes('stopping\n'),
  );
}

/**
 * More than an HTTP/2 client takes unread (64 KiB), so that it waits in the server; less than makes the server give up on a watcher.
 */
async function createLarge({ client }: Connection): Promise<void> {
  const create = (_: unknown, index: number): Promise<unknown> =>
    client.resource(configMaps).create({
      metadata: { namespace, name: `large-${index}` },
      data: { text: 'x'.repeat(largeBytes) },
    });
  await Promise.all(Array.from({ length: largeObjects }, create));
}

/** A create whose body is half there: the server has begun with it and waits. */
async function startPost(product: Product, credentials: Credentials) {
  const body = JSON.stringify({ metadata: { name: 'under-way' } });
  const exchange = startHttp1(product, credentials, {
    method: 'POST',
    path: collection,
    headers: {
      'content-type': 'application/json',
      'content-length': body.length,
      expect: '100-continue', // Answered when the server has begun with it.
    },
  });
  const { request, answer } = exchange;
  answer.catch(() => undefined); // Where it matters it is waited for.
  await within('the request is under way', promptMs, once(request, 'continue'));
  request.write(body.slice(0, 10));
  return { answer, finish: () => void request.end(body.slice(10)), close: () => exchange.close() };
}

function assertWatch({ body, complete }: { body: string; complete: boolean }): void {
  assert.equal(complete, true, 'broken off');
  assert.ok(body.endsWith('\n'), 'in the middle of an event');
  for (const line of body.split('\n').slice(0, -1)) assert.match(line, /^\{"type":"ADDED".*\}$/);
}
