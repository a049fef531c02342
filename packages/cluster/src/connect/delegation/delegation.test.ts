/** What is passed on to another server, and what becomes of it when that is slow, gone or closing connections. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { ObjectReader } from '@navarch/api/extension/context';
import type { ApiRequest, ApiResponse } from '@navarch/apiserver/request/request';
import { createVirtualRuntime } from '@navarch/runtime/testing';
import type { HttpClientRequest, HttpClientResponse } from '@navarch/wire/http/client';
import { createDelegation } from './delegation.ts';

const apiService = {
  metadata: { name: 'v1.g.example.com', uid: 'u' },
  spec: {
    group: 'g.example.com',
    version: 'v1',
    groupPriorityMinimum: 1,
    versionPriority: 1,
    service: { namespace: 'ns', name: 'server' },
  },
  status: { conditions: [{ type: 'Available', status: 'True' }] },
};

const endpoints = {
  metadata: { labels: { 'kubernetes.io/service-name': 'server' } },
  ports: [{ port: 8443 }],
  endpoints: [{ addresses: ['10.0.0.1'] }],
};

type Answer = (request: HttpClientRequest) => Promise<HttpClientResponse>;

/** `answers` in turn; the last one again and again. */
function setUp(answers: readonly Answer[], slices: readonly object[] = [endpoints]) {
  const runtime = createVirtualRuntime(1);
  const asked: HttpClientRequest[] = [];
  const counts = { dialled: 0, closed: 0 };
  const registered = { version: 1, services: [apiService] };
  const reader: Partial<ObjectReader> = {
    version: () => registered.version,
    get: (() => ({ spec: { ports: [{ port: 443 }] } })) as ObjectReader['get'],
    list: (({ resource }: { resource: string }) =>
      resource === 'apiservices' ? registered.services : slices) as unknown as ObjectReader['list'],
  };
  const delegation = createDelegation({
    read: () => reader as ObjectReader,
    random: runtime.random,
    clock: runtime.clock,
    frontProxyClient: { certificate: 'c', key: 'k' },
    dial: () => {
      counts.dialled++;
      return Promise.resolve({
        request: (request) => {
          asked.push(request);
          const answer = answers[Math.min(asked.length, answers.length) - 1];
          return answer ? answer(request) : Promise.reject(new Error('nobody is there'));
        },
        close: () => void counts.closed++,
      } as Awaited<ReturnType<Parameters<typeof createDelegation>[0]['dial']>>);
    },
  });
  const forward = (
    request: Partial<ApiRequest> = {},
    isLongRunning = false,
  ): Promise<ApiResponse> => {
    const to = delegation.find('g.example.com', 'v1');
    assert.ok(to);
    const whole: ApiRequest = {
      method: 'GET',
      path: '/apis/g.example.com/v1/things',
      query: 'limit=5',
      headers: {},
      body: { bytes: () => Promise.resolve(new Uint8Array()) },
      identity: { certificate: undefined },
      remoteAddress: '192.0.2.1',
      signal: new AbortController().signal,
      ...request,
    };
    return delegation.forward(to, whole, { user, isLongRunning });
  };
  const withdraw = (): void => {
    Object.assign(registered, { version: 2, services: [] });
    delegation.versions();
  };
  return { runtime, delegation, asked, counts, forward, withdraw };
}

const settled = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

const user = { username: 'alice', groups: ['a', 'b'], extra: { 'example.com/ä': ['x'] } };

function answer(chunks: AsyncIterable<Uint8Array>, status = 200): Answer {
  const bytes = (): Promise<Uint8Array> => Promise.resolve(new Uint8Array());
  return () => Promise.resolve({ status, headers: { 'content-type': 'x' }, chunks, bytes });
}

async function* pieces(...texts: readonly string[]): AsyncIterable<Uint8Array> {
  for (const text of texts) yield new TextEncoder().encode(text);
}

async function textOf({ body }: ApiResponse): Promise<string> {
  if (body.kind === 'text') return body.text;
  assert.equal(body.kind, 'stream');
  let text = '';
  for await (const chunk of body.kind === 'stream' ? body.chunks : []) {
    text += new TextDecoder().decode(chunk);
  }
  return text;
}

const reset = Object.assign(new Error('read ECONNRESET'), { code: 'ECONNRESET' });

test('who asks is said in headers, and nobody else can say it', async () => {
  const { forward, asked } = setUp([answer(pieces('{}'))]);
  const headers = {
    authorization: 'Bearer secret',
    'x-remote-user': 'root',
    'x-remote-extra-scopes': 'all',
    'impersonate-user': 'bob',
    accept: 'application/yaml',
  };
  assert.equal(await textOf(await forward({ headers })), '{}');
  assert.equal(asked[0]?.path, '/apis/g.example.com/v1/things?limit=5');
  assert.deepEqual(asked[0]?.headers, {
    accept: 'application/yaml',
    'x-forwarded-for': '192.0.2.1',
    'x-remote-user': ['alice'],
    'x-remote-group': ['a', 'b'],
    'x-remote-extra-example.com%2f%c3%a4': ['x'],
  });
});

test('a body is passed on as it comes, and is not read again for another attempt', async () => {
  const { forward, asked } = setUp([() => Promise.reject(reset)]);
  const chunks = pieces('a');
  const bytes = (): Promise<Uint8Array> => Promise.reject(new Error('not asked'));
  const answered = await forward({
    headers: { 'content-length': '1', 'transfer-encoding': undefined },
    body: { bytes, chunks: () => chunks },
  });
  assert.equal(answered.status, 503);
  assert.equal(asked.length, 1);
  assert.equal(asked[0]?.body, chunks);
  assert.equal(asked[0]?.headers['content-length'], '1');
});

test('nobody is sent elsewhere, and the connection is free afterwards', async () => {
  let isOver = false;
  const page = (async function* () {
    try {
      yield new TextEncoder().encode('look there');
    } finally {
      isOver = true;
    }
  })();
  const bytes = (): Promise<Uint8Array> => Promise.resolve(new Uint8Array());
  const sending = (status: number, headers: HttpClientResponse['headers']): Answer => {
    return () => Promise.resolve({ status, headers, chunks: page, bytes });
  };
  const { forward } = setUp([sending(302, { location: 'https://else/' }), sending(304, {})]);
  const refused = await forward();
  assert.equal(refused.status, 502);
  assert.equal(
    await textOf(refused),
    'the backend attempted to redirect this request, which is not permitted',
  );
  assert.ok(isOver);
  assert.equal((await forward()).status, 304);
});

test('what a version has is said soon, or not at all', async () => {
  const { runtime, forward } = setUp([
    ({ signal }) =>
      new Promise((_, reject) => {
        signal.addEventListener('abort', () => reject(signal.reason as Error));
      }),
  ]);
  const asked = forward({ path: '/apis/g.example.com/v1', query: '' });
  await runtime.clock.advance(5_000);
  const text = await textOf(await asked);
  assert.equal(text, 'error trying to reach service: context deadline exceeded\n');
});

test('callers in this process ask for JSON, and send it', async () => {
  const { forward, asked } = setUp([answer(pieces('{}'), 201)]);
  const body = { value: { a: 9007199254740993n } };
  await textOf(await forward({ method: 'POST', body }));
  assert.equal(asked[0]?.headers['accept'], 'application/json');
  assert.equal(new TextDecoder().decode(asked[0]?.body as Uint8Array), '{"a":9007199254740993}');
});

test('one after another, requests use one connection', async () => {
  const { forward, counts, delegation } = setUp([answer(pieces('a')), answer(pieces('b'))]);
  await textOf(await forward());
  await textOf(await forward());
  assert.deepEqual(counts, { dialled: 1, closed: 0 });
  delegation.close();
  await new Promise<void>((resolve) => setImmediate(resolve));
  assert.deepEqual(counts, { dialled: 1, closed: 1 });
});

const failures: readonly {
  readonly name: string;
  readonly method?: string;
  readonly answers: readonly Answer[];
  readonly slices?: readonly object[];
  readonly says: string;
}[] = [
  {
    name: 'a connection that was closed meanwhile is made again',
    answers: [() => Promise.reject(reset), answer(pieces('{}'))],
    says: '200 {}',
  },
  {
    name: 'but not for what changes something',
    method: 'POST',
    answers: [() => Promise.reject(reset), answer(pieces('{}'))],
    says: '503 error trying to reach service: read: connection reset by peer\n',
  },
  { name: 'no endpoint', answers: [], slices: [], says: '503 service unavailable\n' },
];

for (const { name, method = 'GET', answers, slices, says } of failures) {
  test(name, async () => {
    const response = await setUp(answers, slices).forward({ method });
    assert.equal(`${response.status} ${await textOf(response)}`, says);
  });
}

/** An answer that never ends, and breaks when whoever asked gives up. */
const endless: Answer = ({ signal }) => {
  const chunks = async function* (): AsyncIterable<Uint8Array> {
    yield new TextEncoder().encode('{');
    await new Promise((_, reject) => {
      signal.addEventListener('abort', () => reject(signal.reason), { once: true });
    });
  };
  return answer(chunks())({ signal } as HttpClientRequest);
};

test('an answer that does not end is cut off in time, a watch is not', async () => {
  const { forward, runtime } = setUp([endless]);
  const reading = textOf(await forward());
  reading.catch(() => undefined); // Looked at below.
  await runtime.clock.advance(60_000);
  await assert.rejects(reading, /context deadline exceeded/);

  const leaving = new AbortController();
  const watch = textOf(await forward({ signal: leaving.signal }, true));
  let isOver = false;
  watch.then(
    () => (isOver = true),
    () => (isOver = true),
  );
  await runtime.clock.advance(600_000);
  assert.equal(isOver, false);
  leaving.abort(new Error('gone'));
  await assert.rejects(watch, /gone/);
});

test('an answer that comes when nobody waits any more does not keep its connection', async () => {
  const { forward, runtime, counts, withdraw } = setUp([endless]);
  await forward(); // Nobody reads it.
  withdraw();
  await settled();
  assert.equal(counts.closed, 0);
  await runtime.clock.advance(60_000);
  await settled();
  assert.equal(counts.closed, 1);
});

test('a watch is read as fast as its reader reads', async () => {
  let made = 0;
  const source = async function* (): AsyncIterable<Uint8Array> {
    for (; made < 1_000; made++) yield new TextEncoder().encode(`${made}\n`);
  };
  const { forward } = setUp([answer(source())]);
  const { body } = await forward({}, true);
  assert.ok(body.kind === 'stream');
  const reader = body.chunks[Symbol.asyncIterator]();
  for (let count = 0; count < 3; count++) await reader.next();
  assert.ok(made <= 3, `${made} made for 3 that were read`);
  await reader.return?.();
});
