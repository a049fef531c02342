import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { KubernetesObject } from '@navarch/api/extension/object';
import { configMaps, nodes, resource, type ResourceReference } from '@navarch/api/resources';
import { createClient } from '@navarch/client/client';
import { startTestClient } from '@navarch/client/testing';
import { limits } from '@navarch/runtime/limits';
import { discover, kindKey } from './discover.ts';
import { withDiscovery } from './fake.ts';

function custom(
  version: string,
  plural: string,
  kind: string,
): ResourceReference<KubernetesObject> {
  return resource({ group: 'example.com', version, kind, plural, scope: 'Namespaced' });
}

test('each resource in its preferred version, each kind in all; what cannot be asked is named', async () => {
  const world = startTestClient();
  const broken: ResourceReference<KubernetesObject> = resource({
    group: 'metrics.k8s.io',
    version: 'v1beta1',
    kind: 'NodeMetrics',
    plural: 'nodes',
    scope: 'Cluster',
  });
  const ships = custom('v2', 'ships', 'Ship');
  const served = [
    configMaps,
    nodes,
    ships,
    custom('v1', 'ships', 'Ship'),
    custom('v1', 'ports', 'Port'),
    broken,
  ];
  const transport = withDiscovery(world.server, { served, broken: ['metrics.k8s.io/v1beta1'] });
  const client = createClient(transport, { userAgent: 'test' });
  const found = await discover(client, world.lifetime.signal);
  assert.deepEqual(
    found.preferred.map(
      ({ reference: { version, plural, scope } }) => `${version} ${plural} ${scope}`,
    ),
    ['v1 configmaps Namespaced', 'v1 nodes Cluster', 'v2 ships Namespaced', 'v1 ports Namespaced'],
  );
  assert.deepEqual(found.byKind.get(kindKey('example.com/v1', 'Ship'))?.version, 'v1');
  assert.deepEqual([...found.failures], [['metrics.k8s.io/v1beta1', 'no endpoints available']]);
  await world.lifetime.stop();
});

test('many groups are asked some at a time: a server has turns to give, not a thousand at once', async () => {
  const world = startTestClient();
  const served = Array.from({ length: 100 }, (_, i) =>
    resource<KubernetesObject>({
      group: `g${i}.example.com`,
      version: 'v1',
      kind: 'Ship',
      plural: 'ships',
      scope: 'Cluster',
    }),
  );
  const transport = withDiscovery(world.server, { served, broken: [] });
  let [now, most] = [0, 0];
  const client = createClient(
    {
      ...transport,
      request: async (request) => {
        most = Math.max(most, ++now);
        const response = await transport.request(request);
        now--;
        return response;
      },
    },
    { userAgent: 'test' },
  );
  const found = await discover(client, world.lifetime.signal);
  assert.equal(found.preferred.length, 100);
  assert.equal(most, limits.clientRequestsAtOnce);
  await world.lifetime.stop();
});
