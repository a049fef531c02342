/** What is stored in a version of old is brought into the present one by writing it again, unchanged. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Revision, Store } from '@navarch/store/store';
import { startTestServer, type TestServer } from '../testing.ts';

const group = 'example.com';
const definitions = '/apis/apiextensions.k8s.io/v1/customresourcedefinitions';
const definition = `${definitions}/cats.${group}`;
const cats = (version: string): string => `/apis/${group}/${version}/namespaces/default/cats`;

const schema = {
  type: 'object',
  properties: { spec: { type: 'object', 'x-kubernetes-preserve-unknown-fields': true } },
};

function version(name: string, storage: boolean): object {
  return { name, served: true, storage, schema: { openAPIV3Schema: schema } };
}

function withVersions(...versions: readonly object[]): object {
  return {
    apiVersion: 'apiextensions.k8s.io/v1',
    kind: 'CustomResourceDefinition',
    metadata: { name: `cats.${group}` },
    spec: { group, scope: 'Namespaced', names: { plural: 'cats', kind: 'Cat' }, versions },
  };
}

function cat(name: string): object {
  return { apiVersion: `${group}/v1`, kind: 'Cat', metadata: { name }, spec: { lives: 9 } };
}

async function storedAs(store: Store, key: string): Promise<string> {
  const { entries } = await store.range({ start: key, end: `${key}\0` });
  const [entry] = entries;
  const { apiVersion } = JSON.parse(Buffer.from(entry?.value ?? []).toString()) as Versioned;
  return apiVersion;
}

interface Versioned {
  readonly apiVersion: string;
  readonly metadata: { readonly resourceVersion: string };
}

const revisionOf = ({ value }: { readonly value: unknown }): string =>
  (value as Versioned).metadata.resourceVersion;

const merge = 'application/merge-patch+json';

test('a custom resource', async () => {
  const world = await startTestServer();
  const { store } = world;
  await world.call('POST', definitions, withVersions(version('v1', true), version('v2', false)));
  await world.pass(100);
  for (const name of ['a', 'b', 'c']) await world.call('POST', cats('v1'), cat(name));
  const versions = [version('v1', false), version('v2', true)];
  await world.call('PATCH', definition, { spec: { versions } }, merge);
  await world.pass(100);
  const key = (name: string): string => `/registry/${group}/cats/default/${name}`;
  assert.equal(await storedAs(store, key('a')), `${group}/v1`);

  for (const [name, through] of [
    ['a', 'v1'],
    ['b', 'v2'],
  ] as const) {
    const path = `${cats(through)}/${name}`;
    const before = await world.call('GET', path);
    const after = await world.call('PUT', path, before.value);
    assert.equal(after.status, 200);
    assert.notEqual(revisionOf(after), revisionOf(before), 'written');
    assert.equal(await storedAs(store, key(name)), `${group}/v2`);
    const again = await world.call('PUT', path, after.value);
    assert.equal(revisionOf(again), revisionOf(after), 'nothing more to do');
  }
  const patched = await world.call('PATCH', `${cats('v2')}/c`, {}, merge);
  assert.equal(await storedAs(store, key('c')), `${group}/v2`, 'a patch does, too');
  assert.equal(revisionOf(await world.call('GET', `${cats('v1')}/c`)), revisionOf(patched));

  const refused = await world.call(
    'PATCH',
    definition,
    { spec: { versions: [versions[1]] } },
    merge,
  );
  assert.match(JSON.stringify(refused.value), /v1 was previously a storage version/);
  await world.call('PATCH', `${definition}/status`, { status: { storedVersions: ['v2'] } }, merge);
  const allowed = await world.call(
    'PATCH',
    definition,
    { spec: { versions: [versions[1]] } },
    merge,
  );
  assert.equal(allowed.status, 200);
  await world.pass(100);
  assert.equal((await world.call('GET', `${cats('v2')}/a`)).status, 200);
  await world.stop();
});

test('it is still to be written again after a restart', async () => {
  const before = await startTestServer();
  await before.call('POST', definitions, withVersions(version('v1', true), version('v2', false)));
  await before.pass(100);
  await before.call('POST', cats('v1'), cat('a'));
  const versions = [version('v1', false), version('v2', true)];
  await before.call('PATCH', definition, { spec: { versions } }, merge);
  await before.pass(100);
  await before.stop();
  const after = await startTestServer(before);
  const found = await after.call('GET', `${cats('v2')}/a`);
  const written = await after.call('PUT', `${cats('v2')}/a`, found.value);
  assert.notEqual(revisionOf(written), revisionOf(found));
  assert.equal(await storedAs(after.store, `/registry/${group}/cats/default/a`), `${group}/v2`);
  await after.stop();
});

test('a built-in kind, which is converted when it is read', async () => {
  const before = await startTestServer();
  const key = '/registry/horizontalpodautoscalers/default/web';
  const old = {
    kind: 'HorizontalPodAutoscaler',
    apiVersion: 'autoscaling/v1',
    metadata: {
      name: 'web',
      namespace: 'default',
      uid: '6f0c6f2e-3f0a-4f0b-9d0a-1b2c3d4e5f60',
      creationTimestamp: '2026-01-01T00:00:00Z',
    },
    spec: {
      scaleTargetRef: { apiVersion: 'apps/v1', kind: 'Deployment', name: 'web' },
      minReplicas: 1,
      maxReplicas: 3,
      targetCPUUtilizationPercentage: 70,
    },
    status: { currentReplicas: 1, desiredReplicas: 1 },
  };
  await put(before, key, old);
  await before.stop();
  const after = await startTestServer(before);
  const path = '/apis/autoscaling/v2/namespaces/default/horizontalpodautoscalers/web';
  const found = await after.call('GET', path);
  assert.deepEqual((found.value['spec'] as { metrics: unknown }).metrics, [
    {
      type: 'Resource',
      resource: { name: 'cpu', target: { type: 'Utilization', averageUtilization: 70 } },
    },
  ]);
  const written = await after.call('PUT', path, found.value);
  assert.notEqual(revisionOf(written), revisionOf(found));
  assert.equal(await storedAs(after.store, key), 'autoscaling/v2');
  const again = await after.call('PUT', path, written.value);
  assert.equal(revisionOf(again), revisionOf(written));
  await after.stop();
});

/** As a server of old may have written it. */
async function put(world: TestServer, key: string, object: object): Promise<void> {
  const value = Buffer.from(JSON.stringify(object));
  const { entries } = await world.store.range({ start: key, end: `${key}\0` });
  const modRevision = entries[0]?.modRevision ?? (0 as Revision);
  const operations = [{ kind: 'put', key, value }] as const;
  const done = world.store.transact({ conditions: [{ key, modRevision }], operations });
  await world.pass(100);
  assert.equal((await done).succeeded, true);
}

test('a definition that a server of old accepted says what is wrong with it, until it is mended', async () => {
  const before = await startTestServer();
  await before.call('POST', definitions, withVersions(version('v1', true)));
  await before.pass(100);
  const { value } = await before.call('GET', definition);
  const key = `/registry/apiextensions.k8s.io/customresourcedefinitions/cats.${group}`;
  const spec = { ...(value['spec'] as object), preserveUnknownFields: true };
  const { resourceVersion: _, ...metadata } = value['metadata'] as Readonly<
    Record<string, unknown>
  >;
  await put(before, key, { ...value, metadata, spec });
  await before.stop();
  const after = await startTestServer(before);
  await after.pass(1_000);
  const told = await conditionsOf(after);
  assert.deepEqual(told.at(-1), {
    type: 'NonStructuralSchema',
    status: 'True',
    reason: 'Violations',
    message: 'spec.preserveUnknownFields: Invalid value: true: must be false',
  });
  await after.call('PATCH', definition, { spec: { preserveUnknownFields: false } }, merge);
  await after.pass(1_000);
  const types = (await conditionsOf(after)).map(({ type }) => type);
  assert.deepEqual(types, ['NamesAccepted', 'Established']);
  await after.stop();
});

interface Told {
  readonly type: string;
  readonly status: string;
  readonly reason: string;
  readonly message: string;
}

async function conditionsOf(world: TestServer): Promise<readonly Told[]> {
  const { value } = await world.call('GET', definition);
  const { conditions } = value['status'] as { readonly conditions: readonly Told[] };
  return conditions.map(({ type, status, reason, message }) => ({ type, status, reason, message }));
}
