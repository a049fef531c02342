/** Claims and volumes in use. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { admit, creation, fakeContext } from '../testing.ts';
import { storageObjectInUseProtection } from './storage-object-in-use-protection.ts';
import { object } from './testing.ts';

test('claims are held until nothing uses them', async () => {
  const claims = { group: '', resource: 'persistentvolumeclaims' };
  const claim = object('PersistentVolumeClaim', 'c');
  const made = await admit(storageObjectInUseProtection, creation(claims, claim), fakeContext());
  assert.ok(typeof made === 'object');
  assert.deepEqual(made.metadata.finalizers, ['kubernetes.io/pvc-protection']);
});
