/** One table of exchanges, run over HTTP/1.1 and HTTP/2; then what differs: limits, broken peers, stopping. */
import assert from 'node:assert/strict';
import { connect as connectTls } from 'node:tls';
import { after, before, describe, test } from 'node:test';
import { nodeClock } from '@navarch/runtime/node/clock';
import { testAuthority, testClient, testServer, testStranger } from '../testing.ts';
import { createHttpClient } from './client/node.ts';
import type { HttpClient, HttpClientOptions } from './client.ts';
import { BodyTooLarge, type HttpHandler, type HttpServer } from './http.ts';
import { startHttpServer } from './node.ts';

const never = new AbortController().signal;

/** Answers with what it saw; some paths do something else. */
const echo: HttpHandler = (request, responder) => {
  const { method, url, headers } = request;
  if (url === '/large') {
    responder.send(200, {}, new Uint8Array(3_000_000).fill(65));
    return;
  }
  if (url === '/cookies') {
    responder.send(200, { 'set-cookie': 'a=1; path=/\nb=2' }, undefined);
    return;
  }
  if (url === '/stream') {
    const writer = responder.stream(200, { 'content-type': 'text/plain' });
    for (const word of ['one ', 'two ', 'three']) writer.write(Buffer.from(word));
    writer.end();
    return;
  }
  if (url === '/pressure') {
    void writeMuch(responder.stream(200, {}));
    return;
  }
  if (url === '/again') {
    void writeAgain(responder.stream(200, {}));
    return;
  }
  if (url === '/peer') {
    const {
      raw: _raw,
      sha256: _sha256,
      validFromMs: _from,
      validToMs: _to,
      ...peer
    } = request.peer() ?? {
      raw: 0,
      sha256: 0,
      validFromMs: 0,
      validToMs: 0,
    };
    responder.send(200, {}, JSON.stringify(peer));
    return;
  }
  void request.body(100_000).then(
    (bytes) => {
      const seen = {
        method,
        url,
        x: headers['x'],
        xs: request.headerValues('x'),
        body: Buffer.from(bytes).toString(),
      };
      responder.send(200, { 'x-answer': 'yes' }, JSON.stringify(seen));
    },
    (error: unknown) => responder.send(error instanceof BodyTooLarge ? 413 : 500, {}, 'no'),
  );
};

const againSizes = [400_000, 10, 262_144, 1, 100_000, 400_000, 400_000, 20_000, 5];

/** The same memory for every piece. */
async function writeAgain(writer: ReturnType<Parameters<HttpHandler>[1]['stream']>): Promise<void> {
  const memory = new Uint8Array(400_000);
  for (const [round, size] of againSizes.entries()) {
    writer.write(memory.fill(round).subarray(0, size));
    await writer.released();
  }
  writer.end();
}

async function writeMuch(writer: ReturnType<Parameters<HttpHandler>[1]['stream']>): Promise<void> {
  const piece = new Uint8Array(250_000);
  let largest = 0;
  for (let i = 0; i < 40; i++) {
    writer.write(piece);
    largest = Math.max(largest, writer.bufferedBytes());
    await writer.drained();
  }
  writer.write(Buffer.from(String(largest)));
  writer.end();
}

for (const protocol of ['any', 'http1'] as const) {
  describe(protocol === 'any' ? 'over HTTP/2' : 'over HTTP/1.1', () => {
    let server: HttpServer;
    let client: HttpClient;
    const open = (more: Partial<HttpClientOptions> = {}): HttpClient =>
      createHttpClient({
        url: `https://127.0.0.1:${server.port}`,
        authorities: testAuthority,
        protocol,
        ...more,
      });

    before(async () => {
      server = await startHttpServer({
        clock: nodeClock,
        host: '127.0.0.1',
        port: 0,
        ...testServer,
        clientAuthorities: testAuthority,
        handler: echo,
      });
      client = open();
    });
    after(async () => {
      client.close();
      await server.stop(1000);
    });

    const ask = async (path: string, method = 'GET', body?: string): Promise<string> => {
      const headers = { x: 'y' };
      const response = await client.request({
        method,
        path,
        headers,
        signal: never,
        ...(body && { body }),
      });
      return `${response.status} ${Buffer.from(await response.bytes()).toString()}`;
    };

    const exchanges = [
      {
        name: 'a read',
        method: 'GET',
        path: '/a?b=c',
        body: '',
        sees: '200 {"method":"GET","url":"/a?b=c","x":"y","xs":["y"],"body":""}',
      },
      {
        name: 'a write',
        method: 'POST',
        path: '/a',
        body: 'hello',
        sees: '200 {"method":"POST","url":"/a","x":"y","xs":["y"],"body":"hello"}',
      },
      { name: 'a head', method: 'HEAD', path: '/a', body: '', sees: '200 ' },
      { name: 'a stream', method: 'GET', path: '/stream', body: '', sees: '200 one two three' },
      { name: 'no certificate', method: 'GET', path: '/peer', body: '', sees: '200 {}' },
    ];
    for (const { name, method, path, body, sees } of exchanges) {
      test(name, async () => assert.equal(await ask(path, method, body), sees));
    }

    test('a body that is too large is refused, and the next request works', async () => {
      assert.equal(await ask('/a', 'POST', 'x'.repeat(100_001)), '413 no');
      assert.match(await ask('/a', 'POST', 'x'), /^200/);
    });

    test('several cookies stay several', async () => {
      const asked = { method: 'GET', path: '/cookies', headers: {}, signal: never };
      const { headers } = await client.request(asked);
      assert.equal(headers['set-cookie'], 'a=1; path=/\nb=2');
    });

    test('large answers arrive whole', async () => {
      const answer = await client.request({
        method: 'GET',
        path: '/large',
        headers: {},
        signal: never,
      });
      assert.equal((await answer.bytes()).byteLength, 3_000_000);
    });

    test('a writer that waits for its reader buffers little', async () => {
      const answer = await client.request({
        method: 'GET',
        path: '/pressure',
        headers: {},
        signal: never,
      });
      const bytes = await answer.bytes();
      const largest = Number(Buffer.from(bytes.subarray(10_000_000)).toString());
      assert.ok(largest < 1_000_000, `${largest} bytes were buffered`);
    });

    test('what was released may be written again', async () => {
      const answer = await client.request({
        method: 'GET',
        path: '/again',
        headers: {},
        signal: never,
      });
      const bytes = await answer.bytes();
      assert.equal(
        bytes.byteLength,
        againSizes.reduce((sum, size) => sum + size, 0),
      );
      let at = 0;
      for (const [round, size] of againSizes.entries()) {
        const piece = bytes.subarray(at, (at += size));
        assert.ok(
          piece.every((byte) => byte === round),
          `round ${round}`,
        );
      }
    });

    test('a verified certificate names its user; another one has a problem', async () => {
      for (const [identity, expected] of [
        [testClient, { commonName: 'ann', organizations: ['dev', 'system:masters'] }],
        [
          testStranger,
          { commonName: 'stranger', organizations: [], problem: 'DEPTH_ZERO_SELF_SIGNED_CERT' },
        ],
      ] as const) {
        const known = open(identity);
        const answer = await known.request({
          method: 'GET',
          path: '/peer',
          headers: {},
          signal: never,
        });
        assert.deepEqual(JSON.parse(Buffer.from(await answer.bytes()).toString()), expected);
        known.close();
      }
    });

    test('many requests at once', async () => {
      const answers = await Promise.all(Array.from({ length: 200 }, (_, i) => ask(`/${i}`)));
      assert.ok(answers.every((answer, i) => answer.includes(`"url":"/${i}"`)));
    });
  });
}

test('a peer that breaks off aborts its request and nothing else', async () => {
  const aborted = Promise.withResolvers<void>();
  const server = await startHttpServer({
    clock: nodeClock,
    host: '127.0.0.1',
    port: 0,
    ...testServer,
    handler: (request, responder) => {
      request.signal.addEventListener('abort', () => aborted.resolve());
      responder.stream(200, {}).write(Buffer.from('x'));
    },
  });
  const client = createHttpClient({
    url: `https://127.0.0.1:${server.port}`,
    authorities: testAuthority,
  });
  await client.request({ method: 'GET', path: '/', headers: {}, signal: never });
  client.close();
  await aborted.promise;
  await server.stop(1000);
});

test('garbage instead of TLS, and instead of HTTP, ends that connection only', async () => {
  const server = await startHttpServer({
    clock: nodeClock,
    host: '127.0.0.1',
    port: 0,
    ...testServer,
    handler: echo,
  });
  for (const text of ['\0\0\0 garbage \r\n\r\n', 'GET\r\n\r\n']) {
    const closed = Promise.withResolvers<void>();
    const socket = connectTls({ port: server.port, ca: testAuthority, host: '127.0.0.1' }, () =>
      socket.write(text),
    );
    socket.on('error', () => {});
    socket.on('close', () => closed.resolve());
    socket.resume();
    await closed.promise;
  }
  const client = createHttpClient({
    url: `https://127.0.0.1:${server.port}`,
    authorities: testAuthority,
  });
  const answer = await client.request({ method: 'GET', path: '/', headers: {}, signal: never });
  assert.equal(answer.status, 200);
  await answer.bytes();
  client.close();
  await server.stop(1000);
});

test('a method that the parser does not know is refused in the words of the server', async () => {
  const server = await startHttpServer({
    clock: nodeClock,
    host: '127.0.0.1',
    port: 0,
    ...testServer,
    handler: echo,
    unknownMethod: { contentType: 'text/plain', body: 'no such method' },
  });
  const answer = Promise.withResolvers<string>();
  let text = '';
  const socket = connectTls({ port: server.port, ca: testAuthority, host: '127.0.0.1' }, () =>
    socket.write('FROB / HTTP/1.1\r\nhost: x\r\n\r\n'),
  );
  socket.on('data', (chunk: Buffer) => (text += chunk.toString()));
  socket.on('end', () => answer.resolve(text));
  assert.match(await answer.promise, /^HTTP\/1\.1 405 .*no such method$/s);
  await server.stop(1000);
});

for (const protocol of ['any', 'http1'] as const) {
  test(`stopping lets a request finish and turns new ones away (${protocol})`, async () => {
    const started = Promise.withResolvers<() => void>();
    const server = await startHttpServer({
      clock: nodeClock,
      host: '127.0.0.1',
      port: 0,
      ...testServer,
      handler: (_request, responder) => started.resolve(() => responder.send(200, {}, 'done')),
    });
    const url = `https://127.0.0.1:${server.port}`;
    const client = createHttpClient({ url, authorities: testAuthority, protocol });
    const answer = client.request({ method: 'GET', path: '/', headers: {}, signal: never });
    const finish = await started.promise;
    const stopped = server.stop(5000);
    const late = createHttpClient({ url, authorities: testAuthority, protocol });
    await assert.rejects(late.request({ method: 'GET', path: '/', headers: {}, signal: never }));
    finish();
    assert.equal(Buffer.from(await (await answer).bytes()).toString(), 'done');
    await stopped;
    client.close();
    late.close();
  });
}

test('a request that does not finish is cut off after the grace', async () => {
  const server = await startHttpServer({
    clock: nodeClock,
    host: '127.0.0.1',
    port: 0,
    ...testServer,
    handler: () => {},
  });
  const client = createHttpClient({
    url: `https://127.0.0.1:${server.port}`,
    authorities: testAuthority,
  });
  const answer = assert.rejects(
    client.request({ method: 'GET', path: '/', headers: {}, signal: never }),
  );
  // The request is on its way once the connection stands; either way, nothing may hold up the stop.
  await server.stop(50);
  await answer;
  client.close();
});
