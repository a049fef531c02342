/** Volumes and claims against the real API server, whose admission puts the finalizers on. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { persistentVolumeClaims, persistentVolumes, pods } from '@navarch/api/resources';
import type {
  PersistentVolume,
  PersistentVolumeClaim,
} from '@navarch/api/types/core/v1/persistent-volume';
import { claimProtectionController } from '../claim-protection/claim-protection.ts';
import { startWorld, type World } from '../testing.ts';
import { volumeProtectionController } from './volume-protection.ts';

async function start(): Promise<World> {
  return startWorld([claimProtectionController, volumeProtectionController]);
}

const accessModes = ['ReadWriteOnce'] as const;
const claim: PersistentVolumeClaim = {
  metadata: { name: 'data', namespace: 'default' },
  spec: { accessModes, storageClassName: '', resources: { requests: { storage: '1Gi' } } },
};
const volume: PersistentVolume = {
  metadata: { name: 'disk' },
  spec: { accessModes, capacity: { storage: '1Gi' }, hostPath: { path: '/a' } },
};

test('a claim goes when the last pod on a node that has it is gone', async () => {
  const world = await start();
  const claims = world.client.resource(persistentVolumeClaims);
  await world.create(persistentVolumeClaims, claim);
  await world.create(pods, {
    metadata: { name: 'web', namespace: 'default' },
    spec: {
      nodeName: 'n',
      containers: [{ name: 'web', image: 'web' }],
      volumes: [{ name: 'a', persistentVolumeClaim: { claimName: 'data' } }],
    },
  });
  await world.pass(100);
  await world.perform(claims.delete('default', 'data'));
  await world.pass(100);
  const kept = await world.find(persistentVolumeClaims, 'default', 'data');
  assert.deepEqual(kept?.metadata.finalizers, ['kubernetes.io/pvc-protection']);
  const gone = { gracePeriodSeconds: 0 };
  await world.perform(world.client.resource(pods).delete('default', 'web', gone));
  await world.pass(100);
  assert.equal(await world.find(persistentVolumeClaims, 'default', 'data'), undefined);
  assert.deepEqual(world.refusals, []);
  await world.stop();
});

test('a volume goes once it is not bound, and gets its finalizer back', async () => {
  const world = await start();
  const volumes = world.client.resource(persistentVolumes);
  const made = await world.create(persistentVolumes, volume);
  await world.perform(volumes.updateStatus({ ...made, status: { phase: 'Bound' } }));
  const body = { metadata: { finalizers: null } };
  await world.perform(volumes.patch('', 'disk', { type: 'merge', body }));
  await world.pass(100);
  await world.perform(volumes.delete('', 'disk'));
  await world.pass(100);
  const kept = await world.find(persistentVolumes, '', 'disk');
  assert.deepEqual(kept?.metadata.finalizers, ['kubernetes.io/pv-protection']);
  await world.perform(volumes.updateStatus({ ...kept, status: { phase: 'Released' } }));
  await world.pass(100);
  assert.equal(await world.find(persistentVolumes, '', 'disk'), undefined);
  assert.deepEqual(world.refusals, []);
  await world.stop();
});
