/** Attributes classes against the real API server, whose admission puts the finalizer on. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { persistentVolumeClaims, volumeAttributesClasses } from '@navarch/api/resources';
import type { PersistentVolumeClaim } from '@navarch/api/types/core/v1/persistent-volume';
import { startWorld } from '../testing.ts';
import { attributesClassProtectionController } from './attributes-class-protection.ts';
import { classesOfClaim, classesOfVolume } from './plan.ts';

const claim: PersistentVolumeClaim = {
  metadata: { name: 'data', namespace: 'default', finalizers: [] },
  spec: {
    accessModes: ['ReadWriteOnce'],
    volumeAttributesClassName: 'fast',
    resources: { requests: { storage: '1Gi' } },
  },
};

test('a claim uses the class that it wants, the one that it has, and the one on the way', () => {
  const status = {
    currentVolumeAttributesClassName: 'slow',
    modifyVolumeStatus: { status: 'InProgress', targetVolumeAttributesClassName: 'faster' },
  } as const;
  assert.deepEqual(classesOfClaim({ ...claim, status }), ['fast', 'slow', 'faster']);
  assert.deepEqual(classesOfVolume({ metadata: {}, spec: { volumeAttributesClassName: '' } }), []);
});

test('a class goes when no claim has it any more', async () => {
  const world = await startWorld([attributesClassProtectionController]);
  const classes = world.client.resource(volumeAttributesClasses);
  for (const name of ['fast', 'slow'])
    await world.create(volumeAttributesClasses, {
      metadata: { name },
      driverName: 'example.com',
      parameters: { a: name },
    });
  await world.create(persistentVolumeClaims, claim);
  await world.pass(100);
  for (const name of ['fast', 'slow']) await world.perform(classes.delete('', name));
  await world.pass(100);
  const kept = (await world.list(volumeAttributesClasses)).map(({ metadata }) => metadata);
  assert.deepEqual(
    kept.map(({ name, finalizers }) => [name, finalizers]),
    [['fast', ['kubernetes.io/vac-protection']]],
  );
  const claims = world.client.resource(persistentVolumeClaims);
  await world.perform(claims.delete('default', 'data'));
  const body = { metadata: { finalizers: null } };
  await world.perform(claims.patch('default', 'data', { type: 'merge', body }));
  await world.pass(100);
  assert.deepEqual(await world.list(volumeAttributesClasses), []);
  assert.deepEqual(world.refusals, []);
  await world.stop();
});
