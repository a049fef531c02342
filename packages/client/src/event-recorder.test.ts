import assert from 'node:assert/strict';
import { test } from 'node:test';
import { events, pods } from '@navarch/api/resources';
import { forbidden } from '@navarch/api/status';
import type { Pod } from '@navarch/api/types/core/v1/pod';
import { limits } from '@navarch/runtime/limits';
import { createEventRecorder, referenceTo } from './event-recorder.ts';
import { startTestClient } from './testing.ts';

const pod: Pod = {
  kind: 'Pod',
  apiVersion: 'v1',
  metadata: { namespace: 'd', name: 'web', uid: 'u', resourceVersion: '7' },
  spec: { containers: [] },
};
const pulled = { type: 'Normal', reason: 'Pulled', message: 'Pulled the image' } as const;

function start() {
  const testing = startTestClient();
  const { client, runtime, lifetime } = testing;
  const recorder = createEventRecorder(client, {
    runtime,
    lifetime,
    component: 'kubelet',
    host: 'n1',
  });
  const list = async () => (await client.resource(events).list()).items;
  return { ...testing, recorder, list };
}

test('an event has what kubectl describe shows', async () => {
  const { recorder, list, lifetime } = start();
  recorder.record(pod, { ...pulled, annotations: { a: 'b' } });
  await recorder.flush();
  const [made] = await list();
  assert.ok(made);
  const { metadata, kind: _, apiVersion: __, ...rest } = made;
  assert.deepEqual(rest, {
    involvedObject: {
      kind: 'Pod',
      namespace: 'd',
      name: 'web',
      uid: 'u',
      apiVersion: 'v1',
      resourceVersion: '7',
    },
    reason: 'Pulled',
    message: 'Pulled the image',
    source: { component: 'kubelet', host: 'n1' },
    firstTimestamp: '2026-01-01T00:00:00Z',
    lastTimestamp: '2026-01-01T00:00:00Z',
    count: 1,
    type: 'Normal',
    reportingComponent: 'kubelet',
    reportingInstance: 'n1',
  });
  const [object, hex] = (metadata.name ?? '').split('.');
  assert.equal(object, 'web');
  assert.equal(BigInt(`0x${hex}`) / 1_000_000n, BigInt(Date.UTC(2026, 0, 1)), 'nanoseconds');
  assert.deepEqual(metadata.annotations, { a: 'b' });
  await lifetime.stop();
});

test('events about cluster-scoped objects go to the default namespace', async () => {
  const { recorder, list, lifetime } = start();
  recorder.record({ kind: 'Node', name: 'n1', uid: 'n1' }, pulled);
  await recorder.flush();
  const [made] = await list();
  assert.equal(made?.metadata.namespace, 'default');
  assert.equal(made?.involvedObject.namespace, undefined);
  await lifetime.stop();
});

test('an object without kind is named by a reference', async () => {
  const { recorder, list, lifetime, runtime } = start();
  const { kind: _, apiVersion: __, ...bare } = pod;
  recorder.record(bare, pulled);
  assert.match(runtime.lines.at(-1)?.message ?? '', /without kind/);
  recorder.record(referenceTo(pods, bare), pulled);
  await recorder.flush();
  assert.deepEqual(
    (await list()).map((made) => made.involvedObject.kind),
    ['Pod'],
  );
  await lifetime.stop();
});

test('a name that makes no event name is replaced by a UUID', async () => {
  const { recorder, list, lifetime } = start();
  recorder.record({ kind: 'Thing', namespace: 'd', name: 'A:b' }, pulled);
  await recorder.flush();
  assert.match((await list())[0]?.metadata.name ?? '', /^[0-9a-f-]{36}$/);
  await lifetime.stop();
});

test('a repeated event counts up, and begins anew when it was removed meanwhile', async () => {
  const { recorder, list, client, runtime, lifetime } = start();
  recorder.record(pod, pulled);
  await runtime.clock.advance(5_000);
  recorder.record(pod, pulled);
  recorder.record(pod, pulled);
  await recorder.flush();
  const [counted] = await list();
  assert.equal(counted?.count, 3);
  assert.equal(counted?.firstTimestamp, '2026-01-01T00:00:00Z');
  assert.equal(counted?.lastTimestamp, '2026-01-01T00:00:05Z');
  await client.resource(events).deleteCollection({ namespace: 'd' });
  recorder.record(pod, pulled);
  await recorder.flush();
  assert.deepEqual(
    (await list()).map((made) => made.count),
    [4],
  );
  await lifetime.stop();
});

test('recording never waits; too many are dropped and counted', async () => {
  const { recorder, list, runtime, server, lifetime } = start();
  server.down();
  for (let i = 0; i < limits.eventQueueEventsMax + 5; i++) {
    recorder.record({ kind: 'Pod', namespace: 'd', name: `pod-${i}` }, pulled);
  }
  assert.equal(server.requests.length, 0);
  assert.equal(runtime.lines.filter((line) => line.level === 'warn').length, 1);
  assert.match(
    await runtime.metrics.text(),
    /event_recorder_discarded_events_total\{component="kubelet"\} 5/,
  );
  await runtime.clock.advance(5_000);
  server.up();
  await runtime.clock.advance(60_000);
  assert.equal((await list()).length, limits.eventQueueEventsMax);
  await lifetime.stop();
});

test('an event that the server refuses is given up, one that did not arrive is not', async () => {
  const { recorder, list, server, runtime, lifetime } = start();
  server.intercept(() => forbidden({ group: '', resource: 'events' }, '', 'no'));
  recorder.record(pod, pulled);
  await recorder.flush();
  assert.equal(server.requests.length, 1);
  server.down();
  recorder.record({ ...pod, metadata: { ...pod.metadata, uid: 'v' } }, pulled);
  await runtime.clock.advance(30_000);
  server.up();
  await runtime.clock.advance(15_000);
  assert.equal((await list()).length, 1);
  await lifetime.stop();
});

test('stopping drops what waits', async () => {
  const { recorder, server, lifetime, runtime } = start();
  server.down();
  recorder.record(pod, pulled);
  await runtime.clock.settle();
  const flushed = recorder.flush();
  await lifetime.stop();
  await flushed;
  recorder.record(pod, pulled);
  await recorder.flush();
});
