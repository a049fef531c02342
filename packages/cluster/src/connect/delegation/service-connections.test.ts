/** Connections are shared, and given up when nobody uses them and nobody will. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { ObjectReader } from '@navarch/api/extension/context';
import type { APIService } from '@navarch/api/types/apiregistration/v1';
import { createVirtualRuntime } from '@navarch/runtime/testing';
import { ServiceConnections } from './service-connections.ts';

const reader = (addresses: readonly string[]): Partial<ObjectReader> => ({
  get: (() => ({ spec: { ports: [{ port: 443 }] } })) as ObjectReader['get'],
  list: (() => [
    {
      metadata: { labels: { 'kubernetes.io/service-name': 'server' } },
      ports: [{ port: 8443 }],
      endpoints: addresses.map((address) => ({ addresses: [address] })),
    },
  ]) as unknown as ObjectReader['list'],
});

function setUp(addresses = ['10.0.0.1']) {
  const dialled: string[] = [];
  const closed: string[] = [];
  const connections = new ServiceConnections({
    read: () => reader(addresses) as ObjectReader,
    random: createVirtualRuntime(1).random,
    frontProxyClient: { certificate: 'certificate', key: 'key' },
    dial: ({ url, authorities = '' }) => {
      dialled.push(`${url} ${authorities}`.trim());
      return Promise.resolve({
        request: () => Promise.reject(new Error('not asked')),
        upgrade: () => Promise.reject(new Error('not asked')),
        close: () => void closed.push(url),
      });
    },
  });
  return { connections, dialled, closed };
}

function service(caBundle = ''): APIService {
  return {
    metadata: { name: 'v1.g.example.com' },
    spec: {
      group: 'g.example.com',
      version: 'v1',
      groupPriorityMinimum: 1,
      versionPriority: 1,
      caBundle,
      service: { namespace: 'ns', name: 'server', port: 443 },
    },
  };
}

const settled = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

test('requests share a client', async () => {
  const { connections, dialled } = setUp();
  const first = await connections.lease(service());
  const second = await connections.lease(service());
  first.release();
  second.release();
  await connections.lease(service());
  assert.deepEqual(dialled, ['https://10.0.0.1:8443']);
});

test('a changed service gets a new client; the old one is closed when its last answer was read', async () => {
  const { connections, dialled, closed } = setUp();
  const watch = await connections.lease(service());
  const other = await connections.lease(service());
  const changed = service(btoa('authority'));
  connections.retainOnly([changed]);
  await connections.lease(changed);
  assert.deepEqual(dialled, ['https://10.0.0.1:8443', 'https://10.0.0.1:8443 authority']);
  await settled();
  assert.deepEqual(closed, []);
  watch.release();
  watch.release();
  await settled();
  assert.deepEqual(closed, []);
  other.release();
  await settled();
  assert.deepEqual(closed, ['https://10.0.0.1:8443']);
});

test('unused clients go when there are too many, and all when the server stops', async () => {
  const addresses = Array.from({ length: 1_000 }, (_, at) => `10.0.${at >> 8}.${at & 255}`);
  const { connections, dialled, closed } = setUp(addresses);
  const kept = await connections.lease(service());
  for (let at = 0; at < 2_000; at++) (await connections.lease(service())).release();
  await settled();
  assert.ok(dialled.length - closed.length <= 201, `${dialled.length} dialled`);
  assert.ok(!closed.includes(dialled[0] ?? ''), 'the one in use stays');
  connections.close();
  await settled();
  assert.equal(closed.length, dialled.length);
  kept.release();
  await assert.rejects(connections.lease(service()), /stopping/);
});
