import assert from 'node:assert/strict';
import { test } from 'node:test';
import { startTestServer, type TestServer } from '../testing.ts';

const group = 'example.com';
const definitions = '/apis/apiextensions.k8s.io/v1/customresourcedefinitions';
const widgets = `/apis/${group}/v1/namespaces/default/widgets`;

type Changes = Readonly<Record<string, unknown>>;

const schema = {
  type: 'object',
  properties: {
    spec: {
      type: 'object',
      properties: { size: { type: 'integer', default: 3 }, colour: { type: 'string' } },
    },
  },
};
const version = { name: 'v1', served: true, storage: true, schema: { openAPIV3Schema: schema } };

function definition(plural: string, kind: string, changes: Changes = {}, names: Changes = {}) {
  return {
    apiVersion: 'apiextensions.k8s.io/v1',
    kind: 'CustomResourceDefinition',
    metadata: { name: `${plural}.${group}` },
    spec: {
      group,
      scope: 'Namespaced',
      names: { plural, kind, ...names },
      versions: [version],
      ...changes,
    },
  };
}

function widget(name: string, spec: Changes = {}, metadata: Changes = {}) {
  return { apiVersion: `${group}/v1`, kind: 'Widget', metadata: { name, ...metadata }, spec };
}

async function defined(): Promise<TestServer> {
  const world = await startTestServer();
  await world.call('POST', definitions, definition('widgets', 'Widget'));
  await world.pass(100);
  return world;
}

function member(value: unknown, path: string): unknown {
  return path
    .split('.')
    .reduce<unknown>((inner, name) => (inner as Changes | undefined)?.[name], value);
}

function conditionsOf(value: unknown): readonly string[] {
  const conditions = member(value, 'status.conditions') as readonly Record<string, string>[];
  return conditions.map(({ type, status, reason }) => `${type}=${status} ${reason}`);
}

test('a definition is established, and its objects are served', async () => {
  const world = await defined();
  const { value } = await world.call('GET', `${definitions}/widgets.${group}`);
  assert.deepEqual(conditionsOf(value), [
    'NamesAccepted=True NoConflicts',
    'Established=True InitialNamesAccepted',
  ]);
  const created = await world.call('POST', widgets, widget('a', { colour: 'red', weight: 1 }));
  assert.equal(created.status, 201);
  assert.deepEqual(Object.keys(created.value), ['apiVersion', 'kind', 'metadata', 'spec']);
  assert.deepEqual(created.value['spec'], { colour: 'red', size: 3 });
  await world.stop();
});

test('what was served before a restart is served when the server is ready', async () => {
  const before = await defined();
  await before.call('POST', widgets, widget('a'));
  await before.stop();
  const after = await startTestServer(before);
  const { value } = await after.call('GET', widgets);
  assert.equal(member(value, 'items.0.metadata.name'), 'a');
  await after.stop();
});

test('a changed definition shows what is stored in another way, and watches go on', async () => {
  const world = await defined();
  await world.call('POST', widgets, widget('a', { colour: 'red' }));
  const seen: string[] = [];
  const ends: string[] = [];
  await world.server.localServer.watch(
    {
      method: 'GET',
      path: widgets,
      user: { username: 'w', groups: ['system:masters'] },
      userAgent: 'w',
      signal: new AbortController().signal,
    },
    {
      onEvents: (events) => {
        for (const { type, object } of events) {
          seen.push(`${type} ${JSON.stringify(member(object, 'spec'))}`);
        }
      },
      onEnd: () => void ends.push('end'),
    },
  );
  const path = '/spec/versions/0/schema/openAPIV3Schema/properties/spec/properties';
  const patch = [
    { op: 'remove', path: `${path}/colour` },
    { op: 'add', path: `${path}/late`, value: { type: 'string', default: 'x' } },
  ];
  await world.call(
    'PATCH',
    `${definitions}/widgets.${group}`,
    patch,
    'application/json-patch+json',
  );
  await world.pass(100);
  const { value } = await world.call('GET', `${widgets}/a`);
  assert.deepEqual(value['spec'], { late: 'x', size: 3 });
  await world.call('POST', widgets, widget('b'));
  assert.deepEqual(seen, ['ADDED {"colour":"red","size":3}', 'ADDED {"late":"x","size":3}']);
  assert.deepEqual(ends, []);
  await world.stop();
});

test('a deleted definition waits for its objects', async () => {
  const world = await defined();
  await world.call('POST', widgets, widget('free'));
  await world.call('POST', widgets, widget('held', {}, { finalizers: ['example.com/hold'] }));
  await world.call('DELETE', `${definitions}/widgets.${group}`);
  await world.pass(100);
  const { value } = await world.call('GET', widgets);
  assert.equal(member(value, 'items.length'), 1, 'what is held is still there');
  const refused = await world.call('POST', widgets, widget('late'));
  assert.equal(refused.status, 405);
  assert.equal(
    refused.value['message'],
    'create not allowed while custom resource definition is terminating',
  );
  const release = { metadata: { finalizers: null } };
  await world.call('PATCH', `${widgets}/held`, release, 'application/merge-patch+json');
  await world.pass(2000);
  assert.equal((await world.call('GET', `${definitions}/widgets.${group}`)).status, 404);
  assert.equal((await world.call('GET', widgets)).status, 404);
  await world.stop();
});

test('names belong to whoever had them first, until that is gone', async () => {
  const world = await startTestServer();
  const first = definition('widgets', 'Widget', {}, { shortNames: ['w'] });
  await world.call('POST', definitions, first);
  await world.pass(100);
  const second = definition('wheels', 'Wheel', {}, { shortNames: ['w'] });
  await world.call('POST', definitions, second);
  await world.pass(100);
  const refused = await world.call('GET', `${definitions}/wheels.${group}`);
  assert.deepEqual(conditionsOf(refused.value), [
    'NamesAccepted=False ShortNamesConflict',
    'Established=False NotAccepted',
  ]);
  await world.call('DELETE', `${definitions}/widgets.${group}`);
  await world.pass(100);
  const accepted = await world.call('GET', `${definitions}/wheels.${group}`);
  assert.deepEqual(conditionsOf(accepted.value), [
    'NamesAccepted=True NoConflicts',
    'Established=True InitialNamesAccepted',
  ]);
  await world.stop();
});

test('a version that only stores is seen through the others', async () => {
  const world = await startTestServer();
  const stored = { ...version, served: false };
  const served = { ...version, name: 'v2', storage: false };
  await world.call(
    'POST',
    definitions,
    definition('widgets', 'Widget', { versions: [stored, served] }),
  );
  await world.pass(100);
  const path = widgets.replace('v1', 'v2');
  const created = await world.call('POST', path, { ...widget('a'), apiVersion: `${group}/v2` });
  assert.equal(created.value['apiVersion'], `${group}/v2`);
  assert.equal((await world.call('GET', widgets)).status, 404);
  const group2 = await world.call('GET', `${path}/a`);
  assert.deepEqual(group2.value['spec'], { size: 3 });
  await world.stop();
});
