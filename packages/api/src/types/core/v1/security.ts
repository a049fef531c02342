/**
 * Security settings of pods and containers: users, capabilities, sandboxing profiles.
 * @group core v1
 */
import type { Int64 } from '../../scalars.ts';

/** Security settings of a pod. Some can be set again on a container, which then counts. */
export interface PodSecurityContext {
  /**
   * The SELinux context of all containers. By default the runtime picks a random one for each.
   * @proto 1 @explicit
   */
  readonly seLinuxOptions?: SELinuxOptions;
  /**
   * Settings for Windows containers.
   * @proto 8 @explicit
   */
  readonly windowsOptions?: WindowsSecurityContextOptions;
  /**
   * The user that processes start as; by default what the image says.
   * @proto 2 @explicit
   */
  readonly runAsUser?: Int64;
  /**
   * The main group that processes start with; by default what the runtime says.
   * @proto 6 @explicit
   */
  readonly runAsGroup?: Int64;
  /**
   * Refuse to start containers that would run as user 0.
   * @proto 3 @explicit
   */
  readonly runAsNonRoot?: boolean;
  /**
   * Further groups that processes start with.
   * @proto 4 @listType atomic
   */
  readonly supplementalGroups?: readonly Int64[];
  /**
   * `Merge` (the default) adds the groups that the image gives its user; `Strict` does not.
   * @proto 12 @explicit @gate SupplementalGroupsPolicy
   */
  readonly supplementalGroupsPolicy?: SupplementalGroupsPolicy;
  /**
   * A group that owns the pod's volumes, where they support it; processes belong to it.
   * @proto 5 @explicit
   */
  readonly fsGroup?: Int64;
  /**
   * Kernel settings for the pod.
   * @proto 7 @listType atomic
   */
  readonly sysctls?: readonly Sysctl[];
  /**
   * When ownership is changed for `fsGroup`: `OnRootMismatch`, only if the volume's root differs,
   * or `Always` (the default).
   * @proto 9 @explicit
   */
  readonly fsGroupChangePolicy?: PodFSGroupChangePolicy;
  /**
   * Which system calls are allowed.
   * @proto 10 @explicit
   */
  readonly seccompProfile?: SeccompProfile;
  /**
   * What AppArmor allows.
   * @proto 11 @explicit
   */
  readonly appArmorProfile?: AppArmorProfile;
  /**
   * How volumes get the pod's SELinux label: `MountOption`, in one step, or `Recursive`, file by
   * file.
   * @proto 13 @explicit @gate SELinuxChangePolicy
   */
  readonly seLinuxChangePolicy?: PodSELinuxChangePolicy;
}

/** An SELinux context. */
export interface SELinuxOptions {
  /**
   * The user label.
   * @proto 1
   */
  readonly user?: string;
  /**
   * The role label.
   * @proto 2
   */
  readonly role?: string;
  /**
   * The type label.
   * @proto 3
   */
  readonly type?: string;
  /**
   * The level label.
   * @proto 4
   */
  readonly level?: string;
}

/** Security settings for Windows. */
export interface WindowsSecurityContextOptions {
  /**
   * The name of the GMSA credential to use.
   * @proto 1 @explicit
   */
  readonly gmsaCredentialSpecName?: string;
  /**
   * The GMSA credential itself, put in by a webhook.
   * @proto 2 @explicit
   */
  readonly gmsaCredentialSpec?: string;
  /**
   * The user that the process starts as; by default what the image says.
   * @proto 3 @explicit
   */
  readonly runAsUserName?: string;
  /**
   * Run as a process of the node. All containers of a pod must agree, and `hostNetwork` must be
   * true.
   * @proto 4 @explicit
   */
  readonly hostProcess?: boolean;
}

/**
 * Whether groups of the image count.
 * @enum
 */
export type SupplementalGroupsPolicy = 'Merge' | 'Strict';

/** A kernel setting. */
export interface Sysctl {
  /**
   * Its name.
   * @proto 1
   */
  readonly name: string;
  /**
   * Its value.
   * @proto 2
   */
  readonly value: string;
}

/**
 * When the ownership of volumes is changed.
 * @enum
 */
export type PodFSGroupChangePolicy = 'OnRootMismatch' | 'Always';

/**
 * Which system calls are allowed.
 * @union
 */
export interface SeccompProfile {
  /**
   * `RuntimeDefault`, `Localhost` (a file on the node) or `Unconfined`.
   * @proto 1 @discriminator
   */
  readonly type: SeccompProfileType;
  /**
   * For `Localhost`: the file, below the kubelet's folder for profiles.
   * @proto 2 @explicit
   */
  readonly localhostProfile?: string;
}

/**
 * Where a seccomp profile comes from.
 * @enum
 */
export type SeccompProfileType = 'Unconfined' | 'RuntimeDefault' | 'Localhost';

/**
 * What AppArmor allows.
 * @union
 */
export interface AppArmorProfile {
  /**
   * `RuntimeDefault`, `Localhost` (a profile loaded on the node) or `Unconfined`.
   * @proto 1 @discriminator
   */
  readonly type: AppArmorProfileType;
  /**
   * For `Localhost`: the name of the profile.
   * @proto 2 @explicit
   */
  readonly localhostProfile?: string;
}

/**
 * Where an AppArmor profile comes from.
 * @enum
 */
export type AppArmorProfileType = 'Unconfined' | 'RuntimeDefault' | 'Localhost';

/** How volumes get a pod's SELinux label. Known values: `Recursive`, `MountOption`. */
export type PodSELinuxChangePolicy = string;

/** Security settings of a container. They count before those of the pod. */
export interface SecurityContext {
  /**
   * Linux capabilities to add or drop.
   * @proto 1 @explicit
   */
  readonly capabilities?: Capabilities;
  /**
   * Give the container nearly all rights on the node. Defaults to false.
   * @proto 2 @explicit
   */
  readonly privileged?: boolean;
  /**
   * The SELinux context of the container.
   * @proto 3 @explicit
   */
  readonly seLinuxOptions?: SELinuxOptions;
  /**
   * Settings for Windows containers.
   * @proto 10 @explicit
   */
  readonly windowsOptions?: WindowsSecurityContextOptions;
  /**
   * The user that the process starts as; by default what the image says.
   * @proto 4 @explicit
   */
  readonly runAsUser?: Int64;
  /**
   * The main group that the process starts with.
   * @proto 8 @explicit
   */
  readonly runAsGroup?: Int64;
  /**
   * Refuse to start when the container would run as user 0.
   * @proto 5 @explicit
   */
  readonly runAsNonRoot?: boolean;
  /**
   * Make the container's own file system read-only. Defaults to false.
   * @proto 6 @explicit
   */
  readonly readOnlyRootFilesystem?: boolean;
  /**
   * Whether a process can get more rights than its parent. Always true for a container that is
   * privileged or has `CAP_SYS_ADMIN`.
   * @proto 7 @explicit
   */
  readonly allowPrivilegeEscalation?: boolean;
  /**
   * How `/proc` is mounted: `Default`, with parts hidden, or `Unmasked`.
   * @proto 9 @explicit
   */
  readonly procMount?: ProcMountType;
  /**
   * Which system calls are allowed.
   * @proto 11 @explicit
   */
  readonly seccompProfile?: SeccompProfile;
  /**
   * What AppArmor allows.
   * @proto 12 @explicit
   */
  readonly appArmorProfile?: AppArmorProfile;
}

/** Linux capabilities to add to, or drop from, the runtime's own set. */
export interface Capabilities {
  /**
   * Capabilities to add.
   * @proto 1 @listType atomic
   */
  readonly add?: readonly Capability[];
  /**
   * Capabilities to drop.
   * @proto 2 @listType atomic
   */
  readonly drop?: readonly Capability[];
}

/** A Linux capability, such as `NET_ADMIN`, or `ALL`. */
export type Capability = string;

/**
 * How `/proc` is mounted.
 * @enum
 */
export type ProcMountType = 'Default' | 'Unmasked';
