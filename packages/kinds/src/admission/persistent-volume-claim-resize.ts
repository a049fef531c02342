/** Claims grow only where their storage class says that volumes can. */
import type { AdmissionPlugin } from '@navarch/api/extension/admission';
import { Quantity } from '@navarch/api/quantity';
import type { ObjectReader } from '@navarch/api/extension/context';
import type { PersistentVolumeClaim } from '@navarch/api/types/core/v1/persistent-volume';
import type { StorageClass } from '@navarch/api/types/storage/v1';
import { classAnnotation } from '../core/persistent-volume/warnings.ts';
import { isClaim, isFor } from './objects.ts';
import { refusal } from './refuse.ts';

const classes = { group: 'storage.k8s.io', resource: 'storageclasses' };

export const persistentVolumeClaimResize: AdmissionPlugin = {
  name: 'PersistentVolumeClaimResize',
  handles: (asked) => asked.operation === 'UPDATE' && isFor(asked, '', 'persistentvolumeclaims'),
  validate(attributes, { read }) {
    const { object, oldObject } = attributes;
    if (!isClaim(object) || !isClaim(oldObject)) return;
    if (size(object).compare(size(oldObject)) <= 0) return;
    if (oldObject.status?.phase !== 'Bound') {
      throw refusal(attributes, 'Only bound persistent volume claims can be expanded');
    }
    if (!canGrow(object, oldObject, read)) {
      const message =
        'only dynamically provisioned pvc can be resized and the storageclass that provisions the pvc must support resize';
      throw refusal(attributes, message);
    }
  },
};

function size({ spec }: PersistentVolumeClaim): Quantity {
  const text = spec.resources?.requests?.['storage'];
  return text === undefined ? Quantity.zero : Quantity.parse(text);
}

function className({ metadata, spec }: PersistentVolumeClaim): string {
  return metadata.annotations?.[classAnnotation] ?? spec.storageClassName ?? '';
}

function canGrow(
  claim: PersistentVolumeClaim,
  stored: PersistentVolumeClaim,
  read: ObjectReader,
): boolean {
  const name = className(claim);
  if (name === '' || name !== className(stored)) return false;
  return read.get<StorageClass>(classes, '', name)?.allowVolumeExpansion ?? false;
}
