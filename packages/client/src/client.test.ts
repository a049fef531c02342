import assert from 'node:assert/strict';
import { test } from 'node:test';
import { deployments, namespaces, nodes, pods } from '@navarch/api/resources';
import type { Pod } from '@navarch/api/types/core/v1/pod';
import { createClient, type WatchEvent } from './client.ts';
import {
  isAlreadyExists,
  isConflict,
  isConnectionFailed,
  isExpired,
  isNotFound,
} from './errors.ts';
import { startTestClient } from './testing.ts';
import type { Transport, TransportRequest, TransportResponse } from './transport.ts';

/** A transport that answers the same to everything and remembers what was asked. */
function recording(response: TransportResponse): Transport & { asked: TransportRequest[] } {
  const asked: TransportRequest[] = [];
  const answer = (request: TransportRequest): Promise<TransportResponse> => {
    asked.push(request);
    return Promise.resolve(response);
  };
  return { asked, decodes: false, request: answer, watch: answer, close: () => Promise.resolve() };
}

const pod = { metadata: { namespace: 'd', name: 'a' }, spec: { containers: [] } } as unknown as Pod;
const { signal } = new AbortController();
const listener = { onEvents: () => {}, onEnd: () => {} };

type Calls = ReturnType<typeof createClient>;
const requests: {
  name: string;
  call: (client: Calls) => Promise<unknown>;
  sends: string;
  body?: unknown;
}[] = [
  {
    name: 'get',
    call: (client) => client.resource(pods).get('d', 'a'),
    sends: 'GET /api/v1/namespaces/d/pods/a',
  },
  {
    name: 'get of cluster scope',
    call: (client) => client.resource(nodes).get('', 'n', { resourceVersion: '0' }),
    sends: 'GET /api/v1/nodes/n?resourceVersion=0',
  },
  {
    name: 'a name that is not URL-safe',
    call: (client) => client.resource(nodes).get('', 'system:a/b'),
    sends: 'GET /api/v1/nodes/system%3Aa%2Fb',
  },
  {
    name: 'list of all namespaces',
    call: (client) => client.resource(deployments).list({ labelSelector: 'a=b', limit: 5 }),
    sends: 'GET /apis/apps/v1/deployments?labelSelector=a=b&limit=5',
  },
  {
    name: 'list of one namespace',
    call: (client) => client.resource(pods).list({ namespace: 'd', continue: 'x' }),
    sends: 'GET /api/v1/namespaces/d/pods?continue=x',
  },
  {
    name: 'watch',
    call: (client) =>
      client
        .resource(pods)
        .watch(
          { resourceVersion: '5', allowWatchBookmarks: true, timeoutSeconds: 9, signal },
          listener,
        ),
    sends: 'GET /api/v1/pods?watch=1&resourceVersion=5&allowWatchBookmarks=true&timeoutSeconds=9',
  },
  {
    name: 'create says the kind',
    call: (client) => client.resource(pods).create(pod),
    sends: 'POST /api/v1/namespaces/d/pods',
    body: { kind: 'Pod', apiVersion: 'v1', ...pod },
  },
  {
    name: 'dry run',
    call: (client) => client.resource(pods).create(pod, { dryRun: true, fieldManager: 'me' }),
    sends: 'POST /api/v1/namespaces/d/pods?dryRun=All&fieldManager=me',
  },
  {
    name: 'status',
    call: (client) => client.resource(pods).updateStatus(pod),
    sends: 'PUT /api/v1/namespaces/d/pods/a/status',
  },
  {
    name: 'finalize',
    call: (client) =>
      client
        .resource(namespaces)
        .updateSubresource('finalize', { metadata: { name: 'd' } } as never),
    sends: 'PUT /api/v1/namespaces/d/finalize',
  },
  {
    name: 'merge patch',
    call: (client) => client.resource(pods).patch('d', 'a', { type: 'merge', body: { x: 1 } }),
    sends: 'PATCH /api/v1/namespaces/d/pods/a application/merge-patch+json',
    body: { x: 1 },
  },
  {
    name: 'apply of status',
    call: (client) =>
      client
        .resource(pods)
        .patchStatus('d', 'a', { type: 'apply', body: {} }, { fieldManager: 'me', force: true }),
    sends:
      'PATCH /api/v1/namespaces/d/pods/a/status?fieldManager=me&force=true application/apply-patch+yaml',
    body: { kind: 'Pod', apiVersion: 'v1' },
  },
  {
    name: 'delete',
    call: (client) => client.resource(pods).delete('d', 'a'),
    sends: 'DELETE /api/v1/namespaces/d/pods/a',
  },
  {
    name: 'delete with options',
    call: (client) =>
      client
        .resource(pods)
        .delete('d', 'a', { gracePeriodSeconds: 0, preconditions: { uid: 'u' } }),
    sends: 'DELETE /api/v1/namespaces/d/pods/a',
    body: {
      kind: 'DeleteOptions',
      apiVersion: 'v1',
      gracePeriodSeconds: 0,
      preconditions: { uid: 'u' },
    },
  },
  {
    name: 'delete of many',
    call: (client) =>
      client.resource(pods).deleteCollection({ namespace: 'd', labelSelector: 'a' }),
    sends: 'DELETE /api/v1/namespaces/d/pods?labelSelector=a',
  },
  {
    name: 'binding',
    call: (client) =>
      client
        .resource(pods)
        .createSubresource({ namespace: 'd', name: 'a', subresource: 'binding' }, { target: {} }),
    sends: 'POST /api/v1/namespaces/d/pods/a/binding',
    body: { target: {} },
  },
  {
    name: 'scale',
    call: (client) => client.resource(deployments).getScale('d', 'a'),
    sends: 'GET /apis/apps/v1/namespaces/d/deployments/a/scale',
  },
];

for (const { name, call, sends, body } of requests) {
  test(`sends ${name}`, async () => {
    const transport = recording({ status: 200, value: {} });
    await call(createClient(transport, { userAgent: 'test' }));
    const [asked] = transport.asked;
    assert.ok(asked);
    const query = Object.entries(asked.query ?? {}).map(([key, value]) => `${key}=${value}`);
    const url = query.length > 0 ? `${asked.path}?${query.join('&')}` : asked.path;
    assert.equal([asked.method, url, asked.contentType].filter(Boolean).join(' '), sends);
    if (body) assert.deepEqual(asked.body, body);
  });
}

test('a missing name or namespace is refused before it becomes a request for all', () => {
  const { client } = startTestClient();
  assert.throws(() => client.resource(pods).get('d', ''), /name is missing/);
  assert.throws(() => client.resource(pods).get('', 'a'), /namespace is missing/);
});

test('refusals are StatusErrors, told apart by their reason', async () => {
  const { client, server } = startTestClient();
  const of = client.resource(pods);
  await assert.rejects(of.get('d', 'a'), (error) => isNotFound(error) && !isConflict(error));
  const made = await of.create(pod);
  await assert.rejects(of.create(pod), isAlreadyExists);
  await of.update({ ...made, spec: { ...made.spec, nodeName: 'n' } });
  await assert.rejects(of.update({ ...made, spec: { ...made.spec, nodeName: 'm' } }), isConflict);
  server.storage.compact();
  await assert.rejects(of.watch({ resourceVersion: '1', signal }, listener), isExpired);
  server.down();
  await assert.rejects(of.get('d', 'a'), isConnectionFailed);
});

test('an answer that is no Status still says what happened', async () => {
  const transport = recording({ status: 503, value: 'upstream connect error' });
  const call = createClient(transport, { userAgent: 'test' }).resource(pods).get('d', 'a');
  await assert.rejects(call, /the server is currently unable to handle the request/);
});

test('an error in a watch arrives as an error', async () => {
  const status = { kind: 'Status', apiVersion: 'v1', metadata: {}, reason: 'Expired', code: 410 };
  const heard: WatchEvent<Pod>[] = [];
  const transport: Transport = {
    ...recording({ status: 200, value: undefined }),
    watch: (_, listener) => {
      listener.onEvents([{ type: 'ERROR', object: status }]);
      return Promise.resolve({ status: 200, value: undefined });
    },
  };
  await createClient(transport, { userAgent: 'test' })
    .resource(pods)
    .watch(
      { resourceVersion: '1', signal },
      { ...listener, onEvents: (events) => heard.push(...events) },
    );
  const [event] = heard;
  assert.ok(event?.type === 'ERROR' && isExpired(event.error));
});

test('a deletion gives the object while it waits, or as it last was', async () => {
  const { client } = startTestClient();
  const of = client.resource(pods);
  const metadata = { ...pod.metadata, finalizers: ['x/y'] };
  await of.create({ ...pod, metadata });
  const waiting = await of.delete('d', 'a');
  assert.ok(waiting?.metadata.deletionTimestamp);
  await of.update({ ...waiting, metadata: { ...waiting.metadata, finalizers: [] } });
  await assert.rejects(of.get('d', 'a'), isNotFound);
});
