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

/**
 * What the cluster has to know about a CSI driver. Its name is the driver's.
 * @kind
 */
export interface CSIDriver {
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
   * @proto 2
   */
  readonly spec: CSIDriverSpec;
}

/**
 * A list of CSI drivers.
 * @kind
 */
export interface CSIDriverList {
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
   * The CSI drivers.
   * @proto 2
   */
  readonly items: readonly CSIDriver[];
}

/** What a CSI driver needs and can do. */
export interface CSIDriverSpec {
  /**
   * Whether volumes must be attached before they are mounted. Defaults to true. It cannot be
   * changed.
   * @proto 1 @explicit
   */
  readonly attachRequired?: boolean;
  /**
   * Whether the driver is told about the pod when it mounts. Defaults to false.
   * @proto 2 @explicit
   */
  readonly podInfoOnMount?: boolean;
  /**
   * Kinds of volumes that the driver supports: `Persistent` (the default), `Ephemeral`. It cannot
   * be changed.
   * @proto 3 @listType set
   */
  readonly volumeLifecycleModes?: readonly VolumeLifecycleMode[];
  /**
   * Whether the scheduler should look at the capacity that the driver reports. Defaults to false.
   * @proto 4 @explicit @gate CSIStorageCapacity
   */
  readonly storageCapacity?: boolean;
  /**
   * Whether the ownership of volumes may be changed: `ReadWriteOnceWithFSType` (the default),
   * `File` or `None`.
   * @proto 5 @explicit
   */
  readonly fsGroupPolicy?: FSGroupPolicy;
  /**
   * Tokens of the pod's service account that the driver gets.
   * @proto 6 @listType atomic
   */
  readonly tokenRequests?: readonly TokenRequest[];
  /**
   * Whether the driver is called again and again for mounted volumes, such as to renew tokens.
   * Defaults to false.
   * @proto 7 @explicit
   */
  readonly requiresRepublish?: boolean;
  /**
   * Whether volumes can be mounted with an SELinux label. Defaults to false.
   * @proto 8 @explicit @gate SELinuxMountReadWriteOncePod
   */
  readonly seLinuxMount?: boolean;
  /**
   * Seconds between updates of how many volumes a node can take, at least 10. Missing for never.
   * @proto 9 @explicit @gate MutableCSINodeAllocatableCount
   */
  readonly nodeAllocatableUpdatePeriodSeconds?: Int64;
  /**
   * Whether tokens are given to the driver among the secrets instead of the volume's context.
   * @proto 10 @explicit @gate CSIServiceAccountTokenSecrets
   */
  readonly serviceAccountTokenInSecrets?: boolean;
  /**
   * Whether pods are kept away from nodes without this driver.
   * @proto 11 @explicit @gate VolumeLimitScaling
   */
  readonly preventPodSchedulingIfMissing?: boolean;
}

/** A kind of volumes. Known values: `Persistent`, `Ephemeral`. */
export type VolumeLifecycleMode = string;

/**
 * Whether the ownership of volumes may be changed. Known values: `ReadWriteOnceWithFSType`, `File`,
 * `None`.
 */
export type FSGroupPolicy = string;

/** A token that a driver gets. */
export interface TokenRequest {
  /**
   * Whom it is for; empty for the API server.
   * @proto 1
   */
  readonly audience: string;
  /**
   * Seconds that it should be valid.
   * @proto 2 @explicit
   */
  readonly expirationSeconds?: Int64;
}

/**
 * The CSI drivers on a node. Its name is the node's.
 * @kind
 */
export interface CSINode {
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
   * @proto 2
   */
  readonly spec: CSINodeSpec;
}

/**
 * A list of CSI nodes.
 * @kind
 */
export interface CSINodeList {
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
   * The CSI nodes.
   * @proto 2
   */
  readonly items: readonly CSINode[];
}

/** The CSI drivers on a node. */
export interface CSINodeSpec {
  /**
   * The drivers.
   * @proto 1 @listType map name @patch merge name
   */
  readonly drivers: readonly CSINodeDriver[];
}

/** A CSI driver on a node. */
export interface CSINodeDriver {
  /**
   * The driver's name.
   * @proto 1
   */
  readonly name: string;
  /**
   * The node, as the driver calls it.
   * @proto 2
   */
  readonly nodeID: string;
  /**
   * Labels of nodes that matter to the driver.
   * @proto 3 @optional @listType atomic
   */
  readonly topologyKeys: readonly string[];
  /**
   * How many volumes the node can take.
   * @proto 4 @explicit
   */
  readonly allocatable?: VolumeNodeResources;
}

/** How many volumes a node can take. */
export interface VolumeNodeResources {
  /**
   * How many; missing for no limit.
   * @proto 1 @explicit
   */
  readonly count?: Int32;
}

/**
 * How much storage a driver can still provide in one place.
 * @kind
 */
export interface CSIStorageCapacity {
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
   * The nodes for which it holds. Missing for none.
   * @proto 2 @explicit
   */
  readonly nodeTopology?: LabelSelector;
  /**
   * The storage class.
   * @proto 3
   */
  readonly storageClassName: string;
  /**
   * How much there is in all, where known.
   * @proto 4 @explicit
   */
  readonly capacity?: Quantity;
  /**
   * How large one volume can be, where known.
   * @proto 5 @explicit
   */
  readonly maximumVolumeSize?: Quantity;
}

/**
 * A list of CSI storage capacities.
 * @kind
 */
export interface CSIStorageCapacityList {
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
   * The CSI storage capacities.
   * @proto 2
   */
  readonly items: readonly CSIStorageCapacity[];
}

/**
 * A kind of storage, and how volumes of it are made.
 * @kind
 */
export interface StorageClass {
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
   * Who makes the volumes, mostly a CSI driver.
   * @proto 2
   */
  readonly provisioner: string;
  /**
   * Settings for the provisioner. At most 512.
   * @proto 3
   */
  readonly parameters?: StringMap<string>;
  /**
   * The reclaim policy of the volumes. Defaults to `Delete`.
   * @proto 4 @explicit
   */
  readonly reclaimPolicy?: PersistentVolumeReclaimPolicy;
  /**
   * The mount options of the volumes. They are not checked.
   * @proto 5 @listType atomic
   */
  readonly mountOptions?: readonly string[];
  /**
   * Whether volumes can grow.
   * @proto 6 @explicit
   */
  readonly allowVolumeExpansion?: boolean;
  /**
   * When claims are bound: `Immediate` (the default), or `WaitForFirstConsumer`, once a pod is
   * scheduled that uses them.
   * @proto 7 @explicit
   */
  readonly volumeBindingMode?: VolumeBindingMode;
  /**
   * Where volumes can be made.
   * @proto 8 @listType atomic
   */
  readonly allowedTopologies?: readonly TopologySelectorTerm[];
}

/**
 * A list of storage classes.
 * @kind
 */
export interface StorageClassList {
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
   * The storage classes.
   * @proto 2
   */
  readonly items: readonly StorageClass[];
}

/**
 * When claims are bound.
 * @enum
 */
export type VolumeBindingMode = 'Immediate' | 'WaitForFirstConsumer';

/**
 * Asks that a volume be attached to a node.
 * @kind
 */
export interface VolumeAttachment {
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
   * @proto 2
   */
  readonly spec: VolumeAttachmentSpec;
  /**
   * What is the case, as last seen. Set by the system, not by users.
   * @proto 3 @always
   */
  readonly status?: VolumeAttachmentStatus;
}

/**
 * A list of volume attachments.
 * @kind
 */
export interface VolumeAttachmentList {
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
   * The volume attachments.
   * @proto 2
   */
  readonly items: readonly VolumeAttachment[];
}

/** Which volume, which node, and who does it. */
export interface VolumeAttachmentSpec {
  /**
   * The CSI driver.
   * @proto 1
   */
  readonly attacher: string;
  /**
   * The volume.
   * @proto 2
   */
  readonly source: VolumeAttachmentSource;
  /**
   * The node.
   * @proto 3
   */
  readonly nodeName: string;
}

/** A volume. One of the two is set. */
export interface VolumeAttachmentSource {
  /**
   * The persistent volume.
   * @proto 1 @explicit
   */
  readonly persistentVolumeName?: string;
  /**
   * The volume itself, for those that older pods define in place.
   * @proto 2 @explicit
   */
  readonly inlineVolumeSpec?: PersistentVolumeSpec;
}

/** Whether a volume is attached. */
export interface VolumeAttachmentStatus {
  /**
   * Whether it is attached.
   * @proto 1
   */
  readonly attached: boolean;
  /**
   * Facts that mounting needs.
   * @proto 2
   */
  readonly attachmentMetadata?: StringMap<string>;
  /**
   * What last went wrong in attaching.
   * @proto 3 @explicit
   */
  readonly attachError?: VolumeError;
  /**
   * What last went wrong in detaching.
   * @proto 4 @explicit
   */
  readonly detachError?: VolumeError;
}

/** Something that went wrong with a volume. */
export interface VolumeError {
  /**
   * When.
   * @proto 1 @always
   */
  readonly time?: Time;
  /**
   * What, as text. It may be shown to people.
   * @proto 2
   */
  readonly message?: string;
  /**
   * The gRPC code.
   * @proto 3 @explicit @gate MutableCSINodeAllocatableCount
   */
  readonly errorCode?: Int32;
}

/**
 * Properties of volumes, such as their speed, that can be changed later.
 * @kind
 */
export interface VolumeAttributesClass {
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
   * The CSI driver.
   * @proto 2
   */
  readonly driverName: string;
  /**
   * Settings for the driver. They cannot be changed.
   * @proto 3
   */
  readonly parameters?: StringMap<string>;
}

/**
 * A list of volume attributes classes.
 * @kind
 */
export interface VolumeAttributesClassList {
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
   * The volume attributes classes.
   * @proto 2
   */
  readonly items: readonly VolumeAttributesClass[];
}
