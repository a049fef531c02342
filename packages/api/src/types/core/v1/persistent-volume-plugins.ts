/**
 * Volume sources of storage products as persistent volumes name them: with secrets of any namespace.
 * @group core v1
 */
import type { Int32, StringMap } from '../../scalars.ts';
import type { ObjectReference, SecretReference } from './reference.ts';

/** A share of Azure Files. */
export interface AzureFilePersistentVolumeSource {
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
  /**
   * The secret's namespace; by default the claim's.
   * @proto 4 @nullable @optional
   */
  readonly secretNamespace: string;
}

/** A CephFS share. */
export interface CephFSPersistentVolumeSource {
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
  readonly secretRef?: SecretReference;
  /**
   * Mount it read-only. Defaults to false.
   * @proto 6
   */
  readonly readOnly?: boolean;
}

/** A volume of OpenStack Cinder. */
export interface CinderPersistentVolumeSource {
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
  readonly secretRef?: SecretReference;
}

/** A volume of a FlexVolume driver. */
export interface FlexPersistentVolumeSource {
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
  readonly secretRef?: SecretReference;
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

/** A Glusterfs volume. */
export interface GlusterfsPersistentVolumeSource {
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
  /**
   * The namespace of the endpoints object; by default the claim's.
   * @proto 4 @explicit
   */
  readonly endpointsNamespace?: string;
}

/** An iSCSI disk. */
export interface ISCSIPersistentVolumeSource {
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
  readonly secretRef?: SecretReference;
  /**
   * The name of the initiator to use.
   * @proto 12 @explicit
   */
  readonly initiatorName?: string;
}

/** A Ceph block device. */
export interface RBDPersistentVolumeSource {
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
  readonly secretRef?: SecretReference;
  /**
   * Mount it read-only. Defaults to false.
   * @proto 8
   */
  readonly readOnly?: boolean;
}

/** A ScaleIO volume. */
export interface ScaleIOPersistentVolumeSource {
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
  readonly secretRef: SecretReference;
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
export interface StorageOSPersistentVolumeSource {
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
  readonly secretRef?: ObjectReference;
}
