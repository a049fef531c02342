/** Claims that name no class. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { admit, creation, fakeContext } from '../testing.ts';
import { defaultStorageClass } from './default-storage-class.ts';
import { object } from './testing.ts';

test('the newest default class is the default', async () => {
  const storage = (name: string, at: string, isDefault = 'true') =>
    [
      'storageclasses',
      {
        metadata: {
          name,
          creationTimestamp: at,
          annotations: { 'storageclass.kubernetes.io/is-default-class': isDefault },
        },
      },
    ] as const;
  const objects = [
    storage('old', '2026-01-01T00:00:00Z'),
    storage('new', '2026-01-02T00:00:00Z'),
    storage('other', '2026-01-03T00:00:00Z', 'false'),
  ];
  const claims = { group: '', resource: 'persistentvolumeclaims' };
  const claim = (spec: object) => object('PersistentVolumeClaim', 'c', { spec });
  const ask = (spec: object) =>
    admit(defaultStorageClass, creation(claims, claim(spec)), fakeContext({ objects }));
  assert.deepEqual(await ask({}), claim({ storageClassName: 'new' }));
  assert.deepEqual(await ask({ storageClassName: '' }), claim({ storageClassName: '' }));
});
