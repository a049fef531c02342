/**
 * Volumes of a pod that are not tied to one storage product.
 * @group core v1
 */
import type { ObjectMeta } from '../../meta/v1/object.ts';
import type { LabelSelector } from '../../meta/v1/selector.ts';
import type { Int32, Int64, Quantity, StringMap } from '../../scalars.ts';
import type { PullPolicy } from './container.ts';
import type { ObjectFieldSelector, ResourceFieldSelector } from './environment.ts';
import type { PersistentVolumeClaimSpec } from './persistent-volume.ts';
import type { LocalObjectReference } from './reference.ts';
import type {
  AWSElasticBlockStoreVolumeSource,
  AzureDiskVolumeSource,
  AzureFileVolumeSource,
  CephFSVolumeSource,
  CinderVolumeSource,
  FCVolumeSource,
  FlexVolumeSource,
  FlockerVolumeSource,
  GCEPersistentDiskVolumeSource,
  GlusterfsVolumeSource,
  ISCSIVolumeSource,
  PhotonPersistentDiskVolumeSource,
  PortworxVolumeSource,
  QuobyteVolumeSource,
  RBDVolumeSource,
  ScaleIOVolumeSource,
  StorageOSVolumeSource,
  VsphereVirtualDiskVolumeSource,
} from './volume-plugins.ts';

/** @inline VolumeSource 2 after name */
export interface Volume extends VolumeSource {
  /** @proto 1 */
  readonly name: string;
}

export interface VolumeSource {
  /** @proto 1 @explicit */
  readonly hostPath?: HostPathVolumeSource;
  /** @proto 2 @explicit */
  readonly emptyDir?: EmptyDirVolumeSource;
  /** @proto 3 @explicit */
  readonly gcePersistentDisk?: GCEPersistentDiskVolumeSource;
  /** @proto 4 @explicit */
  readonly awsElasticBlockStore?: AWSElasticBlockStoreVolumeSource;
  /** @proto 5 @explicit */
  readonly gitRepo?: GitRepoVolumeSource;
  /** @proto 6 @explicit */
  readonly secret?: SecretVolumeSource;
  /** @proto 7 @explicit */
  readonly nfs?: NFSVolumeSource;
  /** @proto 8 @explicit */
  readonly iscsi?: ISCSIVolumeSource;
  /** @proto 9 @explicit */
  readonly glusterfs?: GlusterfsVolumeSource;
  /** @proto 10 @explicit */
  readonly persistentVolumeClaim?: PersistentVolumeClaimVolumeSource;
  /** @proto 11 @explicit */
  readonly rbd?: RBDVolumeSource;
  /** @proto 12 @explicit */
  readonly flexVolume?: FlexVolumeSource;
  /** @proto 13 @explicit */
  readonly cinder?: CinderVolumeSource;
  /** @proto 14 @explicit */
  readonly cephfs?: CephFSVolumeSource;
  /** @proto 15 @explicit */
  readonly flocker?: FlockerVolumeSource;
  /** @proto 16 @explicit */
  readonly downwardAPI?: DownwardAPIVolumeSource;
  /** @proto 17 @explicit */
  readonly fc?: FCVolumeSource;
  /** @proto 18 @explicit */
  readonly azureFile?: AzureFileVolumeSource;
  /** @proto 19 @explicit */
  readonly configMap?: ConfigMapVolumeSource;
  /** @proto 20 @explicit */
  readonly vsphereVolume?: VsphereVirtualDiskVolumeSource;
  /** @proto 21 @explicit */
  readonly quobyte?: QuobyteVolumeSource;
  /** @proto 22 @explicit */
  readonly azureDisk?: AzureDiskVolumeSource;
  /** @proto 23 @explicit */
  readonly photonPersistentDisk?: PhotonPersistentDiskVolumeSource;
  /** @proto 26 @explicit */
  readonly projected?: ProjectedVolumeSource;
  /** @proto 24 @explicit */
  readonly portworxVolume?: PortworxVolumeSource;
  /** @proto 25 @explicit */
  readonly scaleIO?: ScaleIOVolumeSource;
  /** @proto 27 @explicit */
  readonly storageos?: StorageOSVolumeSource;
  /** @proto 28 @explicit */
  readonly csi?: CSIVolumeSource;
  /** @proto 29 @explicit */
  readonly ephemeral?: EphemeralVolumeSource;
  /** @proto 30 @explicit */
  readonly image?: ImageVolumeSource;
}

export interface HostPathVolumeSource {
  /** @proto 1 */
  readonly path: string;
  /** @proto 2 @explicit */
  readonly type?: HostPathType;
}

/** @enum */
export type HostPathType =
  | ''
  | 'DirectoryOrCreate'
  | 'Directory'
  | 'FileOrCreate'
  | 'File'
  | 'Socket'
  | 'CharDevice'
  | 'BlockDevice';

export interface EmptyDirVolumeSource {
  /** @proto 1 */
  readonly medium?: StorageMedium;
  /** @proto 2 @explicit */
  readonly sizeLimit?: Quantity;
}

/** Known values: empty, `Memory`, `HugePages`, `HugePages-`. */
export type StorageMedium = string;

export interface GitRepoVolumeSource {
  /** @proto 1 */
  readonly repository: string;
  /** @proto 2 */
  readonly revision?: string;
  /** @proto 3 */
  readonly directory?: string;
}

export interface SecretVolumeSource {
  /** @proto 1 */
  readonly secretName?: string;
  /** @proto 2 @listType atomic */
  readonly items?: readonly KeyToPath[];
  /** @proto 3 @explicit */
  readonly defaultMode?: Int32;
  /** @proto 4 @explicit */
  readonly optional?: boolean;
}

export interface KeyToPath {
  /** @proto 1 */
  readonly key: string;
  /** @proto 2 */
  readonly path: string;
  /** @proto 3 @explicit */
  readonly mode?: Int32;
}

export interface NFSVolumeSource {
  /** @proto 1 */
  readonly server: string;
  /** @proto 2 */
  readonly path: string;
  /** @proto 3 */
  readonly readOnly?: boolean;
}

export interface PersistentVolumeClaimVolumeSource {
  /** @proto 1 */
  readonly claimName: string;
  /** @proto 2 */
  readonly readOnly?: boolean;
}

export interface DownwardAPIVolumeSource {
  /** @proto 1 @listType atomic */
  readonly items?: readonly DownwardAPIVolumeFile[];
  /** @proto 2 @explicit */
  readonly defaultMode?: Int32;
}

export interface DownwardAPIVolumeFile {
  /** @proto 1 */
  readonly path: string;
  /** @proto 2 @explicit */
  readonly fieldRef?: ObjectFieldSelector;
  /** @proto 3 @explicit */
  readonly resourceFieldRef?: ResourceFieldSelector;
  /** @proto 4 @explicit */
  readonly mode?: Int32;
}

/** @inline LocalObjectReference 1 first */
export interface ConfigMapVolumeSource extends LocalObjectReference {
  /** @proto 2 @listType atomic */
  readonly items?: readonly KeyToPath[];
  /** @proto 3 @explicit */
  readonly defaultMode?: Int32;
  /** @proto 4 @explicit */
  readonly optional?: boolean;
}

export interface ProjectedVolumeSource {
  /** @proto 1 @optional @listType atomic */
  readonly sources: readonly VolumeProjection[];
  /** @proto 2 @explicit */
  readonly defaultMode?: Int32;
}

export interface VolumeProjection {
  /** @proto 1 @explicit */
  readonly secret?: SecretProjection;
  /** @proto 2 @explicit */
  readonly downwardAPI?: DownwardAPIProjection;
  /** @proto 3 @explicit */
  readonly configMap?: ConfigMapProjection;
  /** @proto 4 @explicit */
  readonly serviceAccountToken?: ServiceAccountTokenProjection;
  /** @proto 5 @explicit @gate ClusterTrustBundleProjection */
  readonly clusterTrustBundle?: ClusterTrustBundleProjection;
  /** @proto 6 @explicit @gate PodCertificateProjection */
  readonly podCertificate?: PodCertificateProjection;
}

/** @inline LocalObjectReference 1 first */
export interface SecretProjection extends LocalObjectReference {
  /** @proto 2 @listType atomic */
  readonly items?: readonly KeyToPath[];
  /** @proto 4 @explicit */
  readonly optional?: boolean;
}

export interface DownwardAPIProjection {
  /** @proto 1 @listType atomic */
  readonly items?: readonly DownwardAPIVolumeFile[];
}

/** @inline LocalObjectReference 1 first */
export interface ConfigMapProjection extends LocalObjectReference {
  /** @proto 2 @listType atomic */
  readonly items?: readonly KeyToPath[];
  /** @proto 4 @explicit */
  readonly optional?: boolean;
}

export interface ServiceAccountTokenProjection {
  /** @proto 1 */
  readonly audience?: string;
  /** @proto 2 @explicit */
  readonly expirationSeconds?: Int64;
  /** @proto 3 */
  readonly path: string;
}

export interface ClusterTrustBundleProjection {
  /** @proto 1 @explicit */
  readonly name?: string;
  /** @proto 2 @explicit */
  readonly signerName?: string;
  /** @proto 3 @explicit */
  readonly labelSelector?: LabelSelector;
  /** @proto 5 @explicit */
  readonly optional?: boolean;
  /** @proto 4 */
  readonly path: string;
}

export interface PodCertificateProjection {
  /** @proto 1 @required */
  readonly signerName?: string;
  /** @proto 2 @required */
  readonly keyType?: string;
  /** @proto 3 @explicit */
  readonly maxExpirationSeconds?: Int32;
  /** @proto 4 */
  readonly credentialBundlePath?: string;
  /** @proto 5 */
  readonly keyPath?: string;
  /** @proto 6 */
  readonly certificateChainPath?: string;
  /** @proto 7 */
  readonly userAnnotations?: StringMap<string>;
}

export interface CSIVolumeSource {
  /** @proto 1 */
  readonly driver: string;
  /** @proto 2 @explicit */
  readonly readOnly?: boolean;
  /** @proto 3 @explicit */
  readonly fsType?: string;
  /** @proto 4 */
  readonly volumeAttributes?: StringMap<string>;
  /** @proto 5 @explicit */
  readonly nodePublishSecretRef?: LocalObjectReference;
}

export interface EphemeralVolumeSource {
  /** @proto 1 @explicit */
  readonly volumeClaimTemplate?: PersistentVolumeClaimTemplate;
}

export interface PersistentVolumeClaimTemplate {
  /** @proto 1 @optional */
  readonly metadata: ObjectMeta;
  /** @proto 2 */
  readonly spec: PersistentVolumeClaimSpec;
}

export interface ImageVolumeSource {
  /** @proto 1 */
  readonly reference?: string;
  /** @proto 2 */
  readonly pullPolicy?: PullPolicy;
}
