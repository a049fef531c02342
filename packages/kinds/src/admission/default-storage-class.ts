/** Claims without a storage class get the cluster's default. */
import type { AdmissionPlugin } from '@navarch/api/extension/admission';
import type { StorageClass } from '@navarch/api/types/storage/v1';
import { classAnnotation } from '../core/persistent-volume/warnings.ts';
import { isDefaultStorageClass } from '../storage/storage-class.ts';
import { newestDefault } from './newest-default.ts';
import { isClaim, isFor } from './objects.ts';

const classes = { group: 'storage.k8s.io', resource: 'storageclasses' };

export const defaultStorageClass: AdmissionPlugin = {
  name: 'DefaultStorageClass',
  handles: (asked) => asked.operation === 'CREATE' && isFor(asked, '', 'persistentvolumeclaims'),
  mutate({ object }, { read }) {
    if (!isClaim(object)) return object;
    const { metadata, spec } = object;
    // An empty name is a choice: no class at all.
    if (spec.storageClassName !== undefined) return object;
    if (metadata.annotations?.[classAnnotation] !== undefined) return object;
    const found = newestDefault(read.list<StorageClass>(classes, '').filter(isDefaultStorageClass));
    const name = found?.metadata.name;
    return name === undefined ? object : { ...object, spec: { ...spec, storageClassName: name } };
  },
};
