/** What the proxies ask, and what they make of the answer. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { ApiRequest } from '@navarch/apiserver/request/request';
import type { HttpClient, HttpClientRequest } from '@navarch/wire/http/client';
import { proxy } from './proxy.ts';

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
  ...texts: readonly string[]
): HttpClient & { asked: HttpClientRequest[] } {
  const asked: HttpClientRequest[] = [];
  return {
    asked,
    request: (request) => {
      asked.push(request);
      const chunks = (async function* () {
        for (const text of texts) yield Buffer.from(text);
      })();
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
    connection: 'keep-alive, X-Mine',
    'x-mine': 'yes',
  };
  const answer = await proxy(
    () => Promise.resolve(client),
    { peer, rest: 'a b?/c(d)/' },
    requestOf(`${base}/a%20b%3F%2Fc(d)/`, { headers, query: 'q=%20' }),
  );
  const [asked] = client.asked;
  assert.equal(asked?.path, '/a%20b%3F/c%28d%29/?q=%20');
  assert.deepEqual(asked?.headers, {
    accept: 'text/html',
    'x-forwarded-for': '203.0.113.7, 192.0.2.1',
    'x-forwarded-uri': `${base}/a%20b%3F%2Fc(d)/`,
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

test('a body is passed on as it comes, with its length where that is known', async () => {
  const chunks = (async function* () {
    yield Buffer.from('a');
  })();
  const body = { bytes: () => Promise.reject(new Error('not asked')), chunks: () => chunks };
  for (const [headers, sent] of [
    [{ 'content-length': '1', expect: '100-continue' }, { 'content-length': '1' }],
    [{ 'transfer-encoding': 'chunked' }, {}],
  ] as const) {
    const client = clientAnswering({});
    const request = requestOf(`${base}/`, { method: 'PUT', body, headers });
    await proxy(() => Promise.resolve(client), { peer, rest: '' }, request);
    const [asked] = client.asked;
    assert.equal(asked?.body, chunks);
    const { 'x-forwarded-for': _, 'x-forwarded-uri': __, ...others } = asked.headers;
    assert.deepEqual(others, sent);
  }
});

const answers: {
  name: string;
  headers: Readonly<Record<string, string>>;
  shown: string;
  length: string | undefined;
}[] = [
  {
    name: 'the links of a page are changed, and with them its length',
    headers: { 'content-type': 'text/html; charset=utf-8', 'content-length': '13' },
    shown: `<a href="${base}/x">`,
    length: undefined,
  },
  {
    name: 'what is no page stays',
    headers: { 'content-type': 'text/plain', 'content-length': '13' },
    shown: '<a href="/x">',
    length: '13',
  },
  {
    name: 'what is packed in a way that nobody knows stays',
    headers: { 'content-type': 'text/html', 'content-encoding': 'br', 'content-length': '13' },
    shown: '<a href="/x">',
    length: '13',
  },
  {
    name: 'who is sent elsewhere sees no page',
    headers: { 'content-type': 'text/html', location: '/y' },
    shown: '<a href="/x">',
    length: undefined,
  },
];
for (const { name, headers, shown, length } of answers) {
  test(`answers: ${name}`, async () => {
    const client = clientAnswering(headers, '<a hr', 'ef="/x">');
    const to = { peer, rest: 'a' };
    const answer = await proxy(() => Promise.resolve(client), to, requestOf(`${base}/a`));
    assert.ok(answer.body.kind === 'stream');
    let text = '';
    for await (const chunk of answer.body.chunks) text += Buffer.from(chunk).toString();
    assert.equal(text, shown);
    assert.equal(answer.headers['content-length'], length);
  });
}

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
