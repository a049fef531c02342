/** WebSocket channels as SPDY streams: what the kubelet gets, what the client gets, and how sessions end. */
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { HttpClient, HttpUpgrade } from '@navarch/wire/http/client';
import type { WebSocketPeer } from '@navarch/wire/http/http';
import { ByteQueue } from '@navarch/wire/spdy/byte-queue';
import { SpdyConnection, type SpdyStream } from '@navarch/wire/spdy/connection';
import { createBlockInflater } from '@navarch/wire/spdy/inflate/node';
import { tunnelPair } from '@navarch/wire/testing/tunnels';
import { statusOf, translate, type WantedStreams } from './translate.ts';

const success = '{"metadata":{},"status":"Success"}';
const all: WantedStreams = { stdin: true, stdout: true, stderr: true, tty: false };

type Streams = ReadonlyMap<string, SpdyStream>;

/** Runs a session with a kubelet that does what `act` does once it has as many streams. */
async function session(
  wanted: WantedStreams,
  streamCount: number,
  act: (streams: Streams) => Promise<void>,
): Promise<{ client: FakeClient; done: Promise<void>; abort: AbortController }> {
  const [near, far] = tunnelPair();
  const streams = new Map<string, SpdyStream>();
  const kubelet = new SpdyConnection(far, {
    side: 'server',
    inflate: createBlockInflater(),
    onStream: (stream) => {
      streams.set(stream.headers['streamtype'] ?? '', stream);
      if (streams.size === streamCount) void act(streams).catch(() => {});
    },
  });
  void kubelet.run();
  const client = new FakeClient();
  const abort = new AbortController();
  const upgraded: HttpUpgrade = { kind: 'upgraded', headers: {}, tunnel: near };
  return { client, done: start(upgraded, wanted, client, abort.signal), abort };
}

function start(
  answer: HttpUpgrade | Error,
  wanted: WantedStreams,
  client: FakeClient,
  signal: AbortSignal,
): Promise<void> {
  const upgrade = (): Promise<HttpUpgrade> =>
    answer instanceof Error ? Promise.reject(answer) : Promise.resolve(answer);
  const dial = (): Promise<HttpClient> =>
    Promise.resolve({ request: () => Promise.reject(new Error()), upgrade, close: () => {} });
  const peer = { url: 'https://10.0.0.1:10250' };
  const path = '/exec/default/web/main?command=x';
  const { body } = translate(dial, { peer, method: 'GET', path, headers: {}, signal }, wanted);
  assert.ok(body.kind === 'webSocket');
  assert.equal(body.protocol, 'v5.channel.k8s.io');
  return body.run(client);
}

class FakeClient implements WebSocketPeer {
  readonly sent: string[] = [];
  readonly messages = new ByteQueue();

  /** A message: its channel, and what is on it. */
  says(channel: number, text: string | Uint8Array): Promise<void> {
    return this.messages.put(Buffer.concat([Uint8Array.of(channel), Buffer.from(text)]));
  }

  send(message: Uint8Array | string): Promise<void> {
    const [channel = -1, ...rest] = Buffer.from(message);
    this.sent.push(`${channel}:${Buffer.from(rest).toString()}`);
    return Promise.resolve();
  }

  end(): void {
    this.messages.end();
  }

  close(): void {
    this.messages.end();
  }
}

async function finish(streams: Streams, status: string): Promise<void> {
  if (status !== '') await streams.get('error')?.write(Buffer.from(status));
  for (const stream of streams.values()) await stream.end();
}

describe('a session that is translated', () => {
  test('carries input, output and errors, and ends with the status', async () => {
    const { client, done } = await session(all, 4, async (streams) => {
      for await (const chunk of streams.get('stdin')?.chunks ?? []) {
        await streams.get('stdout')?.write(chunk);
      }
      await streams.get('stderr')?.write(Buffer.from('that was all'));
      await finish(streams, success);
    });
    await client.says(0, 'hello');
    await client.says(9, 'on a channel that is none');
    await client.says(255, Uint8Array.of(0));
    await done;
    assert.deepEqual(client.sent, ['1:', '1:hello', '2:that was all', `3:${success}`]);
  });

  test('with a terminal has sizes, and no stream of errors', async () => {
    const { client, done } = await session({ ...all, tty: true }, 4, async (streams) => {
      assert.deepEqual([...streams.keys()], ['error', 'stdin', 'stdout', 'resize']);
      for await (const size of streams.get('resize')?.chunks ?? []) {
        await streams.get('stdout')?.write(size);
        break;
      }
      await finish(streams, success);
    });
    await client.says(4, '{"Width":80,"Height":24}');
    await done;
    assert.deepEqual(client.sent.slice(1), ['1:{"Width":80,"Height":24}', `3:${success}`]);
  });

  const begins: { wanted: Partial<WantedStreams>; streams: number; first: string }[] = [
    { wanted: {}, streams: 4, first: '1:' },
    { wanted: { stdout: false }, streams: 3, first: '2:' },
    { wanted: { stdout: false, stderr: false }, streams: 2, first: '3:' },
  ];
  for (const { wanted, streams, first } of begins) {
    test(`begins with an empty message: ${first}`, async () => {
      const { client, done } = await session({ ...all, ...wanted }, streams, (opened) =>
        finish(opened, ''),
      );
      await done;
      assert.deepEqual(client.sent, [first, `3:${success}`]);
    });
  }

  test('ends when the client leaves', async () => {
    const ended = Promise.withResolvers<void>();
    const { client, done } = await session(all, 4, async (streams) => {
      for await (const _ of streams.get('stdin')?.chunks ?? []);
      ended.resolve();
    });
    client.close();
    await Promise.all([done, ended.promise]);
  });

  test('ends when the client is gone while the kubelet makes it wait', async () => {
    const { client, done, abort } = await session(all, 99, () => Promise.resolve());
    abort.abort();
    await done;
    assert.match(client.sent.at(-1) ?? '', /broke the stream off|closed|ended/);
  });
});

const url = 'https://10.0.0.1:10250/exec/default/web/main?command=x';
const answered = (status: number, text: string): HttpUpgrade => ({
  kind: 'answered',
  response: {
    status,
    headers: {},
    chunks: (async function* () {})(),
    bytes: () => Promise.resolve(Buffer.from(text)),
  },
});
const unreachable = Object.assign(new Error(), {
  code: 'ECONNREFUSED',
  syscall: 'connect',
  address: '10.0.0.1',
  port: 10250,
});
const noSession: { name: string; answer: HttpUpgrade | Error; message: string; code?: number }[] = [
  {
    name: 'nobody there',
    answer: unreachable,
    message: `Internal error occurred: error sending request: Post "${url}": dial tcp 10.0.0.1:10250: connect: connection refused`,
  },
  {
    name: 'refused in words',
    answer: answered(404, 'pod does not exist'),
    message: 'Internal error occurred: unable to upgrade connection: pod does not exist',
  },
  {
    name: 'refused by a status',
    answer: answered(
      403,
      '{"kind":"Status","apiVersion":"v1","metadata":{},"message":"no","code":403}',
    ),
    message: 'no',
    code: 403,
  },
];
for (const { name, answer, message, code = 500 } of noSession) {
  test(`no session: ${name}`, async () => {
    const client = new FakeClient();
    await start(answer, all, client, new AbortController().signal);
    const [begin, status = ''] = client.sent;
    assert.equal(begin, '1:');
    const told = JSON.parse(status.slice(2)) as { message: string; code: number };
    assert.deepEqual([told.message, told.code], [message, code]);
  });
}

const failed = (reason: string, cause: string): string =>
  JSON.stringify({
    status: 'Failure',
    message: 'the words of the kubelet',
    reason,
    details: { causes: [{ reason: 'ExitCode', message: cause }] },
  });

test('what the client is told of the status', () => {
  assert.deepEqual(statusOf(success), { status: 'Success' });
  assert.deepEqual(statusOf(failed('NonZeroExitCode', '7')), {
    status: 'Failure',
    message: 'command terminated with non-zero exit code: command terminated with exit code 7',
    reason: 'NonZeroExitCode',
    details: { causes: [{ reason: 'ExitCode', message: '7' }] },
  });
  assert.throws(() => statusOf(failed('NonZeroExitCode', 'x')), /invalid exit code value "x"/);
  assert.throws(() => statusOf(failed('InternalError', '')), /^Error: the words of the kubelet$/);
  assert.throws(() => statusOf('no status'), /error stream protocol error/);
});
