/** What the proxies ask, and what they make of the answer. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { ApiRequest } from '@navarch/apiserver/request/request';
import type { HttpClient, HttpClientRequest } from '@navarch/wire/http/client';
import { proxy, throughProxy } from './proxy.ts';

const peer = { url: 'http://10.0.0.9:8080' };
const base = '/api/v1/namespaces/d/services/web/proxy';

function requestOf(path: string, more: Partial<ApiRequest> = {}): ApiRequest {
  return {
    method: 'GET',
    path,
    query: '',
    headers: {},
    body: { bytes: () => Promise.resolve(Buffer.from('')) },
    identity: { certificate: undefined },
    remoteAddress: '192.0.2.1',
    signal: new AbortController().signal,
    ...more,
  };
}

function clientAnswering(
  headers: Readonly<Record<string, string>>,
): HttpClient & { asked: HttpClientRequest[] } {
  const asked: HttpClientRequest[] = [];
  return {
    asked,
    request: (request) => {
      asked.push(request);
      const chunks = (async function* () {})();
      return Promise.resolve({
        status: 200,
        headers,
        chunks,
        bytes: () => Promise.resolve(new Uint8Array(0)),
      });
    },
    upgrade: () => Promise.reject(new Error('not asked')),
    close: () => {},
  };
}

const links: { name: string; location: string; rest: string; shown: string }[] = [
  { name: 'to itself', location: '/login?x=1', rest: 'a/b', shown: `${base}/login?x=1` },
  {
    name: 'to itself, with its address',
    location: 'http://10.0.0.9:8080/login/',
    rest: '',
    shown: `${base}/login/`,
  },
  {
    name: 'to the name that the client used',
    location: 'http://proxy.test/login',
    rest: 'a',
    shown: `${base}/login`,
  },
  { name: 'through the proxy already', location: `${base}/x`, rest: 'a', shown: `${base}/x` },
  { name: 'to elsewhere', location: 'http://else/x', rest: 'a', shown: 'http://else/x' },
  { name: 'relative to the page', location: 'next', rest: 'a', shown: 'next' },
];
for (const { name, location, rest, shown } of links) {
  test(`a link ${name}`, () => {
    const request = { path: `${base}/${rest}`, headers: { host: 'proxy.test' } };
    assert.equal(throughProxy(location, peer, request, rest), shown);
  });
}

test('headers are passed on, but not credentials; so are those of the answer, but not who may read it', async () => {
  const client = clientAnswering({
    'content-type': 'text/html',
    'set-cookie': 'a=b',
    'access-control-allow-origin': '*',
    connection: 'keep-alive',
    location: '/x',
  });
  const headers = {
    accept: 'text/html',
    authorization: 'Bearer secret',
    'impersonate-user': 'ann',
    'x-remote-user': 'eve',
    'x-forwarded-for': '203.0.113.7',
    connection: 'keep-alive',
  };
  const answer = await proxy(
    () => Promise.resolve(client),
    { peer, rest: 'a b?/' },
    requestOf(`${base}/a%20b%3F/`, { headers, query: 'q=%20' }),
  );
  const [asked] = client.asked;
  assert.equal(asked?.path, '/a%20b%3F/?q=%20');
  assert.deepEqual(asked?.headers, {
    accept: 'text/html',
    'x-forwarded-for': '203.0.113.7, 192.0.2.1',
    'x-forwarded-uri': `${base}/a%20b%3F/`,
  });
  assert.deepEqual(answer.headers, {
    'content-type': 'text/html',
    'set-cookie': 'a=b',
    location: `${base}/x`,
  });
});

test('a page without a slash is told to have one', async () => {
  const client = clientAnswering({});
  const to = { peer, rest: undefined };
  const answer = await proxy(() => Promise.resolve(client), to, requestOf(base, { query: 'a=b' }));
  assert.deepEqual([answer.status, answer.headers], [301, { location: `${base}/?a=b` }]);
  const posted = requestOf(base, { method: 'POST' });
  await proxy(() => Promise.resolve(client), to, posted);
  assert.deepEqual(
    client.asked.map(({ path }) => path),
    ['/'],
  );
});

test('nobody there', async () => {
  const gone = Object.assign(new Error(), {
    code: 'ECONNREFUSED',
    address: '10.0.0.9',
    port: 8080,
  });
  await assert.rejects(
    proxy(() => Promise.reject(gone), { peer, rest: '' }, requestOf(`${base}/`)),
    /^StatusError: error trying to reach service: dial tcp 10.0.0.9:8080: connect: connection refused$/,
  );
});
