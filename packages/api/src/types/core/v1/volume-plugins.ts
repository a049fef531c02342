/**
 * Volume sources of particular storage products; most are served by CSI drivers today.
 * @group core v1
 */
import type { Int32, StringMap } from '../../scalars.ts';
import type { LocalObjectReference } from './reference.ts';

/** A disk of Amazon EBS. */
export interface AWSElasticBlockStoreVolumeSource {
  /**
   * The disk's id.
   * @proto 1
   */
  readonly volumeID: string;
  /**
   * The file system of the volume, such as `ext4` or `xfs`. Defaults to `ext4`.
   * @proto 2
   */
  readonly fsType?: string;
  /**
   * The partition of the disk; by default the whole disk.
   * @proto 3
   */
  readonly partition?: Int32;
  /**
   * Mount it read-only. Defaults to false.
   * @proto 4
   */
  readonly readOnly?: boolean;
}

/**
 * How a disk of Azure is cached.
 * @enum
 */
export type AzureDataDiskCachingMode = 'None' | 'ReadOnly' | 'ReadWrite';

/**
 * What kind of disk of Azure it is.
 * @enum
 */
export type AzureDataDiskKind = 'Shared' | 'Dedicated' | 'Managed';

/** A disk of Azure. */
export interface AzureDiskVolumeSource {
  /**
   * The disk's name.
   * @proto 1
   */
  readonly diskName: string;
  /**
   * The disk's URI.
   * @proto 2
   */
  readonly diskURI: string;
  /**
   * How it is cached: `None`, `ReadOnly` or `ReadWrite`.
   * @proto 3 @explicit @default "ReadWrite"
   */
  readonly cachingMode?: AzureDataDiskCachingMode;
  /**
   * The file system of the volume, such as `ext4` or `xfs`. Defaults to `ext4`.
   * @proto 4 @explicit @default "ext4"
   */
  readonly fsType?: string;
  /**
   * Mount it read-only. Defaults to false.
   * @proto 5 @explicit @default false
   */
  readonly readOnly?: boolean;
  /**
   * `Shared`, `Dedicated` or `Managed`. Defaults to `Shared`.
   * @proto 6 @explicit @default "Shared"
   */
  readonly kind?: AzureDataDiskKind;
}

/** A share of Azure Files. */
export interface AzureFileVolumeSource {
  /**
   * The secret with the storage account and its key.
   * @proto 1
   */
  readonly secretName: string;
  /**
   * The share's name.
   * @proto 2
   */
  readonly shareName: string;
  /**
   * Mount it read-only. Defaults to false.
   * @proto 3
   */
  readonly readOnly?: boolean;
}

/** A CephFS share. */
export interface CephFSVolumeSource {
  /**
   * The addresses of the Ceph monitors.
   * @proto 1 @listType atomic
   */
  readonly monitors: readonly string[];
  /**
   * The directory to mount; by default the root.
   * @proto 2
   */
  readonly path?: string;
  /**
   * The user to sign in as.
   * @proto 3
   */
  readonly user?: string;
  /**
   * The file on the node with the key of the user.
   * @proto 4
   */
  readonly secretFile?: string;
  /**
   * The secret with the credentials.
   * @proto 5 @explicit
   */
  readonly secretRef?: LocalObjectReference;
  /**
   * Mount it read-only. Defaults to false.
   * @proto 6
   */
  readonly readOnly?: boolean;
}

/** A volume of OpenStack Cinder. */
export interface CinderVolumeSource {
  /**
   * The volume's id.
   * @proto 1
   */
  readonly volumeID: string;
  /**
   * The file system of the volume, such as `ext4` or `xfs`. Defaults to `ext4`.
   * @proto 2
   */
  readonly fsType?: string;
  /**
   * Mount it read-only. Defaults to false.
   * @proto 3
   */
  readonly readOnly?: boolean;
  /**
   * The secret with the credentials.
   * @proto 4 @explicit
   */
  readonly secretRef?: LocalObjectReference;
}

/** A Fibre Channel disk, by target and LUN or by WWID. */
export interface FCVolumeSource {
  /**
   * The world wide names of the targets.
   * @proto 1 @listType atomic
   */
  readonly targetWWNs?: readonly string[];
  /**
   * The logical unit.
   * @proto 2 @explicit
   */
  readonly lun?: Int32;
  /**
   * The file system of the volume, such as `ext4` or `xfs`. Defaults to `ext4`.
   * @proto 3
   */
  readonly fsType?: string;
  /**
   * Mount it read-only. Defaults to false.
   * @proto 4
   */
  readonly readOnly?: boolean;
  /**
   * The world wide ids of the disk.
   * @proto 5 @listType atomic
   */
  readonly wwids?: readonly string[];
}

/** A volume of a FlexVolume driver. */
export interface FlexVolumeSource {
  /**
   * The name of the driver.
   * @proto 1
   */
  readonly driver: string;
  /**
   * The file system; by default the driver chooses.
   * @proto 2
   */
  readonly fsType?: string;
  /**
   * The secret with the credentials.
   * @proto 3 @explicit
   */
  readonly secretRef?: LocalObjectReference;
  /**
   * Mount it read-only. Defaults to false.
   * @proto 4
   */
  readonly readOnly?: boolean;
  /**
   * Settings for the driver.
   * @proto 5
   */
  readonly options?: StringMap<string>;
}

/** A Flocker volume. */
export interface FlockerVolumeSource {
  /**
   * The dataset's name. Out of use.
   * @proto 1
   */
  readonly datasetName?: string;
  /**
   * The dataset's id.
   * @proto 2
   */
  readonly datasetUUID?: string;
}

/** A disk of Google Compute Engine. */
export interface GCEPersistentDiskVolumeSource {
  /**
   * The disk's name.
   * @proto 1
   */
  readonly pdName: string;
  /**
   * The file system of the volume, such as `ext4` or `xfs`. Defaults to `ext4`.
   * @proto 2
   */
  readonly fsType?: string;
  /**
   * The partition of the disk; by default the whole disk.
   * @proto 3
   */
  readonly partition?: Int32;
  /**
   * Mount it read-only. Defaults to false.
   * @proto 4
   */
  readonly readOnly?: boolean;
}

/** A Glusterfs volume. */
export interface GlusterfsVolumeSource {
  /**
   * The endpoints object with the servers' addresses.
   * @proto 1
   */
  readonly endpoints: string;
  /**
   * The volume's name.
   * @proto 2
   */
  readonly path: string;
  /**
   * Mount it read-only. Defaults to false.
   * @proto 3
   */
  readonly readOnly?: boolean;
}

/** An iSCSI disk. */
export interface ISCSIVolumeSource {
  /**
   * The target's address and port.
   * @proto 1
   */
  readonly targetPortal: string;
  /**
   * The target's qualified name.
   * @proto 2
   */
  readonly iqn: string;
  /**
   * The logical unit.
   * @proto 3
   */
  readonly lun: Int32;
  /**
   * The interface to use. Defaults to `default`, which is TCP.
   * @proto 4 @default "default"
   */
  readonly iscsiInterface?: string;
  /**
   * The file system of the volume, such as `ext4` or `xfs`. Defaults to `ext4`.
   * @proto 5
   */
  readonly fsType?: string;
  /**
   * Mount it read-only. Defaults to false.
   * @proto 6
   */
  readonly readOnly?: boolean;
  /**
   * Further addresses of the target, for several paths.
   * @proto 7 @listType atomic
   */
  readonly portals?: readonly string[];
  /**
   * Sign in for discovery with CHAP.
   * @proto 8
   */
  readonly chapAuthDiscovery?: boolean;
  /**
   * Sign in for sessions with CHAP.
   * @proto 11
   */
  readonly chapAuthSession?: boolean;
  /**
   * The secret with the credentials.
   * @proto 10 @explicit
   */
  readonly secretRef?: LocalObjectReference;
  /**
   * The name of the initiator to use.
   * @proto 12 @explicit
   */
  readonly initiatorName?: string;
}

/** A disk of Photon Controller. */
export interface PhotonPersistentDiskVolumeSource {
  /**
   * The disk's id.
   * @proto 1
   */
  readonly pdID: string;
  /**
   * The file system of the volume, such as `ext4` or `xfs`. Defaults to `ext4`.
   * @proto 2
   */
  readonly fsType?: string;
}

/** A Portworx volume. */
export interface PortworxVolumeSource {
  /**
   * The volume's id.
   * @proto 1
   */
  readonly volumeID: string;
  /**
   * The file system of the volume, such as `ext4` or `xfs`. Defaults to `ext4`.
   * @proto 2
   */
  readonly fsType?: string;
  /**
   * Mount it read-only. Defaults to false.
   * @proto 3
   */
  readonly readOnly?: boolean;
}

/** A Quobyte volume. */
export interface QuobyteVolumeSource {
  /**
   * The addresses of the registry.
   * @proto 1
   */
  readonly registry: string;
  /**
   * The volume's name.
   * @proto 2
   */
  readonly volume: string;
  /**
   * Mount it read-only. Defaults to false.
   * @proto 3
   */
  readonly readOnly?: boolean;
  /**
   * The user to mount it as; by default the owner of the pod's process.
   * @proto 4
   */
  readonly user?: string;
  /**
   * The group to mount it as.
   * @proto 5
   */
  readonly group?: string;
  /**
   * The tenant that owns it.
   * @proto 6
   */
  readonly tenant?: string;
}

/** A Ceph block device. */
export interface RBDVolumeSource {
  /**
   * The addresses of the Ceph monitors.
   * @proto 1 @listType atomic
   */
  readonly monitors: readonly string[];
  /**
   * The image's name.
   * @proto 2
   */
  readonly image: string;
  /**
   * The file system of the volume, such as `ext4` or `xfs`. Defaults to `ext4`.
   * @proto 3
   */
  readonly fsType?: string;
  /**
   * The pool. Defaults to `rbd`.
   * @proto 4 @default "rbd"
   */
  readonly pool?: string;
  /**
   * The user to sign in as. Defaults to `admin`.
   * @proto 5 @default "admin"
   */
  readonly user?: string;
  /**
   * The file on the node with the keys. Defaults to `/etc/ceph/keyring`.
   * @proto 6 @default "/etc/ceph/keyring"
   */
  readonly keyring?: string;
  /**
   * The secret with the credentials.
   * @proto 7 @explicit
   */
  readonly secretRef?: LocalObjectReference;
  /**
   * Mount it read-only. Defaults to false.
   * @proto 8
   */
  readonly readOnly?: boolean;
}

/** A ScaleIO volume. */
export interface ScaleIOVolumeSource {
  /**
   * The address of the gateway.
   * @proto 1
   */
  readonly gateway: string;
  /**
   * The storage system's name.
   * @proto 2
   */
  readonly system: string;
  /**
   * The secret with the credentials.
   * @proto 3 @nullable
   */
  readonly secretRef: LocalObjectReference;
  /**
   * Talk to the gateway over TLS.
   * @proto 4
   */
  readonly sslEnabled?: boolean;
  /**
   * The protection domain.
   * @proto 5
   */
  readonly protectionDomain?: string;
  /**
   * The storage pool.
   * @proto 6
   */
  readonly storagePool?: string;
  /**
   * `ThickProvisioned` or `ThinProvisioned` (the default).
   * @proto 7 @default "ThinProvisioned"
   */
  readonly storageMode?: string;
  /**
   * The volume's name.
   * @proto 8
   */
  readonly volumeName?: string;
  /**
   * The file system. Defaults to `xfs`.
   * @proto 9 @default "xfs"
   */
  readonly fsType?: string;
  /**
   * Mount it read-only. Defaults to false.
   * @proto 10
   */
  readonly readOnly?: boolean;
}

/** A StorageOS volume. */
export interface StorageOSVolumeSource {
  /**
   * The volume's name.
   * @proto 1
   */
  readonly volumeName?: string;
  /**
   * The volume's namespace within StorageOS.
   * @proto 2
   */
  readonly volumeNamespace?: string;
  /**
   * The file system of the volume, such as `ext4` or `xfs`. Defaults to `ext4`.
   * @proto 3
   */
  readonly fsType?: string;
  /**
   * Mount it read-only. Defaults to false.
   * @proto 4
   */
  readonly readOnly?: boolean;
  /**
   * The secret with the credentials.
   * @proto 5 @explicit
   */
  readonly secretRef?: LocalObjectReference;
}

/** A disk of vSphere. */
export interface VsphereVirtualDiskVolumeSource {
  /**
   * The disk's path.
   * @proto 1
   */
  readonly volumePath: string;
  /**
   * The file system of the volume, such as `ext4` or `xfs`. Defaults to `ext4`.
   * @proto 2
   */
  readonly fsType?: string;
  /**
   * The storage policy's name.
   * @proto 3
   */
  readonly storagePolicyName?: string;
  /**
   * The storage policy's id.
   * @proto 4
   */
  readonly storagePolicyID?: string;
}
