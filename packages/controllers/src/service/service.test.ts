/** Services and their endpoints, in both forms, against the real API server. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { endpointSlices, endpoints, nodes, pods, services } from '@navarch/api/resources';
import type { Pod } from '@navarch/api/types/core/v1/pod';
import type { Service } from '@navarch/api/types/core/v1/service';
import { endpointSliceController } from '../endpoint-slice/endpoint-slice.ts';
import { endpointSliceMirroringController } from '../endpoint-slice-mirroring/endpoint-slice-mirroring.ts';
import { endpointsController } from '../endpoints/endpoints.ts';
import { runningStatus, startWorld, type World } from '../testing.ts';

async function start(): Promise<World> {
  const world = await startWorld([endpointSliceController, endpointsController]);
  const labels = { 'topology.kubernetes.io/zone': 'z1' };
  await world.create(nodes, { metadata: { name: 'n1', labels }, spec: {} });
  return world;
}

/** A running pod; `state`: `ready`, or `not ready`. */
async function addPod(
  world: World,
  name: string,
  options: { ip: string; ready?: boolean; port?: number; spec?: Partial<Pod['spec']> },
): Promise<void> {
  const { ip, ready = true, port = 8080, spec } = options;
  const pod = await world.create(pods, {
    metadata: { name, namespace: 'default', labels: { app: 'web' } },
    spec: {
      nodeName: 'n1',
      containers: [{ name: 'c', image: 'i', ports: [{ name: 'http', containerPort: port }] }],
      ...spec,
    },
  });
  const status = runningStatus(world, ip);
  const conditions = [{ type: 'Ready', status: ready ? 'True' : 'False' } as const];
  const next = ready ? status : { ...status, conditions };
  await world.perform(world.client.resource(pods).updateStatus({ ...pod, status: next }));
}

const service = (spec: Partial<Service['spec']> = {}): Service => ({
  metadata: { name: 'web', namespace: 'default', labels: { team: 'a' } },
  spec: {
    selector: { app: 'web' },
    ports: [{ name: 'http', port: 80, targetPort: 'http' }],
    ...spec,
  },
});

/** As `10.0.0.1 ready serving | 8080`, one line per slice. */
async function slices(world: World): Promise<readonly string[]> {
  const all = await world.list(endpointSlices, 'default');
  return all
    .filter(({ metadata }) => metadata.labels?.['kubernetes.io/service-name'] === 'web')
    .map((slice) => {
      const shown = (slice.endpoints ?? []).map(({ addresses, conditions = {}, hostname }) => {
        const { ready, serving, terminating } = conditions;
        const states = [ready && 'ready', serving && 'serving', terminating && 'terminating'];
        return [...addresses, hostname, ...states].filter(Boolean).join(' ');
      });
      return `${shown.join(', ')} | ${(slice.ports ?? []).map(({ port }) => port).join()}`;
    })
    .toSorted((a, b) => (a < b ? -1 : 1));
}

/** As `10.0.0.1 (10.0.0.2) | 8080`, those that are not ready in parentheses. */
async function subsets(world: World): Promise<readonly string[]> {
  const found = await world.find(endpoints, 'default', 'web');
  return (found?.subsets ?? []).map(({ addresses = [], notReadyAddresses = [], ports = [] }) => {
    const ready = addresses.map(({ ip }) => ip);
    const others = notReadyAddresses.map(({ ip }) => `(${ip})`);
    return `${[...ready, ...others].join(' ')} | ${ports.map(({ port }) => port).join()}`;
  });
}

test('a service without pods has one empty slice, which its first pods fill', async () => {
  const world = await start();
  await world.create(services, service());
  await world.pass(100);
  assert.deepEqual(await slices(world), [' | ']);
  const [empty] = await world.list(endpointSlices, 'default');
  await addPod(world, 'a', { ip: '10.0.0.1' });
  await addPod(world, 'b', { ip: '10.0.0.2', ready: false });
  await world.pass(100);
  assert.deepEqual(await slices(world), ['10.0.0.1 ready serving, 10.0.0.2 | 8080']);
  assert.deepEqual(await subsets(world), ['10.0.0.1 (10.0.0.2) | 8080']);
  const [slice] = (await world.list(endpointSlices, 'default')).filter(
    ({ metadata }) => metadata.labels?.['kubernetes.io/service-name'] === 'web',
  );
  assert.match(slice?.metadata.name ?? '', /^web-[a-z0-9]{5}$/);
  assert.deepEqual(slice?.metadata.labels, {
    team: 'a',
    'kubernetes.io/service-name': 'web',
    'endpointslice.kubernetes.io/managed-by': 'endpointslice-controller.k8s.io',
  });
  assert.equal(slice?.metadata.ownerReferences?.[0]?.kind, 'Service');
  assert.equal(slice?.endpoints?.[0]?.zone, 'z1');
  assert.equal(slice?.endpoints?.[0]?.nodeName, 'n1');
  assert.ok(empty);
  const found = await world.find(endpoints, 'default', 'web');
  assert.deepEqual(found?.metadata.labels, {
    team: 'a',
    'endpoints.kubernetes.io/managed-by': 'endpoint-controller',
  });
  for (const { metadata } of [slice, found].flatMap((object) => object ?? []))
    assert.match(
      metadata.annotations?.['endpoints.kubernetes.io/last-change-trigger-time'] ?? '',
      /^2026-01-01T00:00:0\dZ$/,
    );
  assert.deepEqual(world.refusals, []);
  await world.stop();
});

test('a pod on its way out serves and is not ready; then it is gone', async () => {
  const world = await start();
  await world.create(services, service());
  await addPod(world, 'a', { ip: '10.0.0.1' });
  await addPod(world, 'b', { ip: '10.0.0.2' });
  await world.perform(world.client.resource(pods).delete('default', 'a'));
  await world.pass(100);
  assert.deepEqual(await slices(world), [
    '10.0.0.1 serving terminating, 10.0.0.2 ready serving | 8080',
  ]);
  assert.deepEqual(await subsets(world), ['10.0.0.2 | 8080']);
  for (const name of ['a', 'b']) {
    const gone = world.client.resource(pods).delete('default', name, { gracePeriodSeconds: 0 });
    await world.perform(gone);
  }
  await world.pass(100);
  assert.deepEqual(await slices(world), [' | ']);
  assert.deepEqual(await subsets(world), []);
  await world.stop();
});

test('named ports with other numbers make other slices', async () => {
  const world = await start();
  await world.create(services, service());
  await addPod(world, 'a', { ip: '10.0.0.1' });
  await addPod(world, 'b', { ip: '10.0.0.2', port: 9090 });
  await world.pass(100);
  assert.deepEqual(await slices(world), [
    '10.0.0.1 ready serving | 8080',
    '10.0.0.2 ready serving | 9090',
  ]);
  assert.deepEqual(await subsets(world), ['10.0.0.1 | 8080', '10.0.0.2 | 9090']);
  await world.stop();
});

test('a headless service that publishes everything', async () => {
  const world = await start();
  const spec = { clusterIP: 'None', ports: [], publishNotReadyAddresses: true };
  await world.create(services, service(spec));
  const named = { hostname: 'db-0', subdomain: 'web' };
  await addPod(world, 'a', { ip: '10.0.0.1', ready: false, spec: named });
  await world.pass(100);
  assert.deepEqual(await slices(world), ['10.0.0.1 db-0 ready | ']);
  assert.deepEqual(await subsets(world), ['10.0.0.1 | ']);
  const found = await world.find(endpoints, 'default', 'web');
  assert.equal(found?.metadata.labels?.['service.kubernetes.io/headless'], '');
  await world.stop();
});

test('endpoints go with their service; those without a selector are left to others', async () => {
  const world = await start();
  await world.create(services, service());
  await addPod(world, 'a', { ip: '10.0.0.1' });
  const { selector: _, ...manual } = service().spec;
  await world.create(services, {
    metadata: { name: 'manual', namespace: 'default' },
    spec: manual,
  });
  const address = { subsets: [{ addresses: [{ ip: '10.9.9.9' }] }] };
  await world.create(endpoints, { metadata: { name: 'manual', namespace: 'default' }, ...address });
  await world.pass(100);
  await world.perform(world.client.resource(services).delete('default', 'web'));
  await world.pass(100);
  assert.equal(await world.find(endpoints, 'default', 'web'), undefined);
  assert.ok(await world.find(endpoints, 'default', 'manual'));
  assert.deepEqual(world.refusals, []);
  await world.stop();
});

test('endpoints made by hand are mirrored as slices, by family and ports', async () => {
  const world = await startWorld([endpointSliceMirroringController, endpointSliceController]);
  const { selector: _, ...spec } = service().spec;
  await world.create(services, { metadata: { name: 'web', namespace: 'default' }, spec });
  const ports = [{ name: 'http', port: 8080, protocol: 'TCP' as const }];
  const made = await world.create(endpoints, {
    metadata: { name: 'web', namespace: 'default', labels: { team: 'a' }, annotations: { a: 'b' } },
    subsets: [
      {
        addresses: [{ ip: '10.0.0.1' }, { ip: 'fd00::1' }],
        notReadyAddresses: [{ ip: '10.0.0.2' }],
        ports,
      },
    ],
  });
  await world.pass(100);
  assert.deepEqual(await slices(world), [
    '10.0.0.1 ready, 10.0.0.2 | 8080',
    'fd00::1 ready | 8080',
  ]);
  const all = (await world.list(endpointSlices, 'default')).filter(
    ({ metadata }) => metadata.labels?.['team'] === 'a',
  );
  assert.equal(
    all[0]?.metadata.labels?.['endpointslice.kubernetes.io/managed-by'],
    'endpointslicemirroring-controller.k8s.io',
  );
  assert.equal(all[0]?.metadata.annotations?.['a'], 'b');
  assert.equal(all[0]?.metadata.ownerReferences?.[0]?.kind, 'Endpoints');
  const next = { ...made, subsets: [{ addresses: [{ ip: '10.0.0.3' }], ports }] };
  await world.perform(world.client.resource(endpoints).update(next));
  await world.pass(100);
  assert.deepEqual(await slices(world), ['10.0.0.3 ready | 8080']);
  await world.perform(world.client.resource(endpoints).delete('default', 'web'));
  await world.pass(100);
  assert.deepEqual(await slices(world), []);
  assert.deepEqual(world.refusals, []);
  await world.stop();
});

test('once all is said, nothing is written', async () => {
  const world = await start();
  await world.create(services, service());
  await addPod(world, 'a', { ip: '10.0.0.1' });
  await world.pass(1000);
  const versions = async (): Promise<readonly unknown[]> => [
    ...(await world.list(endpointSlices)).map(({ metadata }) => metadata.resourceVersion),
    ...(await world.list(endpoints)).map(({ metadata }) => metadata.resourceVersion),
  ];
  const before = await versions();
  await world.pass(600_000);
  assert.deepEqual(await versions(), before);
  await world.stop();
});
