/** Namespaces from their first object to their end, against the real API server. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { configMaps, namespaces, pods, secrets, serviceAccounts } from '@navarch/api/resources';
import { rootCaController } from '../root-ca/root-ca.ts';
import { serviceAccountController } from '../service-account/service-account.ts';
import { startWorld, type World } from '../testing.ts';
import { withFindings } from './conditions.ts';
import { namespaceController } from './namespace.ts';

async function start(): Promise<World> {
  return startWorld([namespaceController, serviceAccountController, rootCaController]);
}

const room = { metadata: { name: 'room' }, spec: {} };
const said = async (world: World): Promise<readonly string[]> => {
  const namespace = await world.find(namespaces, '', 'room');
  const conditions = namespace?.status?.conditions ?? [];
  return conditions.filter(({ status }) => status === 'True').map(({ message }) => message ?? '');
};

test('a namespace has a service account and the root certificates, again when they are lost', async () => {
  const world = await start();
  await world.create(namespaces, room);
  await world.pass(100);
  const names = async (): Promise<readonly (string | undefined)[]> => [
    (await world.find(serviceAccounts, 'room', 'default'))?.metadata.name,
    (await world.find(configMaps, 'room', 'kube-root-ca.crt'))?.data?.['ca.crt'],
  ];
  assert.deepEqual(await names(), ['default', 'PEM']);
  await world.perform(world.client.resource(serviceAccounts).delete('room', 'default'));
  await world.perform(world.client.resource(configMaps).delete('room', 'kube-root-ca.crt'));
  await world.pass(100);
  assert.deepEqual(await names(), ['default', 'PEM']);
  assert.deepEqual(world.refusals, []);
  await world.stop();
});

test('a namespace goes with all that is in it', async () => {
  const world = await start();
  await world.create(namespaces, room);
  await world.create(secrets, { metadata: { name: 'a', namespace: 'room' } });
  await world.perform(world.client.resource(namespaces).delete('', 'room'));
  await world.pass(2000);
  assert.equal(await world.find(namespaces, '', 'room'), undefined);
  assert.deepEqual(await world.list(secrets, 'room'), []);
  assert.deepEqual(world.refusals, []);
  await world.stop();
});

test('a namespace says what it waits for: pods first, then finalizers', async () => {
  const world = await start();
  await world.create(namespaces, room);
  await world.create(pods, {
    metadata: { name: 'busy', namespace: 'room' },
    spec: { nodeName: 'n1', containers: [{ name: 'c', image: 'i' }] },
  });
  const held = { name: 'held', namespace: 'room', finalizers: ['example.com/wait'] };
  await world.create(configMaps, { metadata: held });
  await world.perform(world.client.resource(namespaces).delete('', 'room'));
  await world.pass(1000);
  assert.deepEqual(await said(world), [
    'Some resources are remaining: pods. has 1 resource instances',
  ]);
  assert.ok(await world.find(configMaps, 'room', 'kube-root-ca.crt'), 'pods go first');
  const gone = world.client.resource(pods).delete('room', 'busy', { gracePeriodSeconds: 0 });
  await world.perform(gone);
  await world.pass(1000);
  assert.deepEqual(await said(world), [
    'Some resources are remaining: configmaps. has 1 resource instances',
    'Some content in the namespace has finalizers remaining: example.com/wait in 1 resource instances',
  ]);
  const body = { metadata: { finalizers: null } };
  await world.perform(
    world.client.resource(configMaps).patch('room', 'held', { type: 'merge', body }),
  );
  await world.pass(10_000);
  assert.equal(await world.find(namespaces, '', 'room'), undefined);
  await world.stop();
});

const nothing = {
  discoveryFailures: new Map<string, string>(),
  errors: [],
  remaining: new Map<string, number>(),
  finalizers: new Map<string, number>(),
};
const nowMs = Date.UTC(2026, 0, 1);

test('conditions: what is fine, what is not, and when that changed', () => {
  const failing = withFindings(
    [],
    {
      ...nothing,
      discoveryFailures: new Map([['metrics.k8s.io/v1beta1', 'stale']]),
      errors: ['b', 'a'],
    },
    nowMs,
  );
  assert.deepEqual(
    failing.map(({ status, reason }) => `${status} ${reason}`),
    [
      'True DiscoveryFailed',
      'False ParsedGroupVersions',
      'True ContentDeletionFailed',
      'False ContentRemoved',
      'False ContentHasNoFinalizers',
    ],
  );
  assert.equal(
    failing[0]?.message,
    'Discovery failed for some groups, 1 failing: unable to retrieve the complete list of server APIs: metrics.k8s.io/v1beta1: stale',
  );
  assert.equal(failing[2]?.message, 'Failed to delete all resource types, 2 remaining: a, b');
  const fine = withFindings(failing, nothing, nowMs + 1000);
  assert.deepEqual(
    fine.map(({ lastTransitionTime }) => lastTransitionTime?.slice(17, 19)),
    ['01', '00', '01', '00', '00'],
  );
  assert.equal(withFindings(fine, nothing, nowMs + 2000), fine);
});
