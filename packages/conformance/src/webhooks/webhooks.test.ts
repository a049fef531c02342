/** Admission webhooks over TLS, against the product: what they are asked, and what their answers do. */
import assert from 'node:assert/strict';
import { after, before, suite, test } from 'node:test';
import type { Pod, PodTemplate } from '@navarch/api/types/core/v1/pod';
import type { Client } from '@navarch/client/client';
import { connectTo, type Connection } from '../connection.ts';
import { kubectl, kubectlMissing } from '../kubectl/kubectl.ts';
import { type Product, startProduct } from '../product.ts';
import { behaviours, conditions, refusals } from './cases.ts';
import { outsideAddress, startWebhookServer, type WebhookServer } from './webhook-server.ts';

interface Scene {
  readonly product: Product;
  readonly connection: Connection;
  readonly client: Client;
  readonly hooks: WebhookServer;
}

const serviceHost = 'hooks.default.svc';

suite('admission webhooks', { concurrency: false }, () => {
  let scene: Scene;
  before(async () => {
    const hooks = await startWebhookServer(serviceHost, behaviours);
    const product = await startProduct({ args: ['apiserver', '--storage', 'memory'] });
    const connection = await connectTo(product);
    scene = { product, connection, client: connection.client, hooks };
  });
  after(async () => {
    await scene.connection.close();
    await scene.product.stop();
    await scene.hooks.stop();
  });

  for (const { path, kind = 'Validating', message } of refusals) {
    test(`${kind.toLowerCase()} ${path}`, async () => {
      await inForce(scene, kind, [{ path }], async () => {
        const refused = await create(scene, {}).then(
          () => 'created',
          (error: unknown) => (error as Error).message,
        );
        assert.equal(
          refused.replace(/response\.uid="[^"]*"/, 'response.uid="U"'),
          message.replaceAll('PORT', String(scene.hooks.port)),
        );
      });
    });
  }

  test('who hangs costs its own requests their time, and nobody else any', async () => {
    await inForce(scene, 'Validating', [{ path: '/hang', timeoutSeconds: 1 }], async () => {
      const late = create(scene, {});
      const { client } = scene;
      await client.raw({ method: 'GET', path: '/api/v1/namespaces/default/configmaps' });
      await assert.rejects(late, /\/hang\?timeout=1s": context deadline exceeded$/);
    });
  });

  test('a failure may be ignored', async () => {
    const ignored = { path: '/broken', failurePolicy: 'Ignore' };
    await inForce(scene, 'Validating', [ignored], () => create(scene, {}));
    await inForce(scene, 'Mutating', [ignored], () => create(scene, {}));
  });

  test('what it is asked', async () => {
    await inForce(scene, 'Validating', [{ path: '/see' }], async () => {
      await create(scene, { a: 'b' });
    });
    const [asked] = scene.hooks.asked('/see');
    assert.ok(asked);
    const { uid, object, userInfo, ...rest } = asked;
    assert.match(uid, /^[0-9a-f-]{36}$/);
    assert.equal(userInfo.username, 'kubernetes-admin');
    const kind = { group: '', version: 'v1', kind: 'ConfigMap' };
    const resource = { group: '', version: 'v1', resource: 'configmaps' };
    const { kind: type, apiVersion, data, metadata } = object as never as Record<string, object>;
    assert.deepEqual(
      { type, apiVersion, data },
      { type: 'ConfigMap', apiVersion: 'v1', data: { a: 'b' } },
    );
    const { uid: objectUid } = metadata as { uid?: string };
    assert.ok(objectUid, 'validating webhooks see what will be stored');
    assert.deepEqual(rest, {
      kind,
      resource,
      requestKind: kind,
      requestResource: resource,
      name: rest.name,
      namespace: 'default',
      operation: 'CREATE',
      oldObject: null,
      dryRun: false,
      options: { kind: 'CreateOptions', apiVersion: 'meta.k8s.io/v1' },
    });
  });

  test('a mutation is stored, once its defaults are set', async () => {
    const rules = [{ ...everyCreate, resources: ['podtemplates'] }];
    await inForce(scene, 'Mutating', [{ path: '/container', rules }], async () => {
      const spec = { containers: [{ name: 'main', image: 'main' }] };
      const made = (await scene.client.raw({
        method: 'POST',
        path: '/api/v1/namespaces/default/podtemplates',
        body: { metadata: { name: 't' }, template: { spec } },
      })) as PodTemplate;
      const containers = made.template?.spec?.containers ?? [];
      const sidecar = containers.find(({ name }) => name === 'sidecar');
      assert.equal(sidecar?.terminationMessagePath, '/dev/termination-log');
      assert.equal(sidecar?.imagePullPolicy, 'Always');
    });
  });

  test('asked again only who wants to, and only after a change by somebody later', async () => {
    const again = { path: '/count', reinvocationPolicy: 'IfNeeded' };
    const label = { path: '/label' };
    const seen = async (webhooks: readonly WebhookSpec[]): Promise<string | undefined> => {
      let annotation: string | undefined;
      await inForce(scene, 'Mutating', webhooks, async () => {
        const { metadata } = await create(scene, {});
        annotation = metadata.annotations?.['seen'];
      });
      return annotation;
    };
    assert.equal(await seen([{ path: '/count' }, label]), '1', 'who does not say so');
    assert.equal(await seen([again, label]), '2', 'a change after it');
    assert.equal(await seen([label, again]), '1', 'a change before it');
  });

  test('a container that a webhook adds gets what the plugins give to every container', async () => {
    const { client } = scene;
    const inDefault = '/api/v1/namespaces/default';
    const account = { metadata: { name: 'runner' } };
    await client.raw({ method: 'POST', path: `${inDefault}/serviceaccounts`, body: account });
    const rules = [{ ...everyCreate, resources: ['pods'] }];
    await inForce(scene, 'Mutating', [{ path: '/pod-container', rules }], async () => {
      const spec = { serviceAccountName: 'runner', containers: [{ name: 'main', image: 'main' }] };
      const body = { metadata: { name: 'p' }, spec };
      const pod = (await client.raw({ method: 'POST', path: `${inDefault}/pods`, body })) as Pod;
      assert.deepEqual(
        pod.spec.containers.map(({ name, volumeMounts = [] }) => [name, volumeMounts.length]),
        [
          ['main', 1],
          ['sidecar', 1],
        ],
      );
    });
  });

  test('what is executed in a pod is asked about with its options', async () => {
    const rules = [{ ...everyCreate, operations: ['CONNECT'], resources: ['pods/exec'] }];
    await inForce(scene, 'Validating', [{ path: '/deny', rules }], async () => {
      const path = '/api/v1/namespaces/default/pods/p/exec';
      const query = { command: 'id', stdin: 'true', tty: '0', container: 'main' };
      await assert.rejects(scene.client.raw({ method: 'POST', path, query }), {
        message: 'admission webhook "x0.example.com" denied the request: not today',
      });
      const { request: logs } = {
        request: { method: 'GET', path: path.replace('exec', 'log') },
      } as const;
      await scene.client
        .raw(logs)
        .catch((error: Error) => assert.doesNotMatch(error.message, /denied/));
    });
    const asked = scene.hooks.asked('/deny').at(-1);
    assert.deepEqual(asked?.object, {
      kind: 'PodExecOptions',
      apiVersion: 'v1',
      stdin: true,
      container: 'main',
      command: ['id'],
    });
    assert.deepEqual(asked.kind, { group: '', version: 'v1', kind: 'PodExecOptions' });
    assert.equal(asked.options, null);
  });

  for (const { expression, outcome } of conditions) {
    test(`condition: ${expression}`, async () => {
      const matchConditions = [{ name: 'c', expression }];
      await inForce(scene, 'Validating', [{ path: '/deny', matchConditions }], async () => {
        const said = await create(scene, { a: 'b' }).then(
          () => 'created',
          (error: unknown) => (error as Error).message,
        );
        assert.equal(said.replace(/"c-\w+"/, '"c-x"'), outcome);
      });
    });
  }

  test('a service leads to its endpoints', { skip: !outsideAddress() }, async () => {
    const { client, hooks } = scene;
    await client.raw({
      method: 'POST',
      path: '/api/v1/namespaces/default/services',
      body: { metadata: { name: 'hooks' }, spec: { ports: [{ port: 8443, name: 'tls' }] } },
    });
    const asked = (): Promise<string> =>
      create(scene, {}).then(
        () => 'created',
        (error: unknown) => (error as Error).message,
      );
    const service = { namespace: 'default', name: 'hooks', path: '/service', port: 8443 };
    await inForce(scene, 'Validating', [{ path: '/service', service }], async () => {
      assert.match(await asked(), /no endpoints available for service "hooks"$/);
      await client.raw({
        method: 'POST',
        path: '/apis/discovery.k8s.io/v1/namespaces/default/endpointslices',
        body: {
          metadata: { name: 'hooks', labels: { 'kubernetes.io/service-name': 'hooks' } },
          addressType: 'IPv4',
          ports: [{ name: 'tls', port: hooks.port }],
          endpoints: [{ addresses: [outsideAddress()] }],
        },
      });
      assert.equal(
        await asked(),
        'admission webhook "x0.example.com" denied the request: by service',
      );
    });
  });

  test('connections are kept', async () => {
    await inForce(scene, 'Validating', [{ path: '/allow' }], async () => {
      await create(scene, {});
      const before = scene.hooks.connections();
      for (let i = 0; i < 5; i++) await create(scene, {});
      assert.equal(scene.hooks.connections(), before);
    });
  });

  test('webhooks are not asked about webhooks', async () => {
    const rules = [{ operations: ['*'], apiGroups: ['*'], apiVersions: ['*'], resources: ['*/*'] }];
    await inForce(scene, 'Validating', [{ path: '/deny', rules }], async () => {
      await assert.rejects(create(scene, {}), /denied/);
    });
  });

  test('kubectl shows warnings and refusals', { skip: kubectlMissing() ?? false }, async () => {
    const { product } = scene;
    const make = (): ReturnType<typeof kubectl> =>
      kubectl(product.kubeconfig, [
        'create',
        'configmap',
        `k-${Math.random()}`,
        '--dry-run=server',
      ]);
    await inForce(scene, 'Validating', [{ path: '/warn' }], async () => {
      assert.match((await make()).stderr, /^Warning: think twice$/m);
    });
    await inForce(scene, 'Mutating', [{ path: '/owners' }], async () => {
      const repeated = /^Warning: .* duplicate entries after mutating admission .*: u-1$/m;
      assert.match((await make()).stderr, repeated);
    });
    await inForce(scene, 'Validating', [{ path: '/deny-reason' }], async () => {
      assert.match(
        (await make()).stderr,
        /^error: .*: admission webhook "x0.example.com" denied the request: Forbidden$/m,
      );
    });
  });
});

interface WebhookSpec {
  readonly path: string;
  readonly [field: string]: unknown;
}

const everyCreate = {
  operations: ['CREATE'],
  apiGroups: [''],
  apiVersions: ['v1'],
  resources: ['configmaps'],
};

/** While `act` runs, these webhooks are asked. They are known to be once one of them was seen to be. */
async function inForce(
  { client, hooks }: Scene,
  kind: 'Validating' | 'Mutating',
  webhooks: readonly WebhookSpec[],
  act: () => Promise<unknown>,
): Promise<void> {
  const path = `/apis/admissionregistration.k8s.io/v1/${kind.toLowerCase()}webhookconfigurations`;
  await client.raw({
    method: 'POST',
    path,
    body: {
      metadata: { name: 'tested' },
      webhooks: webhooks.map(({ path: at, service, ...more }, i) => ({
        name: `x${i}.example.com`,
        clientConfig: {
          caBundle: hooks.caBundle,
          ...(service === undefined
            ? { url: `https://127.0.0.1:${hooks.port}${at}` }
            : { service }),
        },
        rules: [everyCreate],
        sideEffects: 'None',
        admissionReviewVersions: ['v1'],
        ...more,
      })),
    },
  });
  try {
    await act();
  } finally {
    await client.raw({ method: 'DELETE', path: `${path}/tested` });
  }
}

async function create(
  { client }: Scene,
  data: Record<string, string>,
): Promise<{ metadata: { annotations?: Record<string, string> } }> {
  const response = await client.raw({
    method: 'POST',
    path: '/api/v1/namespaces/default/configmaps',
    body: { metadata: { generateName: 'c-' }, data },
  });
  return response as never;
}
