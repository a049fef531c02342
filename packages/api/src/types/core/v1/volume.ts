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

/**
 * Storage that containers of a pod can mount. One source is set.
 * @inline VolumeSource 2 after name
 */
export interface Volume extends VolumeSource {
  /**
   * A DNS label, unique in the pod.
   * @proto 1
   */
  readonly name: string;
}

/** Where a volume comes from. One of them is set. */
export interface VolumeSource {
  /**
   * A file or directory of the node. Few pods should have that.
   * @proto 1 @explicit
   */
  readonly hostPath?: HostPathVolumeSource;
  /**
   * An empty directory that lives as long as the pod.
   * @proto 2 @explicit
   */
  readonly emptyDir?: EmptyDirVolumeSource;
  /**
   * A disk of Google Compute Engine. Served by its CSI driver.
   * @proto 3 @explicit
   */
  readonly gcePersistentDisk?: GCEPersistentDiskVolumeSource;
  /**
   * A disk of Amazon EBS. Served by its CSI driver.
   * @proto 4 @explicit
   */
  readonly awsElasticBlockStore?: AWSElasticBlockStoreVolumeSource;
  /**
   * A clone of a git repository. No longer supported; use an init container.
   * @proto 5 @explicit
   */
  readonly gitRepo?: GitRepoVolumeSource;
  /**
   * Keys of a secret as files.
   * @proto 6 @explicit
   */
  readonly secret?: SecretVolumeSource;
  /**
   * An NFS share.
   * @proto 7 @explicit
   */
  readonly nfs?: NFSVolumeSource;
  /**
   * An iSCSI disk.
   * @proto 8 @explicit
   */
  readonly iscsi?: ISCSIVolumeSource;
  /**
   * A Glusterfs volume. No longer supported.
   * @proto 9 @explicit
   */
  readonly glusterfs?: GlusterfsVolumeSource;
  /**
   * The volume that a claim is bound to.
   * @proto 10 @explicit
   */
  readonly persistentVolumeClaim?: PersistentVolumeClaimVolumeSource;
  /**
   * A Ceph block device. No longer supported.
   * @proto 11 @explicit
   */
  readonly rbd?: RBDVolumeSource;
  /**
   * A volume of a FlexVolume driver; CSI replaces it.
   * @proto 12 @explicit
   */
  readonly flexVolume?: FlexVolumeSource;
  /**
   * A volume of OpenStack Cinder. Served by its CSI driver.
   * @proto 13 @explicit
   */
  readonly cinder?: CinderVolumeSource;
  /**
   * A CephFS share. No longer supported.
   * @proto 14 @explicit
   */
  readonly cephfs?: CephFSVolumeSource;
  /**
   * A Flocker volume. No longer supported.
   * @proto 15 @explicit
   */
  readonly flocker?: FlockerVolumeSource;
  /**
   * Facts about the pod as files.
   * @proto 16 @explicit
   */
  readonly downwardAPI?: DownwardAPIVolumeSource;
  /**
   * A Fibre Channel disk.
   * @proto 17 @explicit
   */
  readonly fc?: FCVolumeSource;
  /**
   * A share of Azure Files. Served by its CSI driver.
   * @proto 18 @explicit
   */
  readonly azureFile?: AzureFileVolumeSource;
  /**
   * Keys of a config map as files.
   * @proto 19 @explicit
   */
  readonly configMap?: ConfigMapVolumeSource;
  /**
   * A disk of vSphere. Served by its CSI driver.
   * @proto 20 @explicit
   */
  readonly vsphereVolume?: VsphereVirtualDiskVolumeSource;
  /**
   * A Quobyte volume. No longer supported.
   * @proto 21 @explicit
   */
  readonly quobyte?: QuobyteVolumeSource;
  /**
   * A disk of Azure. Served by its CSI driver.
   * @proto 22 @explicit
   */
  readonly azureDisk?: AzureDiskVolumeSource;
  /**
   * A disk of Photon Controller. No longer supported.
   * @proto 23 @explicit
   */
  readonly photonPersistentDisk?: PhotonPersistentDiskVolumeSource;
  /**
   * Several sources in one directory.
   * @proto 26 @explicit
   */
  readonly projected?: ProjectedVolumeSource;
  /**
   * A Portworx volume. Served by its CSI driver.
   * @proto 24 @explicit
   */
  readonly portworxVolume?: PortworxVolumeSource;
  /**
   * A ScaleIO volume. No longer supported.
   * @proto 25 @explicit
   */
  readonly scaleIO?: ScaleIOVolumeSource;
  /**
   * A StorageOS volume. No longer supported.
   * @proto 27 @explicit
   */
  readonly storageos?: StorageOSVolumeSource;
  /**
   * A volume that a CSI driver makes for this pod alone.
   * @proto 28 @explicit
   */
  readonly csi?: CSIVolumeSource;
  /**
   * A claim that is made for this pod and deleted with it.
   * @proto 29 @explicit
   */
  readonly ephemeral?: EphemeralVolumeSource;
  /**
   * The content of a container image, read-only.
   * @proto 30 @explicit
   */
  readonly image?: ImageVolumeSource;
}

/** A file or directory of the node. */
export interface HostPathVolumeSource {
  /**
   * Its path on the node.
   * @proto 1
   */
  readonly path: string;
  /**
   * What must be there, or is made: such as `Directory`, `DirectoryOrCreate`, `File` or `Socket`.
   * Empty for no check.
   * @proto 2 @explicit
   */
  readonly type?: HostPathType;
}

/**
 * What must be at a path of the node.
 * @enum
 */
export type HostPathType =
  | ''
  | 'DirectoryOrCreate'
  | 'Directory'
  | 'FileOrCreate'
  | 'File'
  | 'Socket'
  | 'CharDevice'
  | 'BlockDevice';

/** An empty directory that lives as long as the pod. */
export interface EmptyDirVolumeSource {
  /**
   * What it is kept on: empty for the node's disk, `Memory` for memory, `HugePages` for huge pages.
   * @proto 1
   */
  readonly medium?: StorageMedium;
  /**
   * How large it may become. Missing for no limit.
   * @proto 2 @explicit
   */
  readonly sizeLimit?: Quantity;
}

/** What a directory is kept on. Known values: empty, `Memory`, `HugePages`, `HugePages-`. */
export type StorageMedium = string;

/** A clone of a git repository. No longer supported. */
export interface GitRepoVolumeSource {
  /**
   * The URL.
   * @proto 1
   */
  readonly repository: string;
  /**
   * The commit.
   * @proto 2
   */
  readonly revision?: string;
  /**
   * The directory to clone into.
   * @proto 3
   */
  readonly directory?: string;
}

/** Keys of a secret as files. */
export interface SecretVolumeSource {
  /**
   * The secret, in the pod's namespace.
   * @proto 1
   */
  readonly secretName?: string;
  /**
   * Which keys become which files; by default each becomes a file of its name. A key that is listed
   * must exist, unless `optional`.
   * @proto 2 @listType atomic
   */
  readonly items?: readonly KeyToPath[];
  /**
   * The permission bits of files that set none, 0 to 0777. JSON has them in decimal. Defaults to
   * 0644.
   * @proto 3 @explicit
   */
  readonly defaultMode?: Int32;
  /**
   * Go on without it when it does not exist.
   * @proto 4 @explicit
   */
  readonly optional?: boolean;
}

/** A key, and the file that it becomes. */
export interface KeyToPath {
  /**
   * The key to use.
   * @proto 1
   */
  readonly key: string;
  /**
   * The path of the file within the volume. Must not contain `..`.
   * @proto 2
   */
  readonly path: string;
  /**
   * The file's permission bits, 0 to 0777. JSON has them in decimal.
   * @proto 3 @explicit
   */
  readonly mode?: Int32;
}

/** An NFS share. */
export interface NFSVolumeSource {
  /**
   * The server's name or address.
   * @proto 1
   */
  readonly server: string;
  /**
   * The path that the server exports.
   * @proto 2
   */
  readonly path: string;
  /**
   * Mount it read-only. Defaults to false.
   * @proto 3
   */
  readonly readOnly?: boolean;
}

/** The volume that a claim is bound to. */
export interface PersistentVolumeClaimVolumeSource {
  /**
   * The claim, in the pod's namespace.
   * @proto 1
   */
  readonly claimName: string;
  /**
   * Mount it read-only. Defaults to false.
   * @proto 2
   */
  readonly readOnly?: boolean;
}

/** Facts about the pod as files. */
export interface DownwardAPIVolumeSource {
  /**
   * The files.
   * @proto 1 @listType atomic
   */
  readonly items?: readonly DownwardAPIVolumeFile[];
  /**
   * The permission bits of files that set none, 0 to 0777. JSON has them in decimal. Defaults to
   * 0644.
   * @proto 2 @explicit
   */
  readonly defaultMode?: Int32;
}

/** A file with a fact about the pod. */
export interface DownwardAPIVolumeFile {
  /**
   * The path of the file within the volume. Must not contain `..`.
   * @proto 1
   */
  readonly path: string;
  /**
   * A field of the pod: its name, namespace, uid, labels or annotations.
   * @proto 2 @explicit
   */
  readonly fieldRef?: ObjectFieldSelector;
  /**
   * A request or limit of a container.
   * @proto 3 @explicit
   */
  readonly resourceFieldRef?: ResourceFieldSelector;
  /**
   * The file's permission bits, 0 to 0777. JSON has them in decimal.
   * @proto 4 @explicit
   */
  readonly mode?: Int32;
}

/**
 * Keys of a config map as files.
 * @inline LocalObjectReference 1 first
 */
export interface ConfigMapVolumeSource extends LocalObjectReference {
  /**
   * Which keys become which files; by default each becomes a file of its name. A key that is listed
   * must exist, unless `optional`.
   * @proto 2 @listType atomic
   */
  readonly items?: readonly KeyToPath[];
  /**
   * The permission bits of files that set none, 0 to 0777. JSON has them in decimal. Defaults to
   * 0644.
   * @proto 3 @explicit
   */
  readonly defaultMode?: Int32;
  /**
   * Go on without it when it does not exist.
   * @proto 4 @explicit
   */
  readonly optional?: boolean;
}

/** Several sources in one directory. */
export interface ProjectedVolumeSource {
  /**
   * The sources.
   * @proto 1 @optional @listType atomic
   */
  readonly sources: readonly VolumeProjection[];
  /**
   * The permission bits of files that set none, 0 to 0777. JSON has them in decimal. Defaults to
   * 0644.
   * @proto 2 @explicit
   */
  readonly defaultMode?: Int32;
}

/** One source of a projected volume. One of them is set. */
export interface VolumeProjection {
  /**
   * Keys of a secret.
   * @proto 1 @explicit
   */
  readonly secret?: SecretProjection;
  /**
   * Facts about the pod.
   * @proto 2 @explicit
   */
  readonly downwardAPI?: DownwardAPIProjection;
  /**
   * Keys of a config map.
   * @proto 3 @explicit
   */
  readonly configMap?: ConfigMapProjection;
  /**
   * A token of the pod's service account, renewed before it expires.
   * @proto 4 @explicit
   */
  readonly serviceAccountToken?: ServiceAccountTokenProjection;
  /**
   * Certificates of cluster trust bundles.
   * @proto 5 @explicit @gate ClusterTrustBundleProjection
   */
  readonly clusterTrustBundle?: ClusterTrustBundleProjection;
  /**
   * A key and a certificate for the pod, renewed before it expires.
   * @proto 6 @explicit @gate PodCertificateProjection
   */
  readonly podCertificate?: PodCertificateProjection;
}

/**
 * Keys of a secret, in a projected volume.
 * @inline LocalObjectReference 1 first
 */
export interface SecretProjection extends LocalObjectReference {
  /**
   * Which keys become which files; by default each becomes a file of its name. A key that is listed
   * must exist, unless `optional`.
   * @proto 2 @listType atomic
   */
  readonly items?: readonly KeyToPath[];
  /**
   * Go on without it when it does not exist.
   * @proto 4 @explicit
   */
  readonly optional?: boolean;
}

/** Facts about the pod as files. */
export interface DownwardAPIProjection {
  /**
   * The files.
   * @proto 1 @listType atomic
   */
  readonly items?: readonly DownwardAPIVolumeFile[];
}

/**
 * Keys of a config map, in a projected volume.
 * @inline LocalObjectReference 1 first
 */
export interface ConfigMapProjection extends LocalObjectReference {
  /**
   * Which keys become which files; by default each becomes a file of its name. A key that is listed
   * must exist, unless `optional`.
   * @proto 2 @listType atomic
   */
  readonly items?: readonly KeyToPath[];
  /**
   * Go on without it when it does not exist.
   * @proto 4 @explicit
   */
  readonly optional?: boolean;
}

/** A token of the pod's service account. */
export interface ServiceAccountTokenProjection {
  /**
   * Whom the token is for; by default the API server.
   * @proto 1
   */
  readonly audience?: string;
  /**
   * Seconds that a token is valid. The kubelet renews it in time. Defaults to an hour, at least ten
   * minutes.
   * @proto 2 @explicit
   */
  readonly expirationSeconds?: Int64;
  /**
   * The path of the file within the volume.
   * @proto 3
   */
  readonly path: string;
}

/** Certificates of cluster trust bundles, as a PEM file. */
export interface ClusterTrustBundleProjection {
  /**
   * One bundle, by name. Not together with the signer.
   * @proto 1 @explicit
   */
  readonly name?: string;
  /**
   * All bundles of this signer.
   * @proto 2 @explicit
   */
  readonly signerName?: string;
  /**
   * With a signer: only bundles with these labels. Missing selects none, empty all.
   * @proto 3 @explicit
   */
  readonly labelSelector?: LabelSelector;
  /**
   * Start the pod even when there is no such bundle.
   * @proto 5 @explicit
   */
  readonly optional?: boolean;
  /**
   * The path of the file within the volume.
   * @proto 4
   */
  readonly path: string;
}

/** A key and a certificate for the pod, as files. */
export interface PodCertificateProjection {
  /**
   * Who signs the certificate.
   * @proto 1 @required
   */
  readonly signerName?: string;
  /**
   * The kind of key, such as `ED25519` or `ECDSAP256`.
   * @proto 2 @required
   */
  readonly keyType?: string;
  /**
   * How long the certificate may be valid. Defaults to a day.
   * @proto 3 @explicit
   */
  readonly maxExpirationSeconds?: Int32;
  /**
   * The path of one file with the key and the certificates.
   * @proto 4
   */
  readonly credentialBundlePath?: string;
  /**
   * The path of the file with the key.
   * @proto 5
   */
  readonly keyPath?: string;
  /**
   * The path of the file with the certificates.
   * @proto 6
   */
  readonly certificateChainPath?: string;
  /**
   * Further values that the signer gets to see.
   * @proto 7
   */
  readonly userAnnotations?: StringMap<string>;
}

/** A volume that a CSI driver makes for one pod. */
export interface CSIVolumeSource {
  /**
   * The name of the driver.
   * @proto 1
   */
  readonly driver: string;
  /**
   * Mount it read-only. Defaults to false.
   * @proto 2 @explicit
   */
  readonly readOnly?: boolean;
  /**
   * The file system; by default the driver chooses.
   * @proto 3 @explicit
   */
  readonly fsType?: string;
  /**
   * Settings for the driver.
   * @proto 4
   */
  readonly volumeAttributes?: StringMap<string>;
  /**
   * A secret for the driver, in the pod's namespace.
   * @proto 5 @explicit
   */
  readonly nodePublishSecretRef?: LocalObjectReference;
}

/** A claim that is made for a pod. */
export interface EphemeralVolumeSource {
  /**
   * What the claim looks like. Its name is `POD-VOLUME`.
   * @proto 1 @explicit
   */
  readonly volumeClaimTemplate?: PersistentVolumeClaimTemplate;
}

/** A template for claims. */
export interface PersistentVolumeClaimTemplate {
  /**
   * Labels and annotations for the claim. Nothing else is allowed.
   * @proto 1 @optional
   */
  readonly metadata: ObjectMeta;
  /**
   * What the claim asks for.
   * @proto 2
   */
  readonly spec: PersistentVolumeClaimSpec;
}

/** The content of a container image. */
export interface ImageVolumeSource {
  /**
   * The image. May be left out in templates that a higher level completes.
   * @proto 1
   */
  readonly reference?: string;
  /**
   * When to pull the image, as for containers.
   * @proto 2
   */
  readonly pullPolicy?: PullPolicy;
}
