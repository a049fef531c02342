import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  serverTimeout,
  serviceUnavailable,
  tooLargeResourceVersion,
  tooManyRequests,
} from '@navarch/api/status';
import { createVirtualRuntime } from '@navarch/runtime/testing';
import { createRetryingTransport } from './retrying-transport.ts';
import type { Transport, TransportResponse } from './transport.ts';

const failed = (error: { code: number; status: unknown }): TransportResponse => ({
  status: error.code,
  value: error.status,
});
const ok: TransportResponse = { status: 200, value: 'ok' };

const cases: { name: string; answers: TransportResponse[]; status: number; atMs: number }[] = [
  { name: 'an answer stands', answers: [ok], status: 200, atMs: 0 },
  {
    name: 'too many requests',
    answers: [failed(tooManyRequests('', 2)), ok],
    status: 200,
    atMs: 2_000,
  },
  {
    name: 'a header says when',
    answers: [{ status: 429, value: '', retryAfterSeconds: 5 }, ok],
    status: 200,
    atMs: 5_000,
  },
  {
    name: '429 without a time',
    answers: [{ status: 429, value: '' }, ok],
    status: 200,
    atMs: 1_000,
  },
  {
    name: 'a server timeout with a time',
    answers: [failed(serverTimeout({ group: '', resource: 'pods' }, 'get', 1)), ok],
    status: 200,
    atMs: 1_000,
  },
  {
    name: 'unavailable without a time',
    answers: [failed(serviceUnavailable('')), ok],
    status: 503,
    atMs: 0,
  },
  {
    name: 'a version not reached yet',
    answers: [failed(tooLargeResourceVersion(9, 1, 1)), ok],
    status: 504,
    atMs: 0,
  },
  {
    name: 'at most so often',
    answers: Array.from({ length: 20 }, () => failed(tooManyRequests('', 1))),
    status: 429,
    atMs: 10_000,
  },
];

for (const { name, answers, status, atMs } of cases) {
  test(name, async () => {
    const runtime = createVirtualRuntime();
    const queue = [...answers];
    const inner: Transport = {
      decodes: true,
      request: () => Promise.resolve(queue.shift() ?? ok),
      watch: () => Promise.resolve(ok),
      close: () => Promise.resolve(),
    };
    const { signal } = new AbortController();
    let doneAtMs = -1;
    const call = createRetryingTransport(inner, runtime)
      .request({ method: 'GET', path: '/', userAgent: 'test', signal })
      .then((response) => {
        doneAtMs = runtime.clock.monotonicMs();
        return response;
      });
    await runtime.clock.advance(60_000);
    assert.equal((await call).status, status);
    assert.equal(doneAtMs, atMs);
  });
}
