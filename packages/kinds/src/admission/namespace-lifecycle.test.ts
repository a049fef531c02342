/** Where objects may be made, and which namespaces stay. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { KubernetesObject } from '@navarch/api/extension/object';
import { admit, creation, fakeContext } from '../testing.ts';
import { namespaceLifecycle } from './namespace-lifecycle.ts';
import { object } from './testing.ts';

test('objects live in namespaces that exist and stay', async () => {
  const maps = { group: '', resource: 'configmaps' };
  const map = { kind: 'ConfigMap', metadata: { name: 'x', namespace: 'n' } };
  const ask = (namespaces: readonly KubernetesObject[]) =>
    admit(
      namespaceLifecycle,
      creation(maps, map),
      fakeContext({ objects: namespaces.map((found) => ['namespaces', found] as const) }),
    );
  assert.equal(await ask([]), 'namespaces "n" not found');
  assert.equal(await ask([object('Namespace', 'n')]), map);
  assert.equal(
    await ask([object('Namespace', 'n', { status: { phase: 'Terminating' } })]),
    'configmaps "x" is forbidden: unable to create new content in namespace n because it is being terminated',
  );
  const removal = { operation: 'DELETE', name: 'kube-system', object: undefined } as const;
  const system = object('Namespace', 'kube-system');
  assert.equal(
    await admit(
      namespaceLifecycle,
      creation({ group: '', resource: 'namespaces' }, system, removal),
      fakeContext(),
    ),
    'namespaces "kube-system" is forbidden: this namespace may not be deleted',
  );
});
