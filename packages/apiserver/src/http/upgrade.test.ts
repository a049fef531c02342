/** Connections that leave HTTP, as the whole server treats them: who asks, who may, admission, and what ends them. */
import assert from 'node:assert/strict';
import { after, before, beforeEach, describe, test } from 'node:test';
import type { AdmissionPlugin } from '@navarch/api/extension/admission';
import type { Authorizer } from '@navarch/api/extension/context';
import type { ConnectSubresource, ResourceDefinition } from '@navarch/api/extension/resource';
import { nodeClock } from '@navarch/runtime/node/clock';
import { createVirtualRuntime } from '@navarch/runtime/testing';
import { createMemoryStore } from '@navarch/store/memory';
import { createHttpClient } from '@navarch/wire/http/client/node';
import type { HttpClient, HttpUpgrade } from '@navarch/wire/http/client';
import type { Tunnel } from '@navarch/wire/http/http';
import { testAuthority, testServer } from '@navarch/wire/testing';
import type { Connector } from '../endpoints/call.ts';
import { type ApiServer, startApiServer } from '../server.ts';
import { testDefinitions } from '../testing.ts';

const exec: ConnectSubresource = {
  type: 'connect',
  name: 'exec',
  isSession: true,
  kind: { group: '', version: 'v1', kind: 'PodExecOptions' },
  verbs: ['create', 'get'],
  target: (_parent, _path, query) => ({ kind: 'node', node: 'n', path: '/exec', query }),
};

function withSessions(definition: ResourceDefinition): ResourceDefinition {
  return definition.plural === 'pods' ? { ...definition, subresources: [exec] } : definition;
}

/** Echoes, with who was asked for in the headers. */
const connector: Connector = (_target, { upgrade, headers }, info) => {
  if (upgrade === undefined) return Promise.resolve({ status: 200, headers: {}, body: plain });
  const answer = { connection: 'Upgrade', upgrade, 'x-name': info.name };
  if (headers['x-ends'] !== undefined) throw new Error('the node is on fire');
  return Promise.resolve({ status: 101, headers: answer, body: { kind: 'tunnel', run: echo } });
};
const plain = { kind: 'text', text: 'not upgraded' } as const;

async function echo(client: Tunnel): Promise<void> {
  try {
    for await (const chunk of client.chunks) await client.write(chunk);
  } catch {
    // The client is gone.
  }
  client.end();
}

const asked: string[] = [];

/** `ann` may get, `bob` may also create and watch, nobody else may anything. */
const authorizer: Authorizer = {
  authorize: ({ user, verb, resource }) => {
    asked.push(`${user.username} ${verb} ${resource?.resource}/${resource?.subresource}`);
    const verbs = { ann: ['get'], bob: ['get', 'create', 'watch'] }[user.username] ?? [];
    return { decision: verbs.includes(verb) ? 'allow' : 'noOpinion', reason: '' };
  },
};

const admission: AdmissionPlugin = {
  name: 'Watchful',
  handles: ({ operation }) => operation === 'CONNECT',
  validate: ({ object }) => {
    const { kind, command } = object as { kind?: string; command?: readonly string[] };
    asked.push(`CONNECT ${kind} ${command?.join(' ')}`);
  },
};

const encode = (token: string): string => Buffer.from(token).toString('base64url');
const prefix = 'base64url.bearer.authorization.k8s.io.';

describe('a connection that leaves HTTP', () => {
  let server: ApiServer;
  let client: HttpClient;
  before(async () => {
    const runtime = { ...createVirtualRuntime(), clock: nodeClock };
    server = await startApiServer({
      runtime,
      store: createMemoryStore(runtime),
      definitions: testDefinitions.map(withSessions),
      discoveryPriorities: {},
      admissionPlugins: [admission],
      authorizers: [authorizer],
      tokenAuthFile: 'anntoken,ann,\nbobtoken,bob,\n',
      issuer: 'https://issuer.test',
      version: { major: '1', minor: '36', text: 'v1.36.2', platform: 'linux/amd64' },
      serviceClusterIpRanges: ['10.96.0.0/16'],
      serviceNodePortRange: { first: 30_000, last: 32_767 },
      connector,
      http: { host: '127.0.0.1', port: 0, ...testServer },
    });
    client = createHttpClient({
      url: `https://127.0.0.1:${server.port}`,
      authorities: testAuthority,
      protocol: 'http1',
    });
  });
  beforeEach(() => void asked.splice(0));
  after(async () => {
    client.close();
    await server.stop();
  });

  const path = '/api/v1/namespaces/d/pods/web/exec?command=ls&command=-l';
  const open = (
    headers: Readonly<Record<string, string>>,
    method = 'GET',
    at = path,
  ): Promise<HttpUpgrade> => {
    const connection = { connection: 'Upgrade', upgrade: 'websocket' };
    const { signal } = new AbortController();
    return client.upgrade({ method, path: at, headers: { ...connection, ...headers }, signal });
  };
  const bearer = (token: string): { authorization: string } => ({
    authorization: `Bearer ${token}`,
  });

  const opened: { name: string; method: string; token: string; asks: readonly string[] }[] = [
    { name: 'by POST', method: 'POST', token: 'bobtoken', asks: ['bob create pods/exec'] },
    {
      name: 'by GET, and may create as well',
      method: 'GET',
      token: 'bobtoken',
      asks: ['bob get pods/exec', 'bob create pods/exec'],
    },
  ];
  for (const { name, method, token, asks } of opened) {
    test(`for who may ${name}`, async () => {
      const answer = await open(bearer(token), method);
      assert.ok(answer.kind === 'upgraded');
      assert.equal(answer.headers['x-name'], 'web');
      await answer.tunnel.write(Buffer.from('hello'));
      for await (const chunk of answer.tunnel.chunks) {
        assert.equal(Buffer.from(chunk).toString(), 'hello');
        break;
      }
      assert.match(await metrics(), /longrunning_requests\{verb="CONNECT".*"pods\/exec"\} 1/);
      answer.tunnel.end();
      assert.deepEqual(
        asked.filter((each) => !each.startsWith('CONNECT') && !each.includes('undefined')),
        asks,
      );
      assert.ok(asked.includes('CONNECT PodExecOptions ls -l'));
    });
  }

  async function metrics(): Promise<string> {
    const response = await server.handle({
      method: 'GET',
      path: '/metrics',
      query: '',
      headers: {},
      body: { value: undefined },
      identity: { user: { username: 'bob', groups: [] } },
      remoteAddress: '',
      signal: new AbortController().signal,
    });
    return response.body.kind === 'text' ? response.body.text : '';
  }

  const refused: {
    name: string;
    headers: Readonly<Record<string, string>>;
    status: number;
    message: RegExp;
  }[] = [
    { name: 'unknown tokens', headers: bearer('none'), status: 401, message: /^Unauthorized$/ },
    {
      name: 'who may only get',
      headers: bearer('anntoken'),
      status: 403,
      message: /^pods "web" is forbidden: $/,
    },
    {
      name: 'nobody',
      headers: {},
      status: 403,
      message: /cannot get resource "pods\/exec"/,
    },
    {
      name: 'a token that is the only subprotocol',
      headers: { 'sec-websocket-protocol': prefix + encode('bobtoken') },
      status: 401,
      message: /^Unauthorized$/,
    },
    {
      name: 'two tokens',
      headers: {
        'sec-websocket-protocol': `a, ${prefix}${encode('bobtoken')}, ${prefix}${encode('x')}`,
      },
      status: 401,
      message: /^Unauthorized$/,
    },
    {
      name: 'a connector that fails',
      headers: { ...bearer('bobtoken'), 'x-ends': 'yes' },
      status: 500,
      message: /^the node is on fire$/,
    },
  ];
  for (const { name, headers, status, message } of refused) {
    test(`is refused: ${name}`, async () => {
      const answer = await open(headers);
      assert.ok(answer.kind === 'answered');
      const body = Buffer.from(await answer.response.bytes()).toString();
      assert.equal(answer.response.status, status, body);
      assert.match((JSON.parse(body) as { message: string }).message, message);
    });
  }

  test('a token among the subprotocols says who asks', async () => {
    const protocols = `v4.channel.k8s.io, ${prefix}${encode('bobtoken')}`;
    const answer = await open({ 'sec-websocket-protocol': protocols });
    assert.equal(answer.kind, 'upgraded');
    if (answer.kind === 'upgraded') answer.tunnel.close();
  });

  test('whether there has to be an upgrade is for the connector to say', async () => {
    const response = await client.request({
      method: 'GET',
      path,
      headers: bearer('bobtoken'),
      signal: new AbortController().signal,
    });
    assert.equal(Buffer.from(await response.bytes()).toString(), 'not upgraded');
  });

  test('a watch is messages, when a browser asks', async () => {
    const configMaps = '/api/v1/namespaces/d/configmaps';
    const { signal } = new AbortController();
    const body = JSON.stringify({ metadata: { name: 'a' } });
    const headers = { ...bearer('bobtoken'), 'content-type': 'application/json' };
    const made = await client.request({ method: 'POST', path: configMaps, headers, body, signal });
    assert.equal(made.status, 201);
    const browser = {
      origin: 'https://dashboard.test',
      'sec-websocket-key': 'dGhlIHNhbXBsZSBub25jZQ==',
      'sec-websocket-version': '13',
    };
    const answer = await open(
      { ...bearer('bobtoken'), ...browser },
      'GET',
      `${configMaps}?watch=1&timeoutSeconds=1`,
    );
    assert.ok(answer.kind === 'upgraded');
    assert.equal(answer.headers['sec-websocket-accept'], 's3pPLMBiTxaQ9kYGzzhZRbK+xOo=');
    let seen = '';
    for await (const chunk of answer.tunnel.chunks) {
      seen += Buffer.from(chunk).toString('latin1');
      if (seen.includes('\n')) break;
    }
    // A frame of text with a length in two bytes.
    assert.match(seen, /^\x81~..\{"type":"ADDED","object":.*\}\n/s);
    answer.tunnel.close();
  });

  test('what has no upgrade answers as ever', async () => {
    const answer = await open(bearer('bobtoken'), 'GET', '/api/v1/namespaces/d/pods/web');
    assert.ok(answer.kind === 'answered');
    assert.equal(answer.response.status, 404);
  });
});
