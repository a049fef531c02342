/** Events on their way to where they are written, under a virtual clock. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { limits } from '@navarch/runtime/limits';
import { createVirtualRuntime, type VirtualRuntime } from '@navarch/runtime/testing';
import type { HttpClientRequest, HttpClientResponse } from '@navarch/wire/http/client';
import { type AuditEvent, eventLine } from '../event.ts';
import type { Recorded } from '../request-audit.ts';
import { BatchingSink, type BatchOptions } from './batching.ts';
import { AuditLosses } from './losses.ts';
import { createBlockingSink, sinkForAll, type WriteEvents } from './sinks.ts';
import { createTruncatingSink } from './truncating.ts';
import { createWebhookWriter } from './webhook.ts';

function event(id: string, more: Partial<AuditEvent> = {}): AuditEvent {
  return {
    level: 'Metadata',
    auditId: id,
    stage: 'ResponseComplete',
    requestUri: '/api',
    verb: 'get',
    user: { username: 'ann', groups: [] },
    impersonatedUser: undefined,
    sourceIps: [],
    userAgent: '',
    objectRef: undefined,
    responseStatus: undefined,
    requestObject: undefined,
    responseObject: undefined,
    receivedAtMs: 0,
    stageAtMs: 0,
    annotations: new Map(),
    ...more,
  };
}

function saidBy({ lines }: VirtualRuntime): readonly unknown[] {
  return lines.map(
    ({ fields }) =>
      `${String(fields['plugin'])} ${String(fields['count'])}: ${String(fields['error'])}`,
  );
}

const usual: BatchOptions = {
  bufferEventsMax: 6,
  batchEventsMax: 3,
  waitMaxMs: 30_000,
  throttle: undefined,
  parallelMax: 2,
};

interface BatchStep {
  readonly events?: string;
  readonly afterMs?: number;
  readonly stops?: boolean;
}

/** `writeMs`: how long a batch takes. */
const batches: readonly {
  readonly name: string;
  readonly options?: Partial<BatchOptions>;
  readonly writeMs?: number;
  readonly steps: readonly BatchStep[];
  /** Seconds, and what began to be written then. */
  readonly written: readonly string[];
  readonly says?: readonly string[];
}[] = [
  {
    name: 'a full batch goes at once, the rest when its time has come',
    steps: [{ events: 'abcd', afterMs: 40_000 }],
    written: ['0 abc', '30 d'],
  },
  {
    name: 'the time of a batch begins with its first event',
    steps: [{ afterMs: 20_000 }, { events: 'a', afterMs: 29_000 }, { events: 'b', afterMs: 2_000 }],
    written: ['50 ab'],
  },
  {
    name: 'many batches are written side by side, but not too many',
    options: { bufferEventsMax: 100 },
    writeMs: 10_000,
    steps: [{ events: 'abcdefghi', afterMs: 20_000 }],
    written: ['0 abc', '0 def', '10 ghi'],
  },
  {
    name: 'batches wait for their turn: two at once, one a second',
    options: { batchEventsMax: 1, throttle: { perSecond: 1, burst: 2 } },
    steps: [
      { events: 'abcd', afterMs: 20_000 },
      { events: 'efg', afterMs: 9_000 },
    ],
    written: ['0 a', '0 b', '1 c', '2 d', '20 e', '20 f', '21 g'],
  },
  {
    name: 'what finds no room is lost',
    options: { parallelMax: 1, batchEventsMax: 1, bufferEventsMax: 2 },
    writeMs: 60_000,
    steps: [
      { events: 'a', afterMs: 1 },
      { events: 'bcde', afterMs: 130_000 },
    ],
    written: ['0 a', '60 b', '120 c'],
    says: ['buffered 1: audit buffer queue blocked', 'buffered 1: audit buffer queue blocked'],
  },
  {
    name: 'stopping writes what waits; what comes later is lost',
    steps: [{ events: 'abcd', afterMs: 1_000, stops: true }, { events: 'e' }],
    written: ['0 abc', '1 d'],
    says: ['buffered 1: audit backend shut down'],
  },
  {
    name: 'stopping does not wait for ever',
    options: { parallelMax: 1, batchEventsMax: 1 },
    writeMs: 60_000,
    steps: [{ events: 'abc', stops: true }],
    written: ['0 a'],
    says: ['buffered 2: audit backend shut down'],
  },
];

for (const { name, options, writeMs = 0, steps, written, says = [] } of batches) {
  test(`batches: ${name}`, async () => {
    const runtime = createVirtualRuntime();
    const { clock } = runtime;
    const seen: string[] = [];
    const late = new AbortController();
    const write: WriteEvents = async (events) => {
      const ids = events.map(({ auditId }) => auditId).join('');
      seen.push(`${Math.floor(clock.monotonicMs() / 1000)} ${ids}`);
      return clock.sleep(writeMs, late.signal).then(
        () => true,
        () => false,
      );
    };
    const losses = new AuditLosses(runtime);
    const sink = new BatchingSink({ ...usual, ...options, write, clock, losses });
    for (const { events = '', afterMs = 0, stops } of steps) {
      for (const id of events) sink.record(event(id));
      await clock.advance(afterMs);
      if (!stops) continue;
      const stopped = sink.stop(() => late.abort(new Error('too late')));
      await clock.advance(limits.shutdownGraceMs);
      await stopped;
    }
    await clock.settle();
    assert.deepEqual(seen, written);
    assert.deepEqual(saidBy(runtime), says);
  });
}

test('whoever waits is told whether its event is kept, when it is to know', async () => {
  const fails: WriteEvents = () => Promise.resolve(false);
  const works: WriteEvents = () => Promise.resolve(true);
  const forgets = { record: (): Recorded => undefined };
  const [ignoring, strict, kept] = [
    createBlockingSink('blocking', fails),
    createBlockingSink('blocking-strict', fails),
    createBlockingSink('blocking-strict', works),
  ];
  const one = event('a');
  assert.equal(await sinkForAll([ignoring]).record(one), true);
  assert.equal(await sinkForAll([strict]).record(one), false);
  assert.equal(await sinkForAll([kept, ignoring, forgets]).record(one), true);
  assert.equal(await sinkForAll([kept, strict]).record(one), false);
  assert.equal(sinkForAll([forgets, forgets]).record(one), undefined);
});

const object = JSON.stringify({ data: 'x'.repeat(600) });
const truncations: readonly (readonly [name: string, given: AuditEvent, becomes: string])[] = [
  ['what fits stays', event('a', { level: 'Request', requestObject: '{}' }), '{}'],
  [
    'what does not fit loses its objects',
    event('a', { level: 'RequestResponse', requestObject: object, responseObject: object }),
    '"annotations":{"audit.k8s.io/truncated":"true"}',
  ],
  ['what is too large without them goes', event('a', { userAgent: object }), ''],
  [
    'and so does what stays too large',
    event('a', { level: 'Request', userAgent: object, requestObject: object }),
    '',
  ],
];

for (const [name, given, becomes] of truncations) {
  test(`truncation: ${name}`, () => {
    const runtime = createVirtualRuntime();
    const kept: string[] = [];
    const record = (each: AuditEvent): undefined => void kept.push(eventLine(each));
    const losses = new AuditLosses(runtime);
    const sink = createTruncatingSink({ record }, { eventMaxBytes: 500, losses });
    assert.equal(sink.record(given), undefined);
    assert.equal(kept.length, becomes === '' ? 0 : 1);
    assert.ok((kept[0] ?? '').includes(becomes));
    const lost = ['truncate 1: event is too large even after truncating'];
    assert.deepEqual(saidBy(runtime), becomes === '' ? lost : []);
  });
}

type Answer = number | 'refused' | 'hangs';

const posts: readonly {
  readonly name: string;
  readonly answers: readonly Answer[];
  /** Seconds at which somebody tried, with a pause that grows by half and up to a fifth of chance. */
  readonly triedAfter: readonly (readonly [atLeast: number, atMost: number])[];
  readonly says?: readonly string[];
}[] = [
  { name: 'taken', answers: [200], triedAfter: [[0, 0]] },
  {
    name: 'whatever goes wrong, once more later',
    answers: [503, 'refused', 404, 201],
    triedAfter: [
      [0, 0],
      [10, 12],
      [15, 18],
      [22.5, 27],
    ],
  },
  {
    name: 'a webhook that hangs has half a minute',
    answers: ['hangs', 200],
    triedAfter: [
      [0, 0],
      [40, 42],
    ],
  },
  {
    name: 'five times, then it is lost',
    answers: [500, 500, 500, 500, 500, 200],
    triedAfter: [
      [0, 0],
      [10, 12],
      [15, 18],
      [22.5, 27],
      [33.75, 40.5],
    ],
    says: ['webhook 2: Post "https://hook:8443/audit?timeout=30s": the answer has status 500'],
  },
];

for (const { name, answers, triedAfter, says = [] } of posts) {
  test(`webhook: ${name}`, async () => {
    const runtime = createVirtualRuntime();
    const { clock, random } = runtime;
    const tried: number[] = [];
    const requests: HttpClientRequest[] = [];
    const http = {
      request(request: HttpClientRequest): Promise<HttpClientResponse> {
        const answer = answers[tried.length] ?? 500;
        tried.push(clock.monotonicMs() / 1000);
        requests.push(request);
        if (answer === 'refused') return Promise.reject(new Error('refused'));
        if (answer === 'hangs') {
          return new Promise((_, reject) => {
            const { signal } = request;
            signal.addEventListener('abort', () => reject(new Error('aborted')));
          });
        }
        const bytes = (): Promise<Uint8Array> => Promise.resolve(new Uint8Array());
        return Promise.resolve({ status: answer, headers: {}, chunks: nothing(), bytes });
      },
      upgrade: () => Promise.reject(new Error('no')),
      close: () => undefined,
    };
    const write = createWebhookWriter({
      http,
      url: 'https://hook:8443/audit/',
      userAgent: 'me',
      token: () => Promise.resolve('T'),
      initialBackoffMs: 10_000,
      clock,
      random,
      losses: new AuditLosses(runtime),
      describe: (error) => (error as Error).message,
      signal: new AbortController().signal,
    });
    const written = write([event('a'), event('b')]);
    await clock.advance(300_000);
    assert.equal(await written, says.length === 0);
    assert.equal(tried.length, triedAfter.length);
    triedAfter.forEach(([atLeast, atMost], index) => {
      const pause = (tried[index] ?? 0) - (tried[index - 1] ?? 0);
      assert.ok(pause >= atLeast && pause <= atMost, `${pause}`);
    });
    assert.deepEqual(saidBy(runtime), says);
    const [request] = requests;
    assert.equal(request?.path, '/audit?timeout=30s');
    assert.equal(request?.headers['authorization'], 'Bearer T');
    const item = '{"level":"Metadata","auditID":"a","stage":"ResponseComplete"';
    const head = `{"kind":"EventList","apiVersion":"audit.k8s.io/v1","metadata":{},"items":[${item}`;
    const { body } = request ?? {};
    assert.ok(typeof body === 'string' && body.startsWith(head) && body.endsWith('}]}\n'));
  });
}

async function* nothing(): AsyncIterable<Uint8Array> {
  yield new Uint8Array();
}
