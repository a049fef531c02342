/** What of an upgrade is passed on, what comes of it, and how its two sides end together. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { ApiRequest } from '@navarch/apiserver/request/request';
import type { HttpClient, HttpUpgrade } from '@navarch/wire/http/client';
import type { Tunnel } from '@navarch/wire/http/http';
import { tunnelPair } from '@navarch/wire/testing/tunnels';
import { type Dial, tunnel, type TunnelRequest, upgradeHeaders } from './upgrade.ts';

const token = 'base64url.bearer.authorization.k8s.io.c2VjcmV0';

test('the headers of an upgrade, without credentials', () => {
  const request = {
    headers: {
      host: 'api.test',
      connection: 'keep-alive, Upgrade',
      upgrade: 'websocket',
      'content-length': '0',
      'sec-websocket-key': 'k',
      'sec-websocket-protocol': `v5.channel.k8s.io, ${token},v4.channel.k8s.io`,
      authorization: 'Bearer secret',
      'impersonate-user': 'ann',
      'x-remote-user': 'eve',
      'x-forwarded-for': '203.0.113.7',
      cookie: 'a=b',
    },
    remoteAddress: '192.0.2.1',
  };
  assert.deepEqual(upgradeHeaders(request as unknown as ApiRequest), {
    host: 'api.test',
    connection: 'Upgrade',
    upgrade: 'websocket',
    'sec-websocket-key': 'k',
    'sec-websocket-protocol': 'v5.channel.k8s.io,v4.channel.k8s.io',
    'x-forwarded-for': '203.0.113.7, 192.0.2.1',
    cookie: 'a=b',
  });
});

const answering =
  (answer: HttpUpgrade | Error): Dial =>
  () => {
    const upgrade = (): Promise<HttpUpgrade> =>
      answer instanceof Error ? Promise.reject(answer) : Promise.resolve(answer);
    const client: HttpClient = {
      request: () => Promise.reject(new Error('not asked')),
      upgrade,
      close: () => undefined,
    };
    return Promise.resolve(client);
  };

function requestWith(signal: AbortSignal): TunnelRequest {
  return { peer: { url: 'https://10.0.0.1:10250' }, method: 'GET', path: '/', headers: {}, signal };
}

const refused = (status: number): HttpUpgrade => ({
  kind: 'answered',
  response: {
    status,
    headers: { 'content-type': 'text/plain', connection: 'close', 'content-length': '2' },
    chunks: (async function* () {
      yield Buffer.from('no');
    })(),
    bytes: () => Promise.resolve(Buffer.from('no')),
  },
});

test('a refusal of the peer is passed on as it is', async () => {
  const { signal } = new AbortController();
  const { status, headers, body } = await tunnel(answering(refused(403)), requestWith(signal));
  assert.deepEqual([status, headers], [403, { 'content-type': 'text/plain' }]);
  assert.ok(body.kind === 'stream');
  for await (const chunk of body.chunks) assert.equal(Buffer.from(chunk).toString(), 'no');
});

const failures: { name: string; answer: HttpUpgrade | Error; message: string }[] = [
  {
    name: 'nobody there',
    answer: Object.assign(new Error(), { code: 'EHOSTUNREACH', address: '10.0.0.1', port: 10250 }),
    message: 'error dialing backend: dial tcp 10.0.0.1:10250: connect: no route to host',
  },
  {
    name: 'an answer that is neither',
    answer: refused(200),
    message: 'invalid upgrade response: status code 200',
  },
];
for (const { name, answer, message } of failures) {
  test(`no tunnel: ${name}`, async () => {
    const { signal } = new AbortController();
    await assert.rejects(tunnel(answering(answer), requestWith(signal)), { message });
  });
}

/** A tunnel whose client, and whose peer, are in the hands of the test. */
async function established(): Promise<{
  client: Tunnel;
  peer: Tunnel;
  done: Promise<void>;
  gone: AbortController;
}> {
  const [nearPeer, peer] = tunnelPair();
  const [nearClient, client] = tunnelPair();
  const gone = new AbortController();
  const upgraded: HttpUpgrade = { kind: 'upgraded', headers: { upgrade: 'x' }, tunnel: nearPeer };
  const answer = await tunnel(answering(upgraded), requestWith(gone.signal));
  assert.deepEqual([answer.status, answer.headers], [101, { upgrade: 'x', connection: 'Upgrade' }]);
  assert.ok(answer.body.kind === 'tunnel');
  return { client, peer, done: answer.body.run(nearClient), gone };
}

async function textOf({ chunks }: Tunnel): Promise<string> {
  let text = '';
  for await (const chunk of chunks) text += Buffer.from(chunk).toString();
  return text;
}

const ends: { name: string; act: (it: Awaited<ReturnType<typeof established>>) => void }[] = [
  { name: 'the client ends', act: ({ client }) => client.end() },
  { name: 'the peer ends', act: ({ peer }) => peer.end() },
  { name: 'the client is gone', act: ({ gone }) => gone.abort() },
];
for (const { name, act } of ends) {
  test(`both sides end when ${name}`, async () => {
    const it = await established();
    await it.client.write(Buffer.from('to the peer'));
    await it.peer.write(Buffer.from('to the client'));
    const [atPeer, atClient] = [textOf(it.peer), textOf(it.client)];
    await Promise.resolve();
    setImmediate(() => act(it));
    assert.deepEqual(await Promise.all([atPeer, atClient]), ['to the peer', 'to the client']);
    await it.done;
  });
}
