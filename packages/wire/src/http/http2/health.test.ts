import assert from 'node:assert/strict';
import { EventEmitter, once } from 'node:events';
import { connect, createServer, type AddressInfo, type Socket } from 'node:net';
import { test } from 'node:test';
import { nodeClock } from '@navarch/runtime/node/clock';
import { testAuthority, testServer } from '../../testing.ts';
import { createHttpClient } from '../client/node.ts';
import type { HttpHandler } from '../http.ts';
import { startHttpServer } from '../node.ts';

const never = new AbortController().signal;
const silenceLimitMs = 200;
/** As long as a peer that says nothing would not live. */
const quietChunks = 6;

interface Relay {
  readonly port: number;
  /** Emits 'chunk' for each that goes through. */
  readonly passed: EventEmitter;
  cut(): void;
  close(): void;
}

/** A relay in front of a port that can stop passing anything on, as a cut cable does: no end, no reset. */
async function relayTo(port: number): Promise<Relay> {
  const passed = new EventEmitter();
  const sockets = new Set<Socket>();
  let isCut = false;
  const server = createServer((socket) => {
    const target = connect(port, '127.0.0.1');
    for (const [from, to] of [
      [socket, target],
      [target, socket],
    ] as const) {
      sockets.add(from);
      from.on('error', () => {});
      from.on('data', (chunk: Uint8Array) => {
        if (isCut) return;
        to.write(chunk);
        passed.emit('chunk');
      });
      from.on('close', () => void (isCut || to.destroy()));
    }
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    port: (server.address() as AddressInfo).port,
    passed,
    cut: () => void (isCut = true),
    close: () => {
      for (const socket of sockets) socket.destroy();
      server.close();
    },
  };
}

test('a peer that falls silent is given up by both sides; one that has nothing to say is not', async () => {
  const closed = Promise.withResolvers<void>();
  const handler: HttpHandler = (request, responder) => {
    request.signal.addEventListener('abort', () => closed.resolve());
    responder.stream(200, {}).write(Buffer.from('x'));
  };
  const server = await startHttpServer({
    host: '127.0.0.1',
    port: 0,
    ...testServer,
    clock: nodeClock,
    handler,
    silenceLimitMs,
  });
  const relay = await relayTo(server.port);
  const client = createHttpClient({
    url: `https://127.0.0.1:${relay.port}`,
    authorities: testAuthority,
    silenceLimitMs,
  });
  try {
    const open = await client.request({ method: 'GET', path: '/', headers: {}, signal: never });
    const ended = open.bytes();
    for (let i = 0; i < quietChunks; i++) await Promise.race([once(relay.passed, 'chunk'), ended]);
    relay.cut();
    await assert.rejects(ended);
    await closed.promise;
    relay.close();
  } finally {
    client.close();
    relay.close();
    await server.stop(0);
  }
});
