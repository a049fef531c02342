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
  FCVolumeSource,
  FlockerVolumeSource,
  GCEPersistentDiskVolumeSource,
  PhotonPersistentDiskVolumeSource,
  PortworxVolumeSource,
  QuobyteVolumeSource,
  VsphereVirtualDiskVolumeSource,
} from './volume-plugins.ts';
import type {
  AzureFilePersistentVolumeSource,
  CephFSPersistentVolumeSource,
  CinderPersistentVolumeSource,
  FlexPersistentVolumeSource,
  GlusterfsPersistentVolumeSource,
  ISCSIPersistentVolumeSource,
  RBDPersistentVolumeSource,
  ScaleIOPersistentVolumeSource,
  StorageOSPersistentVolumeSource,
} from './persistent-volume-plugins.ts';

/**
 * A piece of storage in the cluster, that a claim can be bound to.
 * @kind
 */
export interface PersistentVolume {
  /** The kind of this object, in CamelCase. Clients may leave it out where the URL says it. */
  readonly kind?: string;
  /** The group and version that this object is written in, such as `v1` or `apps/v1`. */
  readonly apiVersion?: string;
  /**
   * Name, namespace, labels, annotations and the rest of what every object carries.
   * @proto 1 @optional
   */
  readonly metadata: ObjectMeta;
  /**
   * What is wanted.
   * @proto 2 @optional
   */
  readonly spec: PersistentVolumeSpec;
  /**
   * What is the case, as last seen. Set by the system, not by users.
   * @proto 3 @always
   */
  readonly status?: PersistentVolumeStatus;
}

/**
 * A list of persistent volumes.
 * @kind
 */
export interface PersistentVolumeList {
  /** The kind of this object, in CamelCase. Clients may leave it out where the URL says it. */
  readonly kind?: string;
  /** The group and version that this object is written in, such as `v1` or `apps/v1`. */
  readonly apiVersion?: string;
  /**
   * The version of the list, and where it goes on.
   * @proto 1 @optional
   */
  readonly metadata: ListMeta;
  /**
   * The persistent volumes.
   * @proto 2
   */
  readonly items: readonly PersistentVolume[];
}

/**
 * What a persistent volume is.
 * @inline PersistentVolumeSource 2 after capacity
 */
export interface PersistentVolumeSpec extends PersistentVolumeSource {
  /**
   * Its size, under `storage`.
   * @proto 1
   */
  readonly capacity?: ResourceList;
  /**
   * The ways in which it can be mounted.
   * @proto 3 @listType atomic
   */
  readonly accessModes?: readonly PersistentVolumeAccessMode[];
  /**
   * The claim that it is bound to. Binding sets both this and the claim's `volumeName`.
   * @proto 4 @explicit @structType granular
   */
  readonly claimRef?: ObjectReference;
  /**
   * What becomes of it when its claim goes: `Retain` keeps it, `Delete` deletes it; `Recycle` is
   * out of use. Defaults to `Retain` for volumes made by hand and to `Delete` for others.
   * @proto 5
   */
  readonly persistentVolumeReclaimPolicy?: PersistentVolumeReclaimPolicy;
  /**
   * Its storage class. Empty for none.
   * @proto 6
   */
  readonly storageClassName?: string;
  /**
   * Options to mount it with. They are not checked.
   * @proto 7 @listType atomic
   */
  readonly mountOptions?: readonly string[];
  /**
   * `Filesystem` (the default) or `Block`.
   * @proto 8 @explicit
   */
  readonly volumeMode?: PersistentVolumeMode;
  /**
   * The nodes that can use it.
   * @proto 9 @explicit
   */
  readonly nodeAffinity?: VolumeNodeAffinity;
  /**
   * Its volume attributes class. Empty for none.
   * @proto 10 @explicit @gate VolumeAttributesClass
   */
  readonly volumeAttributesClassName?: string;
}

/** Where a persistent volume is. One of them is set. */
export interface PersistentVolumeSource {
  /**
   * A disk of Google Compute Engine. Served by its CSI driver.
   * @proto 1 @explicit
   */
  readonly gcePersistentDisk?: GCEPersistentDiskVolumeSource;
  /**
   * A disk of Amazon EBS. Served by its CSI driver.
   * @proto 2 @explicit
   */
  readonly awsElasticBlockStore?: AWSElasticBlockStoreVolumeSource;
  /**
   * A directory of the node; only for tests on one node.
   * @proto 3 @explicit
   */
  readonly hostPath?: HostPathVolumeSource;
  /**
   * A Glusterfs volume. No longer supported.
   * @proto 4 @explicit
   */
  readonly glusterfs?: GlusterfsPersistentVolumeSource;
  /**
   * An NFS share.
   * @proto 5 @explicit
   */
  readonly nfs?: NFSVolumeSource;
  /**
   * A Ceph block device. No longer supported.
   * @proto 6 @explicit
   */
  readonly rbd?: RBDPersistentVolumeSource;
  /**
   * An iSCSI disk.
   * @proto 7 @explicit
   */
  readonly iscsi?: ISCSIPersistentVolumeSource;
  /**
   * A volume of OpenStack Cinder. Served by its CSI driver.
   * @proto 8 @explicit
   */
  readonly cinder?: CinderPersistentVolumeSource;
  /**
   * A CephFS share. No longer supported.
   * @proto 9 @explicit
   */
  readonly cephfs?: CephFSPersistentVolumeSource;
  /**
   * A Fibre Channel disk.
   * @proto 10 @explicit
   */
  readonly fc?: FCVolumeSource;
  /**
   * A Flocker volume. No longer supported.
   * @proto 11 @explicit
   */
  readonly flocker?: FlockerVolumeSource;
  /**
   * A volume of a FlexVolume driver; CSI replaces it.
   * @proto 12 @explicit
   */
  readonly flexVolume?: FlexPersistentVolumeSource;
  /**
   * A share of Azure Files. Served by its CSI driver.
   * @proto 13 @explicit
   */
  readonly azureFile?: AzureFilePersistentVolumeSource;
  /**
   * A disk of vSphere. Served by its CSI driver.
   * @proto 14 @explicit
   */
  readonly vsphereVolume?: VsphereVirtualDiskVolumeSource;
  /**
   * A Quobyte volume. No longer supported.
   * @proto 15 @explicit
   */
  readonly quobyte?: QuobyteVolumeSource;
  /**
   * A disk of Azure. Served by its CSI driver.
   * @proto 16 @explicit
   */
  readonly azureDisk?: AzureDiskVolumeSource;
  /**
   * A disk of Photon Controller. No longer supported.
   * @proto 17 @explicit
   */
  readonly photonPersistentDisk?: PhotonPersistentDiskVolumeSource;
  /**
   * A Portworx volume. Served by its CSI driver.
   * @proto 18 @explicit
   */
  readonly portworxVolume?: PortworxVolumeSource;
  /**
   * A ScaleIO volume. No longer supported.
   * @proto 19 @explicit
   */
  readonly scaleIO?: ScaleIOPersistentVolumeSource;
  /**
   * A disk, partition or directory of one node. Needs `nodeAffinity`.
   * @proto 20 @explicit
   */
  readonly local?: LocalVolumeSource;
  /**
   * A StorageOS volume. No longer supported.
   * @proto 21 @explicit
   */
  readonly storageos?: StorageOSPersistentVolumeSource;
  /**
   * A volume of a CSI driver.
   * @proto 22 @explicit
   */
  readonly csi?: CSIPersistentVolumeSource;
}

/** A disk, partition or directory of a node. */
export interface LocalVolumeSource {
  /**
   * Its path on the node.
   * @proto 1
   */
  readonly path: string;
  /**
   * The file system to make on a block device; chosen by itself when missing.
   * @proto 2 @explicit
   */
  readonly fsType?: string;
}

/** A volume of a CSI driver. */
export interface CSIPersistentVolumeSource {
  /**
   * The name of the driver.
   * @proto 1
   */
  readonly driver: string;
  /**
   * The volume, as the driver calls it.
   * @proto 2
   */
  readonly volumeHandle: string;
  /**
   * Mount it read-only. Defaults to false.
   * @proto 3
   */
  readonly readOnly?: boolean;
  /**
   * The file system.
   * @proto 4
   */
  readonly fsType?: string;
  /**
   * Facts about the volume, for the driver.
   * @proto 5
   */
  readonly volumeAttributes?: StringMap<string>;
  /**
   * The secret for attaching and detaching.
   * @proto 6 @explicit
   */
  readonly controllerPublishSecretRef?: SecretReference;
  /**
   * The secret for preparing the volume on a node.
   * @proto 7 @explicit
   */
  readonly nodeStageSecretRef?: SecretReference;
  /**
   * The secret for mounting it for a pod.
   * @proto 8 @explicit
   */
  readonly nodePublishSecretRef?: SecretReference;
  /**
   * The secret for enlarging it.
   * @proto 9 @explicit
   */
  readonly controllerExpandSecretRef?: SecretReference;
  /**
   * The secret for enlarging it on a node.
   * @proto 10 @explicit
   */
  readonly nodeExpandSecretRef?: SecretReference;
}

/**
 * A way in which a volume can be mounted.
 * @enum
 */
export type PersistentVolumeAccessMode =
  | 'ReadWriteOnce'
  | 'ReadOnlyMany'
  | 'ReadWriteMany'
  | 'ReadWriteOncePod';

/**
 * What becomes of a volume when its claim goes.
 * @enum
 */
export type PersistentVolumeReclaimPolicy = 'Recycle' | 'Delete' | 'Retain';

/**
 * Whether a volume is a file system or a raw device.
 * @enum
 */
export type PersistentVolumeMode = 'Block' | 'Filesystem';

/** The nodes that can use a volume. */
export interface VolumeNodeAffinity {
  /**
   * What a node must fulfil.
   * @proto 1 @explicit
   */
  readonly required?: NodeSelector;
}

/** How a persistent volume is doing. */
export interface PersistentVolumeStatus {
  /**
   * `Available`, `Bound`, `Released` (its claim is gone), `Failed`, or `Pending`.
   * @proto 1
   */
  readonly phase?: PersistentVolumePhase;
  /**
   * Why, as text for people.
   * @proto 2
   */
  readonly message?: string;
  /**
   * Why, as one word.
   * @proto 3
   */
  readonly reason?: string;
  /**
   * When the phase last changed.
   * @proto 4 @explicit
   */
  readonly lastPhaseTransitionTime?: Time;
}

/**
 * How far a persistent volume has come.
 * @enum
 */
export type PersistentVolumePhase = 'Pending' | 'Available' | 'Bound' | 'Released' | 'Failed';

/**
 * Someone's claim for storage. It is bound to one persistent volume.
 * @kind
 */
export interface PersistentVolumeClaim {
  /** The kind of this object, in CamelCase. Clients may leave it out where the URL says it. */
  readonly kind?: string;
  /** The group and version that this object is written in, such as `v1` or `apps/v1`. */
  readonly apiVersion?: string;
  /**
   * Name, namespace, labels, annotations and the rest of what every object carries.
   * @proto 1 @optional
   */
  readonly metadata: ObjectMeta;
  /**
   * What is wanted.
   * @proto 2 @optional
   */
  readonly spec: PersistentVolumeClaimSpec;
  /**
   * What is the case, as last seen. Set by the system, not by users.
   * @proto 3 @always
   */
  readonly status?: PersistentVolumeClaimStatus;
}

/**
 * A list of persistent volume claims.
 * @kind
 */
export interface PersistentVolumeClaimList {
  /** The kind of this object, in CamelCase. Clients may leave it out where the URL says it. */
  readonly kind?: string;
  /** The group and version that this object is written in, such as `v1` or `apps/v1`. */
  readonly apiVersion?: string;
  /**
   * The version of the list, and where it goes on.
   * @proto 1 @optional
   */
  readonly metadata: ListMeta;
  /**
   * The persistent volume claims.
   * @proto 2
   */
  readonly items: readonly PersistentVolumeClaim[];
}

/** What storage is claimed. */
export interface PersistentVolumeClaimSpec {
  /**
   * The ways in which the volume must be mountable.
   * @proto 1 @listType atomic
   */
  readonly accessModes?: readonly PersistentVolumeAccessMode[];
  /**
   * Which volumes come into question, by label.
   * @proto 4 @explicit
   */
  readonly selector?: LabelSelector;
  /**
   * The size, under `requests.storage`. It can be raised later where the class allows it.
   * @proto 2 @always
   */
  readonly resources?: VolumeResourceRequirements;
  /**
   * The volume that it is bound to.
   * @proto 3
   */
  readonly volumeName?: string;
  /**
   * The storage class to take the volume from. Missing takes the default class, empty takes none.
   * @proto 5 @explicit
   */
  readonly storageClassName?: string;
  /**
   * `Filesystem` (the default) or `Block`.
   * @proto 6 @explicit
   */
  readonly volumeMode?: PersistentVolumeMode;
  /**
   * What to fill the new volume with: a snapshot, or another claim.
   * @proto 7 @explicit
   */
  readonly dataSource?: TypedLocalObjectReference;
  /**
   * What to fill the new volume with: any object that a populator knows. Goes before `dataSource`.
   * @proto 8 @explicit
   */
  readonly dataSourceRef?: TypedObjectReference;
  /**
   * The volume attributes class. It can be changed later.
   * @proto 9 @explicit @gate VolumeAttributesClass
   */
  readonly volumeAttributesClassName?: string;
}

/** How large a volume must be. */
export interface VolumeResourceRequirements {
  /**
   * The largest size that will do.
   * @proto 1
   */
  readonly limits?: ResourceList;
  /**
   * The smallest size that will do.
   * @proto 2
   */
  readonly requests?: ResourceList;
}

/** How a claim is doing. */
export interface PersistentVolumeClaimStatus {
  /**
   * `Pending`, `Bound`, or `Lost` when its volume is gone.
   * @proto 1
   */
  readonly phase?: PersistentVolumeClaimPhase;
  /**
   * The ways in which the volume can be mounted.
   * @proto 2 @listType atomic
   */
  readonly accessModes?: readonly PersistentVolumeAccessMode[];
  /**
   * The real size of the volume.
   * @proto 3
   */
  readonly capacity?: ResourceList;
  /**
   * The latest findings about this object, one per type.
   * @proto 4 @listType map type @patch merge type
   */
  readonly conditions?: readonly PersistentVolumeClaimCondition[];
  /**
   * The size that is set aside, which is more than `capacity` while the volume grows.
   * @proto 5
   */
  readonly allocatedResources?: ResourceList;
  /**
   * How far growing the volume has come.
   * @proto 7 @mapType granular
   */
  readonly allocatedResourceStatuses?: StringMap<ClaimResourceStatus>;
  /**
   * The volume attributes class that is in effect.
   * @proto 8 @explicit @gate VolumeAttributesClass
   */
  readonly currentVolumeAttributesClassName?: string;
  /**
   * How far a change of the volume attributes class has come.
   * @proto 9 @explicit @gate VolumeAttributesClass
   */
  readonly modifyVolumeStatus?: ModifyVolumeStatus;
}

/**
 * How far a claim has come.
 * @enum
 */
export type PersistentVolumeClaimPhase = 'Pending' | 'Bound' | 'Lost';

/** A finding about a claim, such as that its volume is growing. */
export interface PersistentVolumeClaimCondition {
  /**
   * What the condition is about.
   * @proto 1
   */
  readonly type: PersistentVolumeClaimConditionType;
  /**
   * `True`, `False` or `Unknown`.
   * @proto 2
   */
  readonly status: ConditionStatus;
  /**
   * When the condition was last checked.
   * @proto 3 @always
   */
  readonly lastProbeTime?: Time;
  /**
   * When the status of this condition last changed.
   * @proto 4 @always
   */
  readonly lastTransitionTime?: Time;
  /**
   * Why, as one word for programs.
   * @proto 5
   */
  readonly reason?: string;
  /**
   * Why, as text for people.
   * @proto 6
   */
  readonly message?: string;
}

/**
 * What a claim's condition is about. Known values: `Resizing`, `FileSystemResizePending`,
 * `ControllerResizeError`, `NodeResizeError`, `ModifyVolumeError`, `ModifyingVolume`, `Unused`.
 */
export type PersistentVolumeClaimConditionType = string;

/**
 * How far growing a volume has come.
 * @enum
 */
export type ClaimResourceStatus =
  | 'ControllerResizeInProgress'
  | 'ControllerResizeInfeasible'
  | 'NodeResizePending'
  | 'NodeResizeInProgress'
  | 'NodeResizeInfeasible';

/** How far a change of the volume attributes class has come. */
export interface ModifyVolumeStatus {
  /**
   * The class that is wanted.
   * @proto 1
   */
  readonly targetVolumeAttributesClassName?: string;
  /**
   * `Pending`, `InProgress` or `Infeasible`.
   * @proto 2
   */
  readonly status: PersistentVolumeClaimModifyVolumeStatus;
}

/**
 * How far a change of a volume has come.
 * @enum
 */
export type PersistentVolumeClaimModifyVolumeStatus = 'Pending' | 'InProgress' | 'Infeasible';
