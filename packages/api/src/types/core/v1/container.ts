/**
 * Containers of a pod: image, command, ports, mounts, restart rules.
 * @group core v1
 */
import type { Int32 } from '../../scalars.ts';
import type { EnvFromSource, EnvVar } from './environment.ts';
import type { Lifecycle, Probe } from './probe.ts';
import type { ResourceName, ResourceRequirements } from './resources.ts';
import type { SecurityContext } from './security.ts';

export interface Container {
  /** @proto 1 */
  readonly name: string;
  /** @proto 2 */
  readonly image?: string;
  /** @proto 3 @listType atomic */
  readonly command?: readonly string[];
  /** @proto 4 @listType atomic */
  readonly args?: readonly string[];
  /** @proto 5 */
  readonly workingDir?: string;
  /** @proto 6 @listType map containerPort protocol @patch merge containerPort */
  readonly ports?: readonly ContainerPort[];
  /** @proto 19 @listType atomic */
  readonly envFrom?: readonly EnvFromSource[];
  /** @proto 7 @listType map name @patch merge name */
  readonly env?: readonly EnvVar[];
  /** @proto 8 @always */
  readonly resources?: ResourceRequirements;
  /** @proto 23 @listType atomic @gate InPlacePodVerticalScaling */
  readonly resizePolicy?: readonly ContainerResizePolicy[];
  /** @proto 24 @explicit */
  readonly restartPolicy?: ContainerRestartPolicy;
  /** @proto 25 @listType atomic @gate ContainerRestartRules */
  readonly restartPolicyRules?: readonly ContainerRestartRule[];
  /** @proto 9 @listType map mountPath @patch merge mountPath */
  readonly volumeMounts?: readonly VolumeMount[];
  /** @proto 21 @listType map devicePath @patch merge devicePath */
  readonly volumeDevices?: readonly VolumeDevice[];
  /** @proto 10 @explicit */
  readonly livenessProbe?: Probe;
  /** @proto 11 @explicit */
  readonly readinessProbe?: Probe;
  /** @proto 22 @explicit */
  readonly startupProbe?: Probe;
  /** @proto 12 @explicit */
  readonly lifecycle?: Lifecycle;
  /** @proto 13 */
  readonly terminationMessagePath?: string;
  /** @proto 20 */
  readonly terminationMessagePolicy?: TerminationMessagePolicy;
  /** @proto 14 */
  readonly imagePullPolicy?: PullPolicy;
  /** @proto 15 @explicit */
  readonly securityContext?: SecurityContext;
  /** @proto 16 */
  readonly stdin?: boolean;
  /** @proto 17 */
  readonly stdinOnce?: boolean;
  /** @proto 18 */
  readonly tty?: boolean;
}

export interface ContainerPort {
  /** @proto 1 */
  readonly name?: string;
  /** @proto 2 */
  readonly hostPort?: Int32;
  /** @proto 3 */
  readonly containerPort: Int32;
  /** @proto 4 @default "TCP" */
  readonly protocol?: Protocol;
  /** @proto 5 */
  readonly hostIP?: string;
}

/** @enum */
export type Protocol = 'TCP' | 'UDP' | 'SCTP';

export interface ContainerResizePolicy {
  /** @proto 1 */
  readonly resourceName: ResourceName;
  /** @proto 2 */
  readonly restartPolicy: ResourceResizeRestartPolicy;
}

/** Known values: `NotRequired`, `RestartContainer`. */
export type ResourceResizeRestartPolicy = string;

/** Known values: `Always`, `Never`, `OnFailure`. */
export type ContainerRestartPolicy = string;

export interface ContainerRestartRule {
  /** @proto 1 @required */
  readonly action?: ContainerRestartRuleAction;
  /** @proto 2 @explicit */
  readonly exitCodes?: ContainerRestartRuleOnExitCodes;
}

/** Known values: `Restart`, `RestartAllContainers`. */
export type ContainerRestartRuleAction = string;

export interface ContainerRestartRuleOnExitCodes {
  /** @proto 1 @required */
  readonly operator?: ContainerRestartRuleOnExitCodesOperator;
  /** @proto 2 @listType set */
  readonly values?: readonly Int32[];
}

/** Known values: `In`, `NotIn`. */
export type ContainerRestartRuleOnExitCodesOperator = string;

export interface VolumeMount {
  /** @proto 1 */
  readonly name: string;
  /** @proto 2 */
  readonly readOnly?: boolean;
  /** @proto 7 @explicit */
  readonly recursiveReadOnly?: RecursiveReadOnlyMode;
  /** @proto 3 */
  readonly mountPath: string;
  /** @proto 4 */
  readonly subPath?: string;
  /** @proto 5 @explicit */
  readonly mountPropagation?: MountPropagationMode;
  /** @proto 6 */
  readonly subPathExpr?: string;
}

/** Known values: `Disabled`, `IfPossible`, `Enabled`. */
export type RecursiveReadOnlyMode = string;

/** @enum */
export type MountPropagationMode = 'None' | 'HostToContainer' | 'Bidirectional';

export interface VolumeDevice {
  /** @proto 1 */
  readonly name: string;
  /** @proto 2 */
  readonly devicePath: string;
}

/** @enum */
export type TerminationMessagePolicy = 'File' | 'FallbackToLogsOnError';

/** @enum */
export type PullPolicy = 'Always' | 'Never' | 'IfNotPresent';

/** @inline EphemeralContainerCommon 1 first */
export interface EphemeralContainer extends EphemeralContainerCommon {
  /** @proto 2 */
  readonly targetContainerName?: string;
}

export interface EphemeralContainerCommon {
  /** @proto 1 */
  readonly name: string;
  /** @proto 2 */
  readonly image?: string;
  /** @proto 3 @listType atomic */
  readonly command?: readonly string[];
  /** @proto 4 @listType atomic */
  readonly args?: readonly string[];
  /** @proto 5 */
  readonly workingDir?: string;
  /** @proto 6 @listType map containerPort protocol @patch merge containerPort */
  readonly ports?: readonly ContainerPort[];
  /** @proto 19 @listType atomic */
  readonly envFrom?: readonly EnvFromSource[];
  /** @proto 7 @listType map name @patch merge name */
  readonly env?: readonly EnvVar[];
  /** @proto 8 @always */
  readonly resources?: ResourceRequirements;
  /** @proto 23 @listType atomic @gate InPlacePodVerticalScaling */
  readonly resizePolicy?: readonly ContainerResizePolicy[];
  /** @proto 24 @explicit */
  readonly restartPolicy?: ContainerRestartPolicy;
  /** @proto 25 @listType atomic @gate ContainerRestartRules */
  readonly restartPolicyRules?: readonly ContainerRestartRule[];
  /** @proto 9 @listType map mountPath @patch merge mountPath */
  readonly volumeMounts?: readonly VolumeMount[];
  /** @proto 21 @listType map devicePath @patch merge devicePath */
  readonly volumeDevices?: readonly VolumeDevice[];
  /** @proto 10 @explicit */
  readonly livenessProbe?: Probe;
  /** @proto 11 @explicit */
  readonly readinessProbe?: Probe;
  /** @proto 22 @explicit */
  readonly startupProbe?: Probe;
  /** @proto 12 @explicit */
  readonly lifecycle?: Lifecycle;
  /** @proto 13 */
  readonly terminationMessagePath?: string;
  /** @proto 20 */
  readonly terminationMessagePolicy?: TerminationMessagePolicy;
  /** @proto 14 */
  readonly imagePullPolicy?: PullPolicy;
  /** @proto 15 @explicit */
  readonly securityContext?: SecurityContext;
  /** @proto 16 */
  readonly stdin?: boolean;
  /** @proto 17 */
  readonly stdinOnce?: boolean;
  /** @proto 18 */
  readonly tty?: boolean;
}
