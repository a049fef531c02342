/**
 * Whether an object has to do with a node: the pods on the node, what those refer to, and the volumes behind their claims.
 * Nothing is kept between checks: a node runs few pods, and the reader finds them by index.
 */
import type { ObjectReader, ResourceName } from '@navarch/api/extension/context';
import type {
  PersistentVolume,
  PersistentVolumeClaim,
} from '@navarch/api/types/core/v1/persistent-volume';
import type { Pod } from '@navarch/api/types/core/v1/pod';
import type { ResourceSlice } from '@navarch/api/types/resource/v1/slice';
import type { VolumeAttachment } from '@navarch/api/types/storage/v1';
import { claimNames, refersTo, volumeUsesSecret, type Referenced } from './references.ts';

const pods: ResourceName = { group: '', resource: 'pods' };
const claims: ResourceName = { group: '', resource: 'persistentvolumeclaims' };
const volumes: ResourceName = { group: '', resource: 'persistentvolumes' };
const attachments: ResourceName = { group: 'storage.k8s.io', resource: 'volumeattachments' };
const slices: ResourceName = { group: 'resource.k8s.io', resource: 'resourceslices' };

export type RelatedResource =
  | Referenced
  | 'pods'
  | 'persistentvolumes'
  | 'volumeattachments'
  | 'resourceslices';

export interface RelatedObject {
  readonly resource: RelatedResource;
  readonly namespace: string;
  readonly name: string;
}

export function isRelated(read: ObjectReader, node: string, object: RelatedObject): boolean {
  const { resource, namespace, name } = object;
  switch (resource) {
    case 'pods':
      return read.get<Pod>(pods, namespace, name)?.spec?.nodeName === node;
    case 'volumeattachments':
      return read.get<VolumeAttachment>(attachments, '', name)?.spec.nodeName === node;
    case 'resourceslices':
      return read.get<ResourceSlice>(slices, '', name)?.spec.nodeName === node;
    case 'persistentvolumes': {
      const claim = read.get<PersistentVolume>(volumes, '', name)?.spec?.claimRef;
      if (!claim?.namespace || !claim.name) return false;
      return usedByPod(read, node, 'persistentvolumeclaims', claim.namespace, claim.name);
    }
    case 'secrets':
      return (
        usedByPod(read, node, resource, namespace, name) ||
        usedByVolume(read, node, namespace, name)
      );
    default:
      return usedByPod(read, node, resource, namespace, name);
  }
}

function usedByPod(
  read: ObjectReader,
  node: string,
  resource: Referenced,
  namespace: string,
  name: string,
): boolean {
  return podsOn(read, node).some(
    (pod) => pod.metadata.namespace === namespace && refersTo(pod, resource, name),
  );
}

/** The secret may be in another namespace than the pod whose volume needs it. */
function usedByVolume(read: ObjectReader, node: string, namespace: string, name: string): boolean {
  return podsOn(read, node).some((pod) =>
    claimNames(pod).some((claimName) => {
      const claim = read.get<PersistentVolumeClaim>(
        claims,
        pod.metadata.namespace ?? '',
        claimName,
      );
      const volumeName = claim?.spec?.volumeName;
      if (!volumeName) return false;
      const volume = read.get<PersistentVolume>(volumes, '', volumeName);
      return volume !== undefined && volumeUsesSecret(volume, namespace, name);
    }),
  );
}

function podsOn(read: ObjectReader, node: string): readonly Pod[] {
  return read.listBy<Pod>(pods, 'spec.nodeName', node);
}
