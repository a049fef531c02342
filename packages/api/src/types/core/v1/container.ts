/**
 * Containers of a pod: image, command, ports, mounts, restart rules.
 * @group core v1
 */
import type { Int32 } from '../../scalars.ts';
import type { EnvFromSource, EnvVar } from './environment.ts';
import type { Lifecycle, Probe } from './probe.ts';
import type { ResourceName, ResourceRequirements } from './resources.ts';
import type { SecurityContext } from './security.ts';

/** One container of a pod. */
export interface Container {
  /**
   * A DNS label, unique in the pod. It cannot be changed.
   * @proto 1
   */
  readonly name: string;
  /**
   * The image to run. May be left out in templates that a higher level completes.
   * @proto 2
   */
  readonly image?: string;
  /**
   * The program and its first arguments, instead of the image's entry point. `$(NAME)` stands for
   * an environment variable, `$$(NAME)` for that text itself. No shell is involved.
   * @proto 3 @listType atomic
   */
  readonly command?: readonly string[];
  /**
   * Arguments, instead of the image's. `$(NAME)` stands for an environment variable.
   * @proto 4 @listType atomic
   */
  readonly args?: readonly string[];
  /**
   * The directory that the program starts in; by default what the image says.
   * @proto 5
   */
  readonly workingDir?: string;
  /**
   * Ports that the container listens on. Ports not listed here can be reached as well.
   * @proto 6 @listType map containerPort protocol @patch merge containerPort
   */
  readonly ports?: readonly ContainerPort[];
  /**
   * Sources whose every key becomes an environment variable. `env` and later sources win.
   * @proto 19 @listType atomic
   */
  readonly envFrom?: readonly EnvFromSource[];
  /**
   * Environment variables.
   * @proto 7 @listType map name @patch merge name
   */
  readonly env?: readonly EnvVar[];
  /**
   * Compute resources that the container needs, and may use at most.
   * @proto 8 @always
   */
  readonly resources?: ResourceRequirements;
  /**
   * What a change of resources does: whether the container must be restarted for it.
   * @proto 23 @listType atomic @gate InPlacePodVerticalScaling
   */
  readonly resizePolicy?: readonly ContainerResizePolicy[];
  /**
   * Whether this container is started again when it ends. `Always` on an init container makes it a
   * sidecar.
   * @proto 24 @explicit
   */
  readonly restartPolicy?: ContainerRestartPolicy;
  /**
   * Rules, by exit code, that are looked at before `restartPolicy`. The first that matches counts.
   * @proto 25 @listType atomic @gate ContainerRestartRules
   */
  readonly restartPolicyRules?: readonly ContainerRestartRule[];
  /**
   * Volumes in the container's file system.
   * @proto 9 @listType map mountPath @patch merge mountPath
   */
  readonly volumeMounts?: readonly VolumeMount[];
  /**
   * Raw block devices in the container.
   * @proto 21 @listType map devicePath @patch merge devicePath
   */
  readonly volumeDevices?: readonly VolumeDevice[];
  /**
   * Checks whether the container is alive; it is restarted when it is not.
   * @proto 10 @explicit
   */
  readonly livenessProbe?: Probe;
  /**
   * Checks whether the container can serve; services leave it out while it cannot.
   * @proto 11 @explicit
   */
  readonly readinessProbe?: Probe;
  /**
   * Checks whether the container has started; the other probes wait for it, and the container is
   * restarted when it fails.
   * @proto 22 @explicit
   */
  readonly startupProbe?: Probe;
  /**
   * What to do right after the start and right before the stop.
   * @proto 12 @explicit
   */
  readonly lifecycle?: Lifecycle;
  /**
   * A file in the container; what is in it when the container ends becomes its final message.
   * Defaults to `/dev/termination-log`.
   * @proto 13
   */
  readonly terminationMessagePath?: string;
  /**
   * `File` (the default) takes the final message from the file; `FallbackToLogsOnError` takes the
   * end of the log when the file is empty and the container failed.
   * @proto 20
   */
  readonly terminationMessagePolicy?: TerminationMessagePolicy;
  /**
   * When to pull the image: `Always`, `Never` or `IfNotPresent`. Defaults to `Always` for the tag
   * `latest`, otherwise to `IfNotPresent`.
   * @proto 14
   */
  readonly imagePullPolicy?: PullPolicy;
  /**
   * Security settings; they count before those of the pod.
   * @proto 15 @explicit
   */
  readonly securityContext?: SecurityContext;
  /**
   * Keep the standard input open, so that clients can attach to it. Defaults to false.
   * @proto 16
   */
  readonly stdin?: boolean;
  /**
   * Close the standard input when the first client that attached goes. Defaults to false.
   * @proto 17
   */
  readonly stdinOnce?: boolean;
  /**
   * Give the container a terminal; needs `stdin`. Defaults to false.
   * @proto 18
   */
  readonly tty?: boolean;
}

/** A port that a container listens on. */
export interface ContainerPort {
  /**
   * A name for the port, unique in the pod, that services can refer to.
   * @proto 1
   */
  readonly name?: string;
  /**
   * A port of the node that leads here. Rarely needed; it limits where the pod can be placed.
   * @proto 2
   */
  readonly hostPort?: Int32;
  /**
   * The port in the pod, 1 to 65535.
   * @proto 3
   */
  readonly containerPort: Int32;
  /**
   * `TCP` (the default), `UDP` or `SCTP`.
   * @proto 4 @default "TCP"
   */
  readonly protocol?: Protocol;
  /**
   * The address of the node on which `hostPort` is opened.
   * @proto 5
   */
  readonly hostIP?: string;
}

/**
 * A transport protocol.
 * @enum
 */
export type Protocol = 'TCP' | 'UDP' | 'SCTP';

/** What a change of one resource does to a running container. */
export interface ContainerResizePolicy {
  /**
   * The resource: `cpu` or `memory`.
   * @proto 1
   */
  readonly resourceName: ResourceName;
  /**
   * `NotRequired` (the default) changes it in place, `RestartContainer` restarts the container.
   * @proto 2
   */
  readonly restartPolicy: ResourceResizeRestartPolicy;
}

/**
 * Whether a change of resources restarts the container. Known values: `NotRequired`,
 * `RestartContainer`.
 */
export type ResourceResizeRestartPolicy = string;

/**
 * Whether a container is started again when it ends. Known values: `Always`, `Never`, `OnFailure`.
 */
export type ContainerRestartPolicy = string;

/** What to do when a container ends in a certain way. */
export interface ContainerRestartRule {
  /**
   * `Restart` starts the container again; `RestartAllContainers` starts all containers of the pod
   * again.
   * @proto 1 @required
   */
  readonly action?: ContainerRestartRuleAction;
  /**
   * Which exit codes the rule is for.
   * @proto 2 @explicit
   */
  readonly exitCodes?: ContainerRestartRuleOnExitCodes;
}

/** What a restart rule does. Known values: `Restart`, `RestartAllContainers`. */
export type ContainerRestartRuleAction = string;

/** A set of exit codes. */
export interface ContainerRestartRuleOnExitCodes {
  /**
   * `In` for codes that are listed, `NotIn` for all others.
   * @proto 1 @required
   */
  readonly operator?: ContainerRestartRuleOnExitCodesOperator;
  /**
   * The codes, at most 255 of them.
   * @proto 2 @listType set
   */
  readonly values?: readonly Int32[];
}

/** How exit codes are compared. Known values: `In`, `NotIn`. */
export type ContainerRestartRuleOnExitCodesOperator = string;

/** A volume in a container's file system. */
export interface VolumeMount {
  /**
   * The volume, by its name in the pod.
   * @proto 1
   */
  readonly name: string;
  /**
   * Mount it read-only. Defaults to false.
   * @proto 2
   */
  readonly readOnly?: boolean;
  /**
   * Whether mounts within the volume become read-only too: `Disabled`, `IfPossible` or `Enabled`.
   * Needs `readOnly`.
   * @proto 7 @explicit
   */
  readonly recursiveReadOnly?: RecursiveReadOnlyMode;
  /**
   * Where it appears in the container. Must not contain a colon.
   * @proto 3
   */
  readonly mountPath: string;
  /**
   * A path within the volume to mount instead of its root.
   * @proto 4
   */
  readonly subPath?: string;
  /**
   * How mounts made later travel between node and container: `None` (the default),
   * `HostToContainer` or `Bidirectional`.
   * @proto 5 @explicit
   */
  readonly mountPropagation?: MountPropagationMode;
  /**
   * As `subPath`, with `$(NAME)` standing for environment variables. Not together with `subPath`.
   * @proto 6
   */
  readonly subPathExpr?: string;
}

/**
 * Whether mounts within a read-only volume are read-only too. Known values: `Disabled`,
 * `IfPossible`, `Enabled`.
 */
export type RecursiveReadOnlyMode = string;

/**
 * How mounts travel between node and container.
 * @enum
 */
export type MountPropagationMode = 'None' | 'HostToContainer' | 'Bidirectional';

/** A raw block device in a container. */
export interface VolumeDevice {
  /**
   * The claim's volume, by its name in the pod.
   * @proto 1
   */
  readonly name: string;
  /**
   * Where the device appears in the container.
   * @proto 2
   */
  readonly devicePath: string;
}

/**
 * Where a container's final message comes from.
 * @enum
 */
export type TerminationMessagePolicy = 'File' | 'FallbackToLogsOnError';

/**
 * When an image is pulled.
 * @enum
 */
export type PullPolicy = 'Always' | 'Never' | 'IfNotPresent';

/**
 * A container added to a running pod to look into it. It is never started again and has no
 * guaranteed resources.
 * @inline EphemeralContainerCommon 1 first
 */
export interface EphemeralContainer extends EphemeralContainerCommon {
  /**
   * The container whose processes it can see. Empty for none of them.
   * @proto 2
   */
  readonly targetContainerName?: string;
}

/** The settings that an ephemeral container shares with ordinary ones. */
export interface EphemeralContainerCommon {
  /**
   * A DNS label, unique among all containers of the pod.
   * @proto 1
   */
  readonly name: string;
  /**
   * The image to run. May be left out in templates that a higher level completes.
   * @proto 2
   */
  readonly image?: string;
  /**
   * The program and its first arguments, instead of the image's entry point. `$(NAME)` stands for
   * an environment variable, `$$(NAME)` for that text itself. No shell is involved.
   * @proto 3 @listType atomic
   */
  readonly command?: readonly string[];
  /**
   * Arguments, instead of the image's. `$(NAME)` stands for an environment variable.
   * @proto 4 @listType atomic
   */
  readonly args?: readonly string[];
  /**
   * The directory that the program starts in; by default what the image says.
   * @proto 5
   */
  readonly workingDir?: string;
  /**
   * Not allowed for ephemeral containers.
   * @proto 6 @listType map containerPort protocol @patch merge containerPort
   */
  readonly ports?: readonly ContainerPort[];
  /**
   * Sources whose every key becomes an environment variable. `env` and later sources win.
   * @proto 19 @listType atomic
   */
  readonly envFrom?: readonly EnvFromSource[];
  /**
   * Environment variables.
   * @proto 7 @listType map name @patch merge name
   */
  readonly env?: readonly EnvVar[];
  /**
   * Not allowed for ephemeral containers; they use what the pod has to spare.
   * @proto 8 @always
   */
  readonly resources?: ResourceRequirements;
  /**
   * Not allowed for ephemeral containers.
   * @proto 23 @listType atomic @gate InPlacePodVerticalScaling
   */
  readonly resizePolicy?: readonly ContainerResizePolicy[];
  /**
   * Not allowed for ephemeral containers; they are never started again.
   * @proto 24 @explicit
   */
  readonly restartPolicy?: ContainerRestartPolicy;
  /**
   * Not allowed for ephemeral containers.
   * @proto 25 @listType atomic @gate ContainerRestartRules
   */
  readonly restartPolicyRules?: readonly ContainerRestartRule[];
  /**
   * Volumes in the container's file system.
   * @proto 9 @listType map mountPath @patch merge mountPath
   */
  readonly volumeMounts?: readonly VolumeMount[];
  /**
   * Raw block devices in the container.
   * @proto 21 @listType map devicePath @patch merge devicePath
   */
  readonly volumeDevices?: readonly VolumeDevice[];
  /**
   * Not allowed for ephemeral containers.
   * @proto 10 @explicit
   */
  readonly livenessProbe?: Probe;
  /**
   * Not allowed for ephemeral containers.
   * @proto 11 @explicit
   */
  readonly readinessProbe?: Probe;
  /**
   * Not allowed for ephemeral containers.
   * @proto 22 @explicit
   */
  readonly startupProbe?: Probe;
  /**
   * Not allowed for ephemeral containers.
   * @proto 12 @explicit
   */
  readonly lifecycle?: Lifecycle;
  /**
   * A file in the container; what is in it when the container ends becomes its final message.
   * Defaults to `/dev/termination-log`.
   * @proto 13
   */
  readonly terminationMessagePath?: string;
  /**
   * `File` (the default) takes the final message from the file; `FallbackToLogsOnError` takes the
   * end of the log when the file is empty and the container failed.
   * @proto 20
   */
  readonly terminationMessagePolicy?: TerminationMessagePolicy;
  /**
   * When to pull the image: `Always`, `Never` or `IfNotPresent`. Defaults to `Always` for the tag
   * `latest`, otherwise to `IfNotPresent`.
   * @proto 14
   */
  readonly imagePullPolicy?: PullPolicy;
  /**
   * Security settings; they count before those of the pod.
   * @proto 15 @explicit
   */
  readonly securityContext?: SecurityContext;
  /**
   * Keep the standard input open, so that clients can attach to it. Defaults to false.
   * @proto 16
   */
  readonly stdin?: boolean;
  /**
   * Close the standard input when the first client that attached goes. Defaults to false.
   * @proto 17
   */
  readonly stdinOnce?: boolean;
  /**
   * Give the container a terminal; needs `stdin`. Defaults to false.
   * @proto 18
   */
  readonly tty?: boolean;
}
