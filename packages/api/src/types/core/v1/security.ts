/**
 * Security settings of pods and containers: users, capabilities, sandboxing profiles.
 * @group core v1
 */
import type { Int64 } from '../../scalars.ts';

export interface PodSecurityContext {
  /** @proto 1 @explicit */
  readonly seLinuxOptions?: SELinuxOptions;
  /** @proto 8 @explicit */
  readonly windowsOptions?: WindowsSecurityContextOptions;
  /** @proto 2 @explicit */
  readonly runAsUser?: Int64;
  /** @proto 6 @explicit */
  readonly runAsGroup?: Int64;
  /** @proto 3 @explicit */
  readonly runAsNonRoot?: boolean;
  /** @proto 4 @listType atomic */
  readonly supplementalGroups?: readonly Int64[];
  /** @proto 12 @explicit @gate SupplementalGroupsPolicy */
  readonly supplementalGroupsPolicy?: SupplementalGroupsPolicy;
  /** @proto 5 @explicit */
  readonly fsGroup?: Int64;
  /** @proto 7 @listType atomic */
  readonly sysctls?: readonly Sysctl[];
  /** @proto 9 @explicit */
  readonly fsGroupChangePolicy?: PodFSGroupChangePolicy;
  /** @proto 10 @explicit */
  readonly seccompProfile?: SeccompProfile;
  /** @proto 11 @explicit */
  readonly appArmorProfile?: AppArmorProfile;
  /** @proto 13 @explicit @gate SELinuxChangePolicy */
  readonly seLinuxChangePolicy?: PodSELinuxChangePolicy;
}

export interface SELinuxOptions {
  /** @proto 1 */
  readonly user?: string;
  /** @proto 2 */
  readonly role?: string;
  /** @proto 3 */
  readonly type?: string;
  /** @proto 4 */
  readonly level?: string;
}

export interface WindowsSecurityContextOptions {
  /** @proto 1 @explicit */
  readonly gmsaCredentialSpecName?: string;
  /** @proto 2 @explicit */
  readonly gmsaCredentialSpec?: string;
  /** @proto 3 @explicit */
  readonly runAsUserName?: string;
  /** @proto 4 @explicit */
  readonly hostProcess?: boolean;
}

/** @enum */
export type SupplementalGroupsPolicy = 'Merge' | 'Strict';

export interface Sysctl {
  /** @proto 1 */
  readonly name: string;
  /** @proto 2 */
  readonly value: string;
}

/** @enum */
export type PodFSGroupChangePolicy = 'OnRootMismatch' | 'Always';

/** @union */
export interface SeccompProfile {
  /** @proto 1 @discriminator */
  readonly type: SeccompProfileType;
  /** @proto 2 @explicit */
  readonly localhostProfile?: string;
}

/** @enum */
export type SeccompProfileType = 'Unconfined' | 'RuntimeDefault' | 'Localhost';

/** @union */
export interface AppArmorProfile {
  /** @proto 1 @discriminator */
  readonly type: AppArmorProfileType;
  /** @proto 2 @explicit */
  readonly localhostProfile?: string;
}

/** @enum */
export type AppArmorProfileType = 'Unconfined' | 'RuntimeDefault' | 'Localhost';

/** Known values: `Recursive`, `MountOption`. */
export type PodSELinuxChangePolicy = string;

export interface SecurityContext {
  /** @proto 1 @explicit */
  readonly capabilities?: Capabilities;
  /** @proto 2 @explicit */
  readonly privileged?: boolean;
  /** @proto 3 @explicit */
  readonly seLinuxOptions?: SELinuxOptions;
  /** @proto 10 @explicit */
  readonly windowsOptions?: WindowsSecurityContextOptions;
  /** @proto 4 @explicit */
  readonly runAsUser?: Int64;
  /** @proto 8 @explicit */
  readonly runAsGroup?: Int64;
  /** @proto 5 @explicit */
  readonly runAsNonRoot?: boolean;
  /** @proto 6 @explicit */
  readonly readOnlyRootFilesystem?: boolean;
  /** @proto 7 @explicit */
  readonly allowPrivilegeEscalation?: boolean;
  /** @proto 9 @explicit */
  readonly procMount?: ProcMountType;
  /** @proto 11 @explicit */
  readonly seccompProfile?: SeccompProfile;
  /** @proto 12 @explicit */
  readonly appArmorProfile?: AppArmorProfile;
}

export interface Capabilities {
  /** @proto 1 @listType atomic */
  readonly add?: readonly Capability[];
  /** @proto 2 @listType atomic */
  readonly drop?: readonly Capability[];
}

export type Capability = string;

/** @enum */
export type ProcMountType = 'Default' | 'Unmasked';
