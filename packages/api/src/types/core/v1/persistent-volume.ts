/**
 * Persistent volumes and the claims that bind to them.
 * @group core v1
 */
import type { ListMeta, ObjectMeta } from '../../meta/v1/object.ts';
import type { LabelSelector } from '../../meta/v1/selector.ts';
import type { StringMap, Time } from '../../scalars.ts';
import type { ConditionStatus } from './cluster.ts';
import type {
  ObjectReference,
  SecretReference,
  TypedLocalObjectReference,
  TypedObjectReference,
} from './reference.ts';
import type { ResourceList } from './resources.ts';
import type { NodeSelector } from './scheduling.ts';
import type { HostPathVolumeSource, NFSVolumeSource } from './volume.ts';
import type {
  AWSElasticBlockStoreVolumeSource,
  AzureDiskVolumeSource,
  AzureFilePersistentVolumeSource,
  CephFSPersistentVolumeSource,
  CinderPersistentVolumeSource,
  FCVolumeSource,
  FlexPersistentVolumeSource,
  FlockerVolumeSource,
  GCEPersistentDiskVolumeSource,
  GlusterfsPersistentVolumeSource,
  ISCSIPersistentVolumeSource,
  PhotonPersistentDiskVolumeSource,
  PortworxVolumeSource,
  QuobyteVolumeSource,
  RBDPersistentVolumeSource,
  ScaleIOPersistentVolumeSource,
  StorageOSPersistentVolumeSource,
  VsphereVirtualDiskVolumeSource,
} from './volume-plugins.ts';

/** @kind */
export interface PersistentVolume {
  readonly kind?: string;
  readonly apiVersion?: string;
  /** @proto 1 @optional */
  readonly metadata: ObjectMeta;
  /** @proto 2 @optional */
  readonly spec: PersistentVolumeSpec;
  /** @proto 3 @always */
  readonly status?: PersistentVolumeStatus;
}

/** @kind */
export interface PersistentVolumeList {
  readonly kind?: string;
  readonly apiVersion?: string;
  /** @proto 1 @optional */
  readonly metadata: ListMeta;
  /** @proto 2 */
  readonly items: readonly PersistentVolume[];
}

/** @inline PersistentVolumeSource 2 after capacity */
export interface PersistentVolumeSpec extends PersistentVolumeSource {
  /** @proto 1 */
  readonly capacity?: ResourceList;
  /** @proto 3 @listType atomic */
  readonly accessModes?: readonly PersistentVolumeAccessMode[];
  /** @proto 4 @explicit @structType granular */
  readonly claimRef?: ObjectReference;
  /** @proto 5 */
  readonly persistentVolumeReclaimPolicy?: PersistentVolumeReclaimPolicy;
  /** @proto 6 */
  readonly storageClassName?: string;
  /** @proto 7 @listType atomic */
  readonly mountOptions?: readonly string[];
  /** @proto 8 @explicit */
  readonly volumeMode?: PersistentVolumeMode;
  /** @proto 9 @explicit */
  readonly nodeAffinity?: VolumeNodeAffinity;
  /** @proto 10 @explicit @gate VolumeAttributesClass */
  readonly volumeAttributesClassName?: string;
}

export interface PersistentVolumeSource {
  /** @proto 1 @explicit */
  readonly gcePersistentDisk?: GCEPersistentDiskVolumeSource;
  /** @proto 2 @explicit */
  readonly awsElasticBlockStore?: AWSElasticBlockStoreVolumeSource;
  /** @proto 3 @explicit */
  readonly hostPath?: HostPathVolumeSource;
  /** @proto 4 @explicit */
  readonly glusterfs?: GlusterfsPersistentVolumeSource;
  /** @proto 5 @explicit */
  readonly nfs?: NFSVolumeSource;
  /** @proto 6 @explicit */
  readonly rbd?: RBDPersistentVolumeSource;
  /** @proto 7 @explicit */
  readonly iscsi?: ISCSIPersistentVolumeSource;
  /** @proto 8 @explicit */
  readonly cinder?: CinderPersistentVolumeSource;
  /** @proto 9 @explicit */
  readonly cephfs?: CephFSPersistentVolumeSource;
  /** @proto 10 @explicit */
  readonly fc?: FCVolumeSource;
  /** @proto 11 @explicit */
  readonly flocker?: FlockerVolumeSource;
  /** @proto 12 @explicit */
  readonly flexVolume?: FlexPersistentVolumeSource;
  /** @proto 13 @explicit */
  readonly azureFile?: AzureFilePersistentVolumeSource;
  /** @proto 14 @explicit */
  readonly vsphereVolume?: VsphereVirtualDiskVolumeSource;
  /** @proto 15 @explicit */
  readonly quobyte?: QuobyteVolumeSource;
  /** @proto 16 @explicit */
  readonly azureDisk?: AzureDiskVolumeSource;
  /** @proto 17 @explicit */
  readonly photonPersistentDisk?: PhotonPersistentDiskVolumeSource;
  /** @proto 18 @explicit */
  readonly portworxVolume?: PortworxVolumeSource;
  /** @proto 19 @explicit */
  readonly scaleIO?: ScaleIOPersistentVolumeSource;
  /** @proto 20 @explicit */
  readonly local?: LocalVolumeSource;
  /** @proto 21 @explicit */
  readonly storageos?: StorageOSPersistentVolumeSource;
  /** @proto 22 @explicit */
  readonly csi?: CSIPersistentVolumeSource;
}

export interface LocalVolumeSource {
  /** @proto 1 */
  readonly path: string;
  /** @proto 2 @explicit */
  readonly fsType?: string;
}

export interface CSIPersistentVolumeSource {
  /** @proto 1 */
  readonly driver: string;
  /** @proto 2 */
  readonly volumeHandle: string;
  /** @proto 3 */
  readonly readOnly?: boolean;
  /** @proto 4 */
  readonly fsType?: string;
  /** @proto 5 */
  readonly volumeAttributes?: StringMap<string>;
  /** @proto 6 @explicit */
  readonly controllerPublishSecretRef?: SecretReference;
  /** @proto 7 @explicit */
  readonly nodeStageSecretRef?: SecretReference;
  /** @proto 8 @explicit */
  readonly nodePublishSecretRef?: SecretReference;
  /** @proto 9 @explicit */
  readonly controllerExpandSecretRef?: SecretReference;
  /** @proto 10 @explicit */
  readonly nodeExpandSecretRef?: SecretReference;
}

/** @enum */
export type PersistentVolumeAccessMode =
  | 'ReadWriteOnce'
  | 'ReadOnlyMany'
  | 'ReadWriteMany'
  | 'ReadWriteOncePod';

/** @enum */
export type PersistentVolumeReclaimPolicy = 'Recycle' | 'Delete' | 'Retain';

/** @enum */
export type PersistentVolumeMode = 'Block' | 'Filesystem';

export interface VolumeNodeAffinity {
  /** @proto 1 @explicit */
  readonly required?: NodeSelector;
}

export interface PersistentVolumeStatus {
  /** @proto 1 */
  readonly phase?: PersistentVolumePhase;
  /** @proto 2 */
  readonly message?: string;
  /** @proto 3 */
  readonly reason?: string;
  /** @proto 4 @explicit */
  readonly lastPhaseTransitionTime?: Time;
}

/** @enum */
export type PersistentVolumePhase = 'Pending' | 'Available' | 'Bound' | 'Released' | 'Failed';

/** @kind */
export interface PersistentVolumeClaim {
  readonly kind?: string;
  readonly apiVersion?: string;
  /** @proto 1 @optional */
  readonly metadata: ObjectMeta;
  /** @proto 2 @optional */
  readonly spec: PersistentVolumeClaimSpec;
  /** @proto 3 @always */
  readonly status?: PersistentVolumeClaimStatus;
}

/** @kind */
export interface PersistentVolumeClaimList {
  readonly kind?: string;
  readonly apiVersion?: string;
  /** @proto 1 @optional */
  readonly metadata: ListMeta;
  /** @proto 2 */
  readonly items: readonly PersistentVolumeClaim[];
}

export interface PersistentVolumeClaimSpec {
  /** @proto 1 @listType atomic */
  readonly accessModes?: readonly PersistentVolumeAccessMode[];
  /** @proto 4 @explicit */
  readonly selector?: LabelSelector;
  /** @proto 2 @always */
  readonly resources?: VolumeResourceRequirements;
  /** @proto 3 */
  readonly volumeName?: string;
  /** @proto 5 @explicit */
  readonly storageClassName?: string;
  /** @proto 6 @explicit */
  readonly volumeMode?: PersistentVolumeMode;
  /** @proto 7 @explicit */
  readonly dataSource?: TypedLocalObjectReference;
  /** @proto 8 @explicit */
  readonly dataSourceRef?: TypedObjectReference;
  /** @proto 9 @explicit @gate VolumeAttributesClass */
  readonly volumeAttributesClassName?: string;
}

export interface VolumeResourceRequirements {
  /** @proto 1 */
  readonly limits?: ResourceList;
  /** @proto 2 */
  readonly requests?: ResourceList;
}

export interface PersistentVolumeClaimStatus {
  /** @proto 1 */
  readonly phase?: PersistentVolumeClaimPhase;
  /** @proto 2 @listType atomic */
  readonly accessModes?: readonly PersistentVolumeAccessMode[];
  /** @proto 3 */
  readonly capacity?: ResourceList;
  /** @proto 4 @listType map type @patch merge type */
  readonly conditions?: readonly PersistentVolumeClaimCondition[];
  /** @proto 5 */
  readonly allocatedResources?: ResourceList;
  /** @proto 7 @mapType granular */
  readonly allocatedResourceStatuses?: StringMap<ClaimResourceStatus>;
  /** @proto 8 @explicit @gate VolumeAttributesClass */
  readonly currentVolumeAttributesClassName?: string;
  /** @proto 9 @explicit @gate VolumeAttributesClass */
  readonly modifyVolumeStatus?: ModifyVolumeStatus;
}

/** @enum */
export type PersistentVolumeClaimPhase = 'Pending' | 'Bound' | 'Lost';

export interface PersistentVolumeClaimCondition {
  /** @proto 1 */
  readonly type: PersistentVolumeClaimConditionType;
  /** @proto 2 */
  readonly status: ConditionStatus;
  /** @proto 3 @always */
  readonly lastProbeTime?: Time;
  /** @proto 4 @always */
  readonly lastTransitionTime?: Time;
  /** @proto 5 */
  readonly reason?: string;
  /** @proto 6 */
  readonly message?: string;
}

/**
 * Known values: `Resizing`, `FileSystemResizePending`, `ControllerResizeError`,
 * `NodeResizeError`, `ModifyVolumeError`, `ModifyingVolume`, `Unused`.
 */
export type PersistentVolumeClaimConditionType = string;

/** @enum */
export type ClaimResourceStatus =
  | 'ControllerResizeInProgress'
  | 'ControllerResizeInfeasible'
  | 'NodeResizePending'
  | 'NodeResizeInProgress'
  | 'NodeResizeInfeasible';

export interface ModifyVolumeStatus {
  /** @proto 1 */
  readonly targetVolumeAttributesClassName?: string;
  /** @proto 2 */
  readonly status: PersistentVolumeClaimModifyVolumeStatus;
}

/** @enum */
export type PersistentVolumeClaimModifyVolumeStatus = 'Pending' | 'InProgress' | 'Infeasible';
