/** An unmodified kubectl, and our controllers, work with a group that another server serves, and with all others while that one is away. */
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import process from 'node:process';
import { after, before, test } from 'node:test';
import type { HttpUpgrade } from '@navarch/wire/http/client';
import { createHttpClient } from '@navarch/wire/http/client/node';
import { eventually } from '../eventually.ts';
import { kubectl, kubectlMissing, type KubectlResult, words } from '../kubectl/kubectl.ts';
import { credentialsOf } from '../operability/raw.ts';
import { type Product, startProduct } from '../product.ts';
import { outsideAddress } from '../webhooks/webhook-server.ts';
import { flunderGroup, type FlunderServer, startFlunderServer } from './flunder-server.ts';

const skip = kubectlMissing();
const limitMs = 20_000;
const name = `v1.${flunderGroup}`;

let product: Product;
let other: FlunderServer | undefined;

before(async () => {
  product = await startProduct({ args: ['up', '--nodes', '1'] });
  const authority = await succeeds(
    `get configmap extension-apiserver-authentication -n kube-system -o jsonpath={.data.requestheader-client-ca-file}`,
  );
  other = await startFlunderServer('flunders.default.svc', authority.stdout);
  await succeeds(
    'apply -f -',
    JSON.stringify({ apiVersion: 'v1', kind: 'List', items: registration() }),
  );
});
after(async () => {
  await other?.stop();
  await product.stop('SIGKILL');
});

test('it becomes available', { skip }, async () => {
  await succeeds(`wait --for=condition=Available --timeout=20s apiservice/${name}`);
  const listed = await succeeds(`get apiservice ${name}`);
  assert.match(listed.stdout, /default\/flunders +True/);
});

test('its resources are discovered, made, listed and removed', { skip }, async () => {
  await eventually('discovered', limitMs, async () => {
    const resources = await run(`api-resources --api-group=${flunderGroup} --cached=false`);
    return /flunders +fl +wardle/.test(resources.stdout);
  });
  await succeeds('create -f -', JSON.stringify(flunder('first')));
  const listed = await succeeds('get fl');
  assert.match(listed.stdout, /first/);
  await succeeds('delete fl first');
  const gone = await run('get fl first');
  assert.match(gone.stderr, /flunders "first" not found/);
});

test('it hears who asks, a line for each group', { skip }, async () => {
  await succeeds('get fl --as=alice --as-group=team:a --as-group=system:masters');
  const groups = ['team:a', 'system:masters', 'system:authenticated'];
  assert.deepEqual(other?.groupsOf('alice'), groups);
});

test('who may not is refused before it is asked', { skip }, async () => {
  const refused = await run('get fl --as=mallory');
  assert.match(refused.stderr, /flunders.* is forbidden: User "mallory" cannot list/);
});

test('a watch passes through', { skip }, async () => {
  const watching = spawn('kubectl', ['get', 'fl', '-w', '--no-headers'], {
    env: { ...process.env, KUBECONFIG: product.kubeconfig },
  });
  try {
    let text = '';
    watching.stdout.on('data', (chunk: Buffer) => void (text += chunk.toString()));
    // The watch begins after a list that nothing tells of: objects are made until one is seen.
    let count = 0;
    await eventually('an event', limitMs, async () => {
      await succeeds('create -f -', JSON.stringify(flunder(`watched-${count++}`)));
      return text.includes('watched');
    });
  } finally {
    watching.kill();
  }
});

test('its schemas are shown with those of all others', { skip }, async () => {
  const path = `apis/${flunderGroup}/v1`;
  await eventually('in the index', limitMs, async () => {
    const { paths } = await json<{ paths: Record<string, { serverRelativeURL: string }> }>(
      '/openapi/v3',
    );
    return paths[path]?.serverRelativeURL === `/openapi/v3/${path}?hash=F1`;
  });
  const { paths } = await json<{ paths: object }>('/openapi/v3');
  assert.ok('api/v1' in paths && !('version' in paths));
  const schema = await succeeds(`get --raw /openapi/v3/${path}`);
  assert.match(schema.stdout, /what this server is about/);

  type Document = { paths: object; definitions: Record<string, object> };
  const merged = async (): Promise<Document> => json<Document>('/openapi/v2');
  const list = `/${path}/namespaces/{namespace}/flunders`;
  await eventually('merged', limitMs, async () => list in (await merged()).paths);
  const { definitions } = await merged();
  const meta = 'io.k8s.apimachinery.pkg.apis.meta.v1.ObjectMeta';
  assert.deepEqual(definitions[`${meta}_v2`], { type: 'object' });
  assert.match(JSON.stringify(definitions['example.Flunder']), new RegExp(`${meta}_v2`));
  assert.match(JSON.stringify(definitions['io.k8s.api.core.v1.Pod']), new RegExp(`${meta}"`));

  const explained = await succeeds('explain flunders');
  assert.match(explained.stdout, /what this server is about/);
});

test('requests share connections', { skip }, async () => {
  const before = other?.connections() ?? 0;
  for (let count = 0; count < 5; count++) await succeeds('get fl');
  const opened = (other?.connections() ?? 0) - before;
  assert.ok(opened <= 1, `${opened} connections for 5 requests, one after another`);
});

test('controllers see its objects: a namespace takes them along', { skip }, async () => {
  await succeeds('create namespace doomed');
  await succeeds('create -n doomed -f -', JSON.stringify(flunder('one')));
  await succeeds('delete namespace doomed --timeout=20s');
  const left = await succeeds('get fl -n doomed -o name');
  assert.equal(left.stdout, '');
});

test('controllers see its objects: an owner takes them along', { skip }, async () => {
  await succeeds('create configmap owner');
  const uid = (await succeeds('get configmap owner -o jsonpath={.metadata.uid}')).stdout;
  const ownerReferences = [{ apiVersion: 'v1', kind: 'ConfigMap', name: 'owner', uid }];
  const owned = flunder('owned', { ownerReferences });
  await succeeds('create -f -', JSON.stringify(owned));
  await succeeds('delete configmap owner');
  await eventually('collected', limitMs, async () => {
    const listed = await succeeds('get fl -o name');
    return !listed.stdout.includes('owned');
  });
});

test('a connection that leaves HTTP passes through, for who asked', { skip }, async () => {
  const { ca, cert, key } = await credentialsOf(product);
  const client = createHttpClient({ url: product.url, authorities: ca, certificate: cert, key });
  const open = (): Promise<HttpUpgrade> =>
    client.upgrade({
      method: 'GET',
      path: `/apis/${flunderGroup}/v1/namespaces/default/flunders/first/talk`,
      headers: { connection: 'Upgrade', upgrade: 'echo', 'impersonate-user': 'admin', ...asMaster },
      signal: new AbortController().signal,
    });
  const answer = await open();
  assert.ok(answer.kind === 'upgraded');
  assert.equal(answer.headers['x-for'], 'admin');
  await answer.tunnel.write(Buffer.from('hello'));
  for await (const chunk of answer.tunnel.chunks) {
    assert.equal(Buffer.from(chunk).toString(), 'hello');
    break;
  }
  answer.tunnel.close();
});

const asMaster = { 'impersonate-group': 'system:masters' };

test('while it is away, its group alone is', { skip }, async () => {
  await other?.stop();
  const refused = await run(
    'get --raw /apis/wardle.fixtures.navarch.dev/v1/namespaces/default/flunders',
  );
  assert.notEqual(refused.code, 0);
  assert.match(
    refused.stderr,
    /error trying to reach service|service unavailable|ServiceUnavailable/i,
  );
  await succeeds('get pods');
  await succeeds('get --raw /apis');
  const { paths } = await json<{ paths: object }>('/openapi/v2');
  assert.ok('/api/v1/pods' in paths);
  assert.ok(`/apis/${flunderGroup}/v1/namespaces/{namespace}/flunders` in paths, 'as last known');
});

function registration(): readonly object[] {
  const address = outsideAddress() ?? '127.0.0.1';
  return [
    {
      apiVersion: 'v1',
      kind: 'Service',
      metadata: { name: 'flunders', namespace: 'default' },
      spec: { ports: [{ port: 443, targetPort: other?.port, protocol: 'TCP' }] },
    },
    {
      apiVersion: 'discovery.k8s.io/v1',
      kind: 'EndpointSlice',
      metadata: {
        name: 'flunders-1',
        namespace: 'default',
        labels: { 'kubernetes.io/service-name': 'flunders' },
      },
      addressType: 'IPv4',
      endpoints: [{ addresses: [address], conditions: { ready: true } }],
      ports: [{ port: other?.port, protocol: 'TCP' }],
    },
    {
      apiVersion: 'apiregistration.k8s.io/v1',
      kind: 'APIService',
      metadata: { name },
      spec: {
        group: flunderGroup,
        version: 'v1',
        groupPriorityMinimum: 1000,
        versionPriority: 15,
        caBundle: other?.caBundle,
        service: { name: 'flunders', namespace: 'default' },
      },
    },
  ];
}

function flunder(named: string, metadata: object = {}): object {
  const type = { apiVersion: `${flunderGroup}/v1`, kind: 'Flunder' };
  return { ...type, metadata: { name: named, ...metadata }, spec: {} };
}

async function json<T>(path: string): Promise<T> {
  return JSON.parse((await succeeds(`get --raw ${path}`)).stdout) as T;
}

async function succeeds(line: string, input?: string): Promise<KubectlResult> {
  const result = await run(line, input);
  assert.equal(result.code, 0, `kubectl ${line}\n${result.stdout}\n${result.stderr}`);
  return result;
}

function run(line: string, input?: string): Promise<KubectlResult> {
  return kubectl(product.kubeconfig, words(line), input === undefined ? {} : { input });
}
