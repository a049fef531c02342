/**
 * All controllers together, while connections break, answers get lost and watches are cut, from seeds: whatever happens on the way, in the
 * end the world is as it was asked to be. And when it is, nobody does anything any more.
 */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  deployments,
  endpoints,
  endpointSlices,
  namespaces,
  pods,
  replicaSets,
  services,
} from '@navarch/api/resources';
import { controllers } from './index.ts';
import { makeReady, startWorld, type World } from './testing.ts';

const labels = { app: 'web' };
const template = (image: string) => ({
  metadata: { labels },
  spec: { containers: [{ name: 'web', image }] },
});

async function change(world: World, body: unknown): Promise<void> {
  const api = world.client.resource(deployments);
  await world.perform(api.patch('room', 'web', { type: 'merge', body }));
}

/** A deployment and its service in a namespace of their own, changed again and again. */
async function live(world: World): Promise<void> {
  const { random } = world.runtime;
  const metadata = { name: 'web', namespace: 'room' };
  await world.create(namespaces, { metadata: { name: 'room' }, spec: {} });
  await world.create(services, { metadata, spec: { selector: labels, ports: [{ port: 80 }] } });
  const spec = { replicas: 3, selector: { matchLabels: labels }, template: template('web:v0') };
  await world.create(deployments, { metadata, spec });
  for (let round = 1; round <= 8; round++) {
    const replicas = Math.floor(random.next() * 6);
    const image = `web:v${Math.floor(random.next() * 3)}`;
    await change(world, { spec: { replicas, template: template(image) } });
    if (random.next() < 0.5) world.faults.cutWatches();
    await world.pass(random.next() * 2000);
    await makeReady(world, 'room');
  }
}

async function settle(world: World): Promise<void> {
  world.faults.next = () => 'none';
  for (let round = 0; round < 20; round++) {
    await world.pass(30_000);
    if ((await makeReady(world, 'room')) === 0 && round > 10) return;
  }
}

for (let seed = 1; seed <= 6; seed++) {
  test(`the world comes out right, seed ${seed}`, async () => {
    const world = await startWorld(controllers, seed);
    const { random } = world.runtime;
    world.faults.next = () => {
      const luck = random.next();
      if (luck < 0.08) return 'not sent';
      return luck < 0.16 ? 'answer lost' : 'none';
    };
    await live(world);
    await change(world, { spec: { replicas: 4, template: template('web:last') } });
    await settle(world);
    const all = await world.list(pods, 'room');
    assert.deepEqual(
      all.map(({ spec }) => spec.containers[0]?.image),
      ['web:last', 'web:last', 'web:last', 'web:last'],
    );
    const deployment = await world.find(deployments, 'room', 'web');
    assert.equal(deployment?.status?.availableReplicas, 4);
    assert.equal(deployment?.status?.observedGeneration, deployment?.metadata.generation);
    const found = await world.find(endpoints, 'room', 'web');
    assert.equal(found?.subsets?.[0]?.addresses?.length, 4);
    const slices = await world.list(endpointSlices, 'room');
    assert.equal(slices.flatMap((slice) => slice.endpoints ?? []).length, 4);

    world.faults.next = () => (random.next() < 0.1 ? 'answer lost' : 'none');
    await world.perform(world.client.resource(namespaces).delete('', 'room'));
    await world.pass(60_000);
    await settle(world);
    assert.equal(await world.find(namespaces, '', 'room'), undefined);
    assert.deepEqual(await world.list(replicaSets, 'room'), []);
    assert.deepEqual(world.refusals, []);
    await world.stop();
  });
}

test('when all is done, nothing is written and hardly anything is read', async () => {
  const world = await startWorld(controllers);
  await live(world);
  await settle(world);
  const before = world.requests.length;
  await world.pass(3_600_000);
  const since = world.requests.slice(before);
  assert.deepEqual(
    since.filter((request) => !request.startsWith('GET ')),
    [],
  );
  const isDiscovery = (request: string): boolean =>
    /^GET \/apis?(\/[^/]+)?(\/v\w+)?$/.test(request);
  assert.deepEqual(
    since.filter((request) => !isDiscovery(request)),
    [],
  );
  assert.ok(since.length < 400, `${since.length} requests in an hour`);
  await world.stop();
});
