/**
 * What the kubelet reports about containers and their mounts.
 * @group core v1
 */
import type { Int32, Int64, Time } from '../../scalars.ts';
import type { RecursiveReadOnlyMode } from './container.ts';
import type { Signal } from './probe.ts';
import type { ResourceList, ResourceName, ResourceRequirements } from './resources.ts';

/** How a container is doing. */
export interface ContainerStatus {
  /**
   * The container, by its name in the spec.
   * @proto 1
   */
  readonly name: string;
  /**
   * What it is doing now.
   * @proto 2 @always
   */
  readonly state?: ContainerState;
  /**
   * How its previous run ended.
   * @proto 3 @always
   */
  readonly lastState?: ContainerState;
  /**
   * Whether its readiness probe passes. Without a probe it is ready once it has started.
   * @proto 4
   */
  readonly ready: boolean;
  /**
   * How often it was started again. Counted from what the node still remembers.
   * @proto 5
   */
  readonly restartCount: Int32;
  /**
   * The image that runs. May be written otherwise than in the spec.
   * @proto 6
   */
  readonly image: string;
  /**
   * The image's id, as the runtime gives it.
   * @proto 7
   */
  readonly imageID: string;
  /**
   * The container's id, as `TYPE://ID`.
   * @proto 8
   */
  readonly containerID?: string;
  /**
   * Whether its startup probe has passed and its start hook is done. True without either, once it
   * runs.
   * @proto 9 @explicit
   */
  readonly started?: boolean;
  /**
   * Requests that the node has set aside for it.
   * @proto 10
   */
  readonly allocatedResources?: ResourceList;
  /**
   * Requests and limits that it really has.
   * @proto 11 @explicit @gate InPlacePodVerticalScaling
   */
  readonly resources?: ResourceRequirements;
  /**
   * How each volume was really mounted.
   * @proto 12 @listType map mountPath @patch merge mountPath
   */
  readonly volumeMounts?: readonly VolumeMountStatus[];
  /**
   * The user as which it started.
   * @proto 13 @explicit @gate SupplementalGroupsPolicy
   */
  readonly user?: ContainerUser;
  /**
   * The health of devices that it was given.
   * @proto 14 @listType map name @patch merge name @gate ResourceHealthStatus
   */
  readonly allocatedResourcesStatus?: readonly ResourceStatus[];
  /**
   * The signal that will stop it.
   * @proto 15 @explicit @gate ContainerStopSignals
   */
  readonly stopSignal?: Signal;
}

/** What a container is doing. One of the three is set; without any it is waiting. */
export interface ContainerState {
  /**
   * It is not running yet; details.
   * @proto 1 @explicit
   */
  readonly waiting?: ContainerStateWaiting;
  /**
   * It is running; details.
   * @proto 2 @explicit
   */
  readonly running?: ContainerStateRunning;
  /**
   * It has ended; details.
   * @proto 3 @explicit
   */
  readonly terminated?: ContainerStateTerminated;
}

/** Why a container is not running yet. */
export interface ContainerStateWaiting {
  /**
   * Why, as one word, such as `ImagePullBackOff`.
   * @proto 1
   */
  readonly reason?: string;
  /**
   * Why, as text for people.
   * @proto 2
   */
  readonly message?: string;
}

/** Since when a container has been running. */
export interface ContainerStateRunning {
  /**
   * When it was last started.
   * @proto 1 @always
   */
  readonly startedAt?: Time;
}

/** How a container ended. */
export interface ContainerStateTerminated {
  /**
   * Its exit code.
   * @proto 1
   */
  readonly exitCode: Int32;
  /**
   * The signal that ended it, where one did.
   * @proto 2
   */
  readonly signal?: Int32;
  /**
   * Why, as one word, such as `Completed`, `Error` or `OOMKilled`.
   * @proto 3
   */
  readonly reason?: string;
  /**
   * Its final message.
   * @proto 4
   */
  readonly message?: string;
  /**
   * When this run began.
   * @proto 5 @always
   */
  readonly startedAt?: Time;
  /**
   * When this run ended.
   * @proto 6 @always
   */
  readonly finishedAt?: Time;
  /**
   * The container's id, as `TYPE://ID`.
   * @proto 7
   */
  readonly containerID?: string;
}

/** How a volume was really mounted. */
export interface VolumeMountStatus {
  /**
   * The volume mount, by its name.
   * @proto 1
   */
  readonly name: string;
  /**
   * Where it is.
   * @proto 2
   */
  readonly mountPath: string;
  /**
   * Whether it is read-only.
   * @proto 3
   */
  readonly readOnly?: boolean;
  /**
   * Whether mounts within it are read-only: `Enabled` or `Disabled`.
   * @proto 4 @explicit
   */
  readonly recursiveReadOnly?: RecursiveReadOnlyMode;
  /**
   * More about the volume, depending on what it is.
   * @proto 5 @explicit
   */
  readonly volumeStatus?: VolumeStatus;
}

/** What is known about a mounted volume. */
export interface VolumeStatus {
  /**
   * About a volume that is an image.
   * @proto 1 @explicit @gate ImageVolumeWithDigest
   */
  readonly image?: ImageVolumeStatus;
}

/** About a volume that is an image. */
export interface ImageVolumeStatus {
  /**
   * The image that is mounted, by digest.
   * @proto 1 @required
   */
  readonly imageRef?: string;
}

/** The user as which a container started. */
export interface ContainerUser {
  /**
   * Users and groups on Linux.
   * @proto 1 @explicit
   */
  readonly linux?: LinuxContainerUser;
}

/** Users and groups of a container's first process. */
export interface LinuxContainerUser {
  /**
   * The user.
   * @proto 1
   */
  readonly uid: Int64;
  /**
   * The main group.
   * @proto 2
   */
  readonly gid: Int64;
  /**
   * Further groups.
   * @proto 3 @listType atomic
   */
  readonly supplementalGroups?: readonly Int64[];
}

/** The health of the devices of one resource. */
export interface ResourceStatus {
  /**
   * The resource; `claim:NAME` or `claim:NAME/REQUEST` for a claim.
   * @proto 1
   */
  readonly name: ResourceName;
  /**
   * Each device, with its health.
   * @proto 2 @listType map resourceID
   */
  readonly resources?: readonly ResourceHealth[];
}

/** The health of a device. */
export interface ResourceHealth {
  /**
   * The device, unique within the resource.
   * @proto 1
   */
  readonly resourceID: ResourceID;
  /**
   * `Healthy`, `Unhealthy` or `Unknown`.
   * @proto 2
   */
  readonly health?: ResourceHealthStatus;
  /**
   * More about the health, as text for people.
   * @proto 6 @explicit @gate ResourceHealthStatusMessage
   */
  readonly message?: string;
}

/** Identifies a device within a resource. */
export type ResourceID = string;

/** The health of a device. Known values: `Healthy`, `Unhealthy`, `Unknown`. */
export type ResourceHealthStatus = string;
