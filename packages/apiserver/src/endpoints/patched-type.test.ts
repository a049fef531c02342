import assert from 'node:assert/strict';
import { test } from 'node:test';
import { structOf } from '@navarch/api/schema/registry';
import { typedForm } from '../registry/object-form.ts';
import { typeOfPatched } from './patched-type.ts';

const form = typedForm(structOf('core/v1.ConfigMap'));
const scheme = 'in scheme "pkg/api/legacyscheme/scheme.go:30"';

const refused: readonly (readonly [document: unknown, message: string])[] = [
  [
    { apiVersion: 7 },
    "couldn't get version/kind; json parse error: json: cannot unmarshal number into Go struct field .apiVersion of type string",
  ],
  [{ apiVersion: 'a/b/c' }, 'unexpected GroupVersion string: a/b/c'],
  [{ apiVersion: 'v2' }, `no kind "ConfigMap" is registered for version "v2" ${scheme}`],
  [{ kind: 'Foo' }, `no kind "Foo" is registered for the internal version of group "" ${scheme}`],
  [{ kind: 'Foo', apiVersion: 'v1' }, `no kind "Foo" is registered for version "v1" ${scheme}`],
  [
    { kind: 'Secret', apiVersion: 'v1' },
    'converting (v1.Secret) to (core.ConfigMap): unknown conversion',
  ],
  [{ kind: 'Secret' }, 'converting (core.Secret) to (core.ConfigMap): unknown conversion'],
];

for (const [document, message] of refused) {
  test(`a patch may not leave ${JSON.stringify(document)}`, () => {
    assert.deepEqual(typeOfPatched(document, form), { kind: 'refused', message });
  });
}

for (const document of [{ apiVersion: 'v1' }, { apiVersion: 'v1', kind: 'ConfigMap', data: {} }]) {
  test(`${JSON.stringify(document)} is of the served version`, () => {
    assert.deepEqual(typeOfPatched(document, form), { kind: 'served', apiVersion: 'v1' });
  });
}

test('without a version only what is metadata is known, and stands at the root', () => {
  const document = { metadata: { name: 'c' }, data: {}, kind: 'ConfigMap', name: 'c' };
  assert.deepEqual(typeOfPatched(document, form), {
    kind: 'internal',
    value: { metadata: { name: 'c' } },
    problems: ['unknown field "data"', 'unknown field "metadata"'],
  });
});
