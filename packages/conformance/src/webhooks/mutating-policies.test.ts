/** Mutating admission policies against the product: built-in kinds in two versions, custom kinds, server-side apply, what refuses. */
import assert from 'node:assert/strict';
import { after, before, suite, test } from 'node:test';
import type { KubernetesObject } from '@navarch/api/extension/object';
import { isStatusError } from '@navarch/api/status';
import { connectTo, type Connection } from '../connection.ts';
import { eventually } from '../eventually.ts';
import { type Product, startProduct } from '../product.ts';

const group = 'admissionregistration.k8s.io';
const base = `/apis/${group}/v1`;
const scalers = '/namespaces/default/horizontalpodautoscalers';

interface Anything extends KubernetesObject {
  readonly spec: Readonly<Record<string, unknown>>;
}

interface Scene {
  readonly product: Product;
  readonly connection: Connection;
}

suite('mutating admission policies', { concurrency: false }, () => {
  let scene: Scene;
  const send = async (method: 'POST' | 'PUT' | 'DELETE', path: string, body?: unknown) =>
    (await scene.connection.client.raw({ method, path, body })) as Anything;
  const rule = (apiGroup: string, resource: string, versions = ['*']) => ({
    operations: ['CREATE', 'UPDATE'],
    apiGroups: [apiGroup],
    apiVersions: versions,
    resources: [resource],
  });
  const putInForce = async (name: string, resourceRule: object, spec: object): Promise<void> => {
    const matchConstraints = { resourceRules: [resourceRule] };
    await send('POST', `${base}/mutatingadmissionpolicies`, {
      metadata: { name },
      spec: { matchConstraints, reinvocationPolicy: 'Never', ...spec },
    });
    await send('POST', `${base}/mutatingadmissionpolicybindings`, {
      metadata: { name },
      spec: { policyName: name },
    });
  };
  const remove = async (name: string): Promise<void> => {
    await send('DELETE', `${base}/mutatingadmissionpolicybindings/${name}`);
    await send('DELETE', `${base}/mutatingadmissionpolicies/${name}`);
  };
  const apply = (expression: string) => ({
    mutations: [{ patchType: 'ApplyConfiguration', applyConfiguration: { expression } }],
  });

  before(async () => {
    const product = await startProduct({ args: ['apiserver', '--storage', 'memory'] });
    scene = { product, connection: await connectTo(product) };
  });
  after(async () => {
    await scene.connection.close();
    await scene.product.stop();
  });

  test('a deployment, with defaults for what is added', async () => {
    const containers =
      '[Object.spec.template.spec.containers{name: "mesh", image: "mesh:1", ports: [Object.spec.template.spec.containers.ports{containerPort: 1}]}]';
    const template = `Object.spec.template{spec: Object.spec.template.spec{containers: ${containers}}}`;
    await putInForce(
      'deployments',
      rule('apps', 'deployments'),
      apply(`Object{spec: Object.spec{replicas: 7, template: ${template}}}`),
    );
    const labels = { app: 'web' };
    const { spec } = await send('POST', '/apis/apps/v1/namespaces/default/deployments', {
      metadata: { name: 'web' },
      spec: {
        selector: { matchLabels: labels },
        template: {
          metadata: { labels },
          spec: { containers: [{ name: 'web', image: 'web' }] },
        },
      },
    });
    const { replicas, template: made } = spec as {
      readonly replicas: number;
      readonly template: { readonly spec: { readonly containers: readonly object[] } };
    };
    assert.equal(replicas, 7);
    assert.deepEqual(made.spec.containers[1], {
      name: 'mesh',
      image: 'mesh:1',
      imagePullPolicy: 'IfNotPresent',
      ports: [{ containerPort: 1, protocol: 'TCP' }],
      resources: {},
      terminationMessagePath: '/dev/termination-log',
      terminationMessagePolicy: 'File',
    });
    await remove('deployments');
  });

  test('a policy for one version changes what is written in another', async () => {
    await putInForce(
      'scalers',
      rule('autoscaling', 'horizontalpodautoscalers', ['v1']),
      apply('Object{spec: Object.spec{targetCPUUtilizationPercentage: 42}}'),
    );
    const { spec } = await send('POST', `/apis/autoscaling/v2${scalers}`, {
      metadata: { name: 'web' },
      spec: { scaleTargetRef: { kind: 'Deployment', name: 'web' }, maxReplicas: 3 },
    });
    assert.deepEqual(spec['metrics'], [
      {
        type: 'Resource',
        resource: { name: 'cpu', target: { type: 'Utilization', averageUtilization: 42 } },
      },
    ]);
    await remove('scalers');
  });

  test('custom objects: lists with keys are merged, unknown fields are refused', async () => {
    const port = {
      type: 'object',
      required: ['name'],
      properties: { name: { type: 'string' }, port: { type: 'integer', default: 80 } },
    };
    const ports = {
      type: 'array',
      items: port,
      'x-kubernetes-list-type': 'map',
      'x-kubernetes-list-map-keys': ['name'],
    };
    const properties = { spec: { type: 'object', properties: { ports } } };
    await send('POST', '/apis/apiextensions.k8s.io/v1/customresourcedefinitions', {
      metadata: { name: 'doors.example.com' },
      spec: {
        group: 'example.com',
        scope: 'Namespaced',
        names: { plural: 'doors', singular: 'door', kind: 'Door', listKind: 'DoorList' },
        versions: [
          {
            name: 'v1',
            served: true,
            storage: true,
            schema: { openAPIV3Schema: { type: 'object', properties } },
          },
        ],
      },
    });
    const doors = '/apis/example.com/v1/namespaces/default/doors';
    const door = (name: string) => ({
      apiVersion: 'example.com/v1',
      kind: 'Door',
      metadata: { name },
      spec: { ports: [{ name: 'a', port: 1 }] },
    });
    await eventually('the kind is served', 10_000, () =>
      send('POST', doors, door('first')).then(
        () => true,
        () => false,
      ),
    );
    await putInForce(
      'doors',
      rule('example.com', 'doors'),
      apply(
        'Object{spec: Object.spec{ports: [Object.spec.ports{name: "a", port: 2}, Object.spec.ports{name: "b"}]}}',
      ),
    );
    const { spec } = await send('POST', doors, door('second'));
    assert.deepEqual(spec['ports'], [
      { name: 'a', port: 2 },
      { name: 'b', port: 80 },
    ]);
    await remove('doors');
    await putInForce(
      'windows',
      rule('example.com', 'doors'),
      apply('Object{spec: Object.spec{x: 1}}'),
    );
    const refused: unknown = await send('POST', doors, door('third')).catch(
      (error: unknown) => error,
    );
    assert.ok(isStatusError(refused));
    assert.deepEqual([refused.status.code, refused.status.reason], [403, 'Invalid']);
    assert.equal(
      refused.status.message,
      "policy 'windows' with binding 'windows' denied request: error applying patch: failed to convert patch object to typed object: .spec.x: field not declared in schema",
    );
    await remove('windows');
  });
});
