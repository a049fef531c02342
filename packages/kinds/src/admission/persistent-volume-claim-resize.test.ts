/** Which claims may grow. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { admit, creation, fakeContext } from '../testing.ts';
import { persistentVolumeClaimResize } from './persistent-volume-claim-resize.ts';
import { object } from './testing.ts';

test('claims grow where their class allows it', async () => {
  const claims = { group: '', resource: 'persistentvolumeclaims' };
  const claim = (storage: string) =>
    object('PersistentVolumeClaim', 'c', {
      spec: { storageClassName: 'k', resources: { requests: { storage } } },
      status: { phase: 'Bound' },
    });
  const ask = (allowVolumeExpansion: boolean) =>
    admit(
      persistentVolumeClaimResize,
      creation(claims, claim('2Gi'), { operation: 'UPDATE', oldObject: claim('1Gi') }),
      fakeContext({
        objects: [['storageclasses', object('StorageClass', 'k', { allowVolumeExpansion })]],
      }),
    );
  assert.deepEqual(await ask(true), claim('2Gi'));
  assert.equal(
    await ask(false),
    'persistentvolumeclaims "c" is forbidden: only dynamically provisioned pvc can be resized and the storageclass that provisions the pvc must support resize',
  );
});
