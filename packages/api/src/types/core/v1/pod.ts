/**
 * Pods: what to run together on one node, and how it is going.
 * @group core v1
 */
import type { ListMeta, ObjectMeta, OwnerReference } from '../../meta/v1/object.ts';
import type { Int32, Int64, Quantity, StringMap, Time } from '../../scalars.ts';
import type { ConditionStatus } from './cluster.ts';
import type { Container, EphemeralContainer } from './container.ts';
import type { ContainerStatus } from './container-status.ts';
import type { LocalObjectReference, ObjectReference } from './reference.ts';
import type { ResourceList, ResourceRequirements } from './resources.ts';
import type { Affinity, Toleration, TopologySpreadConstraint } from './scheduling.ts';
import type { PodSecurityContext } from './security.ts';
import type { Volume } from './volume.ts';

/** @kind */
export interface Pod {
  readonly kind?: string;
  readonly apiVersion?: string;
  /** @proto 1 @optional */
  readonly metadata: ObjectMeta;
  /** @proto 2 @optional */
  readonly spec: PodSpec;
  /** @proto 3 @always */
  readonly status?: PodStatus;
}

/** @kind */
export interface PodList {
  readonly kind?: string;
  readonly apiVersion?: string;
  /** @proto 1 @optional */
  readonly metadata: ListMeta;
  /** @proto 2 */
  readonly items: readonly Pod[];
}

export interface PodSpec {
  /** @proto 1 @listType map name @patch merge,retainKeys name */
  readonly volumes?: readonly Volume[];
  /** @proto 20 @listType map name @patch merge name */
  readonly initContainers?: readonly Container[];
  /** @proto 2 @listType map name @patch merge name */
  readonly containers: readonly Container[];
  /** @proto 34 @listType map name @patch merge name */
  readonly ephemeralContainers?: readonly EphemeralContainer[];
  /** @proto 3 */
  readonly restartPolicy?: RestartPolicy;
  /** @proto 4 @explicit */
  readonly terminationGracePeriodSeconds?: Int64;
  /** @proto 5 @explicit */
  readonly activeDeadlineSeconds?: Int64;
  /** @proto 6 */
  readonly dnsPolicy?: DNSPolicy;
  /** @proto 7 @mapType atomic */
  readonly nodeSelector?: StringMap<string>;
  /** @proto 8 */
  readonly serviceAccountName?: string;
  /** @proto 9 */
  readonly serviceAccount?: string;
  /** @proto 21 @explicit */
  readonly automountServiceAccountToken?: boolean;
  /** @proto 10 */
  readonly nodeName?: string;
  /** @proto 11 */
  readonly hostNetwork?: boolean;
  /** @proto 12 */
  readonly hostPID?: boolean;
  /** @proto 13 */
  readonly hostIPC?: boolean;
  /** @proto 27 @explicit */
  readonly shareProcessNamespace?: boolean;
  /** @proto 14 @explicit */
  readonly securityContext?: PodSecurityContext;
  /** @proto 15 @listType map name @patch merge name */
  readonly imagePullSecrets?: readonly LocalObjectReference[];
  /** @proto 16 */
  readonly hostname?: string;
  /** @proto 17 */
  readonly subdomain?: string;
  /** @proto 18 @explicit */
  readonly affinity?: Affinity;
  /** @proto 19 */
  readonly schedulerName?: string;
  /** @proto 22 @listType atomic */
  readonly tolerations?: readonly Toleration[];
  /** @proto 23 @listType map ip @patch merge ip */
  readonly hostAliases?: readonly HostAlias[];
  /** @proto 24 */
  readonly priorityClassName?: string;
  /** @proto 25 @explicit */
  readonly priority?: Int32;
  /** @proto 26 @explicit */
  readonly dnsConfig?: PodDNSConfig;
  /** @proto 28 @listType atomic */
  readonly readinessGates?: readonly PodReadinessGate[];
  /** @proto 29 @explicit */
  readonly runtimeClassName?: string;
  /** @proto 30 @explicit */
  readonly enableServiceLinks?: boolean;
  /** @proto 31 @explicit */
  readonly preemptionPolicy?: PreemptionPolicy;
  /** @proto 32 */
  readonly overhead?: ResourceList;
  /** @proto 33 @listType map topologyKey whenUnsatisfiable @patch merge topologyKey */
  readonly topologySpreadConstraints?: readonly TopologySpreadConstraint[];
  /** @proto 35 @explicit */
  readonly setHostnameAsFQDN?: boolean;
  /** @proto 36 @explicit */
  readonly os?: PodOS;
  /** @proto 37 @explicit */
  readonly hostUsers?: boolean;
  /** @proto 38 @listType map name @patch merge name */
  readonly schedulingGates?: readonly PodSchedulingGate[];
  /** @proto 39 @listType map name @patch merge,retainKeys name @gate DynamicResourceAllocation */
  readonly resourceClaims?: readonly PodResourceClaim[];
  /** @proto 40 @explicit @gate PodLevelResources */
  readonly resources?: ResourceRequirements;
  /** @proto 41 @explicit @gate HostnameOverride */
  readonly hostnameOverride?: string;
  /** @proto 43 @explicit @gate GenericWorkload */
  readonly schedulingGroup?: PodSchedulingGroup;
}

/** @enum */
export type RestartPolicy = 'Always' | 'OnFailure' | 'Never';

/** @enum */
export type DNSPolicy = 'ClusterFirstWithHostNet' | 'ClusterFirst' | 'Default' | 'None';

export interface HostAlias {
  /** @proto 1 */
  readonly ip: string;
  /** @proto 2 @listType atomic */
  readonly hostnames?: readonly string[];
}

export interface PodDNSConfig {
  /** @proto 1 @listType atomic */
  readonly nameservers?: readonly string[];
  /** @proto 2 @listType atomic */
  readonly searches?: readonly string[];
  /** @proto 3 @listType atomic */
  readonly options?: readonly PodDNSConfigOption[];
}

export interface PodDNSConfigOption {
  /** @proto 1 */
  readonly name?: string;
  /** @proto 2 @explicit */
  readonly value?: string;
}

export interface PodReadinessGate {
  /** @proto 1 */
  readonly conditionType: PodConditionType;
}

/**
 * Known values: `ContainersReady`, `Initialized`, `Ready`, `PodScheduled`, `DisruptionTarget`,
 * `PodReadyToStartContainers`, `PodResizePending`, `PodResizeInProgress`,
 * `AllContainersRestarting`.
 */
export type PodConditionType = string;

/** @enum */
export type PreemptionPolicy = 'PreemptLowerPriority' | 'Never';

export interface PodOS {
  /** @proto 1 */
  readonly name: OSName;
}

/** Known values: `linux`, `windows`. */
export type OSName = string;

export interface PodSchedulingGate {
  /** @proto 1 */
  readonly name: string;
}

export interface PodResourceClaim {
  /** @proto 1 */
  readonly name: string;
  /** @proto 3 @explicit */
  readonly resourceClaimName?: string;
  /** @proto 4 @explicit */
  readonly resourceClaimTemplateName?: string;
}

/** @union */
export interface PodSchedulingGroup {
  /** @proto 1 @explicit */
  readonly podGroupName?: string;
}

export interface PodStatus {
  /** @proto 17 */
  readonly observedGeneration?: Int64;
  /** @proto 1 */
  readonly phase?: PodPhase;
  /** @proto 2 @listType map type @patch merge type */
  readonly conditions?: readonly PodCondition[];
  /** @proto 3 */
  readonly message?: string;
  /** @proto 4 */
  readonly reason?: string;
  /** @proto 11 */
  readonly nominatedNodeName?: string;
  /** @proto 5 */
  readonly hostIP?: string;
  /** @proto 16 @listType atomic @patch merge ip */
  readonly hostIPs?: readonly HostIP[];
  /** @proto 6 */
  readonly podIP?: string;
  /** @proto 12 @listType map ip @patch merge ip */
  readonly podIPs?: readonly PodIP[];
  /** @proto 7 @explicit */
  readonly startTime?: Time;
  /** @proto 10 @listType atomic */
  readonly initContainerStatuses?: readonly ContainerStatus[];
  /** @proto 8 @listType atomic */
  readonly containerStatuses?: readonly ContainerStatus[];
  /** @proto 9 */
  readonly qosClass?: PodQOSClass;
  /** @proto 13 @listType atomic */
  readonly ephemeralContainerStatuses?: readonly ContainerStatus[];
  /** @proto 14 @gate InPlacePodVerticalScaling */
  readonly resize?: PodResizeStatus;
  /** @proto 15 @listType map name @patch merge,retainKeys name @gate DynamicResourceAllocation */
  readonly resourceClaimStatuses?: readonly PodResourceClaimStatus[];
  /** @proto 18 @explicit @gate DRAExtendedResource */
  readonly extendedResourceClaimStatus?: PodExtendedResourceClaimStatus;
  /** @proto 19 @gate InPlacePodLevelResourcesVerticalScaling */
  readonly allocatedResources?: ResourceList;
  /** @proto 20 @explicit @gate InPlacePodLevelResourcesVerticalScaling */
  readonly resources?: ResourceRequirements;
  /** @proto 21 @listType atomic @gate DRANodeAllocatableResources */
  readonly nodeAllocatableResourceClaimStatuses?: readonly NodeAllocatableResourceClaimStatus[];
}

/** @enum */
export type PodPhase = 'Pending' | 'Running' | 'Succeeded' | 'Failed' | 'Unknown';

export interface PodCondition {
  /** @proto 1 */
  readonly type: PodConditionType;
  /** @proto 7 */
  readonly observedGeneration?: Int64;
  /** @proto 2 */
  readonly status: ConditionStatus;
  /** @proto 3 @always */
  readonly lastProbeTime?: Time;
  /** @proto 4 @always */
  readonly lastTransitionTime?: Time;
  /** @proto 5 */
  readonly reason?: string;
  /** @proto 6 */
  readonly message?: string;
}

export interface HostIP {
  /** @proto 1 */
  readonly ip: string;
}

export interface PodIP {
  /** @proto 1 */
  readonly ip: string;
}

/** @enum */
export type PodQOSClass = 'Guaranteed' | 'Burstable' | 'BestEffort';

/** Known values: `InProgress`, `Deferred`, `Infeasible`. */
export type PodResizeStatus = string;

export interface PodResourceClaimStatus {
  /** @proto 1 */
  readonly name: string;
  /** @proto 2 @explicit */
  readonly resourceClaimName?: string;
}

export interface PodExtendedResourceClaimStatus {
  /** @proto 1 @listType atomic */
  readonly requestMappings: readonly ContainerExtendedResourceRequest[];
  /** @proto 2 */
  readonly resourceClaimName: string;
}

export interface ContainerExtendedResourceRequest {
  /** @proto 1 */
  readonly containerName: string;
  /** @proto 2 */
  readonly resourceName: string;
  /** @proto 3 */
  readonly requestName: string;
}

export interface NodeAllocatableResourceClaimStatus {
  /** @proto 1 */
  readonly resourceClaimName: string;
  /** @proto 2 @listType set */
  readonly containers?: readonly string[];
  /** @proto 3 */
  readonly resources: StringMap<Quantity>;
}

/** @kind */
export interface PodTemplate {
  readonly kind?: string;
  readonly apiVersion?: string;
  /** @proto 1 @optional */
  readonly metadata: ObjectMeta;
  /** @proto 2 @always */
  readonly template?: PodTemplateSpec;
}

/** @kind */
export interface PodTemplateList {
  readonly kind?: string;
  readonly apiVersion?: string;
  /** @proto 1 @optional */
  readonly metadata: ListMeta;
  /** @proto 2 */
  readonly items: readonly PodTemplate[];
}

export interface PodTemplateSpec {
  /** @proto 1 @optional */
  readonly metadata: ObjectMeta;
  /** @proto 2 @optional */
  readonly spec: PodSpec;
}

/** @kind */
export interface PodStatusResult {
  readonly kind?: string;
  readonly apiVersion?: string;
  /** @proto 1 @optional */
  readonly metadata: ObjectMeta;
  /** @proto 2 @always */
  readonly status?: PodStatus;
}

/** @kind */
export interface Binding {
  readonly kind?: string;
  readonly apiVersion?: string;
  /** @proto 1 @optional */
  readonly metadata: ObjectMeta;
  /** @proto 2 */
  readonly target: ObjectReference;
}

export interface PodSignature {
  /** @proto 1 @explicit */
  readonly podController?: OwnerReference;
}

export interface AvoidPods {
  /** @proto 1 @listType atomic */
  readonly preferAvoidPods?: readonly PreferAvoidPodsEntry[];
}

export interface PreferAvoidPodsEntry {
  /** @proto 1 */
  readonly podSignature: PodSignature;
  /** @proto 2 @always */
  readonly evictionTime?: Time;
  /** @proto 3 */
  readonly reason?: string;
  /** @proto 4 */
  readonly message?: string;
}
