/** Calls of webhooks that go wrong, on real sockets: clients read these words. */
import assert from 'node:assert/strict';
import { createServer as createHttpServer } from 'node:http';
import { createServer as createHttpsServer } from 'node:https';
import type { AddressInfo, Server } from 'node:net';
import { after, before, suite, test } from 'node:test';
import type { TLSSocket } from 'node:tls';
import type { ObjectReader } from '@navarch/api/extension/context';
import type { WebhookAddress } from '@navarch/api/extension/webhook';
import { createNodeRuntime } from '@navarch/runtime/node';
import { createHttpClient } from '@navarch/wire/http/client/node';
import { selfSigned } from '../../pki/self-signed/node.ts';
import { Gate, TooMany } from './gate.ts';
import { createWebhookCaller, type WebhookConnections } from './caller.ts';

const pair = selfSigned({ commonName: 'hooks.default.svc' }, '127.0.0.1', Date.now());
const other = selfSigned({ commonName: 'other' }, '127.0.0.1', Date.now());
const caBundle = Buffer.from(pair.certificate).toString('base64');

/** Two services: one of this machine's own address, one whose certificate is for another name. */
const objects: Readonly<Record<string, object>> = {
  wrong: { metadata: { name: 'wrong' }, spec: { type: 'ExternalName', externalName: '127.0.0.1' } },
  hooks: { metadata: { name: 'hooks' }, spec: { type: 'ExternalName', externalName: '127.0.0.1' } },
  empty: { metadata: { name: 'empty' }, spec: { type: 'ClusterIP', ports: [{ port: 443 }] } },
};
const read = {
  get: (_: unknown, __: string, name: string) => objects[name],
  list: () => [],
} as unknown as ObjectReader;

function listen(server: Server): Promise<number> {
  return new Promise((resolve) => {
    server.listen(0, '127.0.0.1', () => resolve((server.address() as AddressInfo).port));
  });
}

suite('calls of webhooks', () => {
  const serving = { cert: pair.certificate, key: pair.key };
  const asking = { ...serving, requestCert: true, rejectUnauthorized: false };
  const tls = createHttpsServer(asking, (request, response) => {
    if (request.url?.startsWith('/hang')) return;
    if (request.url?.startsWith('/who')) {
      const { subject } = (request.socket as TLSSocket).getPeerCertificate();
      response.end(`${String(subject?.CN)} ${request.headers.authorization}`);
      return;
    }
    if (request.url?.startsWith('/close')) request.socket.destroy();
    else response.end(`${request.headers.host} ${request.url}`);
  });
  const plain = createHttpServer((_, response) => response.end('plain'));
  const ports = { tls: 0, plain: 0 };
  let webhooks: WebhookConnections;
  before(async () => {
    const runtime = createNodeRuntime({ format: 'text', level: 'error', write: () => undefined });
    const { clock, random } = runtime;
    const dial = (options: Parameters<typeof createHttpClient>[0]) =>
      Promise.resolve(createHttpClient(options));
    const { certificate, key } = other;
    webhooks = createWebhookCaller({
      clock,
      random,
      read: () => read,
      dial,
      credentials: (plugin, hostPort) =>
        plugin === 'known' && hostPort === `127.0.0.1:${ports.tls}`
          ? { certificate, key, token: 'T' }
          : undefined,
    });
    ports.tls = await listen(tls);
    ports.plain = await listen(plain);
  });
  after(() => {
    webhooks.close();
    tls.closeAllConnections();
    tls.close();
    plain.close();
  });

  const call = (address: WebhookAddress, signal = new AbortController().signal): Promise<string> =>
    webhooks.call({ address, body: {}, timeoutSeconds: 1, signal }).catch((error: unknown) => {
      assert.ok(error instanceof Error);
      return error.message;
    });
  const service = (name: string, port = ports.tls): WebhookAddress => ({
    service: { namespace: 'default', name, path: '/x', port },
    caBundle,
  });
  const url = (path: string): string => `https://127.0.0.1:${ports.tls}${path}`;
  const untrusted = 'tls: failed to verify certificate: x509: certificate';

  const cases: readonly {
    readonly name: string;
    readonly address: () => WebhookAddress;
    readonly says: () => string;
  }[] = [
    {
      name: 'an answer',
      address: () => ({ url: url('/a//b/'), caBundle }),
      says: () => `127.0.0.1:${ports.tls} /a/b?timeout=1s`,
    },
    {
      name: 'a service goes by its name',
      address: () => service('hooks'),
      says: () => `hooks.default.svc:${ports.tls} /x?timeout=1s`,
    },
    {
      name: 'nobody listens',
      address: () => ({ url: 'https://127.0.0.1:1' }),
      says: () =>
        'Post "https://127.0.0.1:1/?timeout=1s": dial tcp 127.0.0.1:1: connect: connection refused',
    },
    {
      name: 'nobody vouches for it',
      address: () => ({ url: url('/') }),
      says: () => `Post "${url('/?timeout=1s')}": ${untrusted} signed by unknown authority`,
    },
    {
      name: 'somebody else vouches',
      address: () => ({
        url: url('/'),
        caBundle: Buffer.from(other.certificate).toString('base64'),
      }),
      says: () => `Post "${url('/?timeout=1s')}": ${untrusted} signed by unknown authority`,
    },
    {
      name: 'its certificate is for another name',
      address: () => service('wrong'),
      says: () =>
        `Post "https://wrong.default.svc:${ports.tls}/x?timeout=1s": ${untrusted} is valid for hooks.default.svc, not wrong.default.svc`,
    },
    {
      name: 'it speaks no TLS',
      address: () => ({ url: `https://127.0.0.1:${ports.plain}` }),
      says: () =>
        `Post "https://127.0.0.1:${ports.plain}/?timeout=1s": http: server gave HTTP response to HTTPS client`,
    },
    {
      name: 'it hangs up',
      address: () => ({ url: url('/close'), caBundle }),
      says: () => `Post "${url('/close?timeout=1s')}": EOF`,
    },
    {
      name: 'it hangs',
      address: () => ({ url: url('/hang'), caBundle }),
      says: () => `Post "${url('/hang?timeout=1s')}": context deadline exceeded`,
    },
    {
      name: 'no such service',
      address: () => service('nobody', 443),
      says: () => 'Post "https://nobody.default.svc:443/x?timeout=1s": service "nobody" not found',
    },
    {
      name: 'no such port',
      address: () => service('empty', 8443),
      says: () =>
        'Post "https://empty.default.svc:8443/x?timeout=1s": no service port 8443 found for service "empty"',
    },
    {
      name: 'nobody behind the service',
      address: () => service('empty', 443),
      says: () =>
        'Post "https://empty.default.svc:443/x?timeout=1s": no endpoints available for service "empty"',
    },
  ];
  for (const { name, address, says } of cases) {
    test(name, async () => assert.equal(await call(address()), says()));
  }

  for (const [plugin, shown] of [
    ['known', 'other Bearer T'],
    ['unknown', 'undefined undefined'],
  ] as const) {
    test(`the plugin that is ${plugin} shows ${shown}`, async () => {
      const { signal } = new AbortController();
      const address = { url: url('/who'), caBundle };
      const asked = { address, body: {}, timeoutSeconds: 1, signal, plugin };
      assert.equal(await webhooks.call(asked), shown);
    });
  }

  test('who asked may leave', async () => {
    const leaving = new AbortController();
    const called = call({ url: url('/hang'), caBundle }, leaving.signal);
    leaving.abort();
    assert.equal(await called, `Post "${url('/hang?timeout=1s')}": context canceled`);
  });
});

test('a gate lets in so many, keeps so many waiting in order, and turns the rest away', async () => {
  const gate = new Gate(1, 2);
  const { signal } = new AbortController();
  const order: string[] = [];
  const doors = [0, 1, 2].map(() => Promise.withResolvers<void>());
  const enter = (name: string, door: number, by = signal): Promise<void> =>
    gate.run(by, async () => {
      order.push(name);
      await doors[door]?.promise;
    });
  const impatient = new AbortController();
  const first = enter('first', 0);
  const left = enter('left', 1, impatient.signal);
  const third = enter('third', 2);
  await assert.rejects(enter('fourth', 2), TooMany);
  impatient.abort(new Error('gone'));
  await assert.rejects(left, { message: 'gone' });
  assert.deepEqual(order, ['first']);
  doors[0]?.resolve();
  await first;
  doors[2]?.resolve();
  await third;
  assert.deepEqual(order, ['first', 'third']);
  assert.ok(gate.isIdle);
});
