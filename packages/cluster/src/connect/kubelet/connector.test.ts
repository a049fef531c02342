/** Where the streams of pods lead, by what is known of their node; and how a kubelet is asked, by what it speaks. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { ObjectReader } from '@navarch/api/extension/context';
import { isStatusError } from '@navarch/api/status';
import type { NodeStatus } from '@navarch/api/types/core/v1/node';
import type { ApiRequest, ApiResponse } from '@navarch/apiserver/request/request';
import { parseRequestInfo } from '@navarch/apiserver/request/route';
import type { HttpClient, HttpClientRequest, HttpUpgrade } from '@navarch/wire/http/client';
import { tunnelPair } from '@navarch/wire/testing/tunnels';
import { createConnector } from './connector.ts';

const reachable: NodeStatus = {
  addresses: [
    { type: 'Hostname', address: 'node.test' },
    { type: 'InternalIP', address: 'fd00::1' },
  ],
  daemonEndpoints: { kubeletEndpoint: { Port: 1234 } },
};
const newer: NodeStatus = {
  ...reachable,
  declaredFeatures: ['Other', 'ExtendWebSocketsToKubelet'],
};

interface Dialled {
  readonly url: string;
  readonly request: Omit<HttpClientRequest, 'body'>;
}

/** Asks for a subresource of the pod `web` on a node with that status; undefined: there is no such node. */
async function ask(
  status: NodeStatus | undefined,
  subresource: string,
  headers: Readonly<Record<string, string>>,
): Promise<{ answer: ApiResponse; dialled: readonly Dialled[] }> {
  const dialled: Dialled[] = [];
  const upgraded = (chosen: string): HttpUpgrade => ({
    kind: 'upgraded',
    headers: { upgrade: 'SPDY/3.1', 'x-stream-protocol-version': chosen },
    tunnel: tunnelPair()[0],
  });
  const dial = ({ url }: { readonly url: string }): Promise<HttpClient> =>
    Promise.resolve({
      request: () => Promise.reject(new Error('not asked')),
      upgrade: (request) => {
        dialled.push({ url, request });
        return Promise.resolve(upgraded('portforward.k8s.io'));
      },
      close: () => undefined,
    });
  const node = status && { metadata: { name: 'n' }, spec: {}, status };
  const connector = createConnector({
    read: () => ({ get: () => node }) as unknown as ObjectReader,
    simulated: () => undefined,
    dial,
  });
  const path = `/api/v1/namespaces/d/pods/web/${subresource}`;
  const query = new URLSearchParams({ command: 'ls', output: '1' });
  const target = { kind: 'node', node: 'n', path: `/${subresource}/d/web/main`, query } as const;
  const request: ApiRequest = {
    method: 'GET',
    path,
    query: '',
    headers,
    body: { value: undefined },
    identity: { certificate: undefined },
    remoteAddress: '192.0.2.1',
    signal: new AbortController().signal,
    upgrade: headers['upgrade'],
  };
  return {
    answer: await connector(target, request, parseRequestInfo('GET', path, '')),
    dialled,
  };
}

const webSocket = (protocols: string): Readonly<Record<string, string>> => ({
  upgrade: 'websocket',
  'sec-websocket-protocol': protocols,
});

const sessions: {
  name: string;
  status: NodeStatus;
  subresource: string;
  headers: Readonly<Record<string, string>>;
  /** How the client is answered, and how the kubelet was asked; the latter is not before the client listens, when it is translated. */
  answer: string;
  asks: readonly string[];
}[] = [
  {
    name: 'SPDY is passed on',
    status: reachable,
    subresource: 'exec',
    headers: { upgrade: 'SPDY/3.1', 'x-stream-protocol-version': 'v4.channel.k8s.io' },
    answer: 'tunnel',
    asks: ['GET SPDY/3.1 v4.channel.k8s.io'],
  },
  {
    name: 'an old WebSocket protocol is passed on',
    status: reachable,
    subresource: 'exec',
    headers: webSocket('v4.channel.k8s.io'),
    answer: 'tunnel',
    asks: ['GET websocket v4.channel.k8s.io'],
  },
  {
    name: 'a new one is passed on to who speaks it',
    status: newer,
    subresource: 'attach',
    headers: webSocket('v5.channel.k8s.io,v4.channel.k8s.io'),
    answer: 'tunnel',
    asks: ['GET websocket v5.channel.k8s.io,v4.channel.k8s.io'],
  },
  {
    name: 'a new one is translated for who does not',
    status: reachable,
    subresource: 'exec',
    headers: webSocket('v5.channel.k8s.io'),
    answer: 'webSocket v5.channel.k8s.io',
    asks: [],
  },
  {
    name: 'ports are tunnelled to who speaks SPDY only',
    status: reachable,
    subresource: 'portforward',
    headers: webSocket('SPDY/3.1+portforward.k8s.io'),
    answer: 'webSocket SPDY/3.1+portforward.k8s.io',
    asks: ['POST SPDY/3.1 portforward.k8s.io'],
  },
  {
    name: 'ports are passed on to who speaks more',
    status: newer,
    subresource: 'portforward',
    headers: webSocket('SPDY/3.1+portforward.k8s.io'),
    answer: 'tunnel',
    asks: ['GET websocket SPDY/3.1+portforward.k8s.io'],
  },
];
for (const { name, status, subresource, headers, answer, asks } of sessions) {
  test(name, async () => {
    const { answer: given, dialled } = await ask(status, subresource, headers);
    const { body } = given;
    assert.equal(given.status, 101);
    assert.equal('protocol' in body ? `${body.kind} ${body.protocol}` : body.kind, answer);
    const asked = dialled.map(({ request: { method, headers: sent } }) => {
      const protocols = sent['sec-websocket-protocol'] ?? sent['x-stream-protocol-version'];
      return `${method} ${String(sent['upgrade'])} ${String(protocols)}`;
    });
    assert.deepEqual(asked, asks);
    for (const { url, request } of dialled) {
      assert.equal(url, 'https://[fd00::1]:1234');
      assert.equal(request.path, `/${subresource}/d/web/main?command=ls&output=1`);
    }
  });
}

const refusals: {
  name: string;
  status: NodeStatus | undefined;
  headers: Readonly<Record<string, string>>;
  code: number;
  message: string;
}[] = [
  {
    name: 'no such node',
    status: undefined,
    headers: {},
    code: 404,
    message: 'nodes "n" not found',
  },
  {
    name: 'a node without an address',
    status: { addresses: [{ type: 'Other', address: 'x' }] },
    headers: {},
    code: 500,
    message: 'no preferred addresses found; known addresses: [{Other x}]',
  },
  {
    name: 'no upgrade',
    status: reachable,
    headers: {},
    code: 400,
    message: 'Upgrade request required',
  },
];
for (const { name, status, headers, code, message } of refusals) {
  test(`no session: ${name}`, async () => {
    await assert.rejects(ask(status, 'exec', headers), (error) => {
      assert.ok(isStatusError(error));
      assert.deepEqual([error.status.code, error.status.message], [code, message]);
      return true;
    });
  });
}
