import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { LocalRequest, LocalServer } from '@navarch/api/extension/local-server';
import { pods } from '@navarch/api/resources';
import type { Pod } from '@navarch/api/types/core/v1/pod';
import { createClient, type WatchEvent } from './client.ts';
import { createInProcessTransport } from './in-process.ts';

const user = { username: 'system:kube-scheduler', groups: ['system:authenticated'] };
const pod: Pod = Object.freeze({
  metadata: { namespace: 'd', name: 'a' },
  spec: { containers: [] },
});

test('passes requests as they are, under its identity, and values without copying', async () => {
  const asked: LocalRequest[] = [];
  const events = Object.freeze([Object.freeze({ type: 'ADDED' as const, object: pod })]);
  const server: LocalServer = {
    request: (request) => {
      asked.push(request);
      return Promise.resolve({ status: 200, value: pod });
    },
    watch: (request, listener) => {
      asked.push(request);
      listener.onEvents(events);
      return Promise.resolve({ status: 200, value: undefined });
    },
  };
  const transport = createInProcessTransport(server, user);
  const of = createClient(transport, { userAgent: 'test/1' }).resource(pods);
  assert.equal(await of.get('d', 'a'), pod);
  await of.update(pod);
  const heard: (readonly WatchEvent<Pod>[])[] = [];
  const { signal } = new AbortController();
  await of.watch(
    { resourceVersion: '1', signal },
    { onEvents: (e) => heard.push(e), onEnd: () => {} },
  );
  assert.equal(heard[0], events, 'the very batch that the server shares among watchers');
  assert.deepEqual(
    asked.map(({ method, path, user, userAgent }) => [method, path, user.username, userAgent]),
    [
      ['GET', '/api/v1/namespaces/d/pods/a', 'system:kube-scheduler', 'test/1'],
      ['PUT', '/api/v1/namespaces/d/pods/a', 'system:kube-scheduler', 'test/1'],
      ['GET', '/api/v1/pods', 'system:kube-scheduler', 'test/1'],
    ],
  );
});
