/** A product with two nodes whose kubelets are in the test: one speaks SPDY and the old WebSocket protocols, one the new ones as well. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { Client } from '@navarch/client/client';
import { connectTo } from '../connection.ts';
import { eventually } from '../eventually.ts';
import { type Product, startProduct } from '../product.ts';
import { outsideAddress } from '../webhooks/webhook-server.ts';
import { type FakeKubelet, type Speaks, startFakeKubelet } from './fake-kubelet.ts';

export interface Setting {
  readonly product: Product;
  readonly kubelets: Readonly<Record<NodeName, FakeKubelet>>;
  /** A kubeconfig of the user `ann`, who may get pods and what is below them, but not create. */
  readonly reader: string;
  stop(): Promise<void>;
}

type NodeName = 'old' | 'new';

const limitMs = 20_000;
const speaks: Readonly<Record<NodeName, Speaks>> = {
  old: ['v4.channel.k8s.io'],
  new: ['v4.channel.k8s.io', 'v5.channel.k8s.io'],
};

/** On each node is a pod of its name with the container `main`, which seems to run. */
export async function startSetting(): Promise<Setting> {
  const folder = mkdtempSync(path.join(tmpdir(), 'navarch-streams-'));
  const tokens = path.join(folder, 'tokens.csv');
  writeFileSync(tokens, 'anntoken,ann,1\n');
  const product = await startProduct({ args: ['up', '--nodes', '0', '--token-auth-file', tokens] });
  const kubelets = {
    old: await startFakeKubelet(speaks.old),
    new: await startFakeKubelet(speaks.new),
  };
  const connection = await connectTo(product);
  const stop = async (): Promise<void> => {
    await product.stop('SIGKILL');
    await Promise.all([kubelets.old.stop(), kubelets.new.stop()]);
    rmSync(folder, { recursive: true });
  };
  try {
    const { client } = connection;
    await eventually('the default account', limitMs, async () => {
      const found = client.raw({ method: 'GET', path: `${inDefault}/serviceaccounts/default` });
      return found.then(
        () => true,
        () => false,
      );
    });
    for (const name of ['old', 'new'] as const) {
      await makeNode(client, name, kubelets[name].port);
      await makePod(client, name);
    }
    await letRead(client);
  } catch (error) {
    await stop();
    throw error;
  } finally {
    await connection.close();
  }
  const reader = path.join(folder, 'ann.kubeconfig');
  writeFileSync(reader, kubeconfigOf(product.url, 'anntoken'));
  return { product, kubelets, reader, stop };
}

const inDefault = '/api/v1/namespaces/default';

/** A new kubelet says what it speaks. */
async function makeNode(client: Client, name: NodeName, port: number): Promise<void> {
  const node = { kind: 'Node', apiVersion: 'v1', metadata: { name } };
  await client.raw({ method: 'POST', path: '/api/v1/nodes', body: node });
  await patchStatus(client, `/api/v1/nodes/${name}`, {
    addresses: [{ type: 'InternalIP', address: '127.0.0.1' }],
    daemonEndpoints: { kubeletEndpoint: { Port: port } },
    ...(name === 'new' && { declaredFeatures: ['ExtendWebSocketsToKubelet'] }),
  });
}

async function makePod(client: Client, name: NodeName): Promise<void> {
  const container = { name: 'main', image: 'example/main:1', stdin: true };
  const spec = { nodeName: name, containers: [container], tolerations: [{ operator: 'Exists' }] };
  const pod = { kind: 'Pod', apiVersion: 'v1', metadata: { name }, spec };
  await client.raw({ method: 'POST', path: `${inDefault}/pods`, body: pod });
  await patchStatus(client, `${inDefault}/pods/${name}`, {
    phase: 'Running',
    ...(outsideAddress() !== undefined && { podIPs: [{ ip: outsideAddress() }] }),
    conditions: [{ type: 'Ready', status: 'True' }],
    containerStatuses: [
      {
        name: 'main',
        image: container.image,
        imageID: '',
        ready: true,
        restartCount: 0,
        state: { running: { startedAt: '2026-01-01T00:00:00Z' } },
      },
    ],
  });
}

async function patchStatus(client: Client, path: string, status: object): Promise<void> {
  const contentType = 'application/merge-patch+json';
  await client.raw({ method: 'PATCH', path: `${path}/status`, contentType, body: { status } });
}

async function letRead(client: Client): Promise<void> {
  const base = '/apis/rbac.authorization.k8s.io/v1/namespaces/default';
  const metadata = { name: 'read' };
  const resources = ['pods', 'pods/exec', 'pods/portforward'];
  const rules = [{ apiGroups: [''], resources, verbs: ['get'] }];
  await client.raw({ method: 'POST', path: `${base}/roles`, body: { metadata, rules } });
  const roleRef = { apiGroup: 'rbac.authorization.k8s.io', kind: 'Role', name: 'read' };
  const subjects = [{ apiGroup: roleRef.apiGroup, kind: 'User', name: 'ann' }];
  const body = { metadata, roleRef, subjects };
  await client.raw({ method: 'POST', path: `${base}/rolebindings`, body });
}

function kubeconfigOf(server: string, token: string): string {
  return JSON.stringify({
    kind: 'Config',
    apiVersion: 'v1',
    clusters: [{ name: 'c', cluster: { server, 'insecure-skip-tls-verify': true } }],
    users: [{ name: 'u', user: { token } }],
    contexts: [{ name: 'c', context: { cluster: 'c', user: 'u' } }],
    'current-context': 'c',
  });
}
