import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { OpenApiResource } from './resource.ts';
import { openApiV2 } from './v2.ts';
import { openApiV3, openApiV3Index } from './v3.ts';

const verbs = ['create', 'delete', 'deletecollection', 'get', 'list', 'patch', 'update', 'watch'];
const scale = { group: 'autoscaling', version: 'v1', kind: 'Scale' };
const pods: OpenApiResource = {
  group: '',
  version: 'v1',
  kind: 'Pod',
  plural: 'pods',
  scope: 'Namespaced',
  verbs,
};
const roles: OpenApiResource = {
  group: 'rbac.authorization.k8s.io',
  version: 'v1',
  kind: 'ClusterRole',
  plural: 'clusterroles',
  scope: 'Cluster',
  verbs,
};
const deployments: OpenApiResource = {
  group: 'apps',
  version: 'v1',
  kind: 'Deployment',
  plural: 'deployments',
  scope: 'Namespaced',
  verbs,
  subresources: [{ name: 'scale', kind: scale, verbs: ['get', 'update', 'patch'] }],
};
const widgets: OpenApiResource = {
  group: 'example.com',
  version: 'v1',
  kind: 'Widget',
  plural: 'widgets',
  scope: 'Namespaced',
  verbs,
  definition: { type: 'object', properties: { spec: { type: 'object' } } },
};
const info = { title: 'Kubernetes', version: 'v1.36.2' };

function at(value: unknown, ...path: readonly string[]): unknown {
  return path.reduce<unknown>((v, key) => (v as Record<string, unknown> | undefined)?.[key], value);
}

const v2 = openApiV2([pods, roles, deployments, widgets], info);
const namespaced = '/api/v1/namespaces/{namespace}/pods';

test('operations', () => {
  const cases: [path: string, method: string, id: string][] = [
    [namespaced, 'get', 'listCoreV1NamespacedPod'],
    [namespaced, 'post', 'createCoreV1NamespacedPod'],
    [namespaced, 'delete', 'deleteCoreV1CollectionNamespacedPod'],
    ['/api/v1/pods', 'get', 'listCoreV1PodForAllNamespaces'],
    [`${namespaced}/{name}`, 'get', 'readCoreV1NamespacedPod'],
    [`${namespaced}/{name}`, 'patch', 'patchCoreV1NamespacedPod'],
    [
      '/apis/rbac.authorization.k8s.io/v1/clusterroles/{name}',
      'put',
      'replaceRbacAuthorizationV1ClusterRole',
    ],
    [
      '/apis/apps/v1/namespaces/{namespace}/deployments/{name}/scale',
      'put',
      'replaceAppsV1NamespacedDeploymentScale',
    ],
    [
      '/apis/example.com/v1/namespaces/{namespace}/widgets',
      'get',
      'listExampleComV1NamespacedWidget',
    ],
  ];
  for (const [path, method, id] of cases)
    assert.equal(at(v2, 'paths', path, method, 'operationId'), id);
});

test('types', () => {
  const pod = at(v2, 'definitions', 'io.k8s.api.core.v1.Pod');
  assert.deepEqual(at(pod, 'x-kubernetes-group-version-kind'), [
    { group: '', kind: 'Pod', version: 'v1' },
  ]);
  const containers = at(
    v2,
    'definitions',
    'io.k8s.api.core.v1.PodSpec',
    'properties',
    'containers',
  ) as object;
  const { description: _, ...rest } = containers as { description?: string };
  assert.deepEqual(rest, {
    type: 'array',
    items: { $ref: '#/definitions/io.k8s.api.core.v1.Container' },
    'x-kubernetes-list-map-keys': ['name'],
    'x-kubernetes-list-type': 'map',
    'x-kubernetes-patch-merge-key': 'name',
    'x-kubernetes-patch-strategy': 'merge',
  });
  assert.deepEqual(at(v2, 'definitions', 'io.k8s.api.core.v1.PodSpec', 'required'), ['containers']);
});

test('every reference leads somewhere', () => {
  const v3 = openApiV3([deployments], info);
  for (const document of [v2, v3, openApiV3([widgets], info)]) {
    const known = at(document, 'definitions') ?? at(document, 'components', 'schemas');
    for (const [, name = ''] of JSON.stringify(document).matchAll(
      /"\$ref":"#\/(?:definitions|components\/schemas)\/([^"]*)"/g,
    )) {
      assert.ok(Object.hasOwn(known as object, name), name);
    }
  }
});

test('custom kinds keep their schema', () => {
  const widget = at(v2, 'definitions', 'com.example.v1.Widget');
  assert.deepEqual(at(widget, 'x-kubernetes-group-version-kind'), [
    { group: 'example.com', kind: 'Widget', version: 'v1' },
  ]);
  assert.deepEqual(at(widget, 'properties', 'spec'), { type: 'object' });
});

test('version 3 wraps references that have company', () => {
  const v3 = openApiV3([pods], info);
  const spec = at(v3, 'components', 'schemas', 'io.k8s.api.core.v1.Pod', 'properties', 'spec');
  assert.deepEqual(at(spec, 'allOf'), [
    { $ref: '#/components/schemas/io.k8s.api.core.v1.PodSpec' },
  ]);
  const index = openApiV3Index([
    { group: 'apps', version: 'v1', hash: 'X' },
    { group: '', version: 'v1', hash: 'Y' },
  ]);
  assert.deepEqual(index, {
    paths: {
      'api/v1': { serverRelativeURL: '/openapi/v3/api/v1?hash=Y' },
      'apis/apps/v1': { serverRelativeURL: '/openapi/v3/apis/apps/v1?hash=X' },
    },
  });
});

test('clients learn from the documents how they may patch', () => {
  const path = '/apis/example.com/v1/namespaces/{namespace}/widgets/{name}';
  const ways = [
    'application/json-patch+json',
    'application/merge-patch+json',
    'application/apply-patch+yaml',
  ];
  assert.deepEqual(at(v2, 'paths', path, 'patch', 'consumes'), ways);
  const content = at(openApiV3([widgets], info), 'paths', path, 'patch', 'requestBody', 'content');
  assert.deepEqual(Object.keys(content as object), ways);
  const pod = at(v2, 'paths', '/api/v1/namespaces/{namespace}/pods/{name}', 'patch', 'consumes');
  assert.ok((pod as readonly string[]).includes('application/strategic-merge-patch+json'));
});
