/** `@kubernetes/client-node`, as its users use it: typed clients, patches, watch, informer, errors. */
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import {
  ApiException,
  AppsV1Api,
  AuthorizationV1Api,
  BatchV1Api,
  CoreV1Api,
  CustomObjectsApi,
  ApiextensionsV1Api,
  KubeConfig,
  KubernetesObjectApi,
  makeInformer,
  PatchStrategy,
  setHeaderOptions,
  VersionApi,
  Watch,
  type V1ConfigMap,
  type V1Deployment,
} from '@kubernetes/client-node';
import { eventually, within } from '../eventually.ts';
import { type Product, startProduct } from '../product.ts';
import { widgetDefinition } from './widget.ts';

const namespace = 'client-node';
const limitMs = 20_000;

let product: Product;
const config = new KubeConfig();

before(async () => {
  product = await startProduct({ args: ['up', '--nodes', '2'] });
  config.loadFromFile(product.kubeconfig);
  await config
    .makeApiClient(CoreV1Api)
    .createNamespace({ body: { metadata: { name: namespace } } });
});
after(() => product.stop('SIGKILL'));

test('the version and a namespace', async () => {
  const version = await config.makeApiClient(VersionApi).getCode();
  assert.equal(version.major, '1');
  const found = await config.makeApiClient(CoreV1Api).readNamespace({ name: namespace });
  assert.equal(found.status?.phase, 'Active');
  assert.ok(found.metadata?.creationTimestamp instanceof Date);
});

test('a config map is created, patched in every way, replaced and deleted', async () => {
  const core = config.makeApiClient(CoreV1Api);
  const name = 'settings';
  const created = await core.createNamespacedConfigMap({
    namespace,
    body: { metadata: { name }, data: { a: '1' } },
  });
  assert.equal(created.data?.['a'], '1');
  const patches = [
    [PatchStrategy.JsonPatch, [{ op: 'add', path: '/data/b', value: '2' }]],
    [PatchStrategy.MergePatch, { data: { c: '3' } }],
    [PatchStrategy.StrategicMergePatch, { data: { d: '4' } }],
  ] as const;
  for (const [strategy, body] of patches) {
    await core.patchNamespacedConfigMap(
      { name, namespace, body },
      setHeaderOptions('Content-Type', strategy),
    );
  }
  const applied = await core.patchNamespacedConfigMap(
    {
      name,
      namespace,
      fieldManager: 'tests',
      body: { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name }, data: { e: '5' } },
    },
    setHeaderOptions('Content-Type', PatchStrategy.ServerSideApply),
  );
  assert.deepEqual(applied.data, { a: '1', b: '2', c: '3', d: '4', e: '5' });
  assert.ok(applied.metadata?.managedFields?.some(({ operation }) => operation === 'Apply'));
  const { metadata } = created;
  const stale = { metadata: metadata ?? {}, data: { a: 'stale' } };
  await rejects(409, 'Conflict', core.replaceNamespacedConfigMap({ name, namespace, body: stale }));
  const replaced = await core.replaceNamespacedConfigMap({
    name,
    namespace,
    body: { metadata: applied.metadata ?? {}, data: { only: 'this' } },
  });
  assert.deepEqual(replaced.data, { only: 'this' });
  const deleted = await core.deleteNamespacedConfigMap({ name, namespace });
  assert.equal(deleted.status, 'Success');
  await rejects(404, 'NotFound', core.readNamespacedConfigMap({ name, namespace }));
});

test('errors carry the status', async () => {
  const core = config.makeApiClient(CoreV1Api);
  const body = { metadata: { name: 'Not_A_Name' } };
  const error = await rejects(422, 'Invalid', core.createNamespacedConfigMap({ namespace, body }));
  assert.match(error.message, /a lowercase RFC 1123 subdomain/);
  await rejects(
    409,
    'AlreadyExists',
    core.createNamespace({ body: { metadata: { name: namespace } } }),
  );
});

test('a deployment comes up, scales and goes', async () => {
  const apps = config.makeApiClient(AppsV1Api);
  const name = 'web';
  await apps.createNamespacedDeployment({ namespace, body: deployment(name, 2) });
  const ready = (count: number) => () =>
    apps
      .readNamespacedDeployment({ name, namespace })
      .then(({ status }) => (status?.readyReplicas ?? 0) === count);
  await eventually('two replicas', limitMs, ready(2));
  const scale = await apps.readNamespacedDeploymentScale({ name, namespace });
  await apps.replaceNamespacedDeploymentScale({
    name,
    namespace,
    body: { metadata: scale.metadata ?? {}, spec: { replicas: 3 } },
  });
  await eventually('three replicas', limitMs, ready(3));
  const core = config.makeApiClient(CoreV1Api);
  const pods = await core.listNamespacedPod({ namespace, labelSelector: `app=${name}` });
  assert.equal(pods.items.length, 3);
  const page = await core.listNamespacedPod({ namespace, labelSelector: `app=${name}`, limit: 2 });
  const rest = await core.listNamespacedPod({
    namespace,
    labelSelector: `app=${name}`,
    _continue: page.metadata?._continue ?? '',
  });
  assert.equal(page.items.length + rest.items.length, 3);
  const [pod] = pods.items;
  const log = await core.readNamespacedPodLog({ name: pod?.metadata?.name ?? '', namespace });
  assert.equal(typeof log, 'string');
  await apps.deleteNamespacedDeployment({ name, namespace, propagationPolicy: 'Foreground' });
  await eventually('no pods', limitMs, async () => {
    const left = await core.listNamespacedPod({ namespace, labelSelector: `app=${name}` });
    return left.items.length === 0;
  });
});

test('a watch tells of changes and ends when asked to', async () => {
  const core = config.makeApiClient(CoreV1Api);
  const { metadata } = await core.listNamespacedConfigMap({ namespace });
  const seen: string[] = [];
  const deleted = Promise.withResolvers<void>();
  const abort = await new Watch(config).watch(
    `/api/v1/namespaces/${namespace}/configmaps`,
    { resourceVersion: metadata?.resourceVersion },
    (phase: string, object: V1ConfigMap) => {
      if (object.metadata?.name !== 'watched') return;
      seen.push(phase);
      if (phase === 'DELETED') deleted.resolve();
    },
    () => deleted.reject(new Error('the watch ended')),
  );
  const body = { metadata: { name: 'watched' }, data: { n: '1' } };
  await core.createNamespacedConfigMap({ namespace, body });
  await core.replaceNamespacedConfigMap({
    name: 'watched',
    namespace,
    body: { ...body, data: { n: '2' } },
  });
  await core.deleteNamespacedConfigMap({ name: 'watched', namespace });
  await within('three events', limitMs, deleted.promise);
  deleted.promise.catch(() => undefined);
  abort.abort();
  assert.deepEqual(seen, ['ADDED', 'MODIFIED', 'DELETED']);
});

test('an informer keeps a copy', async () => {
  const core = config.makeApiClient(CoreV1Api);
  const list = (): ReturnType<CoreV1Api['listNamespacedConfigMap']> =>
    core.listNamespacedConfigMap({ namespace });
  const informer = makeInformer(config, `/api/v1/namespaces/${namespace}/configmaps`, list);
  await informer.start();
  try {
    await core.createNamespacedConfigMap({
      namespace,
      body: { metadata: { name: 'informed' }, data: { n: '1' } },
    });
    await eventually('the copy has it', limitMs, () => informer.get('informed', namespace));
    await core.deleteNamespacedConfigMap({ name: 'informed', namespace });
    await eventually(
      'the copy forgets it',
      limitMs,
      () => informer.get('informed', namespace) === undefined,
    );
  } finally {
    await informer.stop();
  }
});

test('objects of any kind', async () => {
  const objects = KubernetesObjectApi.makeApiClient(config);
  const job = {
    apiVersion: 'batch/v1',
    kind: 'Job',
    metadata: { name: 'once', namespace },
    spec: {
      template: {
        spec: {
          restartPolicy: 'Never',
          containers: [{ name: 'c', image: 'registry.example/c:v1' }],
        },
      },
    },
  };
  await objects.create(job);
  const found = await config
    .makeApiClient(BatchV1Api)
    .readNamespacedJob({ name: 'once', namespace });
  assert.equal(found.spec?.backoffLimit, 6);
  await objects.delete(job);
});

test('a review is answered', async () => {
  const reviews = config.makeApiClient(AuthorizationV1Api);
  const review = await reviews.createSelfSubjectAccessReview({
    body: { spec: { resourceAttributes: { verb: 'delete', resource: 'nodes' } } },
  });
  assert.equal(review.status?.allowed, true);
});

test('a kind of our own', async () => {
  const definitions = config.makeApiClient(ApiextensionsV1Api);
  const name = widgetDefinition.metadata.name;
  await definitions.createCustomResourceDefinition({ body: widgetDefinition });
  await eventually('established', limitMs, async () => {
    const { status } = await definitions.readCustomResourceDefinition({ name });
    return status?.conditions?.some(
      (condition) => condition.type === 'Established' && condition.status === 'True',
    );
  });
  const custom = config.makeApiClient(CustomObjectsApi);
  const of = { group: 'example.navarch.dev', version: 'v1', plural: 'widgets', namespace };
  const body = {
    apiVersion: 'example.navarch.dev/v1',
    kind: 'Widget',
    metadata: { name: 'first' },
    spec: { size: 3 },
  };
  await custom.createNamespacedCustomObject({ ...of, body });
  const listed = (await custom.listNamespacedCustomObject(of)) as { items: (typeof body)[] };
  assert.deepEqual(
    listed.items.map(({ metadata }) => metadata.name),
    ['first'],
  );
  await rejects(
    422,
    'Invalid',
    custom.createNamespacedCustomObject({
      ...of,
      body: { ...body, metadata: { name: 'second' }, spec: { size: 'large' } },
    }),
  );
  await definitions.deleteCustomResourceDefinition({ name });
  await eventually('gone', limitMs, () =>
    definitions.readCustomResourceDefinition({ name }).then(
      () => false,
      (error: unknown) => error instanceof ApiException && error.code === 404,
    ),
  );
});

async function rejects(code: number, reason: string, call: Promise<unknown>): Promise<Error> {
  const error = await call.then(
    () => undefined,
    (thrown: unknown) => thrown,
  );
  assert.ok(error instanceof ApiException, `${code} ${reason} was expected`);
  assert.equal(error.code, code, error.message);
  const status = JSON.parse(String(error.body)) as { reason: string };
  assert.equal(status.reason, reason);
  return error;
}

function deployment(name: string, replicas: number): V1Deployment {
  const labels = { app: name };
  return {
    metadata: { name },
    spec: {
      replicas,
      selector: { matchLabels: labels },
      template: {
        metadata: { labels },
        spec: { containers: [{ name: 'web', image: 'registry.example/web:v1' }] },
      },
    },
  };
}
