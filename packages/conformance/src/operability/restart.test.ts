/** A second start on the same data dir: the same cluster, the same identities. And who may read what is kept there. */
import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { test } from 'node:test';
import {
  configMaps,
  namespaces,
  selfSubjectReviews,
  serviceAccounts,
  services,
} from '@navarch/api/resources';
import { type Client, createClient } from '@navarch/client/client';
import { connect, loadKubeconfig } from '@navarch/client/node';
import { createNodeRuntime } from '@navarch/runtime/node';
import { connectTo } from '../connection.ts';
import { type Product, startProduct } from '../product.ts';

const namespace = 'default';

test('a data dir that others may look into', async (t) => {
  const dataDir = mkdtempSync(path.join(tmpdir(), 'navarch-restart-'));
  const copy = path.join(dataDir, 'not', 'yet', 'config');
  mkdirSync(path.join(dataDir, 'data'), { mode: 0o755 });
  const start = (): Promise<Product> =>
    startProduct({
      args: ['apiserver', '--write-kubeconfig', copy],
      dataDir: path.join(dataDir, 'data'),
    });
  try {
    const before = await during(await start(), async (product, client) => {
      await t.test('keys, objects and kubeconfigs are for their owner only', () =>
        assertPrivate(product.dataDir, copy),
      );
      await t.test('--write-kubeconfig leads to the server', () => assertLeadsThere(copy));
      return remember(product, client);
    });
    await during(await start(), async (product, client) => {
      await t.test('the second start has nothing to complain of', () =>
        assert.doesNotMatch(product.output(), /^[WEF]\d{4} |^navarch:/m),
      );
      await t.test('keeps objects', async () =>
        assert.deepEqual((await remembered(product, client)).objects, before.objects),
      );
      await t.test('keeps certificates and keys', async () =>
        assert.deepEqual((await remembered(product, client)).pki, before.pki),
      );
      await t.test('knows the tokens of the first', async () =>
        assert.equal(
          await whoHas(before.token, product),
          `system:serviceaccount:${namespace}:robot`,
        ),
      );
      await t.test('--write-kubeconfig leads to the new port', () => assertLeadsThere(copy));
    });
  } finally {
    rmSync(dataDir, { recursive: true, force: true });
  }
});

/** Runs, then stops it properly. */
async function during<T>(
  product: Product,
  run: (product: Product, client: Client) => Promise<T>,
): Promise<T> {
  const connection = await connectTo(product);
  try {
    const result = await run(product, connection.client);
    assert.equal(await product.stop('SIGTERM'), 0);
    return result;
  } finally {
    await connection.close();
    await product.stop('SIGKILL');
  }
}

function assertPrivate(dataDir: string, copy: string): void {
  const modeOf = (file: string): string => (statSync(file).mode & 0o777).toString(8);
  for (const file of [copy, path.join(dataDir, 'admin.kubeconfig')])
    assert.equal(modeOf(file), '600', file);
  for (const folder of ['pki', 'store'])
    assert.equal(modeOf(path.join(dataDir, folder)), '700', folder);
  for (const file of readdirSync(path.join(dataDir, 'pki')))
    assert.equal(modeOf(path.join(dataDir, 'pki', file)), '600', file);
}

async function assertLeadsThere(kubeconfig: string): Promise<void> {
  const access = await loadKubeconfig(kubeconfig);
  const transport = await connect(access, createNodeRuntime(silent));
  const client = createClient(transport, { userAgent: 'navarch-restart' });
  try {
    const { status } = await client
      .resource(selfSubjectReviews)
      .create({ metadata: {}, kind: 'SelfSubjectReview' });
    assert.equal(status?.userInfo?.username, 'kubernetes-admin');
  } finally {
    await transport.close();
  }
}

const silent = { format: 'text', level: 'error', write: () => undefined } as const;

/** Makes something worth keeping. */
async function remember(product: Product, client: Client) {
  await client
    .resource(configMaps)
    .create({ metadata: { namespace, name: 'kept' }, data: { a: 'b' } });
  await client.resource(serviceAccounts).create({ metadata: { namespace, name: 'robot' } });
  const { status } = await client
    .resource(serviceAccounts)
    .createSubresource<{ readonly status: { readonly token: string } }>(
      { namespace, name: 'robot', subresource: 'token' },
      { apiVersion: 'authentication.k8s.io/v1', kind: 'TokenRequest', spec: {} },
    );
  return { ...(await remembered(product, client)), token: status.token };
}

async function remembered({ dataDir }: Product, client: Client) {
  const { metadata: service } = await client.resource(services).get(namespace, 'kubernetes');
  const { metadata: kubeSystem } = await client.resource(namespaces).get('', 'kube-system');
  const pki = path.join(dataDir, 'pki');
  return {
    objects: {
      kept: await client.resource(configMaps).get(namespace, 'kept'),
      robot: await client.resource(serviceAccounts).get(namespace, 'robot'),
      service: service.uid,
      cluster: kubeSystem.uid,
    },
    pki: Object.fromEntries(
      readdirSync(pki).map((file) => [file, digest(readFileSync(path.join(pki, file)))]),
    ),
  };
}

function digest(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex');
}

/** Whom the server takes the bearer of a token for. */
async function whoHas(token: string, product: Product): Promise<string | undefined> {
  const { certificate: _, key: __, ...access } = await loadKubeconfig(product.kubeconfig);
  const transport = await connect(
    { ...access, token: { kind: 'text', text: token } },
    createNodeRuntime(silent),
  );
  const client = createClient(transport, { userAgent: 'navarch-restart' });
  try {
    const { status } = await client
      .resource(selfSubjectReviews)
      .create({ metadata: {}, kind: 'SelfSubjectReview' });
    return status?.userInfo?.username;
  } finally {
    await transport.close();
  }
}
