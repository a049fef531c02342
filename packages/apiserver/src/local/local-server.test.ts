/** The server as in-process components see it: values that are frozen, shared, and never the caller's own. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { LocalRequest, LocalWatchEvent } from '@navarch/api/extension/local-server';
import type { KubernetesObject } from '@navarch/api/extension/object';
import { settled, startTestRegistry, testUser, type TestRegistry } from '../testing.ts';

const path = '/api/v1/namespaces/a/configmaps';

function local(request: Partial<LocalRequest>): LocalRequest {
  const signal = new AbortController().signal;
  return { method: 'GET', path, user: testUser, userAgent: 'test/1', signal, ...request };
}

async function ask(
  registry: TestRegistry,
  request: Partial<LocalRequest>,
): Promise<KubernetesObject> {
  const answer = registry.localServer.request(local(request));
  return (await settled(registry.runtime, answer)).value as KubernetesObject;
}

test('what is sent stays the caller’s, what is answered is frozen and shared', async () => {
  const registry = await startTestRegistry();
  const body = { metadata: { name: 'x', labels: { a: 'b' } }, data: { k: 'v' } };
  const created = await ask(registry, { method: 'POST', body });
  assert.ok(!Object.isFrozen(body.metadata.labels), 'the caller may go on with its own');
  body.metadata.labels.a = 'changed';
  assert.deepEqual(created.metadata.labels, { a: 'b' });
  assert.ok(Object.isFrozen(created.metadata.labels));
  const again = await ask(registry, { path: `${path}/x` });
  assert.equal(again, created, 'one value for all who ask');
  await registry.stop();
});

test('errors are answers', async () => {
  const registry = await startTestRegistry();
  const answer = registry.localServer.request(local({ path: `${path}/none` }));
  const { status, value } = await settled(registry.runtime, answer);
  assert.equal(status, 404);
  assert.equal((value as { reason?: string }).reason, 'NotFound');
  await registry.stop();
});

test('a watch delivers the same values, and ends when its signal says so', async () => {
  const registry = await startTestRegistry();
  const events: LocalWatchEvent[] = [];
  let ends = 0;
  const stopper = new AbortController();
  const listener = {
    onEvents: (more: readonly LocalWatchEvent[]) => void events.push(...more),
    onEnd: () => void ends++,
  };
  const started = registry.localServer.watch(local({ signal: stopper.signal }), listener);
  assert.equal((await settled(registry.runtime, started)).status, 200);
  const created = await ask(registry, { method: 'POST', body: { metadata: { name: 'x' } } });
  await registry.runtime.clock.settle();
  assert.deepEqual(
    events.map(({ type }) => type),
    ['ADDED'],
  );
  assert.equal(events[0]?.object, created);
  stopper.abort();
  assert.equal(ends, 1);
  await registry.stop();
});

test('a watch that cannot be says why', async () => {
  const registry = await startTestRegistry();
  const listener = { onEvents: () => undefined, onEnd: () => undefined };
  const request = local({ query: { labelSelector: 'a b' } });
  const { status } = await settled(registry.runtime, registry.localServer.watch(request, listener));
  assert.equal(status, 400);
  await registry.stop();
});
