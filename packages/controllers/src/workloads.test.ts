/** Replica sets and deployments against the real API server: what `kubectl rollout` and `kubectl describe` depend on. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { deployments, events, pods, replicaSets } from '@navarch/api/resources';
import type { Deployment } from '@navarch/api/types/apps/v1/deployment';
import { deploymentController } from './deployment/deployment.ts';
import { replicaSetController } from './replica-set/replica-set.ts';
import { makeReady, startWorld, type World } from './testing.ts';

const template = (image: string) => ({
  metadata: { labels: { app: 'web' } },
  spec: { containers: [{ name: 'web', image }] },
});

function deployment(replicas: number): Deployment {
  return {
    metadata: { name: 'web', namespace: 'default' },
    spec: { replicas, selector: { matchLabels: { app: 'web' } }, template: template('web:v1') },
  };
}

async function start(): Promise<World> {
  return startWorld([replicaSetController, deploymentController]);
}

async function current(world: World): Promise<Deployment> {
  const found = await world.find(deployments, 'default', 'web');
  assert.ok(found);
  return found;
}

async function settle(world: World): Promise<void> {
  await world.pass(100);
  while ((await makeReady(world)) > 0) await world.pass(100);
}

async function change(world: World, body: unknown): Promise<void> {
  const api = world.client.resource(deployments);
  await world.perform(api.patch('default', 'web', { type: 'merge', body }));
}

function progress({ status }: Deployment): string {
  const found = status?.conditions?.find(({ type }) => type === 'Progressing');
  return `${found?.status} ${found?.reason}: ${found?.message}`;
}

test('a deployment from nothing to available', async () => {
  const world = await start();
  await world.create(deployments, deployment(3));
  await world.pass(100);
  const [replicaSet] = await world.list(replicaSets);
  assert.match(replicaSet?.metadata.name ?? '', /^web-[4-9bcdf]{6,10}$/);
  const begun = await current(world);
  assert.equal(begun.metadata.annotations?.['deployment.kubernetes.io/revision'], '1');
  assert.equal(begun.metadata.generation, 1, 'the controller is not somebody who changes it');
  assert.equal(
    progress(begun),
    `True ReplicaSetUpdated: ReplicaSet "${replicaSet?.metadata.name}" is progressing.`,
  );
  await settle(world);
  const { status, ...rest } = await current(world);
  assert.deepEqual(
    [status?.replicas, status?.updatedReplicas, status?.readyReplicas, status?.availableReplicas],
    [3, 3, 3, 3],
  );
  assert.equal(
    progress({ ...rest, status }),
    `True NewReplicaSetAvailable: ReplicaSet "${replicaSet?.metadata.name}" has successfully progressed.`,
  );
  await world.pass(1000);
  const said = (await world.list(events)).map(({ reason, message, source }) => [
    source?.component,
    reason,
    message,
  ]);
  assert.deepEqual(
    said.filter(([, reason]) => reason === 'ScalingReplicaSet'),
    [
      [
        'deployment-controller',
        'ScalingReplicaSet',
        `Scaled up replica set ${replicaSet?.metadata.name} from 0 to 3`,
      ],
    ],
  );
  assert.equal(said.filter(([, reason]) => reason === 'SuccessfulCreate').length, 3);
  assert.deepEqual(world.refusals, []);
  await world.stop();
});

test('a rollout and its way back', async () => {
  const world = await start();
  await world.create(deployments, deployment(4));
  await settle(world);
  await change(world, { spec: { template: template('web:v2') } });
  await settle(world);
  const images = async (): Promise<string[]> =>
    (await world.list(pods)).map((pod) => pod.spec.containers[0]?.image ?? '').toSorted();
  assert.deepEqual(await images(), ['web:v2', 'web:v2', 'web:v2', 'web:v2']);
  await change(world, { spec: { template: template('web:v1') } });
  await settle(world);
  assert.deepEqual(await images(), ['web:v1', 'web:v1', 'web:v1', 'web:v1']);
  const revisions = (await world.list(replicaSets)).map(({ metadata }) => [
    metadata.annotations?.['deployment.kubernetes.io/revision'],
    metadata.annotations?.['deployment.kubernetes.io/revision-history'],
  ]);
  assert.deepEqual(new Set(revisions.map(String)), new Set(['2,', '3,1']));
  const revision = (await current(world)).metadata.annotations;
  assert.equal(revision?.['deployment.kubernetes.io/revision'], '3');
  assert.deepEqual(world.refusals, []);
  await world.stop();
});

test('scaling in the middle of a rollout does not stop it', async () => {
  const world = await start();
  await world.create(deployments, deployment(10));
  await settle(world);
  await change(world, { spec: { template: template('web:v2') } });
  await world.pass(100);
  await change(world, { spec: { replicas: 11 } });
  await settle(world);
  const sizes = (await world.list(replicaSets)).map(({ spec }) => spec.replicas);
  assert.deepEqual(new Set(sizes), new Set([0, 11]));
  assert.match(progress(await current(world)), /NewReplicaSetAvailable/);
  await world.stop();
});

test('a replica set adopts what its selector matches and lets go of what it does not', async () => {
  const world = await start();
  const labels = { app: 'web' };
  await world.create(pods, {
    metadata: { name: 'stray', namespace: 'default', labels },
    spec: template('web:v1').spec,
  });
  await world.create(replicaSets, {
    metadata: { name: 'web', namespace: 'default' },
    spec: { replicas: 2, selector: { matchLabels: labels }, template: template('web:v1') },
  });
  await world.pass(100);
  assert.equal((await world.list(pods)).length, 2);
  const api = world.client.resource(pods);
  const body = { metadata: { labels: { app: 'other' } } };
  await world.perform(api.patch('default', 'stray', { type: 'merge', body }));
  await world.pass(100);
  const all = await world.list(pods);
  const stray = all.find(({ metadata }) => metadata.name === 'stray');
  assert.deepEqual([all.length, stray?.metadata.ownerReferences], [3, undefined]);
  assert.deepEqual(world.refusals, []);
  await world.stop();
});

test('a name that is taken gives another hash', async () => {
  const world = await start();
  await world.create(deployments, deployment(1));
  await world.pass(100);
  const [first] = await world.list(replicaSets);
  const name = first?.metadata.name ?? '';
  await world.perform(world.client.resource(deployments).delete('default', 'web'));
  const api = world.client.resource(replicaSets);
  const uid = first?.metadata.uid;
  const body = { metadata: { uid, labels: { app: 'other' }, ownerReferences: null } };
  await world.perform(api.patch('default', name, { type: 'merge', body }));
  await world.create(deployments, deployment(1));
  await world.pass(1000);
  const { status } = await current(world);
  assert.equal(status?.collisionCount, 1);
  assert.equal((await world.list(replicaSets)).length, 2);
  await world.stop();
});

test('a cache that lags is no reason to create anything twice', async () => {
  const world = await start();
  await world.create(deployments, deployment(3));
  await settle(world);
  // Pods change unseen; replica sets and deployments are seen.
  const isBlind = (request: string): boolean => /^(GET|WATCH) \/api\/v1\/pods$/.test(request);
  world.faults.next = (request) => (isBlind(request) ? 'not sent' : 'none');
  world.faults.cutWatches();
  await world.pass(1000);
  await change(world, { spec: { replicas: 5 } });
  for (const note of ['a', 'b', 'c']) {
    await world.pass(5000);
    const [replicaSet] = await world.list(replicaSets);
    const body = { metadata: { annotations: { note } } };
    const api = world.client.resource(replicaSets);
    const { name = '' } = replicaSet?.metadata ?? {};
    await world.perform(api.patch('default', name, { type: 'merge', body }));
  }
  assert.equal((await world.list(pods)).length, 5);
  world.faults.next = () => 'none';
  await world.pass(60_000);
  assert.equal((await world.list(pods)).length, 5);
  assert.equal((await current(world)).status?.replicas, 5);
  await world.stop();
});

test('what goes wrong with pods shows, and goes away', async () => {
  const world = await start();
  const isPod = (request: string): boolean =>
    request.startsWith('POST') && request.endsWith('/pods');
  world.faults.next = (request) => (isPod(request) ? 'not sent' : 'none');
  await world.create(deployments, deployment(2));
  await world.pass(1000);
  const failure = async (): Promise<string | undefined> => {
    const found = (await current(world)).status?.conditions?.find(
      ({ type }) => type === 'ReplicaFailure',
    );
    return found && `${found.status} ${found.reason}: ${found.message}`;
  };
  assert.equal(await failure(), 'True FailedCreate: connect ECONNREFUSED');
  world.faults.next = () => 'none';
  await world.pass(60_000);
  assert.equal(await failure(), undefined);
  assert.equal((await world.list(pods)).length, 2);
  await world.stop();
});

test('pods are created in batches that double, so that what is wrong shows early', async () => {
  const world = await start();
  const isPod = (request: string): boolean =>
    request.startsWith('POST') && request.endsWith('/pods');
  let created = 0;
  world.faults.next = (request) => (isPod(request) && ++created > 3 ? 'not sent' : 'none');
  await world.create(deployments, deployment(100));
  assert.ok(created < 20, `${created} tries`); // 1 + 2 + 4, and the first retries, of one each.
  await world.stop();
});

test('a thousand pods', async () => {
  const world = await start();
  await world.create(deployments, deployment(1000));
  await world.pass(1500);
  assert.equal((await world.list(pods)).length, 1000);
  assert.equal((await current(world)).status?.replicas, 1000);
  await world.stop();
});
