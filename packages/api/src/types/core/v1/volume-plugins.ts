/**
 * Volume sources of particular storage products; most are served by CSI drivers today.
 * @group core v1
 */
import type { Int32, StringMap } from '../../scalars.ts';
import type { LocalObjectReference, ObjectReference, SecretReference } from './reference.ts';

export interface AWSElasticBlockStoreVolumeSource {
  /** @proto 1 */
  readonly volumeID: string;
  /** @proto 2 */
  readonly fsType?: string;
  /** @proto 3 */
  readonly partition?: Int32;
  /** @proto 4 */
  readonly readOnly?: boolean;
}

/** @enum */
export type AzureDataDiskCachingMode = 'None' | 'ReadOnly' | 'ReadWrite';

/** @enum */
export type AzureDataDiskKind = 'Shared' | 'Dedicated' | 'Managed';

export interface AzureDiskVolumeSource {
  /** @proto 1 */
  readonly diskName: string;
  /** @proto 2 */
  readonly diskURI: string;
  /** @proto 3 @explicit @default "ReadWrite" */
  readonly cachingMode?: AzureDataDiskCachingMode;
  /** @proto 4 @explicit @default "ext4" */
  readonly fsType?: string;
  /** @proto 5 @explicit @default false */
  readonly readOnly?: boolean;
  /** @proto 6 @explicit @default "Shared" */
  readonly kind?: AzureDataDiskKind;
}

export interface AzureFileVolumeSource {
  /** @proto 1 */
  readonly secretName: string;
  /** @proto 2 */
  readonly shareName: string;
  /** @proto 3 */
  readonly readOnly?: boolean;
}

export interface AzureFilePersistentVolumeSource {
  /** @proto 1 */
  readonly secretName: string;
  /** @proto 2 */
  readonly shareName: string;
  /** @proto 3 */
  readonly readOnly?: boolean;
  /** @proto 4 @nullable @optional */
  readonly secretNamespace: string;
}

export interface CephFSVolumeSource {
  /** @proto 1 @listType atomic */
  readonly monitors: readonly string[];
  /** @proto 2 */
  readonly path?: string;
  /** @proto 3 */
  readonly user?: string;
  /** @proto 4 */
  readonly secretFile?: string;
  /** @proto 5 @explicit */
  readonly secretRef?: LocalObjectReference;
  /** @proto 6 */
  readonly readOnly?: boolean;
}

export interface CephFSPersistentVolumeSource {
  /** @proto 1 @listType atomic */
  readonly monitors: readonly string[];
  /** @proto 2 */
  readonly path?: string;
  /** @proto 3 */
  readonly user?: string;
  /** @proto 4 */
  readonly secretFile?: string;
  /** @proto 5 @explicit */
  readonly secretRef?: SecretReference;
  /** @proto 6 */
  readonly readOnly?: boolean;
}

export interface CinderVolumeSource {
  /** @proto 1 */
  readonly volumeID: string;
  /** @proto 2 */
  readonly fsType?: string;
  /** @proto 3 */
  readonly readOnly?: boolean;
  /** @proto 4 @explicit */
  readonly secretRef?: LocalObjectReference;
}

export interface CinderPersistentVolumeSource {
  /** @proto 1 */
  readonly volumeID: string;
  /** @proto 2 */
  readonly fsType?: string;
  /** @proto 3 */
  readonly readOnly?: boolean;
  /** @proto 4 @explicit */
  readonly secretRef?: SecretReference;
}

export interface FCVolumeSource {
  /** @proto 1 @listType atomic */
  readonly targetWWNs?: readonly string[];
  /** @proto 2 @explicit */
  readonly lun?: Int32;
  /** @proto 3 */
  readonly fsType?: string;
  /** @proto 4 */
  readonly readOnly?: boolean;
  /** @proto 5 @listType atomic */
  readonly wwids?: readonly string[];
}

export interface FlexVolumeSource {
  /** @proto 1 */
  readonly driver: string;
  /** @proto 2 */
  readonly fsType?: string;
  /** @proto 3 @explicit */
  readonly secretRef?: LocalObjectReference;
  /** @proto 4 */
  readonly readOnly?: boolean;
  /** @proto 5 */
  readonly options?: StringMap<string>;
}

export interface FlexPersistentVolumeSource {
  /** @proto 1 */
  readonly driver: string;
  /** @proto 2 */
  readonly fsType?: string;
  /** @proto 3 @explicit */
  readonly secretRef?: SecretReference;
  /** @proto 4 */
  readonly readOnly?: boolean;
  /** @proto 5 */
  readonly options?: StringMap<string>;
}

export interface FlockerVolumeSource {
  /** @proto 1 */
  readonly datasetName?: string;
  /** @proto 2 */
  readonly datasetUUID?: string;
}

export interface GCEPersistentDiskVolumeSource {
  /** @proto 1 */
  readonly pdName: string;
  /** @proto 2 */
  readonly fsType?: string;
  /** @proto 3 */
  readonly partition?: Int32;
  /** @proto 4 */
  readonly readOnly?: boolean;
}

export interface GlusterfsVolumeSource {
  /** @proto 1 */
  readonly endpoints: string;
  /** @proto 2 */
  readonly path: string;
  /** @proto 3 */
  readonly readOnly?: boolean;
}

export interface GlusterfsPersistentVolumeSource {
  /** @proto 1 */
  readonly endpoints: string;
  /** @proto 2 */
  readonly path: string;
  /** @proto 3 */
  readonly readOnly?: boolean;
  /** @proto 4 @explicit */
  readonly endpointsNamespace?: string;
}

export interface ISCSIVolumeSource {
  /** @proto 1 */
  readonly targetPortal: string;
  /** @proto 2 */
  readonly iqn: string;
  /** @proto 3 */
  readonly lun: Int32;
  /** @proto 4 @default "default" */
  readonly iscsiInterface?: string;
  /** @proto 5 */
  readonly fsType?: string;
  /** @proto 6 */
  readonly readOnly?: boolean;
  /** @proto 7 @listType atomic */
  readonly portals?: readonly string[];
  /** @proto 8 */
  readonly chapAuthDiscovery?: boolean;
  /** @proto 11 */
  readonly chapAuthSession?: boolean;
  /** @proto 10 @explicit */
  readonly secretRef?: LocalObjectReference;
  /** @proto 12 @explicit */
  readonly initiatorName?: string;
}

export interface ISCSIPersistentVolumeSource {
  /** @proto 1 */
  readonly targetPortal: string;
  /** @proto 2 */
  readonly iqn: string;
  /** @proto 3 */
  readonly lun: Int32;
  /** @proto 4 @default "default" */
  readonly iscsiInterface?: string;
  /** @proto 5 */
  readonly fsType?: string;
  /** @proto 6 */
  readonly readOnly?: boolean;
  /** @proto 7 @listType atomic */
  readonly portals?: readonly string[];
  /** @proto 8 */
  readonly chapAuthDiscovery?: boolean;
  /** @proto 11 */
  readonly chapAuthSession?: boolean;
  /** @proto 10 @explicit */
  readonly secretRef?: SecretReference;
  /** @proto 12 @explicit */
  readonly initiatorName?: string;
}

export interface PhotonPersistentDiskVolumeSource {
  /** @proto 1 */
  readonly pdID: string;
  /** @proto 2 */
  readonly fsType?: string;
}

export interface PortworxVolumeSource {
  /** @proto 1 */
  readonly volumeID: string;
  /** @proto 2 */
  readonly fsType?: string;
  /** @proto 3 */
  readonly readOnly?: boolean;
}

export interface QuobyteVolumeSource {
  /** @proto 1 */
  readonly registry: string;
  /** @proto 2 */
  readonly volume: string;
  /** @proto 3 */
  readonly readOnly?: boolean;
  /** @proto 4 */
  readonly user?: string;
  /** @proto 5 */
  readonly group?: string;
  /** @proto 6 */
  readonly tenant?: string;
}

export interface RBDVolumeSource {
  /** @proto 1 @listType atomic */
  readonly monitors: readonly string[];
  /** @proto 2 */
  readonly image: string;
  /** @proto 3 */
  readonly fsType?: string;
  /** @proto 4 @default "rbd" */
  readonly pool?: string;
  /** @proto 5 @default "admin" */
  readonly user?: string;
  /** @proto 6 @default "/etc/ceph/keyring" */
  readonly keyring?: string;
  /** @proto 7 @explicit */
  readonly secretRef?: LocalObjectReference;
  /** @proto 8 */
  readonly readOnly?: boolean;
}

export interface RBDPersistentVolumeSource {
  /** @proto 1 @listType atomic */
  readonly monitors: readonly string[];
  /** @proto 2 */
  readonly image: string;
  /** @proto 3 */
  readonly fsType?: string;
  /** @proto 4 @default "rbd" */
  readonly pool?: string;
  /** @proto 5 @default "admin" */
  readonly user?: string;
  /** @proto 6 @default "/etc/ceph/keyring" */
  readonly keyring?: string;
  /** @proto 7 @explicit */
  readonly secretRef?: SecretReference;
  /** @proto 8 */
  readonly readOnly?: boolean;
}

export interface ScaleIOVolumeSource {
  /** @proto 1 */
  readonly gateway: string;
  /** @proto 2 */
  readonly system: string;
  /** @proto 3 @nullable */
  readonly secretRef: LocalObjectReference;
  /** @proto 4 */
  readonly sslEnabled?: boolean;
  /** @proto 5 */
  readonly protectionDomain?: string;
  /** @proto 6 */
  readonly storagePool?: string;
  /** @proto 7 @default "ThinProvisioned" */
  readonly storageMode?: string;
  /** @proto 8 */
  readonly volumeName?: string;
  /** @proto 9 @default "xfs" */
  readonly fsType?: string;
  /** @proto 10 */
  readonly readOnly?: boolean;
}

export interface ScaleIOPersistentVolumeSource {
  /** @proto 1 */
  readonly gateway: string;
  /** @proto 2 */
  readonly system: string;
  /** @proto 3 @nullable */
  readonly secretRef: SecretReference;
  /** @proto 4 */
  readonly sslEnabled?: boolean;
  /** @proto 5 */
  readonly protectionDomain?: string;
  /** @proto 6 */
  readonly storagePool?: string;
  /** @proto 7 @default "ThinProvisioned" */
  readonly storageMode?: string;
  /** @proto 8 */
  readonly volumeName?: string;
  /** @proto 9 @default "xfs" */
  readonly fsType?: string;
  /** @proto 10 */
  readonly readOnly?: boolean;
}

export interface StorageOSVolumeSource {
  /** @proto 1 */
  readonly volumeName?: string;
  /** @proto 2 */
  readonly volumeNamespace?: string;
  /** @proto 3 */
  readonly fsType?: string;
  /** @proto 4 */
  readonly readOnly?: boolean;
  /** @proto 5 @explicit */
  readonly secretRef?: LocalObjectReference;
}

export interface StorageOSPersistentVolumeSource {
  /** @proto 1 */
  readonly volumeName?: string;
  /** @proto 2 */
  readonly volumeNamespace?: string;
  /** @proto 3 */
  readonly fsType?: string;
  /** @proto 4 */
  readonly readOnly?: boolean;
  /** @proto 5 @explicit */
  readonly secretRef?: ObjectReference;
}

export interface VsphereVirtualDiskVolumeSource {
  /** @proto 1 */
  readonly volumePath: string;
  /** @proto 2 */
  readonly fsType?: string;
  /** @proto 3 */
  readonly storagePolicyName?: string;
  /** @proto 4 */
  readonly storagePolicyID?: string;
}
