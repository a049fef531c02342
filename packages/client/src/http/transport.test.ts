import assert from 'node:assert/strict';
import { test } from 'node:test';
import { JsonLines, LineTooLong } from '@navarch/codec/json-lines';
import type { HttpClient, HttpClientRequest } from '@navarch/wire/http/client';
import { ConnectionFailed, type RawWatchEvent } from '../transport.ts';
import { createHttpTransport, type HttpTransportOptions, warningsIn } from './transport.ts';

const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);

interface Reply {
  readonly status?: number;
  readonly headers?: Readonly<Record<string, string>>;
  /** A body in pieces; an Error breaks the connection there. */
  readonly body?: readonly (string | Error)[];
}

function fakeHttp(reply: Reply | Error): HttpClient & { asked: HttpClientRequest[] } {
  const asked: HttpClientRequest[] = [];
  async function* chunks(): AsyncGenerator<Uint8Array> {
    if (reply instanceof Error) return;
    for (const piece of reply.body ?? []) {
      await Promise.resolve();
      if (piece instanceof Error) throw piece;
      yield bytes(piece);
    }
  }
  return {
    asked,
    request: async (request) => {
      asked.push(request);
      if (reply instanceof Error) throw reply;
      const { status = 200, headers = { 'content-type': 'application/json' } } = reply;
      const whole = async (): Promise<Uint8Array> => {
        const pieces: Uint8Array[] = [];
        for await (const piece of chunks()) pieces.push(piece);
        return Buffer.concat(pieces);
      };
      return { status, headers, chunks: chunks(), bytes: whole };
    },
    upgrade: () => Promise.reject(new Error('not asked')),
    close: () => {},
  };
}

function start(reply: Reply | Error, options: Omit<HttpTransportOptions, 'http'> = {}) {
  const http = fakeHttp(reply);
  const abort = new AbortController();
  const transport = createHttpTransport({ http, ...options });
  const common = {
    method: 'GET',
    path: '/api/v1/pods',
    userAgent: 'test/1',
    signal: abort.signal,
  } as const;
  return { http, transport, abort, common };
}

test('sends values as JSON with the headers that a server wants', async () => {
  const { http, transport, common } = start(
    { body: ['{"a":1}'] },
    { basePath: '/c', token: () => 't' },
  );
  const response = await transport.request({
    ...common,
    method: 'PATCH',
    query: { labelSelector: 'a in (b,c)' },
    body: { x: 1 },
    contentType: 'application/merge-patch+json',
  });
  assert.deepEqual(response, { status: 200, value: { a: 1 } });
  const [{ signal: _, ...asked } = {}] = http.asked;
  assert.deepEqual(asked, {
    method: 'PATCH',
    path: '/c/api/v1/pods?labelSelector=a+in+%28b%2Cc%29',
    headers: {
      accept: 'application/json',
      'user-agent': 'test/1',
      authorization: 'Bearer t',
      'content-type': 'application/merge-patch+json',
    },
    body: '{"x":1}',
  });
});

const answers: { name: string; reply: Reply; gives: unknown }[] = [
  { name: 'text', reply: { headers: { 'content-type': 'text/plain' }, body: ['ok'] }, gives: 'ok' },
  { name: 'what claims to be JSON and is none', reply: { body: ['<html>'] }, gives: '<html>' },
  { name: 'JSON in pieces', reply: { body: ['{"a"', ':1}'] }, gives: { a: 1 } },
];

for (const { name, reply, gives } of answers) {
  test(`reads ${name}`, async () => {
    const { transport, common } = start(reply);
    assert.deepEqual((await transport.request(common)).value, gives);
  });
}

test('an error status is an answer, with the time to wait', async () => {
  const headers = { 'content-type': 'text/plain', 'retry-after': '3' };
  const { transport, common } = start({ status: 429, headers, body: ['slow down'] });
  const response = await transport.request(common);
  assert.deepEqual(response, { status: 429, value: 'slow down', retryAfterSeconds: 3 });
});

test('no answer and half an answer are failed connections', async () => {
  const refused = start(new Error('ECONNREFUSED'));
  await assert.rejects(refused.transport.request(refused.common), ConnectionFailed);
  const broken = start({ body: ['{"a', new Error('ECONNRESET')] });
  await assert.rejects(broken.transport.request(broken.common), ConnectionFailed);
});

/** Runs a watch to its end: its events as `ADDED a`, then `end` or the error. */
async function watchAll(reply: Reply): Promise<string[]> {
  const { transport, common } = start(reply);
  const heard: string[] = [];
  const over = Promise.withResolvers<void>();
  const response = await transport.watch(common, {
    onEvents: (events: readonly RawWatchEvent[]) => {
      heard.push(events.map(({ type, object }) => `${type} ${object.metadata.name}`).join(', '));
    },
    onEnd: (error) => {
      heard.push(error ? error.name : 'end');
      over.resolve();
    },
  });
  assert.equal(response.status, 200);
  await over.promise;
  return heard;
}

const line = (type: string, name: string): string =>
  `${JSON.stringify({ type, object: { metadata: { name } } })}\n`;

const watches: { name: string; body: readonly (string | Error)[]; heard: string[] }[] = [
  {
    name: 'events that come together are told together',
    body: [line('ADDED', 'a') + line('ADDED', 'b'), line('DELETED', 'a')],
    heard: ['ADDED a, ADDED b', 'DELETED a', 'end'],
  },
  {
    name: 'an event in pieces is put together',
    body: [
      line('ADDED', 'a').slice(0, 9),
      line('ADDED', 'a').slice(9, 20),
      line('ADDED', 'a').slice(20),
    ],
    heard: ['ADDED a', 'end'],
  },
  {
    name: 'a connection that breaks says so',
    body: [line('ADDED', 'a'), new Error('ECONNRESET')],
    heard: ['ADDED a', 'ConnectionFailed'],
  },
  { name: 'what is no JSON ends the watch', body: ['<html>\n'], heard: ['ConnectionFailed'] },
];

for (const { name, body, heard } of watches) {
  test(name, async () => assert.deepEqual(await watchAll({ body }), heard));
}

test('a refused watch is an answer', async () => {
  const { transport, common } = start({ status: 403, body: ['{"kind":"Status"}'] });
  const response = await transport.watch(common, { onEvents: () => {}, onEnd: () => {} });
  assert.deepEqual(response, { status: 403, value: { kind: 'Status' } });
});

test('an aborted watch is silent', async () => {
  const { transport, common, abort } = start({ body: [line('ADDED', 'a'), line('ADDED', 'b')] });
  const heard: string[] = [];
  await transport.watch(common, {
    onEvents: () => {
      heard.push('event');
      abort.abort();
    },
    onEnd: () => heard.push('end'),
  });
  for (let turn = 0; turn < 20; turn++) await Promise.resolve();
  assert.deepEqual(heard, ['event']);
});

test('warnings are told', async () => {
  const warnings: string[] = [];
  const headers = { 'content-type': 'text/plain', warning: '299 - "say \\"b\\"", 299 - "a, b"' };
  const { transport, common } = start({ headers }, { onWarning: (text) => warnings.push(text) });
  await transport.request(common);
  assert.deepEqual(warnings, ['say "b"', 'a, b']);
  assert.deepEqual(warningsIn(''), []);
});

test('a line without end is not kept for ever', () => {
  const lines = new JsonLines(16 * 1024 * 1024);
  const megabyte = new Uint8Array(1024 * 1024).fill(0x20);
  assert.throws(() => {
    for (let i = 0; i < 100; i++) lines.take(megabyte);
  }, LineTooLong);
});
