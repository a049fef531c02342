/** Custom objects in two versions between which a webhook converts, against the product: read, listed, watched, written, refused. */
import assert from 'node:assert/strict';
import { after, before, suite, test } from 'node:test';
import type { KubernetesList, KubernetesObject } from '@navarch/api/extension/object';
import type { CustomResourceDefinition } from '@navarch/api/types/apiextensions/v1/custom-resource-definition';
import { connectTo, type Connection } from '../connection.ts';
import { eventually } from '../eventually.ts';
import { kubectl, kubectlMissing } from '../kubectl/kubectl.ts';
import { type Product, startProduct } from '../product.ts';
import {
  type Behaviour,
  patchOf,
  startWebhookServer,
  type WebhookServer,
} from './webhook-server.ts';

interface Widget extends KubernetesObject {
  /** In v1 `size`, in v2 `width`. */
  readonly spec: { readonly size?: string; readonly width?: string };
}

function converted(object: Widget, apiVersion: string): object {
  const { size, width } = object.spec;
  const spec = apiVersion.endsWith('v2') ? { width: size } : { size: width };
  return { ...object, apiVersion, spec };
}

interface Asked {
  readonly desiredAPIVersion: string;
  readonly objects: readonly Widget[];
}

const convert: Behaviour = ({ request }) => {
  const { objects, desiredAPIVersion } = request as unknown as Asked;
  if (objects.some(({ metadata }) => metadata.labels?.['convert'] === 'no')) {
    return { response: { result: { status: 'Failure', message: 'cannot' } } };
  }
  const convertedObjects = objects.map((object) => converted(object, desiredAPIVersion));
  return { response: { result: { status: 'Success' }, convertedObjects } };
};

const grow: Behaviour = ({ request }) => {
  const { size = '' } = (request.object as unknown as Widget).spec;
  return { response: patchOf({ op: 'replace', path: '/spec/size', value: `${size} and more` }) };
};

const schema = {
  openAPIV3Schema: {
    type: 'object',
    properties: {
      spec: {
        type: 'object',
        properties: { size: { type: 'string' }, width: { type: 'string' } },
      },
    },
  },
};

interface Scene {
  readonly product: Product;
  readonly connection: Connection;
  readonly hooks: WebhookServer;
}

const pathOf = (version: string, name = ''): string =>
  `/apis/example.com/${version}/namespaces/default/widgets${name === '' ? '' : `/${name}`}`;

suite('conversion webhooks', { concurrency: false }, () => {
  let scene: Scene;
  const raw = (method: 'GET' | 'POST' | 'PUT' | 'DELETE', path: string, body?: unknown) =>
    scene.connection.client.raw({ method, path, ...(body !== undefined && { body }) });
  const get = async (version: string, name: string): Promise<Widget> =>
    (await raw('GET', pathOf(version, name))) as Widget;
  const make = (version: string, name: string, spec: object, labels: object = {}) =>
    raw('POST', pathOf(version), {
      apiVersion: `example.com/${version}`,
      kind: 'Widget',
      metadata: { name, labels },
      spec,
    });

  before(async () => {
    const hooks = await startWebhookServer('hooks.default.svc', {
      '/convert': convert,
      '/grow': grow,
    });
    const product = await startProduct({ args: ['apiserver', '--storage', 'memory'] });
    const connection = await connectTo(product);
    scene = { product, connection, hooks };
    const url = `https://127.0.0.1:${hooks.port}/convert`;
    const names = { plural: 'widgets', singular: 'widget', kind: 'Widget', listKind: 'WidgetList' };
    await raw('POST', '/apis/apiextensions.k8s.io/v1/customresourcedefinitions', {
      metadata: { name: 'widgets.example.com' },
      spec: {
        group: 'example.com',
        scope: 'Namespaced',
        names,
        versions: [
          { name: 'v1', served: true, storage: true, schema },
          { name: 'v2', served: true, storage: false, schema },
        ],
        conversion: {
          strategy: 'Webhook',
          webhook: {
            conversionReviewVersions: ['v1'],
            clientConfig: { url, caBundle: hooks.caBundle },
          },
        },
      },
    });
    await eventually('the kind is served', 10_000, () =>
      raw('GET', pathOf('v2')).then(
        () => true,
        () => false,
      ),
    );
    await make('v1', 'one', { size: '1' });
    await make('v2', 'two', { width: '2' });
  });
  after(async () => {
    await scene.connection.close();
    await scene.product.stop();
    await scene.hooks.stop();
  });

  test('each version shows its own form', async () => {
    for (const [name, size] of [
      ['one', '1'],
      ['two', '2'],
    ] as const) {
      assert.deepEqual((await get('v1', name)).spec, { size });
      assert.deepEqual((await get('v2', name)).spec, { width: size });
    }
  });

  test('a list is converted in one question', async () => {
    const { metadata: before } = (await raw('GET', pathOf('v1'))) as KubernetesList<Widget>;
    await Promise.all(['x', 'y'].map((name) => make('v1', name, { size: name })));
    const asked = scene.hooks.asked('/convert').length;
    const list = (await raw('GET', pathOf('v2'))) as KubernetesList<Widget>;
    assert.deepEqual(
      list.items.map(({ apiVersion, metadata, spec }) => [apiVersion, metadata.name, spec.width]),
      [
        ['example.com/v2', 'one', '1'],
        ['example.com/v2', 'two', '2'],
        ['example.com/v2', 'x', 'x'],
        ['example.com/v2', 'y', 'y'],
      ],
    );
    assert.equal(scene.hooks.asked('/convert').length, asked + 1);
    assert.ok(before.resourceVersion);
  });

  test('an update through the other version', async () => {
    const two = await get('v2', 'two');
    const updated = (await raw('PUT', pathOf('v2', 'two'), {
      ...two,
      spec: { width: '22' },
    })) as Widget;
    assert.deepEqual(updated.spec, { width: '22' });
    assert.deepEqual((await get('v1', 'two')).spec, { size: '22' });
    const { resourceVersion } = updated.metadata;
    const again = (await raw('PUT', pathOf('v2', 'two'), updated)) as Widget;
    assert.equal(again.metadata.resourceVersion, resourceVersion, 'no change is no write');
  });

  test('a watch sees the other version, in order', async () => {
    const { metadata } = (await raw('GET', pathOf('v2'))) as KubernetesList<Widget>;
    const seen: string[] = [];
    const stop = new AbortController();
    const watched = scene.connection.client.resource<Widget>({
      group: 'example.com',
      version: 'v2',
      kind: 'Widget',
      plural: 'widgets',
      scope: 'Namespaced',
    } as never);
    await watched.watch(
      {
        namespace: 'default',
        resourceVersion: metadata.resourceVersion ?? '',
        signal: stop.signal,
      },
      {
        onEvents: (events) => {
          for (const event of events) {
            if (event.type === 'ERROR') seen.push(event.error.message);
            else
              seen.push(`${event.type} ${event.object.metadata.name} ${event.object.spec.width}`);
          }
        },
        onEnd: () => seen.push('end'),
      },
    );
    for (const name of ['w1', 'w2', 'w3']) await make('v1', name, { size: name });
    await raw('DELETE', pathOf('v1', 'w2'));
    await eventually('four events', 5_000, () => seen.length >= 4);
    stop.abort();
    assert.deepEqual(seen.slice(0, 4), [
      'ADDED w1 w1',
      'ADDED w2 w2',
      'ADDED w3 w3',
      'DELETED w2 w2',
    ]);
  });

  test('who cannot be converted fails those who ask for it in the other version', async () => {
    await make('v1', 'stuck', { size: '1' }, { convert: 'no' });
    const message = 'conversion webhook for example.com/v1, Kind=Widget failed: cannot';
    await assert.rejects(get('v2', 'stuck'), { message });
    await assert.rejects(raw('GET', pathOf('v2')), { message });
    assert.equal((await get('v1', 'stuck')).spec.size, '1');
    await assert.rejects(make('v2', 'never', { width: '1' }, { convert: 'no' }), {
      message: 'conversion webhook for example.com/v2, Kind=Widget failed: cannot',
    });
    await raw('DELETE', pathOf('v1', 'stuck'));
    assert.ok(await raw('GET', pathOf('v2')));
  });

  test('admission webhooks see the version of their rules', async () => {
    const { hooks } = scene;
    const path = '/apis/admissionregistration.k8s.io/v1/mutatingwebhookconfigurations';
    const url = `https://127.0.0.1:${hooks.port}/grow`;
    await raw('POST', path, {
      metadata: { name: 'grow' },
      webhooks: [
        {
          name: 'grow.example.com',
          clientConfig: { url, caBundle: hooks.caBundle },
          rules: [
            {
              operations: ['CREATE'],
              apiGroups: ['example.com'],
              apiVersions: ['v1'],
              resources: ['widgets'],
            },
          ],
          sideEffects: 'None',
          admissionReviewVersions: ['v1'],
        },
      ],
    });
    try {
      const made = (await make('v2', 'grown', { width: '5' })) as Widget;
      assert.deepEqual([made.apiVersion, made.spec], ['example.com/v2', { width: '5 and more' }]);
      const [asked] = hooks.asked('/grow');
      assert.deepEqual(asked?.kind, { group: 'example.com', version: 'v1', kind: 'Widget' });
      assert.equal(asked.requestKind?.version, 'v2');
      assert.deepEqual((asked.object as unknown as Widget).spec, { size: '5' });
    } finally {
      await raw('DELETE', `${path}/grow`);
    }
  });

  test('what was stored in the version that was the stored one before', async () => {
    const path = '/apis/apiextensions.k8s.io/v1/customresourcedefinitions/widgets.example.com';
    const store = async (stored: string): Promise<void> => {
      const now = (await raw('GET', path)) as CustomResourceDefinition;
      const versions = now.spec.versions.map((each) => ({
        ...each,
        storage: each.name === stored,
      }));
      await raw('PUT', path, { ...now, spec: { ...now.spec, versions } });
    };
    await make('v1', 'old', { size: '7' });
    await store('v2');
    await eventually('the new version is the stored one', 5_000, async () => {
      await make('v2', 'new', { width: '8' });
      const asked = scene.hooks.asked('/convert').length;
      await get('v2', 'new');
      await raw('DELETE', pathOf('v2', 'new'));
      return scene.hooks.asked('/convert').length === asked;
    });
    assert.deepEqual((await get('v2', 'old')).spec, { width: '7' });
    assert.deepEqual((await get('v1', 'old')).spec, { size: '7' });
    const old = await get('v2', 'old');
    await raw('PUT', pathOf('v2', 'old'), { ...old, spec: { width: '70' } });
    assert.deepEqual((await get('v1', 'old')).spec, { size: '70' });
  });

  test('kubectl reads and edits either', { skip: kubectlMissing() ?? false }, async () => {
    const { kubeconfig } = scene.product;
    const patch = ['--type=merge', '-p', '{"spec":{"width":"9"}}'];
    const patched = await kubectl(kubeconfig, ['patch', 'widgets.v2.example.com', 'one', ...patch]);
    assert.equal(patched.stdout, 'widget.example.com/one patched\n', patched.stderr);
    const args = ['get', 'widgets.v1.example.com', 'one', '-o', 'jsonpath={.spec.size}'];
    assert.equal((await kubectl(kubeconfig, args)).stdout, '9');
    const table = await kubectl(kubeconfig, ['get', 'widgets.v2.example.com', 'one']);
    assert.match(table.stdout, /^NAME +AGE\none /);
  });
});
