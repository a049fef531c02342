/**
 * What the kubelet reports about containers and their mounts.
 * @group core v1
 */
import type { Int32, Int64, Time } from '../../scalars.ts';
import type { RecursiveReadOnlyMode } from './container.ts';
import type { Signal } from './probe.ts';
import type { ResourceList, ResourceName, ResourceRequirements } from './resources.ts';

export interface ContainerStatus {
  /** @proto 1 */
  readonly name: string;
  /** @proto 2 @always */
  readonly state?: ContainerState;
  /** @proto 3 @always */
  readonly lastState?: ContainerState;
  /** @proto 4 */
  readonly ready: boolean;
  /** @proto 5 */
  readonly restartCount: Int32;
  /** @proto 6 */
  readonly image: string;
  /** @proto 7 */
  readonly imageID: string;
  /** @proto 8 */
  readonly containerID?: string;
  /** @proto 9 @explicit */
  readonly started?: boolean;
  /** @proto 10 */
  readonly allocatedResources?: ResourceList;
  /** @proto 11 @explicit @gate InPlacePodVerticalScaling */
  readonly resources?: ResourceRequirements;
  /** @proto 12 @listType map mountPath @patch merge mountPath */
  readonly volumeMounts?: readonly VolumeMountStatus[];
  /** @proto 13 @explicit @gate SupplementalGroupsPolicy */
  readonly user?: ContainerUser;
  /** @proto 14 @listType map name @patch merge name @gate ResourceHealthStatus */
  readonly allocatedResourcesStatus?: readonly ResourceStatus[];
  /** @proto 15 @explicit @gate ContainerStopSignals */
  readonly stopSignal?: Signal;
}

export interface ContainerState {
  /** @proto 1 @explicit */
  readonly waiting?: ContainerStateWaiting;
  /** @proto 2 @explicit */
  readonly running?: ContainerStateRunning;
  /** @proto 3 @explicit */
  readonly terminated?: ContainerStateTerminated;
}

export interface ContainerStateWaiting {
  /** @proto 1 */
  readonly reason?: string;
  /** @proto 2 */
  readonly message?: string;
}

export interface ContainerStateRunning {
  /** @proto 1 @always */
  readonly startedAt?: Time;
}

export interface ContainerStateTerminated {
  /** @proto 1 */
  readonly exitCode: Int32;
  /** @proto 2 */
  readonly signal?: Int32;
  /** @proto 3 */
  readonly reason?: string;
  /** @proto 4 */
  readonly message?: string;
  /** @proto 5 @always */
  readonly startedAt?: Time;
  /** @proto 6 @always */
  readonly finishedAt?: Time;
  /** @proto 7 */
  readonly containerID?: string;
}

export interface VolumeMountStatus {
  /** @proto 1 */
  readonly name: string;
  /** @proto 2 */
  readonly mountPath: string;
  /** @proto 3 */
  readonly readOnly?: boolean;
  /** @proto 4 @explicit */
  readonly recursiveReadOnly?: RecursiveReadOnlyMode;
  /** @proto 5 @explicit */
  readonly volumeStatus?: VolumeStatus;
}

export interface VolumeStatus {
  /** @proto 1 @explicit @gate ImageVolumeWithDigest */
  readonly image?: ImageVolumeStatus;
}

export interface ImageVolumeStatus {
  /** @proto 1 @required */
  readonly imageRef?: string;
}

export interface ContainerUser {
  /** @proto 1 @explicit */
  readonly linux?: LinuxContainerUser;
}

export interface LinuxContainerUser {
  /** @proto 1 */
  readonly uid: Int64;
  /** @proto 2 */
  readonly gid: Int64;
  /** @proto 3 @listType atomic */
  readonly supplementalGroups?: readonly Int64[];
}

export interface ResourceStatus {
  /** @proto 1 */
  readonly name: ResourceName;
  /** @proto 2 @listType map resourceID */
  readonly resources?: readonly ResourceHealth[];
}

export interface ResourceHealth {
  /** @proto 1 */
  readonly resourceID: ResourceID;
  /** @proto 2 */
  readonly health?: ResourceHealthStatus;
  /** @proto 6 @explicit @gate ResourceHealthStatusMessage */
  readonly message?: string;
}

export type ResourceID = string;

/** Known values: `Healthy`, `Unhealthy`, `Unknown`. */
export type ResourceHealthStatus = string;
