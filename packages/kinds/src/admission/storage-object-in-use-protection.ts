/** Volumes and claims are held until a controller has seen that nothing uses them any more. */
import type { AdmissionPlugin } from '@navarch/api/extension/admission';
import type { KubernetesObject } from '@navarch/api/extension/object';
import { listOf } from '../nil.ts';
import { isFor } from './objects.ts';

const finalizers: ReadonlyMap<string, string> = new Map([
  ['PersistentVolume', 'kubernetes.io/pv-protection'],
  ['PersistentVolumeClaim', 'kubernetes.io/pvc-protection'],
  ['VolumeAttributesClass', 'kubernetes.io/vac-protection'],
]);

export const storageObjectInUseProtection: AdmissionPlugin = {
  name: 'StorageObjectInUseProtection',
  handles: (asked) =>
    asked.operation === 'CREATE' &&
    (isFor(asked, '', 'persistentvolumes') ||
      isFor(asked, '', 'persistentvolumeclaims') ||
      isFor(asked, 'storage.k8s.io', 'volumeattributesclasses')),
  mutate: ({ object }) => object && withFinalizer(object, finalizers.get(object.kind ?? '')),
};

function withFinalizer(object: KubernetesObject, finalizer: string | undefined): KubernetesObject {
  const held = listOf(object.metadata.finalizers);
  if (finalizer === undefined || held.includes(finalizer)) return object;
  return { ...object, metadata: { ...object.metadata, finalizers: [...held, finalizer] } };
}
