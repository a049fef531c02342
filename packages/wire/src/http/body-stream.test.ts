/** Bodies that pass through a server, over both protocols: of any length, at the pace of the slower side, and what becomes of half ones. */
import assert from 'node:assert/strict';
import { after, before, suite, test } from 'node:test';
import { nodeClock } from '@navarch/runtime/node/clock';
import { createHttpClient } from './client/node.ts';
import type { HttpClient, HttpClientResponse } from './client.ts';
import type { HttpHandler, HttpServer } from './http.ts';
import { startHttpServer } from './node.ts';
import { testAuthority, testServer } from '../testing.ts';

const never = new AbortController().signal;
const piece = new Uint8Array(100_000).fill(120);

/** What became of the last body that the server read. */
interface Outcome {
  bytes: number;
  end: Promise<string>;
  /** Called when the first of it has come. */
  begins: () => void;
}

const outcome: Outcome = { bytes: 0, end: Promise.resolve(''), begins: () => undefined };

const handler: HttpHandler = (request, responder) => {
  const chunks = request.chunks();
  if (!chunks) return responder.send(200, {}, 'no body');
  if (request.url === '/early') {
    void (async () => {
      for await (const _ of chunks) break;
      responder.send(200, {}, 'enough');
    })();
    return;
  }
  if (request.url === '/cut') {
    const writer = responder.stream(200, {});
    writer.write(piece);
    void writer.drained().then(() => writer.cut());
    return;
  }
  outcome.bytes = 0;
  const writer = request.url === '/echo' ? responder.stream(200, {}) : undefined;
  outcome.end = (async () => {
    for await (const chunk of chunks) {
      outcome.bytes += chunk.byteLength;
      outcome.begins();
      writer?.write(chunk);
      await writer?.drained();
    }
    writer?.end();
    if (!writer) responder.send(200, {}, request.headers['content-length'] ?? 'unknown');
    return 'whole';
  })().catch(() => {
    writer?.cut();
    return 'broken';
  });
};

for (const protocol of ['any', 'http1'] as const) {
  suite(protocol === 'any' ? 'bodies over HTTP/2' : 'bodies over HTTP/1.1', () => {
    let server: HttpServer;
    let client: HttpClient;
    before(async () => {
      const certificates = { ...testServer, clientAuthorities: testAuthority };
      server = await startHttpServer({
        clock: nodeClock,
        host: '127.0.0.1',
        port: 0,
        ...certificates,
        handler,
      });
      const url = `https://127.0.0.1:${server.port}`;
      client = createHttpClient({ url, authorities: testAuthority, protocol });
    });
    after(async () => {
      client.close();
      await server.stop(1000);
    });

    const put = (
      path: string,
      body: AsyncIterable<Uint8Array> | undefined,
      headers: Readonly<Record<string, string>> = {},
      method = 'PUT',
    ): Promise<HttpClientResponse> =>
      client.request({ method, path, headers, signal: never, ...(body && { body }) });
    const textOf = async (response: HttpClientResponse): Promise<string> =>
      Buffer.from(await response.bytes()).toString();

    test('with a length, without one, with any method, and none at all', async () => {
      const length = { 'content-length': String(2 * piece.byteLength) };
      assert.equal(await textOf(await put('/', pieces(2), length)), '200000');
      assert.equal(await textOf(await put('/', pieces(2))), 'unknown');
      assert.equal(await textOf(await put('/', pieces(2), {}, 'DELETE')), 'unknown');
      assert.equal(outcome.bytes, 200_000);
      assert.equal(await textOf(await put('/', undefined)), 'no body');
    });

    test('what nobody waits for any more once there is a connection is not asked', async () => {
      const url = `https://127.0.0.1:${server.port}`;
      const fresh = createHttpClient({ url, authorities: testAuthority, protocol });
      const leaver = new AbortController();
      const { signal } = leaver;
      const asked = fresh.request({ method: 'PUT', path: '/', headers: {}, signal });
      leaver.abort(new Error('too late'));
      await assert.rejects(asked, /too late/);
      fresh.close();
    });

    test('whoever sends waits for whoever reads', async () => {
      const counted = { sent: 0 };
      const response = await put('/echo', pieces(1_000, counted));
      let read = 0;
      let ahead = 0;
      for await (const chunk of response.chunks) {
        read += chunk.byteLength;
        ahead = Math.max(ahead, counted.sent - read);
        if (read < 3_000_000) await new Promise(setImmediate);
      }
      assert.equal(read, 100_000_000);
      assert.ok(ahead < 40_000_000, `${ahead} bytes were under way`);
    });

    test('half a body is none', async () => {
      const begun = new Promise<void>((resolve) => void (outcome.begins = resolve));
      const breaking = (async function* () {
        yield piece;
        await begun;
        throw new Error('my own reason');
      })();
      await assert.rejects(put('/', breaking), /my own reason/);
      assert.equal(await outcome.end, 'broken');
      assert.equal(await textOf(await put('/', undefined)), 'no body');
    });

    test('whoever is answered early stops sending', async () => {
      const counted = { sent: 0, isOver: false };
      const response = await put('/early', pieces(100_000, counted));
      assert.equal(await textOf(response), 'enough');
      assert.equal(await textOf(await put('/', undefined)), 'no body');
      assert.ok(counted.sent < 10_000_000_000);
    });

    test('an answer that is cut off is not whole', async () => {
      await assert.rejects(async () => {
        for await (const _ of (await put('/cut', pieces(1))).chunks);
      });
    });
  });
}

async function* pieces(count: number, counted = { sent: 0 }): AsyncGenerator<Uint8Array, void> {
  for (let n = 0; n < count; n++) {
    counted.sent += piece.byteLength;
    yield piece;
  }
}
