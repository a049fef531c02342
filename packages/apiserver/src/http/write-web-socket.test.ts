/** Watches and logs by WebSocket: which messages a client gets, and which clients get none. */
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { HttpBodyWriter, HttpResponder, WebSocketPeer } from '@navarch/wire/http/http';
import type { ApiBody, ApiRequest, WatchFrame, WatchSink } from '../request/request.ts';
import { writeWebSocket } from './write-web-socket.ts';

/** Writes down what is sent; leaves when told to. */
class Client implements WebSocketPeer {
  readonly sent: (string | number)[] = [];
  readonly #left = Promise.withResolvers<void>();
  protocol: string | undefined;

  get messages(): AsyncIterable<string> {
    const left = this.#left.promise;
    return (async function* () {
      yield 'nobody listens';
      await left;
    })();
  }

  send(message: Uint8Array | string): Promise<void> {
    const text = typeof message === 'string' ? message : `bytes ${Buffer.from(message).toString()}`;
    this.sent.push(text);
    return Promise.resolve();
  }

  end(): void {
    this.sent.push('end');
    this.#left.resolve();
  }

  close(): void {
    this.#left.resolve();
  }
}

function responderFor(client: Client): HttpResponder {
  return {
    send: (status) => void client.sent.push(status),
    stream: (): HttpBodyWriter => {
      throw new Error('not over HTTP');
    },
    webSocket: (protocol) => {
      client.protocol = protocol;
      return Promise.resolve(client);
    },
  };
}

function request(headers: Readonly<Record<string, string>>, upgrade = 'WebSocket'): ApiRequest {
  return {
    method: 'GET',
    path: '/',
    query: '',
    headers,
    body: { value: undefined },
    identity: { certificate: undefined },
    remoteAddress: '',
    signal: new AbortController().signal,
    upgrade,
  };
}

function write(
  client: Client,
  body: ApiBody,
  headers: Readonly<Record<string, string>>,
): Promise<void> | undefined {
  return writeWebSocket(responderFor(client), { status: 200, headers: {}, body }, request(headers));
}

const frame = {
  json: () => Buffer.from('{"type":"ADDED"}\n'),
} as unknown as WatchFrame;

const watch = (bytesOf?: () => Uint8Array): ApiBody => ({
  kind: 'watch',
  start: (sink: WatchSink) => {
    sink.write([frame, frame]);
    sink.end();
  },
  ...(bytesOf && { bytesOf }),
});

describe('a watch', () => {
  const origin = { origin: 'https://dashboard.test' };

  test('has a message of text for each event', async () => {
    const client = new Client();
    await write(client, watch(), origin);
    assert.deepEqual(client.sent, ['{"type":"ADDED"}\n', '{"type":"ADDED"}\n', 'end']);
  });

  test('in another encoding has messages of bytes', async () => {
    const client = new Client();
    await write(
      client,
      watch(() => Buffer.from('frame')),
      origin,
    );
    assert.deepEqual(client.sent, ['bytes frame', 'bytes frame', 'end']);
  });

  test('is for those who say where they come from', async () => {
    const client = new Client();
    await write(client, watch(), {});
    assert.deepEqual(client.sent, [403]);
  });
});

describe('a log', () => {
  const log = (): ApiBody => ({
    kind: 'stream',
    chunks: (async function* () {
      yield Buffer.from('one');
      yield Buffer.from('two');
    })(),
  });
  const cases: { offered: string; protocol: string | undefined; sent: (string | number)[] }[] = [
    { offered: '', protocol: '', sent: ['bytes ', 'bytes one', 'bytes two', 'end'] },
    {
      offered: 'x, binary.k8s.io',
      protocol: 'binary.k8s.io',
      sent: ['bytes ', 'bytes one', 'bytes two', 'end'],
    },
    {
      offered: 'base64url.bearer.authorization.k8s.io.abc, base64.binary.k8s.io',
      protocol: 'base64.binary.k8s.io',
      sent: ['', 'b25l', 'dHdv', 'end'],
    },
    { offered: 'x', protocol: undefined, sent: [403] },
  ];
  for (const { offered, protocol, sent } of cases) {
    test(`for who offers ${offered || 'nothing'}`, async () => {
      const client = new Client();
      await write(client, log(), { 'sec-websocket-protocol': offered });
      assert.equal(client.protocol, protocol);
      assert.deepEqual(client.sent, sent);
    });
  }
});

test('everything else is HTTP', () => {
  const body: ApiBody = { kind: 'text', text: '' };
  const { sent } = new Client();
  assert.equal(write(new Client(), body, {}), undefined);
  const refused = { status: 404, headers: {}, body: watch() };
  assert.equal(writeWebSocket(responderFor(new Client()), refused, request({})), undefined);
  const spdy = { status: 200, headers: {}, body: watch() };
  assert.equal(
    writeWebSocket(responderFor(new Client()), spdy, request({}, 'SPDY/3.1')),
    undefined,
  );
  assert.deepEqual(sent, []);
});
