/** Connections that leave HTTP: what the handler decides, bytes both ways, and the ends of them. */
import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { connect as connectTls, type TLSSocket } from 'node:tls';
import { nodeClock } from '@navarch/runtime/node/clock';
import { testAuthority, testServer } from '../testing.ts';
import { createHttpClient } from './client/node.ts';
import type { HttpClientOptions, HttpClientRequest, HttpUpgrade } from './client.ts';
import type { HttpHandler, HttpServer, Tunnel, WebSocketPeer } from './http.ts';
import { startHttpServer } from './node.ts';

const never = new AbortController().signal;
const piece = new Uint8Array(64 * 1024).fill(7);
/** More than sockets and streams keep. */
const enoughPieces = 400;

let written = 0;

/** What the paths do to a connection that asks for `echo/1`. */
const handler: HttpHandler = (request, responder) => {
  const { upgrade } = responder;
  if (request.url === '/refused' || !upgrade) {
    const asked = request.upgrade ?? 'nothing';
    responder.send(upgrade ? 403 : 200, { 'x-asked': asked }, `asked for ${asked}`);
    return;
  }
  if (request.url === '/streamed') {
    const writer = responder.stream(200, {});
    writer.write(Buffer.from('one '));
    writer.write(Buffer.from('two'));
    writer.end();
    return;
  }
  if (request.url === '/messages' && responder.webSocket) {
    void responder.webSocket('echo/1+text').then(echoMessages);
    return;
  }
  const tunnel = upgrade({ connection: 'Upgrade', upgrade: 'echo/1', 'x-chosen': 'a' });
  if (request.url === '/flood') void flood(tunnel);
  else void echo(tunnel);
};

async function echo(tunnel: Tunnel): Promise<void> {
  try {
    for await (const chunk of tunnel.chunks) await tunnel.write(chunk);
  } catch {
    // The peer broke off.
  } finally {
    tunnel.end();
  }
}

/** Each message twice; then goodbye. */
async function echoMessages(peer: WebSocketPeer): Promise<void> {
  for await (const message of peer.messages) {
    await peer.send(message);
    await peer.send(message);
    break;
  }
  peer.end();
}

async function flood(tunnel: Tunnel): Promise<void> {
  written = 0;
  try {
    for (; written < enoughPieces; written++) await tunnel.write(piece);
  } catch {
    // The peer broke off.
  }
  tunnel.end();
}

describe('a connection that leaves HTTP', () => {
  let server: HttpServer;
  before(async () => {
    server = await startHttpServer({
      clock: nodeClock,
      host: '127.0.0.1',
      port: 0,
      ...testServer,
      handler,
    });
  });
  after(() => server.stop(0));

  const open = (path: string, method = 'GET'): Promise<HttpUpgrade> =>
    openUpgrade(
      { url: `https://127.0.0.1:${server.port}`, authorities: testAuthority },
      { method, path, headers: { connection: 'Upgrade', upgrade: 'echo/1' }, signal: never },
    );
  const openTunnel = async (path: string): Promise<Tunnel> => {
    const answer = await open(path);
    assert.equal(answer.kind, 'upgraded');
    return answer.kind === 'upgraded' ? answer.tunnel : assert.fail();
  };

  for (const method of ['GET', 'POST']) {
    test(`carries bytes both ways after a ${method}`, async () => {
      const answer = await open('/echo', method);
      assert.equal(answer.kind, 'upgraded');
      if (answer.kind !== 'upgraded') return;
      assert.equal(answer.headers['x-chosen'], 'a');
      assert.equal(answer.headers['upgrade'], 'echo/1');
      await answer.tunnel.write(Buffer.from('hello'));
      const chunks = answer.tunnel.chunks[Symbol.asyncIterator]();
      assert.equal(String((await chunks.next()).value), 'hello');
      answer.tunnel.end();
    });
  }

  test('what comes with the request is the first that is read', async () => {
    const socket = await rawSocket(server);
    socket.write(
      'GET /echo HTTP/1.1\r\nhost: x\r\nconnection: keep-alive, Upgrade\r\nupgrade: echo/1\r\n\r\nat once',
    );
    let seen = '';
    for await (const chunk of socket) {
      seen += String(chunk);
      if (seen.endsWith('at once')) break;
    }
    assert.equal(
      seen,
      'HTTP/1.1 101 Switching Protocols\r\nconnection: Upgrade\r\nupgrade: echo/1\r\nx-chosen: a\r\n\r\nat once',
    );
  });

  const frames: { name: string; opcode: number }[] = [
    { name: 'of text', opcode: 1 },
    { name: 'of bytes', opcode: 2 },
  ];
  for (const { name, opcode } of frames) {
    test(`messages ${name}, by a subprotocol with any name`, async () => {
      const socket = await rawSocket(server);
      socket.write(
        `GET /messages HTTP/1.1\r\nhost: x\r\nconnection: Upgrade\r\nupgrade: websocket\r\nsec-websocket-version: 13\r\nsec-websocket-key: dGhlIHNhbXBsZSBub25jZQ==\r\nsec-websocket-protocol: other, echo/1+text\r\n\r\n`,
      );
      // A masked frame; a mask of zeros changes nothing.
      socket.write(Buffer.from([0x80 | opcode, 0x82, 0, 0, 0, 0, 0x68, 0x69]));
      const seen: Buffer[] = [];
      for await (const chunk of socket) seen.push(chunk as Buffer);
      const [head = '', body = ''] = Buffer.concat(seen).toString('latin1').split('\r\n\r\n');
      assert.match(head, /^HTTP\/1\.1 101 .*\r\nSec-WebSocket-Protocol: echo\/1\+text$/s);
      const frame = Buffer.from([0x80 | opcode, 2, 0x68, 0x69]);
      const goodbye = Buffer.from([0x88, 2, 0x03, 0xe8]);
      assert.deepEqual(Buffer.from(body, 'latin1'), Buffer.concat([frame, frame, goodbye]));
    });
  }

  test('whoever does not know how to begin a WebSocket is told so', async () => {
    const answer = await open('/messages');
    assert.ok(answer.kind === 'answered');
    assert.equal(answer.response.status, 400);
    assert.match(Buffer.from(await answer.response.bytes()).toString(), /^Invalid Upgrade header/);
  });

  const answered: { name: string; path: string; status: number; body: string }[] = [
    { name: 'refused', path: '/refused', status: 403, body: 'asked for echo/1' },
    { name: 'answered in pieces', path: '/streamed', status: 200, body: 'one two' },
  ];
  for (const { name, path, status, body } of answered) {
    test(`${name}, and then the connection ends`, async () => {
      const answer = await open(path);
      assert.equal(answer.kind, 'answered');
      if (answer.kind !== 'answered') return;
      assert.equal(answer.response.status, status);
      assert.equal(answer.response.headers['connection'], 'close');
      assert.equal(Buffer.from(await answer.response.bytes()).toString(), body);
    });
  }

  const stays: { name: string; headers: Record<string, string>; body?: string }[] = [
    { name: 'whoever brings a body', headers: { upgrade: 'echo/1' }, body: 'body' },
    { name: 'whoever asks for HTTP/2', headers: { upgrade: 'h2c' } },
  ];
  for (const { name, headers, body } of stays) {
    test(`${name} is answered as if nothing was asked`, async () => {
      const client = createHttpClient({
        url: `https://127.0.0.1:${server.port}`,
        authorities: testAuthority,
        protocol: 'http1',
      });
      const response = await client.request({
        method: 'POST',
        path: '/echo',
        headers: { connection: 'Upgrade', ...headers },
        ...(body !== undefined && { body }),
        signal: never,
      });
      assert.equal(Buffer.from(await response.bytes()).toString(), 'asked for nothing');
      client.close();
    });
  }

  test('whoever does not read makes the writer wait, and gets everything', async () => {
    const tunnel = await openTunnel('/flood');
    let bytes = 0;
    for await (const chunk of tunnel.chunks) {
      // A writer that does not wait has written everything before the first piece arrives.
      if (bytes === 0)
        assert.ok(written < enoughPieces, `${written} pieces were written to nobody`);
      bytes += chunk.byteLength;
    }
    assert.equal(bytes, enoughPieces * piece.byteLength);
  });

  test('a writer hears that its peer is gone', async () => {
    const tunnel = await openTunnel('/flood');
    tunnel.close();
    await assert.rejects(tunnel.write(piece), /the peer closed the connection/);
    await assert.rejects(async () => {
      for await (const _ of tunnel.chunks);
    });
  });

  test('nobody there', async () => {
    const asked = { method: 'GET', path: '/', headers: {}, signal: never };
    await assert.rejects(openUpgrade({ url: 'https://127.0.0.1:1' }, asked), /ECONNREFUSED/);
  });
});

test('a server that stops ends its tunnels at once', async () => {
  const server = await startHttpServer({
    clock: nodeClock,
    host: '127.0.0.1',
    port: 0,
    ...testServer,
    handler,
  });
  const answer = await openUpgrade(
    { url: `https://127.0.0.1:${server.port}`, authorities: testAuthority },
    {
      method: 'GET',
      path: '/echo',
      headers: { connection: 'Upgrade', upgrade: 'x' },
      signal: never,
    },
  );
  assert.equal(answer.kind, 'upgraded');
  if (answer.kind !== 'upgraded') return;
  const begun = performance.now();
  const [rest] = await Promise.all([all(answer.tunnel), server.stop(60_000)]);
  assert.equal(rest, 0);
  assert.ok(performance.now() - begun < 10_000);
});

function openUpgrade(
  options: HttpClientOptions,
  asked: Omit<HttpClientRequest, 'body'>,
): Promise<HttpUpgrade> {
  return createHttpClient(options).upgrade(asked);
}

async function all(tunnel: Tunnel): Promise<number> {
  let bytes = 0;
  for await (const chunk of tunnel.chunks) bytes += chunk.byteLength;
  return bytes;
}

async function rawSocket(server: HttpServer): Promise<TLSSocket> {
  const socket = connectTls({
    host: '127.0.0.1',
    port: server.port,
    ca: testAuthority,
    servername: 'localhost',
    ALPNProtocols: ['http/1.1'],
  });
  await new Promise((resolve) => socket.once('secureConnect', resolve));
  return socket;
}
