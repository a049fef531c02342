/** The tables against the recorded objects of a fresh cluster, and what a second start does. */
import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { describe, test } from 'node:test';
import type { ObjectReader, ObjectWriter, ResourceName } from '@navarch/api/extension/context';
import type { KubernetesObject } from '@navarch/api/extension/object';
import type { ClusterRole } from '@navarch/api/types/rbac/v1';
import { fakeReader } from '../authorize/testing.ts';
import { applyBootstrap } from './apply.ts';
import { type BootstrapOptions, bootstrapSteps } from './objects.ts';

const options: BootstrapOptions = {
  serviceClusterIpRanges: ['10.96.0.0/16'],
  address: { ip: '192.0.2.2', port: 7443, serviceIp: '10.96.0.1' },
  nowMs: Date.UTC(2026, 10, 20, 21, 55, 38),
};
const recordedFile = new URL(
  '../../../../../shared/reference/bootstrap-objects.json',
  import.meta.url,
);
/** Made by controllers, by allocators, or per process. */
const notOurs = new Set(['leases', 'ipaddresses']);
/** Recorded without the aggregation controller, which fills in the rules. */
const aggregated = new Set(['admin', 'edit', 'view']);

const skip = existsSync(recordedFile) ? false : `${recordedFile.pathname} is not there`;
test('the standing objects are those of a fresh cluster', { skip }, () => {
  const recorded = JSON.parse(readFileSync(recordedFile, 'utf8')) as Record<
    string,
    KubernetesObject[]
  >;
  const ours = bootstrapSteps(options).flat();
  for (const [resource, objects] of Object.entries(recorded)) {
    if (notOurs.has(resource)) continue;
    const made = ours
      .filter(({ of }) => of.resource === resource)
      .map(({ wanted }) => comparable(resource, wanted));
    assert.deepEqual(
      sorted(made),
      sorted(objects.map((object) => comparable(resource, object))),
      resource,
    );
  }
});

function sorted(objects: readonly KubernetesObject[]): readonly KubernetesObject[] {
  const key = ({ metadata }: KubernetesObject): string => `${metadata.namespace}/${metadata.name}`;
  return objects.toSorted((a, b) => (key(a) < key(b) ? -1 : 1));
}

function comparable(resource: string, object: KubernetesObject): KubernetesObject {
  const { apiVersion: _apiVersion, kind: _kind, ...rest } = object;
  if (resource === 'clusterroles' && aggregated.has(object.metadata.name ?? '')) {
    return { ...rest, rules: null } as unknown as KubernetesObject;
  }
  const times = JSON.stringify(rest).replaceAll(/"\d{4}-\d\d-\d\dT[\d:.]+Z"/g, '"<time>"');
  return JSON.parse(times) as KubernetesObject;
}

/** Objects by key, written at once. */
function fakeCluster() {
  const objects = new Map<string, KubernetesObject>();
  let writes = 0;
  const key = (resource: string, namespace = '', name = ''): string =>
    `${resource}/${namespace}/${name}`;
  const get = (of: ResourceName, namespace: string, name: string): KubernetesObject | undefined =>
    objects.get(key(of.resource, namespace, name));
  const read = { ...fakeReader({}), get } as unknown as ObjectReader;
  const put = <T extends KubernetesObject>(of: { resource: string }, object: T): Promise<T> => {
    writes++;
    objects.set(key(of.resource, object.metadata.namespace, object.metadata.name), object);
    return Promise.resolve(object);
  };
  const write: ObjectWriter = {
    create: put,
    update: <T extends KubernetesObject>(
      of: { resource: string },
      namespace: string,
      name: string,
      changed: (current: T) => T,
    ) => put(of, changed(objects.get(key(of.resource, namespace, name)) as T)),
    remove: () => Promise.resolve(),
  };
  return { read, write, objects, writes: () => writes };
}

describe('a start', () => {
  test('creates what is missing, and writes nothing the next time', async () => {
    const cluster = fakeCluster();
    const created = await applyBootstrap(cluster, options);
    assert.equal(created, cluster.objects.size);
    assert.equal(await applyBootstrap(cluster, options), 0);
    assert.equal(cluster.writes(), created);
  });

  const edit = 'clusterroles//system:kube-dns';
  const changes: {
    name: string;
    change: (role: ClusterRole) => ClusterRole;
    rules: number;
    writes: number;
  }[] = [
    {
      name: 'restores a rule that was removed',
      change: (role) => ({ ...role, rules: [] }),
      rules: 1,
      writes: 1,
    },
    {
      name: 'keeps a rule that was added',
      change: (role) => ({
        ...role,
        rules: [...role.rules, { verbs: ['get'], apiGroups: [''], resources: ['x'] }],
      }),
      rules: 2,
      writes: 0,
    },
    {
      name: 'adds nothing that a wider rule grants',
      change: (role) => ({
        ...role,
        rules: [{ verbs: ['*'], apiGroups: ['*'], resources: ['*'] }],
      }),
      rules: 1,
      writes: 0,
    },
    {
      name: 'leaves alone what people keep',
      change: (role) => ({
        ...role,
        metadata: {
          ...role.metadata,
          annotations: { 'rbac.authorization.kubernetes.io/autoupdate': 'false' },
        },
        rules: [],
      }),
      rules: 0,
      writes: 0,
    },
    {
      name: 'restores labels',
      change: (role) => ({ ...role, metadata: { ...role.metadata, labels: {} } }),
      rules: 1,
      writes: 1,
    },
  ];
  for (const { name, change, rules, writes } of changes) {
    test(name, async () => {
      const cluster = fakeCluster();
      await applyBootstrap(cluster, options);
      cluster.objects.set(edit, change(cluster.objects.get(edit) as ClusterRole));
      assert.equal(await applyBootstrap(cluster, options), writes);
      assert.equal((cluster.objects.get(edit) as ClusterRole).rules.length, rules);
    });
  }

  test('moves the server to its new port', async () => {
    const cluster = fakeCluster();
    await applyBootstrap(cluster, options);
    const moved = { ...options, address: { ip: '192.0.2.2', port: 9, serviceIp: '10.96.0.1' } };
    assert.equal(await applyBootstrap(cluster, moved), 3);
  });
});
