/** What is said of answers that break off. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createVirtualRuntime } from '@navarch/runtime/testing';
import type { HttpBodyWriter, HttpRequest, HttpResponder } from '@navarch/wire/http/http';
import { httpHandler } from './serve.ts';

for (const [isGone, said] of [
  [true, []],
  [false, ['request failed']],
] as const) {
  test(`an answer breaks off ${isGone ? 'because its client is gone' : 'by itself'}`, async () => {
    const runtime = createVirtualRuntime();
    const leaver = new AbortController();
    const cut = Promise.withResolvers<void>();
    const chunks = (async function* (): AsyncGenerator<Uint8Array, void> {
      yield new Uint8Array(1);
      if (isGone) leaver.abort();
      throw new Error('broken off');
    })();
    const handle = httpHandler({
      ...runtime,
      handle: () => Promise.resolve({ status: 200, headers: {}, body: { kind: 'stream', chunks } }),
      gzipPieces: () => assert.fail('not asked'),
    });
    const http: Partial<HttpRequest> = {
      method: 'GET',
      url: '/logs',
      headers: {},
      signal: leaver.signal,
    };
    const writer: Partial<HttpBodyWriter> = {
      write: () => undefined,
      drained: () => Promise.resolve(),
      cut: () => cut.resolve(),
    };
    const responder: Partial<HttpResponder> = {
      stream: () => writer as HttpBodyWriter,
      send: () => undefined,
    };
    handle(http as HttpRequest, responder as HttpResponder);
    await cut.promise;
    await runtime.clock.settle();
    assert.deepEqual(
      runtime.lines.map(({ message }) => message),
      said,
    );
  });
}
