/**
 * Storage classes, CSI drivers and volume attachments.
 * @group storage.k8s.io v1
 */
import type {
  PersistentVolumeReclaimPolicy,
  PersistentVolumeSpec,
} from '../core/v1/persistent-volume.ts';
import type { TopologySelectorTerm } from '../core/v1/scheduling.ts';
import type { ListMeta, ObjectMeta } from '../meta/v1/object.ts';
import type { LabelSelector } from '../meta/v1/selector.ts';
import type { Int32, Int64, Quantity, StringMap, Time } from '../scalars.ts';

/** @kind */
export interface CSIDriver {
  readonly kind?: string;
  readonly apiVersion?: string;
  /** @proto 1 @optional */
  readonly metadata: ObjectMeta;
  /** @proto 2 */
  readonly spec: CSIDriverSpec;
}

/** @kind */
export interface CSIDriverList {
  readonly kind?: string;
  readonly apiVersion?: string;
  /** @proto 1 @optional */
  readonly metadata: ListMeta;
  /** @proto 2 */
  readonly items: readonly CSIDriver[];
}

export interface CSIDriverSpec {
  /** @proto 1 @explicit */
  readonly attachRequired?: boolean;
  /** @proto 2 @explicit */
  readonly podInfoOnMount?: boolean;
  /** @proto 3 @listType set */
  readonly volumeLifecycleModes?: readonly VolumeLifecycleMode[];
  /** @proto 4 @explicit @gate CSIStorageCapacity */
  readonly storageCapacity?: boolean;
  /** @proto 5 @explicit */
  readonly fsGroupPolicy?: FSGroupPolicy;
  /** @proto 6 @listType atomic */
  readonly tokenRequests?: readonly TokenRequest[];
  /** @proto 7 @explicit */
  readonly requiresRepublish?: boolean;
  /** @proto 8 @explicit @gate SELinuxMountReadWriteOncePod */
  readonly seLinuxMount?: boolean;
  /** @proto 9 @explicit @gate MutableCSINodeAllocatableCount */
  readonly nodeAllocatableUpdatePeriodSeconds?: Int64;
  /** @proto 10 @explicit @gate CSIServiceAccountTokenSecrets */
  readonly serviceAccountTokenInSecrets?: boolean;
  /** @proto 11 @explicit @gate VolumeLimitScaling */
  readonly preventPodSchedulingIfMissing?: boolean;
}

/** Known values: `Persistent`, `Ephemeral`. */
export type VolumeLifecycleMode = string;

/** Known values: `ReadWriteOnceWithFSType`, `File`, `None`. */
export type FSGroupPolicy = string;

export interface TokenRequest {
  /** @proto 1 */
  readonly audience: string;
  /** @proto 2 @explicit */
  readonly expirationSeconds?: Int64;
}

/** @kind */
export interface CSINode {
  readonly kind?: string;
  readonly apiVersion?: string;
  /** @proto 1 @optional */
  readonly metadata: ObjectMeta;
  /** @proto 2 */
  readonly spec: CSINodeSpec;
}

/** @kind */
export interface CSINodeList {
  readonly kind?: string;
  readonly apiVersion?: string;
  /** @proto 1 @optional */
  readonly metadata: ListMeta;
  /** @proto 2 */
  readonly items: readonly CSINode[];
}

export interface CSINodeSpec {
  /** @proto 1 @listType map name @patch merge name */
  readonly drivers: readonly CSINodeDriver[];
}

export interface CSINodeDriver {
  /** @proto 1 */
  readonly name: string;
  /** @proto 2 */
  readonly nodeID: string;
  /** @proto 3 @optional @listType atomic */
  readonly topologyKeys: readonly string[];
  /** @proto 4 @explicit */
  readonly allocatable?: VolumeNodeResources;
}

export interface VolumeNodeResources {
  /** @proto 1 @explicit */
  readonly count?: Int32;
}

/** @kind */
export interface CSIStorageCapacity {
  readonly kind?: string;
  readonly apiVersion?: string;
  /** @proto 1 @optional */
  readonly metadata: ObjectMeta;
  /** @proto 2 @explicit */
  readonly nodeTopology?: LabelSelector;
  /** @proto 3 */
  readonly storageClassName: string;
  /** @proto 4 @explicit */
  readonly capacity?: Quantity;
  /** @proto 5 @explicit */
  readonly maximumVolumeSize?: Quantity;
}

/** @kind */
export interface CSIStorageCapacityList {
  readonly kind?: string;
  readonly apiVersion?: string;
  /** @proto 1 @optional */
  readonly metadata: ListMeta;
  /** @proto 2 */
  readonly items: readonly CSIStorageCapacity[];
}

/** @kind */
export interface StorageClass {
  readonly kind?: string;
  readonly apiVersion?: string;
  /** @proto 1 @optional */
  readonly metadata: ObjectMeta;
  /** @proto 2 */
  readonly provisioner: string;
  /** @proto 3 */
  readonly parameters?: StringMap<string>;
  /** @proto 4 @explicit */
  readonly reclaimPolicy?: PersistentVolumeReclaimPolicy;
  /** @proto 5 @listType atomic */
  readonly mountOptions?: readonly string[];
  /** @proto 6 @explicit */
  readonly allowVolumeExpansion?: boolean;
  /** @proto 7 @explicit */
  readonly volumeBindingMode?: VolumeBindingMode;
  /** @proto 8 @listType atomic */
  readonly allowedTopologies?: readonly TopologySelectorTerm[];
}

/** @kind */
export interface StorageClassList {
  readonly kind?: string;
  readonly apiVersion?: string;
  /** @proto 1 @optional */
  readonly metadata: ListMeta;
  /** @proto 2 */
  readonly items: readonly StorageClass[];
}

/** @enum */
export type VolumeBindingMode = 'Immediate' | 'WaitForFirstConsumer';

/** @kind */
export interface VolumeAttachment {
  readonly kind?: string;
  readonly apiVersion?: string;
  /** @proto 1 @optional */
  readonly metadata: ObjectMeta;
  /** @proto 2 */
  readonly spec: VolumeAttachmentSpec;
  /** @proto 3 @always */
  readonly status?: VolumeAttachmentStatus;
}

/** @kind */
export interface VolumeAttachmentList {
  readonly kind?: string;
  readonly apiVersion?: string;
  /** @proto 1 @optional */
  readonly metadata: ListMeta;
  /** @proto 2 */
  readonly items: readonly VolumeAttachment[];
}

export interface VolumeAttachmentSpec {
  /** @proto 1 */
  readonly attacher: string;
  /** @proto 2 */
  readonly source: VolumeAttachmentSource;
  /** @proto 3 */
  readonly nodeName: string;
}

export interface VolumeAttachmentSource {
  /** @proto 1 @explicit */
  readonly persistentVolumeName?: string;
  /** @proto 2 @explicit */
  readonly inlineVolumeSpec?: PersistentVolumeSpec;
}

export interface VolumeAttachmentStatus {
  /** @proto 1 */
  readonly attached: boolean;
  /** @proto 2 */
  readonly attachmentMetadata?: StringMap<string>;
  /** @proto 3 @explicit */
  readonly attachError?: VolumeError;
  /** @proto 4 @explicit */
  readonly detachError?: VolumeError;
}

export interface VolumeError {
  /** @proto 1 @always */
  readonly time?: Time;
  /** @proto 2 */
  readonly message?: string;
  /** @proto 3 @explicit @gate MutableCSINodeAllocatableCount */
  readonly errorCode?: Int32;
}

/** @kind */
export interface VolumeAttributesClass {
  readonly kind?: string;
  readonly apiVersion?: string;
  /** @proto 1 @optional */
  readonly metadata: ObjectMeta;
  /** @proto 2 */
  readonly driverName: string;
  /** @proto 3 */
  readonly parameters?: StringMap<string>;
}

/** @kind */
export interface VolumeAttributesClassList {
  readonly kind?: string;
  readonly apiVersion?: string;
  /** @proto 1 @optional */
  readonly metadata: ListMeta;
  /** @proto 2 */
  readonly items: readonly VolumeAttributesClass[];
}
