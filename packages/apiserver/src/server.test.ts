/** The server as a whole: over HTTP/1.1 and HTTP/2 as clients see it, and without any socket. */
import assert from 'node:assert/strict';
import { gunzipSync } from 'node:zlib';
import { after, before, describe, test } from 'node:test';
import type { Authorizer } from '@navarch/api/extension/context';
import type { LocalWatchEvent } from '@navarch/api/extension/local-server';
import { nodeClock } from '@navarch/runtime/node/clock';
import { createVirtualRuntime } from '@navarch/runtime/testing';
import { createMemoryStore } from '@navarch/store/memory';
import { createHttpClient } from '@navarch/wire/http/client/node';
import type { HttpClient, HttpClientOptions, HttpClientResponse } from '@navarch/wire/http/client';
import { testAuthority, testClient, testServer, testStranger } from '@navarch/wire/testing';
import { type ApiServer, type ApiServerOptions, startApiServer } from './server.ts';
import { testDefinitions } from './testing.ts';

/** Users of the group `readers` may read. */
const readers: Authorizer = {
  authorize: ({ user, verb }) => ({
    decision:
      user.groups.includes('readers') && ['get', 'list', 'watch'].includes(verb)
        ? 'allow'
        : 'noOpinion',
    reason: user.username === 'eve' ? 'eve is not trusted' : '',
  }),
};

const tokens = 'admintoken,admin,,"system:masters"\nreadtoken,ann,,"readers"\nevetoken,eve,\n';
const never = new AbortController().signal;

function start(more: Partial<ApiServerOptions> = {}): Promise<ApiServer> {
  const runtime = { ...createVirtualRuntime(), clock: nodeClock };
  return startApiServer({
    runtime,
    store: createMemoryStore(runtime),
    definitions: testDefinitions,
    discoveryPriorities: {},
    admissionPlugins: [],
    authorizers: [readers],
    tokenAuthFile: tokens,
    issuer: 'https://issuer.test',
    version: { major: '1', minor: '36', text: 'v1.36.2+navarch.test', platform: 'linux/amd64' },
    serviceClusterIpRanges: ['10.96.0.0/16'],
    serviceNodePortRange: { first: 30_000, last: 32_767 },
    ...more,
  });
}

const http = { host: '127.0.0.1', port: 0, ...testServer, clientAuthorities: testAuthority };

interface Asked {
  readonly path: string;
  readonly method?: string;
  readonly token?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: unknown;
}

async function ask(
  client: HttpClient,
  asked: Asked,
): Promise<HttpClientResponse & { text: string }> {
  const response = await client.request({
    method: asked.method ?? 'GET',
    path: asked.path,
    headers: {
      ...(asked.token && { authorization: `Bearer ${asked.token}` }),
      ...(asked.body !== undefined && { 'content-type': 'application/json' }),
      ...asked.headers,
    },
    signal: never,
    ...(asked.body !== undefined && { body: JSON.stringify(asked.body) }),
  });
  const bytes = await response.bytes();
  const plain =
    response.headers['content-encoding'] === 'gzip' ? gunzipSync(bytes) : Buffer.from(bytes);
  return { ...response, text: plain.toString() };
}

const configMaps = '/api/v1/namespaces/d/configmaps';
const configMap = (name: string, data = {}): object => ({
  apiVersion: 'v1',
  kind: 'ConfigMap',
  metadata: { name },
  data,
});

/** In order; each says what the answer's text must contain. */
const exchanges: { name: string; asked: Asked; status: number; says: string | RegExp }[] = [
  {
    name: 'creating',
    asked: { path: configMaps, method: 'POST', token: 'admintoken', body: configMap('a') },
    status: 201,
    says: '"name":"a"',
  },
  {
    name: 'reading what was created',
    asked: { path: `${configMaps}/a`, token: 'readtoken' },
    status: 200,
    says: '"name":"a"',
  },
  {
    name: 'creating without the right',
    asked: { path: configMaps, method: 'POST', token: 'readtoken', body: configMap('b') },
    status: 403,
    says: 'configmaps is forbidden: User \\"ann\\" cannot create resource \\"configmaps\\" in API group \\"\\" in the namespace \\"d\\"',
  },
  {
    name: 'being refused with a reason',
    asked: { path: `${configMaps}/a`, token: 'evetoken' },
    status: 403,
    says: 'in the namespace \\"d\\": eve is not trusted',
  },
  {
    name: 'a wrong token',
    asked: { path: '/livez', token: 'nonsense' },
    status: 401,
    says: '"reason":"Unauthorized"',
  },
  {
    name: 'nobody',
    asked: { path: '/api' },
    status: 403,
    says: 'forbidden: User \\"system:anonymous\\" cannot get path \\"/api\\"',
  },
  {
    name: 'a 401 in yaml',
    asked: { path: '/api', token: 'x', headers: { accept: 'application/yaml' } },
    status: 401,
    says: 'reason: Unauthorized\n',
  },
  {
    name: 'acting as somebody else',
    asked: { path: configMaps, token: 'admintoken', headers: { 'impersonate-user': 'bob' } },
    status: 403,
    says: 'User \\"bob\\" cannot list',
  },
  {
    name: 'acting in a group',
    asked: {
      path: configMaps,
      token: 'admintoken',
      headers: { 'impersonate-user': 'bob', 'impersonate-group': 'readers' },
    },
    status: 200,
    says: '"kind":"ConfigMapList"',
  },
  {
    name: 'acting as nobody in a group',
    asked: { path: '/x?y', token: 'admintoken', headers: { 'impersonate-group': 'dev' } },
    status: 500,
    says: 'Internal Server Error: "/x?y": requested [{Group  dev    }] without impersonating a user\n',
  },
  {
    name: 'a page that does not exist',
    asked: { path: '/no/such', token: 'admintoken' },
    status: 404,
    says: /^404 page not found\n$/,
  },
  {
    name: 'a group that does not exist',
    asked: { path: '/apis/no.such/v1/things', token: 'admintoken' },
    status: 404,
    says: /^404 page not found\n$/,
  },
  {
    name: 'a resource that does not exist',
    asked: { path: '/api/v1/things', token: 'admintoken' },
    status: 404,
    says: 'the server could not find the requested resource',
  },
  {
    name: 'a method that a path does not have',
    asked: { path: '/version', method: 'PUT', token: 'admintoken' },
    status: 405,
    says: 'MethodNotAllowed',
  },
  {
    name: 'the version',
    asked: { path: '/version/', token: 'admintoken' },
    status: 200,
    says: '"gitVersion":"v1.36.2+navarch.test"',
  },
  {
    name: 'discovery',
    asked: { path: '/api/v1', token: 'readtoken' },
    status: 200,
    says: '"name":"configmaps"',
  },
  { name: 'the index', asked: { path: '/', token: 'admintoken' }, status: 200, says: '"/readyz"' },
  {
    name: 'readiness',
    asked: { path: '/readyz?verbose', token: 'admintoken' },
    status: 200,
    says: '[+]shutdown ok\nreadyz check passed\n',
  },
  {
    name: 'metrics',
    asked: { path: '/metrics', token: 'admintoken' },
    status: 200,
    says: /apiserver_request_total\{code="201".*resource="configmaps".*verb="POST"/,
  },
  {
    name: 'the issuer',
    asked: { path: '/.well-known/openid-configuration', token: 'admintoken' },
    status: 200,
    says: '"issuer":"https://issuer.test"',
  },
  {
    name: 'a body that is too large',
    asked: {
      path: configMaps,
      method: 'POST',
      token: 'admintoken',
      body: configMap('b', { a: 'x'.repeat(3_200_000) }),
    },
    status: 413,
    says: 'Request entity too large: limit is 3145728',
  },
  {
    name: 'deleting',
    asked: { path: `${configMaps}/a`, method: 'DELETE', token: 'admintoken' },
    status: 200,
    says: '"status":"Success"',
  },
];

for (const protocol of ['any', 'http1'] as const) {
  describe(protocol === 'any' ? 'over HTTP/2' : 'over HTTP/1.1', () => {
    let server: ApiServer;
    let client: HttpClient;
    const open = (more: Partial<HttpClientOptions> = {}): HttpClient =>
      createHttpClient({
        url: `https://127.0.0.1:${server.port}`,
        authorities: testAuthority,
        protocol,
        ...more,
      });
    before(async () => {
      server = await start({ http });
      await server.ready;
      client = open();
    });
    after(async () => {
      client.close();
      await server.stop();
    });

    for (const { name, asked, status, says } of exchanges) {
      test(name, async () => {
        const answer = await ask(client, asked);
        assert.equal(answer.status, status, answer.text);
        if (says instanceof RegExp) assert.match(answer.text, says);
        else assert.ok(answer.text.includes(says), answer.text);
        assert.match(answer.headers['audit-id'] ?? '', /^[0-9a-f-]{36}$/);
      });
    }

    test('a certificate names its user; one that proves nothing is refused', async () => {
      const known = open(testClient);
      const stranger = open(testStranger);
      assert.equal((await ask(known, { path: '/metrics' })).status, 200);
      assert.equal((await ask(stranger, { path: '/metrics' })).status, 401);
      known.close();
      stranger.close();
    });

    test('large answers are compressed for those who want it', async () => {
      const large = configMap('large', { a: 'x'.repeat(300_000) });
      await ask(client, { path: configMaps, method: 'POST', token: 'admintoken', body: large });
      for (const path of [configMaps, `${configMaps}/large`]) {
        const plain = await ask(client, { path, token: 'readtoken' });
        const zipped = await ask(client, {
          path,
          token: 'readtoken',
          headers: { 'accept-encoding': 'gzip' },
        });
        assert.equal(zipped.headers['content-encoding'], 'gzip');
        assert.equal(zipped.text, plain.text);
      }
    });

    test('a watch shows what happens', async () => {
      const headers = { authorization: 'Bearer readtoken' };
      const path = `${configMaps}?watch=1&fieldSelector=metadata.name=w`;
      const stopped = new AbortController();
      const watch = await client.request({ method: 'GET', path, headers, signal: stopped.signal });
      await ask(client, {
        path: configMaps,
        method: 'POST',
        token: 'admintoken',
        body: configMap('w'),
      });
      await ask(client, { path: `${configMaps}/w`, method: 'DELETE', token: 'admintoken' });
      let text = '';
      for await (const chunk of watch.chunks) {
        text += Buffer.from(chunk).toString();
        if (text.includes('"DELETED"')) break;
      }
      const types = text
        .trim()
        .split('\n')
        .map((line) => (JSON.parse(line) as { type: string }).type);
      assert.deepEqual(types, ['ADDED', 'DELETED']);
      stopped.abort();
    });
  });
}

test('stopping ends watches, and turns new requests away', async () => {
  const server = await start({ http });
  const client = createHttpClient({
    url: `https://127.0.0.1:${server.port}`,
    authorities: testAuthority,
  });
  const headers = { authorization: 'Bearer readtoken' };
  const watch = await client.request({
    method: 'GET',
    path: `${configMaps}?watch=1`,
    headers,
    signal: never,
  });
  const ended = watch.bytes();
  await server.stop();
  await ended;
  await assert.rejects(ask(client, { path: '/livez' }));
  client.close();
});

test('the server is not ready until the bootstrap is done, and says so when it fails', async () => {
  const step = Promise.withResolvers<void>();
  const server = await start({ bootstrap: () => step.promise });
  const readiness = async (): Promise<number> => {
    const user = { username: 'admin', groups: ['system:masters'] };
    const request = {
      method: 'GET',
      path: '/readyz',
      user,
      userAgent: 'test',
      signal: never,
    } as const;
    return (await server.localServer.request(request)).status;
  };
  assert.equal(await readiness(), 500);
  step.resolve();
  await server.ready;
  assert.equal(await readiness(), 200);
  await server.stop();
  const failing = await start({ bootstrap: () => Promise.reject(new Error('no')) });
  await assert.rejects(failing.ready, /no/);
  await failing.stop();
});

describe('in the same process', () => {
  test('requests pass the same stages, with values instead of bytes', async () => {
    const server = await start();
    const request = (
      username: string,
      groups: readonly string[],
      method: 'GET' | 'POST',
      body?: unknown,
    ) =>
      server.localServer.request({
        method,
        path: configMaps,
        ...(body !== undefined && { body }),
        user: { username, groups },
        userAgent: 'test/1',
        signal: never,
      });
    assert.equal((await request('bob', [], 'GET')).status, 403);
    assert.equal((await request('ann', ['readers'], 'POST', configMap('x'))).status, 403);
    assert.equal((await request('root', ['system:masters'], 'POST', configMap('x'))).status, 201);
    const { status, value } = await request('ann', ['readers'], 'GET');
    assert.equal(status, 200);
    const [item] = (value as { items: readonly { metadata: { name: string } }[] }).items;
    assert.equal(item?.metadata.name, 'x');
    await server.stop();
  });

  test('a watch ends when the server stops', async () => {
    const server = await start();
    const ended = Promise.withResolvers<void>();
    const events: LocalWatchEvent[] = [];
    const user = { username: 'ann', groups: ['readers'] };
    const answer = await server.localServer.watch(
      { method: 'GET', path: configMaps, user, userAgent: 'test/1', signal: never },
      { onEvents: (more) => void events.push(...more), onEnd: () => ended.resolve() },
    );
    assert.equal(answer.status, 200);
    await server.stop();
    await ended.promise;
  });
});
