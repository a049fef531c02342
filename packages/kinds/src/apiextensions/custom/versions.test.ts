import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { CustomResourceDefinition } from '@navarch/api/types/apiextensions/v1/custom-resource-definition';
import { customResources } from './custom-resources.ts';
import { compareVersions } from './version-order.ts';

test('versions in the order that clients prefer', () => {
  const versions = ['foo1', 'v1', 'v11alpha2', 'v10', 'v2beta3', 'v3beta1', 'v12alpha1', 'foo10'];
  const ordered = ['v10', 'v1', 'v3beta1', 'v2beta3', 'v12alpha1', 'v11alpha2', 'foo1', 'foo10'];
  assert.deepEqual(versions.sort(compareVersions), ordered);
});

const crd: CustomResourceDefinition = {
  metadata: { name: 'things.example.com', uid: 'u', generation: 1 },
  spec: {
    group: 'example.com',
    scope: 'Namespaced',
    names: { plural: 'things', kind: 'Thing' },
    versions: [
      { name: 'v1alpha1', served: false, storage: false },
      { name: 'v1beta1', served: true, storage: false, deprecated: true },
      { name: 'v1beta2', served: true, storage: false, deprecated: true, deprecationWarning: 'no' },
      {
        name: 'v1',
        served: true,
        storage: true,
        schema: { openAPIV3Schema: { type: 'object', properties: { spec: { type: 'object' } } } },
      },
    ],
  },
};

test('what is served of a definition: the stored version first, views of it after', () => {
  const served = customResources(crd);
  const texts = served.map(({ version, viewOf }) =>
    viewOf ? `${version} of ${viewOf.version}` : version,
  );
  assert.deepEqual(texts, ['v1', 'v1beta1 of v1', 'v1beta2 of v1']);
  assert.deepEqual(
    served.map(({ deprecationWarning }) => deprecationWarning),
    [undefined, 'example.com/v1beta1 Thing is deprecated; use example.com/v1 Thing', 'no'],
  );
});

test('without a webhook a conversion changes the version, and drops what the other does not know', () => {
  const [, view] = customResources(crd);
  const object = {
    apiVersion: 'example.com/v1beta1',
    kind: 'Thing',
    metadata: { name: 'a' },
    extra: 1,
  };
  assert.deepEqual(view?.viewOf?.toStored(object), {
    apiVersion: 'example.com/v1',
    kind: 'Thing',
    metadata: { name: 'a' },
  });
});
