/** Proxied requests through the real command: bodies of any length in both directions, links of pages, and sides that break. */
import assert from 'node:assert/strict';
import { createServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { after, before, suite, test } from 'node:test';
import { createGzip, gunzipSync } from 'node:zlib';
import { connectPlainly, loadKubeconfig } from '@navarch/client/node';
import { selfSigned } from '@navarch/cluster/pki/self-signed/node';
import { createNodeRuntime } from '@navarch/runtime/node';
import type { HttpClient, HttpClientResponse } from '@navarch/wire/http/client';
import { connectTo } from '../connection.ts';
import { type Product, startProduct } from '../product.ts';

const proxyPath = '/api/v1/nodes/n/proxy';
const megabyte = new Uint8Array(1024 * 1024).fill(120);
const never = new AbortController().signal;

suite('proxied requests', { concurrency: false }, () => {
  const pair = selfSigned({ commonName: 'node.test' }, '127.0.0.1', Date.now());
  let closed: (() => void) | undefined;
  const server = createServer({ cert: pair.certificate, key: pair.key }, (request, response) => {
    const [path] = (request.url ?? '').split('?');
    if (path === '/page') {
      response.setHeader('content-type', 'text/html');
      response.setHeader('content-encoding', 'gzip');
      const gzip = createGzip();
      gzip.pipe(response);
      gzip.end(`<a href="/next">${String(request.headers['x-forwarded-uri'])}</a>`);
    } else if (path === '/length') {
      response.setHeader('content-length', 5);
      response.end('hello');
    } else if (path === '/cut') {
      response.write(megabyte, () => request.socket.destroy());
    } else {
      response.on('close', () => closed?.());
      request.on('error', () => response.destroy());
      request.pipe(response);
    }
  });
  let product: Product;
  let http: HttpClient;
  before(async () => {
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    product = await startProduct({ args: ['apiserver', '--storage', 'memory'] });
    const connection = await connectTo(product);
    const { client } = connection;
    const node = { kind: 'Node', apiVersion: 'v1', metadata: { name: 'n' } };
    await client.raw({ method: 'POST', path: '/api/v1/nodes', body: node });
    const { port } = server.address() as AddressInfo;
    await client.raw({
      method: 'PATCH',
      path: '/api/v1/nodes/n/status',
      contentType: 'application/merge-patch+json',
      body: {
        status: {
          addresses: [{ type: 'InternalIP', address: '127.0.0.1' }],
          daemonEndpoints: { kubeletEndpoint: { Port: port } },
        },
      },
    });
    await connection.close();
    const runtime = createNodeRuntime({ format: 'text', level: 'error', write: () => undefined });
    ({ http } = await connectPlainly(await loadKubeconfig(product.kubeconfig), runtime));
  });
  after(async () => {
    server.closeAllConnections();
    server.close();
    http.close();
    await product.stop();
  });

  const ask = (
    path: string,
    body?: AsyncIterable<Uint8Array>,
    signal = never,
    method = body ? 'POST' : 'GET',
  ): Promise<HttpClientResponse> =>
    http.request({
      method,
      path: `${proxyPath}${path}`,
      headers: { 'accept-encoding': 'gzip' },
      signal,
      ...(body && { body }),
    });

  test('more than fits into memory comes back as it is sent, and nothing piles up on the way', async () => {
    const count = 64;
    let sent = 0;
    let read = 0;
    let ahead = 0;
    const response = await ask(
      '/echo',
      (async function* () {
        for (; sent < count; sent++) yield megabyte;
      })(),
    );
    for await (const chunk of response.chunks) {
      read += chunk.byteLength;
      ahead = Math.max(ahead, sent * megabyte.byteLength - read);
    }
    assert.equal(read, count * megabyte.byteLength);
    assert.ok(ahead < 32 * megabyte.byteLength, `${ahead} bytes were under way`);
  });

  test('links of a page lead through the proxy, also of one that is packed', async () => {
    const response = await ask('/page');
    assert.equal(
      gunzipSync(await response.bytes()).toString(),
      `<a href="${proxyPath}/next">${proxyPath}/page</a>`,
    );
  });

  test('what has a length has it, also where only that is asked for', async () => {
    for (const [method, text] of [
      ['GET', 'hello'],
      ['HEAD', ''],
    ] as const) {
      const response = await ask('/length', undefined, never, method);
      assert.equal(response.headers['content-length'], '5');
      assert.equal(Buffer.from(await response.bytes()).toString(), text);
    }
  });

  test('an answer that breaks off is not taken for whole', async () => {
    const response = await ask('/cut');
    await assert.rejects(response.bytes());
  });

  test('a client that leaves while it sends is gone for the other side, too', async () => {
    const leaving = new AbortController();
    const left = new Promise<void>((resolve) => void (closed = resolve));
    const response = await ask(
      '/echo',
      (async function* () {
        yield megabyte;
        await left;
      })(),
      leaving.signal,
    );
    for await (const _ of response.chunks) break;
    leaving.abort(new Error('enough'));
    await left;
  });
});
