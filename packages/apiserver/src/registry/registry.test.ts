/** What happens to objects, told as short stories: requests, one a line, with what is answered. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { settled, startTestRegistry, type TestRegistry } from '../testing.ts';

const configMaps = '/api/v1/namespaces/a/configmaps';
const leases = '/apis/coordination.k8s.io/v1/namespaces/a/leases';
const pods = '/api/v1/namespaces/a/pods';

interface Step {
  readonly send: string;
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
  readonly status: number;
  /** Dotted paths and what is there; undefined for nothing. */
  readonly has?: Readonly<Record<string, unknown>>;
}

const merge = { 'content-type': 'application/merge-patch+json' };
const jsonPatch = { 'content-type': 'application/json-patch+json' };
const apply = { 'content-type': 'application/apply-patch+yaml' };
const applied = (more: object): object => ({
  apiVersion: 'v1',
  kind: 'ConfigMap',
  metadata: { name: 'x' },
  ...more,
});
const map = (name: string, more: object = {}): object => ({ metadata: { name }, ...more });
const stories: Readonly<Record<string, readonly Step[]>> = {
  'an object is made, read, changed and removed': [
    {
      send: `POST ${configMaps}`,
      body: map('x', { data: { k: 'v' } }),
      status: 201,
      has: { kind: 'ConfigMap', 'metadata.namespace': 'a', 'data.k': 'v' },
    },
    { send: `POST ${configMaps}`, body: map('x'), status: 409, has: { reason: 'AlreadyExists' } },
    { send: `GET ${configMaps}/x`, status: 200, has: { 'data.k': 'v' } },
    { send: `PUT ${configMaps}/x`, body: map('x', { data: { k: 'w' } }), status: 200 },
    { send: `GET ${configMaps}/x`, status: 200, has: { 'data.k': 'w' } },
    { send: `DELETE ${configMaps}/x`, status: 200, has: { kind: 'Status', status: 'Success' } },
    { send: `GET ${configMaps}/x`, status: 404, has: { reason: 'NotFound' } },
  ],
  'an update that changes nothing keeps the version': [
    { send: `POST ${configMaps}`, body: map('x', { data: { k: 'v' } }), status: 201 },
    {
      send: `PUT ${configMaps}/x`,
      body: map('x', { data: { k: 'v' } }),
      status: 200,
      has: { 'metadata.resourceVersion': '2' },
    },
    {
      send: `PATCH ${configMaps}/x`,
      headers: merge,
      body: {},
      status: 200,
      has: { 'metadata.resourceVersion': '2' },
    },
  ],
  'a stale version conflicts': [
    { send: `POST ${configMaps}`, body: map('x'), status: 201 },
    { send: `PUT ${configMaps}/x`, body: map('x', { data: { k: 'v' } }), status: 200 },
    {
      send: `PUT ${configMaps}/x`,
      body: { metadata: { name: 'x', resourceVersion: '2' } },
      status: 409,
      has: { reason: 'Conflict' },
    },
    {
      send: `PATCH ${configMaps}/x`,
      headers: merge,
      body: { metadata: { resourceVersion: '2' } },
      status: 409,
    },
  ],
  'kinds that insist on a version, and may be made by a put': [
    { send: `PUT ${leases}/x`, body: map('x', { spec: {} }), status: 201 },
    {
      send: `PUT ${leases}/x`,
      body: map('x', { spec: {} }),
      status: 422,
      has: { reason: 'Invalid' },
    },
    { send: `PUT ${configMaps}/x`, body: map('x'), status: 404 },
  ],
  'a dry run changes nothing': [
    { send: `POST ${configMaps}?dryRun=All`, body: map('x'), status: 201 },
    { send: `GET ${configMaps}/x`, status: 404 },
    { send: `POST ${configMaps}`, body: map('x'), status: 201 },
    { send: `DELETE ${configMaps}/x?dryRun=All`, status: 200 },
    { send: `PUT ${configMaps}/x?dryRun=All`, body: map('x', { data: { a: 'b' } }), status: 200 },
    { send: `GET ${configMaps}/x`, status: 200, has: { data: undefined } },
  ],
  'a finalizer holds an object until it is removed': [
    {
      send: `POST ${configMaps}`,
      body: { metadata: { name: 'x', finalizers: ['e.com/f'] } },
      status: 201,
    },
    {
      send: `DELETE ${configMaps}/x`,
      status: 200,
      has: { kind: 'ConfigMap', 'metadata.deletionGracePeriodSeconds': 0 },
    },
    { send: `POST ${configMaps}`, body: map('x'), status: 409 },
    {
      send: `PATCH ${configMaps}/x`,
      headers: jsonPatch,
      body: [{ op: 'remove', path: '/metadata/finalizers' }],
      status: 200,
    },
    { send: `GET ${configMaps}/x`, status: 404 },
  ],
  'grace: a bound pod waits, an unbound one does not, and waiting gets only shorter': [
    {
      send: `POST ${pods}`,
      body: map('bound', { spec: { nodeName: 'n', containers: [] } }),
      status: 201,
    },
    {
      send: `DELETE ${pods}/bound`,
      status: 200,
      has: { 'metadata.deletionGracePeriodSeconds': 30 },
    },
    {
      send: `DELETE ${pods}/bound?gracePeriodSeconds=60`,
      status: 200,
      has: { 'metadata.deletionGracePeriodSeconds': 30 },
    },
    {
      send: `DELETE ${pods}/bound?gracePeriodSeconds=5`,
      status: 200,
      has: { 'metadata.deletionGracePeriodSeconds': 5 },
    },
    { send: `DELETE ${pods}/bound?gracePeriodSeconds=0`, status: 200, has: { kind: 'Pod' } },
    { send: `GET ${pods}/bound`, status: 404 },
    { send: `POST ${pods}`, body: map('free', { spec: { containers: [] } }), status: 201 },
    { send: `DELETE ${pods}/free`, status: 200, has: { kind: 'Pod' } },
    { send: `GET ${pods}/free`, status: 404 },
  ],
  'a hold outside of metadata: the first delete marks, the last hold removes': [
    {
      send: 'POST /api/v1/namespaces',
      body: { metadata: { name: 'x' }, spec: { finalizers: ['kubernetes'] } },
      status: 201,
    },
    { send: 'DELETE /api/v1/namespaces/x', status: 200, has: { 'status.phase': 'Terminating' } },
    { send: 'DELETE /api/v1/namespaces/x', status: 200, has: { kind: 'Namespace' } },
    {
      send: 'PATCH /api/v1/namespaces/x',
      headers: merge,
      body: { spec: { finalizers: null } },
      status: 200,
    },
    { send: 'GET /api/v1/namespaces/x', status: 404 },
  ],
  'a view reads and writes what is stored as another version': [
    {
      send: 'POST /apis/autoscaling/v1/namespaces/a/horizontalpodautoscalers',
      body: map('x', { spec: { maxReplicas: 2, scaleTargetRef: { kind: 'D', name: 'd' } } }),
      status: 201,
      has: { apiVersion: 'autoscaling/v1' },
    },
    {
      send: 'GET /apis/autoscaling/v2/namespaces/a/horizontalpodautoscalers/x',
      status: 200,
      has: { apiVersion: 'autoscaling/v2', 'spec.maxReplicas': 2 },
    },
    {
      send: 'GET /apis/autoscaling/v1/namespaces/a/horizontalpodautoscalers',
      status: 200,
      has: { kind: 'HorizontalPodAutoscalerList', 'items.0.spec.maxReplicas': 2 },
    },
  ],
  'a configuration is applied: made, kept, contested, taken, given up': [
    {
      send: `PATCH ${configMaps}/x?fieldManager=one`,
      headers: apply,
      body: applied({ data: { k: 'v', l: 'w' } }),
      status: 201,
      has: {
        'data.k': 'v',
        'metadata.managedFields.0.operation': 'Apply',
        'metadata.managedFields.0.fieldsV1': { 'f:data': { 'f:k': {}, 'f:l': {} } },
      },
    },
    {
      send: `PATCH ${configMaps}/x?fieldManager=one`,
      headers: apply,
      body: applied({ data: { k: 'v', l: 'w' } }),
      status: 200,
      has: { 'metadata.resourceVersion': '2' },
    },
    {
      send: `PATCH ${configMaps}/x?fieldManager=two`,
      headers: apply,
      body: applied({ data: { k: 'other' } }),
      status: 409,
      has: {
        message: 'Apply failed with 1 conflict: conflict with "one": .data.k',
        'details.causes.0.reason': 'FieldManagerConflict',
      },
    },
    {
      send: `PATCH ${configMaps}/x?fieldManager=two&force=true`,
      headers: apply,
      body: applied({ data: { k: 'other' } }),
      status: 200,
      has: { 'data.k': 'other', 'data.l': 'w' },
    },
    {
      send: `PATCH ${configMaps}/x?fieldManager=one`,
      headers: apply,
      body: applied({}),
      status: 200,
      has: { 'data.k': 'other', 'data.l': undefined },
    },
    {
      send: `PATCH ${configMaps}/x?fieldManager=one`,
      headers: apply,
      body: applied({ kind: 'Pod' }),
      status: 400,
      has: { message: 'invalid object type: /v1, Kind=Pod' },
    },
    {
      send: `PATCH ${pods}/x/status?fieldManager=one`,
      headers: apply,
      body: applied({ kind: 'Pod' }),
      status: 404,
    },
  ],
  'who owns fields in one version loses them in another': [
    {
      send: 'POST /apis/autoscaling/v1/namespaces/a/horizontalpodautoscalers?fieldManager=one',
      body: map('x', { spec: { minReplicas: 1, maxReplicas: 2, scaleTargetRef: {} } }),
      status: 201,
      has: { 'metadata.managedFields.0.fieldsV1.f:spec.f:minReplicas': {} },
    },
    {
      send: 'PATCH /apis/autoscaling/v2/namespaces/a/horizontalpodautoscalers/x?fieldManager=two',
      headers: merge,
      body: { spec: { minReplicas: 2 } },
      status: 200,
      has: {
        'metadata.managedFields.0.manager': 'one',
        'metadata.managedFields.0.apiVersion': 'autoscaling/v1',
        'metadata.managedFields.0.fieldsV1.f:spec.f:maxReplicas': {},
        'metadata.managedFields.0.fieldsV1.f:spec.f:minReplicas': undefined,
        'metadata.managedFields.1.manager': 'two',
        'metadata.managedFields.1.apiVersion': 'autoscaling/v2',
        'metadata.managedFields.1.fieldsV1': { 'f:spec': { 'f:minReplicas': {} } },
      },
    },
  ],
  'what is computed is answered and not stored': [
    {
      send: 'POST /apis/authorization.k8s.io/v1/selfsubjectaccessreviews',
      body: { spec: {} },
      status: 201,
      has: { 'status.allowed': true },
    },
    { send: 'GET /apis/authorization.k8s.io/v1/selfsubjectaccessreviews', status: 405 },
  ],
  'what is wrong is said with all its reasons': [
    { send: `POST ${configMaps}`, body: map('x', { data: { bad: '' } }), status: 422 },
    { send: `POST ${configMaps}`, body: {}, status: 422 },
    { send: `POST ${configMaps}`, body: '{', status: 400 },
    { send: `POST ${configMaps}?dryRun=Some`, body: map('x'), status: 422 },
    {
      send: `POST ${configMaps}`,
      body: map('x', { kind: 'Secret', apiVersion: 'v1' }),
      status: 400,
    },
    { send: `GET ${configMaps}/x/status`, status: 404 },
    { send: `PUT ${configMaps}`, body: map('x'), status: 405 },
    { send: `GET ${configMaps}?fieldSelector=spec.x%3D1`, status: 400 },
    { send: `GET ${configMaps}?resourceVersion=999`, status: 504 },
  ],
};

for (const [name, steps] of Object.entries(stories)) {
  test(name, async () => {
    const registry = await startTestRegistry();
    for (const step of steps) await run(registry, step);
    await registry.stop();
  });
}

async function run(registry: TestRegistry, step: Step): Promise<void> {
  const [method = '', url = ''] = step.send.split(' ');
  const answer = await registry.send(method, url, {
    ...(step.headers && { headers: step.headers }),
    ...(step.body === undefined ? undefined : { body: step.body }),
  });
  assert.equal(answer.status, step.status, `${step.send}: ${answer.text}`);
  for (const [path, value] of Object.entries(step.has ?? {})) {
    assert.deepEqual(at(answer.json, path), value, `${step.send}: ${path} in ${answer.text}`);
  }
}

function at(value: unknown, path: string): unknown {
  return path
    .split('.')
    .reduce<unknown>((found, key) => (found as Record<string, unknown> | undefined)?.[key], value);
}

test('32 clients that patch one object never conflict, and none of their changes is lost', async () => {
  const registry = await startTestRegistry();
  await registry.send('POST', configMaps, { body: map('x') });
  const { runtime, handle } = registry;
  const done = Promise.all(
    Array.from({ length: 32 }, (_, index) =>
      handle({
        method: 'PATCH',
        path: `${configMaps}/x`,
        query: '',
        headers: merge,
        body: { value: { data: { [`k${index}`]: 'v' } } },
        identity: { user: { username: 'u', groups: [] } },
        remoteAddress: '',
        signal: new AbortController().signal,
      }),
    ),
  );
  await runtime.clock.settle();
  assert.ok((await done).every(({ status }) => status === 200));
  const { json } = await registry.send('GET', `${configMaps}/x`);
  assert.equal(Object.keys(json?.['data'] as object).length, 32);
  assert.equal(at(json, 'metadata.resourceVersion'), String(2 + 32), 'each was one write');
  await registry.stop();
});

test('a registry finds what an earlier one stored', async () => {
  const first = await startTestRegistry();
  await first.send('POST', configMaps, { body: map('x', { data: { k: 'v' } }) });
  await first.stop();
  const second = await startTestRegistry({ store: first.store });
  const { json } = await second.send('GET', `${configMaps}/x`);
  assert.equal(at(json, 'data.k'), 'v');
  assert.equal(at(json, 'metadata.resourceVersion'), '2');
  await second.stop();
});

test('generated names are told apart', async () => {
  const registry = await startTestRegistry();
  const names = new Set<unknown>();
  for (let index = 0; index < 20; index++) {
    const body = { metadata: { generateName: 'g-' } };
    const { json } = await registry.send('POST', configMaps, { body });
    names.add(at(json, 'metadata.name'));
  }
  assert.equal(names.size, 20);
  await registry.stop();
});

test('resources come and go while the server runs, and their objects stay', async () => {
  const registry = await startTestRegistry();
  const { resources, runtime } = registry;
  const definition = resources.find('', 'v1', 'configmaps');
  assert.ok(definition);
  await registry.send('POST', configMaps, { body: { metadata: { name: 'x' } } });
  resources.withdraw([definition]);
  assert.equal((await registry.send('GET', `${configMaps}/x`)).status, 404);
  await settled(runtime, resources.serve([definition]));
  assert.equal((await registry.send('GET', `${configMaps}/x`)).status, 200);
  assert.equal((await registry.send('POST', configMaps, { body: map('y') })).status, 201);
  assert.equal((await registry.send('GET', `${configMaps}/y`)).status, 200);
  await registry.stop();
});
