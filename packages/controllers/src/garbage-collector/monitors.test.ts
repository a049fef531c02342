/** What the garbage collector watches follows what is served. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { KubernetesObject } from '@navarch/api/extension/object';
import {
  apiServices,
  configMaps,
  customResourceDefinitions,
  events,
  resource,
  type ResourceReference,
} from '@navarch/api/resources';
import { createClient } from '@navarch/client/client';
import { createInformers } from '@navarch/client/informer';
import { startTestClient } from '@navarch/client/testing';
import { type FakeDiscovery, withDiscovery } from '../discovery/fake.ts';
import { Monitors } from './monitors.ts';

const ships: ResourceReference<KubernetesObject> = resource({
  group: 'example.com',
  version: 'v1',
  kind: 'Ship',
  plural: 'ships',
  scope: 'Namespaced',
});
const builtIn = [configMaps, events, customResourceDefinitions, apiServices];

async function start() {
  const world = startTestClient();
  const { runtime, lifetime, server } = world;
  const discovery: FakeDiscovery = { served: builtIn, broken: [] };
  const client = createClient(withDiscovery(server, discovery), { userAgent: 'test' });
  const informers = createInformers(client, runtime, lifetime);
  const watched: string[] = [];
  const onMonitor = ({ plural }: { readonly plural: string }): number => watched.push(plural);
  const monitors = new Monitors({
    name: 'test',
    runtime,
    lifetime,
    client,
    informers,
    onMonitor,
  });
  let isStarted = false;
  void monitors.start(lifetime.signal).then(() => (isStarted = true));
  assert.ok(await runtime.clock.advanceUntil(() => isStarted, 1000));
  /** Discovery says something else, and a definition changes. */
  const serve = async (served: readonly ResourceReference<KubernetesObject>[]): Promise<void> => {
    discovery.served = served;
    await client.resource(customResourceDefinitions).create({
      metadata: { generateName: 'x' },
      spec: {
        group: 'example.com',
        names: { plural: 'x', kind: 'X' },
        scope: 'Cluster',
        versions: [],
      },
    });
    await runtime.clock.advance(1000);
  };
  return { ...world, client, discovery, monitors, watched, serve };
}

test('all that can be deleted is watched, but for events', async () => {
  const { lifetime, watched } = await start();
  assert.deepEqual(watched, ['configmaps', 'customresourcedefinitions', 'apiservices']);
  await lifetime.stop();
});

test('a custom resource is watched when it comes, and no more when it goes', async () => {
  const { lifetime, server, serve, watched, runtime, monitors } = await start();
  const before = server.openWatches;
  await serve([...builtIn, ships]);
  assert.equal(watched.at(-1), 'ships');
  assert.equal(server.openWatches, before + 1);
  assert.equal((await monitors.resourceOf('example.com/v1', 'Ship'))?.plural, 'ships');
  await serve(builtIn);
  assert.equal(server.openWatches, before);
  await runtime.clock.advance(60_000);
  assert.equal(server.openWatches, before);
  await lifetime.stop();
});

test('what a group that cannot be asked serves is still watched', async () => {
  const { lifetime, server, serve, discovery } = await start();
  await serve([...builtIn, ships]);
  const before = server.openWatches;
  discovery.broken = ['example.com/v1'];
  await serve([...builtIn, ships]);
  assert.equal(server.openWatches, before);
  await lifetime.stop();
});

test('an unknown kind is asked for, but not all the time', async () => {
  const { lifetime, runtime, discovery, monitors } = await start();
  discovery.served = [...builtIn, ships];
  assert.equal(await monitors.resourceOf('example.com/v1', 'Ship'), undefined);
  await runtime.clock.advance(5000);
  assert.equal((await monitors.resourceOf('example.com/v1', 'Ship'))?.plural, 'ships');
  await lifetime.stop();
});
