/**
 * Pods: what to run together on one node, and how it is going.
 * @group core v1
 */
import type { ListMeta, ObjectMeta } from '../../meta/v1/object.ts';
import type { Int32, Int64, StringMap, Time } from '../../scalars.ts';
import type { ConditionStatus } from './cluster.ts';
import type { ContainerStatus } from './container-status.ts';
import type { Container, EphemeralContainer } from './container.ts';
import type {
  NodeAllocatableResourceClaimStatus,
  PodExtendedResourceClaimStatus,
  PodResourceClaim,
  PodResourceClaimStatus,
} from './pod-claims.ts';
import type { DNSPolicy, HostAlias, HostIP, PodDNSConfig, PodIP } from './pod-network.ts';
import type { LocalObjectReference, ObjectReference } from './reference.ts';
import type { ResourceList, ResourceRequirements } from './resources.ts';
import type { Affinity, Toleration, TopologySpreadConstraint } from './scheduling.ts';
import type { PodSecurityContext } from './security.ts';
import type { Volume } from './volume.ts';

/**
 * Containers that run together on one node and share its network and volumes. The smallest thing
 * that is scheduled.
 * @kind
 */
export interface Pod {
  /** The kind of this object, in CamelCase. Clients may leave it out where the URL says it. */
  readonly kind?: string;
  /** The group and version that this object is written in, such as `v1` or `apps/v1`. */
  readonly apiVersion?: string;
  /**
   * Name, namespace, labels, annotations and the rest of what every object carries.
   * @proto 1 @optional
   */
  readonly metadata: ObjectMeta;
  /**
   * What is wanted.
   * @proto 2 @optional
   */
  readonly spec: PodSpec;
  /**
   * What is the case, as last seen. Set by the system, not by users.
   * @proto 3 @always
   */
  readonly status?: PodStatus;
}

/**
 * A list of pods.
 * @kind
 */
export interface PodList {
  /** The kind of this object, in CamelCase. Clients may leave it out where the URL says it. */
  readonly kind?: string;
  /** The group and version that this object is written in, such as `v1` or `apps/v1`. */
  readonly apiVersion?: string;
  /**
   * The version of the list, and where it goes on.
   * @proto 1 @optional
   */
  readonly metadata: ListMeta;
  /**
   * The pods.
   * @proto 2
   */
  readonly items: readonly Pod[];
}

/** What a pod runs, and how. */
export interface PodSpec {
  /**
   * The volumes that the pod's containers may mount.
   * @proto 1 @listType map name @patch merge,retainKeys name
   */
  readonly volumes?: readonly Volume[];
  /**
   * Containers that run one after another, each to its end, before the others start. One with
   * `restartPolicy: Always` is a sidecar: it keeps running, and the next begins once it has
   * started.
   * @proto 20 @listType map name @patch merge name
   */
  readonly initContainers?: readonly Container[];
  /**
   * The containers, at least one. None can be added or removed later.
   * @proto 2 @listType map name @patch merge name
   */
  readonly containers: readonly Container[];
  /**
   * Containers added to a running pod for debugging. They can only be added through the
   * `ephemeralcontainers` subresource, and never removed.
   * @proto 34 @listType map name @patch merge name
   */
  readonly ephemeralContainers?: readonly EphemeralContainer[];
  /**
   * When ended containers are started again: `Always` (the default), `OnFailure` or `Never`.
   * @proto 3
   */
  readonly restartPolicy?: RestartPolicy;
  /**
   * Seconds between the request to stop and the kill. Zero kills at once. Defaults to 30.
   * @proto 4 @explicit
   */
  readonly terminationGracePeriodSeconds?: Int64;
  /**
   * Seconds after its start until the pod is stopped and marked failed. Counts from the moment that
   * the pod is on a node.
   * @proto 5 @explicit
   */
  readonly activeDeadlineSeconds?: Int64;
  /**
   * How names are resolved: `ClusterFirst` (the default), `ClusterFirstWithHostNet`, `Default` (as
   * the node does) or `None`, which takes all from `dnsConfig`.
   * @proto 6
   */
  readonly dnsPolicy?: DNSPolicy;
  /**
   * Labels that a node must have for the pod to be scheduled there.
   * @proto 7 @mapType atomic
   */
  readonly nodeSelector?: StringMap<string>;
  /**
   * The service account as which the pod speaks to the API. Defaults to `default`.
   * @proto 8
   */
  readonly serviceAccountName?: string;
  /**
   * The older name of `serviceAccountName`.
   * @proto 9
   */
  readonly serviceAccount?: string;
  /**
   * Whether a token of the service account is mounted. Overrides what the service account says.
   * @proto 21 @explicit
   */
  readonly automountServiceAccountToken?: boolean;
  /**
   * The node that the pod is on. Set by the scheduler; who sets it beforehand goes around the
   * scheduler.
   * @proto 10
   */
  readonly nodeName?: string;
  /**
   * Use the network of the node instead of one of its own. Ports that containers declare are then
   * taken on the node. Defaults to false.
   * @proto 11
   */
  readonly hostNetwork?: boolean;
  /**
   * See the processes of the node. Defaults to false.
   * @proto 12
   */
  readonly hostPID?: boolean;
  /**
   * Use the inter-process communication of the node. Defaults to false.
   * @proto 13
   */
  readonly hostIPC?: boolean;
  /**
   * Let the containers see each other's processes. Not together with `hostPID`. Defaults to false.
   * @proto 27 @explicit
   */
  readonly shareProcessNamespace?: boolean;
  /**
   * Security settings for all containers; some can be set again on a container, which then counts.
   * @proto 14 @explicit
   */
  readonly securityContext?: PodSecurityContext;
  /**
   * Secrets in the same namespace with credentials for pulling images.
   * @proto 15 @listType map name @patch merge name
   */
  readonly imagePullSecrets?: readonly LocalObjectReference[];
  /**
   * The pod's host name; by default its name.
   * @proto 16
   */
  readonly hostname?: string;
  /**
   * With it, the pod's full host name is `HOSTNAME.SUBDOMAIN.NAMESPACE.svc.CLUSTER-DOMAIN`, given a
   * headless service of that name.
   * @proto 17
   */
  readonly subdomain?: string;
  /**
   * Rules and preferences about which nodes, and which other pods, to be near to or far from.
   * @proto 18 @explicit
   */
  readonly affinity?: Affinity;
  /**
   * The scheduler that places the pod. Defaults to `default-scheduler`.
   * @proto 19
   */
  readonly schedulerName?: string;
  /**
   * Taints of nodes that the pod puts up with.
   * @proto 22 @listType atomic
   */
  readonly tolerations?: readonly Toleration[];
  /**
   * Further lines for the pod's hosts file.
   * @proto 23 @listType map ip @patch merge ip
   */
  readonly hostAliases?: readonly HostAlias[];
  /**
   * The priority class of the pod; `system-node-critical` and `system-cluster-critical` always
   * exist.
   * @proto 24
   */
  readonly priorityClassName?: string;
  /**
   * The pod's importance, filled in from its priority class. Higher goes first.
   * @proto 25 @explicit
   */
  readonly priority?: Int32;
  /**
   * DNS settings, added to what `dnsPolicy` gives.
   * @proto 26 @explicit
   */
  readonly dnsConfig?: PodDNSConfig;
  /**
   * Conditions, beside ready containers, that must be true for the pod to be ready.
   * @proto 28 @listType atomic
   */
  readonly readinessGates?: readonly PodReadinessGate[];
  /**
   * The runtime class that runs the pod. Empty or missing means the node's default.
   * @proto 29 @explicit
   */
  readonly runtimeClassName?: string;
  /**
   * Give the containers environment variables with the addresses of services. Defaults to true.
   * @proto 30 @explicit
   */
  readonly enableServiceLinks?: boolean;
  /**
   * `PreemptLowerPriority` (the default) lets the pod displace pods of lower priority, `Never` does
   * not.
   * @proto 31 @explicit
   */
  readonly preemptionPolicy?: PreemptionPolicy;
  /**
   * What running the pod costs beyond its containers. Filled in from the runtime class.
   * @proto 32
   */
  readonly overhead?: ResourceList;
  /**
   * How evenly pods like this one must be spread over zones, nodes or other domains.
   * @proto 33 @listType map topologyKey whenUnsatisfiable @patch merge topologyKey
   */
  readonly topologySpreadConstraints?: readonly TopologySpreadConstraint[];
  /**
   * Use the full name, not only its first part, as the host name within the pod. Defaults to false.
   * @proto 35 @explicit
   */
  readonly setHostnameAsFQDN?: boolean;
  /**
   * The operating system that the containers need. Some security settings are refused for the wrong
   * one.
   * @proto 36 @explicit
   */
  readonly os?: PodOS;
  /**
   * False runs the pod in a user namespace of its own, where its root is nobody on the node.
   * Defaults to true.
   * @proto 37 @explicit
   */
  readonly hostUsers?: boolean;
  /**
   * While there are any, the pod is not scheduled. They can be given only at creation; later only
   * removed.
   * @proto 38 @listType map name @patch merge name
   */
  readonly schedulingGates?: readonly PodSchedulingGate[];
  /**
   * Claims for devices that must be allocated before the pod starts.
   * @proto 39 @listType map name @patch merge,retainKeys name @gate DynamicResourceAllocation
   */
  readonly resourceClaims?: readonly PodResourceClaim[];
  /**
   * Resources for the pod as a whole, shared by its containers. CPU, memory and huge pages.
   * @proto 40 @explicit @gate PodLevelResources
   */
  readonly resources?: ResourceRequirements;
  /**
   * The host name within the pod, whatever `hostname`, `subdomain` and `setHostnameAsFQDN` say. At
   * most 64 characters.
   * @proto 41 @explicit @gate HostnameOverride
   */
  readonly hostnameOverride?: string;
  /**
   * The group of pods that this pod is scheduled together with.
   * @proto 43 @explicit @gate GenericWorkload
   */
  readonly schedulingGroup?: PodSchedulingGroup;
}

/**
 * When ended containers are started again.
 * @enum
 */
export type RestartPolicy = 'Always' | 'OnFailure' | 'Never';

/** A condition that must be true for a pod to be ready. */
export interface PodReadinessGate {
  /**
   * The type of the condition, as it appears in the pod's status.
   * @proto 1
   */
  readonly conditionType: PodConditionType;
}

/**
 * What a pod's condition is about. Known values: `ContainersReady`, `Initialized`, `Ready`,
 * `PodScheduled`, `DisruptionTarget`, `PodReadyToStartContainers`, `PodResizePending`,
 * `PodResizeInProgress`, `AllContainersRestarting`.
 */
export type PodConditionType = string;

/**
 * Whether a pod may displace others.
 * @enum
 */
export type PreemptionPolicy = 'PreemptLowerPriority' | 'Never';

/** The operating system that a pod needs. */
export interface PodOS {
  /**
   * `linux` or `windows`.
   * @proto 1
   */
  readonly name: OSName;
}

/** An operating system. Known values: `linux`, `windows`. */
export type OSName = string;

/** A reason not to schedule a pod yet. */
export interface PodSchedulingGate {
  /**
   * A name, unique in the pod, that tells who will remove it.
   * @proto 1
   */
  readonly name: string;
}

/**
 * Names the group of pods that a pod belongs to.
 * @union
 */
export interface PodSchedulingGroup {
  /**
   * The pod group, in the pod's namespace.
   * @proto 1 @explicit
   */
  readonly podGroupName?: string;
}

/** How a pod is doing. */
export interface PodStatus {
  /**
   * The `metadata.generation` that this status is about. While it is lower than the current one,
   * the status is about an older spec.
   * @proto 17
   */
  readonly observedGeneration?: Int64;
  /**
   * A summary: `Pending`, `Running`, `Succeeded`, `Failed` or `Unknown`. The conditions say more.
   * @proto 1
   */
  readonly phase?: PodPhase;
  /**
   * The latest findings about this object, one per type.
   * @proto 2 @listType map type @patch merge type
   */
  readonly conditions?: readonly PodCondition[];
  /**
   * Why the pod is in this state, as text for people.
   * @proto 3
   */
  readonly message?: string;
  /**
   * Why the pod is in this state, as one word, such as `Evicted`.
   * @proto 4
   */
  readonly reason?: string;
  /**
   * A node on which pods were displaced for this one, or that it is expected to go to. No promise
   * that it will.
   * @proto 11
   */
  readonly nominatedNodeName?: string;
  /**
   * The address of its node.
   * @proto 5
   */
  readonly hostIP?: string;
  /**
   * The addresses of its node, at most one per IP family.
   * @proto 16 @listType atomic @patch merge ip
   */
  readonly hostIPs?: readonly HostIP[];
  /**
   * Its address in the cluster's network.
   * @proto 6
   */
  readonly podIP?: string;
  /**
   * Its addresses, at most one per IP family; the first is `podIP`.
   * @proto 12 @listType map ip @patch merge ip
   */
  readonly podIPs?: readonly PodIP[];
  /**
   * When the node accepted the pod, before any image was pulled.
   * @proto 7 @explicit
   */
  readonly startTime?: Time;
  /**
   * How each init container is doing.
   * @proto 10 @listType atomic
   */
  readonly initContainerStatuses?: readonly ContainerStatus[];
  /**
   * How each container is doing.
   * @proto 8 @listType atomic
   */
  readonly containerStatuses?: readonly ContainerStatus[];
  /**
   * `Guaranteed`, `Burstable` or `BestEffort`, from its requests and limits. It decides who is
   * evicted first, and cannot change.
   * @proto 9
   */
  readonly qosClass?: PodQOSClass;
  /**
   * How each ephemeral container is doing.
   * @proto 13 @listType atomic
   */
  readonly ephemeralContainerStatuses?: readonly ContainerStatus[];
  /**
   * Progress of a change of resources. Replaced by conditions.
   * @proto 14 @gate InPlacePodVerticalScaling
   */
  readonly resize?: PodResizeStatus;
  /**
   * The claims that were made for the pod's claim templates.
   * @proto 15 @listType map name @patch merge,retainKeys name @gate DynamicResourceAllocation
   */
  readonly resourceClaimStatuses?: readonly PodResourceClaimStatus[];
  /**
   * The claim that was made for extended resources which device drivers provide.
   * @proto 18 @explicit @gate DRAExtendedResource
   */
  readonly extendedResourceClaimStatus?: PodExtendedResourceClaimStatus;
  /**
   * Resources that the node has set aside for the pod as a whole.
   * @proto 19 @gate InPlacePodLevelResourcesVerticalScaling
   */
  readonly allocatedResources?: ResourceList;
  /**
   * Resources that the pod as a whole really has.
   * @proto 20 @explicit @gate InPlacePodLevelResourcesVerticalScaling
   */
  readonly resources?: ResourceRequirements;
  /**
   * Ordinary node resources, such as CPU and memory, that came through resource claims.
   * @proto 21 @listType atomic @gate DRANodeAllocatableResources
   */
  readonly nodeAllocatableResourceClaimStatuses?: readonly NodeAllocatableResourceClaimStatus[];
}

/**
 * A summary of how far a pod has come.
 * @enum
 */
export type PodPhase = 'Pending' | 'Running' | 'Succeeded' | 'Failed' | 'Unknown';

/** A finding about a pod, such as whether it is ready. */
export interface PodCondition {
  /**
   * What the condition is about, such as `Ready` or `PodScheduled`.
   * @proto 1
   */
  readonly type: PodConditionType;
  /**
   * The `metadata.generation` that the condition is about.
   * @proto 7
   */
  readonly observedGeneration?: Int64;
  /**
   * `True`, `False` or `Unknown`.
   * @proto 2
   */
  readonly status: ConditionStatus;
  /**
   * When the condition was last checked. Mostly null.
   * @proto 3 @always
   */
  readonly lastProbeTime?: Time;
  /**
   * When the status of this condition last changed.
   * @proto 4 @always
   */
  readonly lastTransitionTime?: Time;
  /**
   * Why, as one word for programs.
   * @proto 5
   */
  readonly reason?: string;
  /**
   * Why, as text for people.
   * @proto 6
   */
  readonly message?: string;
}

/**
 * How the node treats a pod when resources run short.
 * @enum
 */
export type PodQOSClass = 'Guaranteed' | 'Burstable' | 'BestEffort';

/** Progress of a change of resources. Known values: `InProgress`, `Deferred`, `Infeasible`. */
export type PodResizeStatus = string;

/**
 * A template of pods, stored for later use.
 * @kind
 */
export interface PodTemplate {
  /** The kind of this object, in CamelCase. Clients may leave it out where the URL says it. */
  readonly kind?: string;
  /** The group and version that this object is written in, such as `v1` or `apps/v1`. */
  readonly apiVersion?: string;
  /**
   * Name, namespace, labels, annotations and the rest of what every object carries.
   * @proto 1 @optional
   */
  readonly metadata: ObjectMeta;
  /**
   * The template.
   * @proto 2 @always
   */
  readonly template?: PodTemplateSpec;
}

/**
 * A list of pod templates.
 * @kind
 */
export interface PodTemplateList {
  /** The kind of this object, in CamelCase. Clients may leave it out where the URL says it. */
  readonly kind?: string;
  /** The group and version that this object is written in, such as `v1` or `apps/v1`. */
  readonly apiVersion?: string;
  /**
   * The version of the list, and where it goes on.
   * @proto 1 @optional
   */
  readonly metadata: ListMeta;
  /**
   * The pod templates.
   * @proto 2
   */
  readonly items: readonly PodTemplate[];
}

/** What pods that are made from it look like. */
export interface PodTemplateSpec {
  /**
   * Labels, annotations and the rest, for each pod.
   * @proto 1 @optional
   */
  readonly metadata: ObjectMeta;
  /**
   * What each pod runs.
   * @proto 2 @optional
   */
  readonly spec: PodSpec;
}

/**
 * A pod of which only the status is given.
 * @kind
 */
export interface PodStatusResult {
  /** The kind of this object, in CamelCase. Clients may leave it out where the URL says it. */
  readonly kind?: string;
  /** The group and version that this object is written in, such as `v1` or `apps/v1`. */
  readonly apiVersion?: string;
  /**
   * Name, namespace, labels, annotations and the rest of what every object carries.
   * @proto 1 @optional
   */
  readonly metadata: ObjectMeta;
  /**
   * What is the case, as last seen. Set by the system, not by users.
   * @proto 2 @always
   */
  readonly status?: PodStatus;
}

/**
 * Puts a pod on a node: what schedulers create.
 * @kind
 */
export interface Binding {
  /** The kind of this object, in CamelCase. Clients may leave it out where the URL says it. */
  readonly kind?: string;
  /** The group and version that this object is written in, such as `v1` or `apps/v1`. */
  readonly apiVersion?: string;
  /**
   * Name, namespace, labels, annotations and the rest of what every object carries.
   * @proto 1 @optional
   */
  readonly metadata: ObjectMeta;
  /**
   * The node.
   * @proto 2
   */
  readonly target: ObjectReference;
}
