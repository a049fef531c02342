/** What the HTTP server can do, bare: requests per second, a large body, watch fan-out. `node bench/wire.ts` prints a table. */
import { nodeClock } from '@navarch/runtime/node/clock';
import { createHttpClient } from '@navarch/wire/http/client/node';
import type { HttpBodyWriter } from '@navarch/wire/http/http';
import { startHttpServer } from '@navarch/wire/http/node';
import { testAuthority, testServer } from '@navarch/wire/testing';

const never = new AbortController().signal;
const object = new Uint8Array(3800).fill(65);
const event = new Uint8Array(2700).fill(66);
const watchers: HttpBodyWriter[] = [];

const server = await startHttpServer({
  clock: nodeClock,
  host: '127.0.0.1',
  port: 0,
  ...testServer,
  handler: (request, responder) => {
    if (request.url === '/watch') watchers.push(responder.stream(200, {}));
    else if (request.url === '/list') void list(responder.stream(200, {}));
    else if (request.method === 'GET')
      responder.send(200, { 'content-type': 'application/json' }, object);
    else void request.body(1e6).then(() => responder.send(201, {}, object));
  },
});
const url = `https://127.0.0.1:${server.port}`;
const client = createHttpClient({ url, authorities: testAuthority });

async function list(writer: HttpBodyWriter): Promise<void> {
  const chunk = new Uint8Array(256 * 1024);
  for (let i = 0; i < 104; i++) {
    writer.write(chunk);
    await writer.drained();
  }
  writer.end();
}

async function rate(method: string, body?: Uint8Array): Promise<number> {
  const count = 20_000;
  let next = 0;
  const startedMs = performance.now();
  const worker = async (): Promise<void> => {
    while (next++ < count) {
      const answer = await client.request({
        method,
        path: '/object',
        headers: {},
        signal: never,
        ...(body && { body }),
      });
      await answer.bytes();
    }
  };
  await Promise.all(Array.from({ length: 64 }, worker));
  return count / ((performance.now() - startedMs) / 1000);
}

async function bestListMs(): Promise<number> {
  let best = Infinity;
  for (let i = 0; i < 5; i++) {
    const startedMs = performance.now();
    const answer = await client.request({
      method: 'GET',
      path: '/list',
      headers: {},
      signal: never,
    });
    await answer.bytes();
    best = Math.min(best, performance.now() - startedMs);
  }
  return best;
}

async function fanOut(watcherCount: number, rounds: number, perRound: number): Promise<number> {
  const clients = Array.from({ length: watcherCount }, () =>
    createHttpClient({ url, authorities: testAuthority }),
  );
  let received = 0;
  const wanted = watcherCount * rounds * perRound * event.byteLength;
  const all = Promise.withResolvers<void>();
  for (const each of clients) {
    const answer = await each.request({
      method: 'GET',
      path: '/watch',
      headers: {},
      signal: never,
    });
    void (async () => {
      for await (const chunk of answer.chunks) {
        received += chunk.byteLength;
        if (received >= wanted) all.resolve();
      }
    })().catch(() => {});
  }
  const startedMs = performance.now();
  for (let round = 0; round < rounds; round++) {
    for (const writer of watchers) for (let i = 0; i < perRound; i++) writer.write(event);
    await new Promise((resolve) => setImmediate(resolve));
  }
  await all.promise;
  const seconds = (performance.now() - startedMs) / 1000;
  for (const each of clients) each.close();
  return (watcherCount * rounds * perRound) / seconds;
}

await rate('GET');
console.log(`GET of 3.8 KB, 64 in flight        ${Math.round(await rate('GET'))} /s`);
console.log(
  `POST of 2.6 KB, 64 in flight       ${Math.round(await rate('POST', new Uint8Array(2600)))} /s`,
);
console.log(`a body of 26 MB                    ${(await bestListMs()).toFixed(1)} ms`);
console.log(
  `100 watchers, 50 events of 2.7 KB per turn  ${Math.round(await fanOut(100, 10, 50))} events/s`,
);
console.log(`memory                             ${Math.round(process.memoryUsage().rss / 1e6)} MB`);
client.close();
await server.stop(100);
