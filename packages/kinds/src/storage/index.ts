/** The kinds of group storage.k8s.io. */
import type { ResourceDefinition } from '@navarch/api/extension/resource';
import { csiDrivers, csiNodes, csiStorageCapacities } from './csi.ts';
import { storageClasses } from './storage-class.ts';
import { volumeAttachments } from './volume-attachment.ts';
import { volumeAttributesClasses } from './volume-attributes-class.ts';

export const storageResources: readonly ResourceDefinition[] = [
  csiDrivers,
  csiNodes,
  csiStorageCapacities,
  storageClasses,
  volumeAttachments,
  volumeAttributesClasses,
];
