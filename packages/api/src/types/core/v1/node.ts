/**
 * Nodes: the machines that pods run on.
 * @group core v1
 */
import type { ListMeta, ObjectMeta } from '../../meta/v1/object.ts';
import type { Int32, Int64, Time } from '../../scalars.ts';
import type { ConditionStatus } from './cluster.ts';
import type { ResourceList } from './resources.ts';
import type { Taint } from './scheduling.ts';

/**
 * A machine that pods run on.
 * @kind
 */
export interface Node {
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
  readonly spec: NodeSpec;
  /**
   * What is the case, as last seen. Set by the system, not by users.
   * @proto 3 @always
   */
  readonly status?: NodeStatus;
}

/**
 * A list of nodes.
 * @kind
 */
export interface NodeList {
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
   * The nodes.
   * @proto 2
   */
  readonly items: readonly Node[];
}

/** What a node is told. */
export interface NodeSpec {
  /**
   * The range of addresses for its pods.
   * @proto 1
   */
  readonly podCIDR?: string;
  /**
   * The ranges of addresses for its pods, at most one per IP family; the first is `podCIDR`.
   * @proto 7 @listType set @patch merge
   */
  readonly podCIDRs?: readonly string[];
  /**
   * The machine, as the cloud provider calls it: `PROVIDER://ID`.
   * @proto 3
   */
  readonly providerID?: string;
  /**
   * True keeps new pods away: the node is cordoned. Defaults to false.
   * @proto 4
   */
  readonly unschedulable?: boolean;
  /**
   * Taints that keep away pods which do not tolerate them.
   * @proto 5 @listType atomic
   */
  readonly taints?: readonly Taint[];
  /**
   * No longer supported: where the kubelet took its configuration from.
   * @proto 6 @explicit
   */
  readonly configSource?: NodeConfigSource;
  /**
   * No longer set.
   * @proto 2
   */
  readonly externalID?: string;
}

/** No longer supported: where a kubelet takes its configuration from. */
export interface NodeConfigSource {
  /**
   * A config map.
   * @proto 2 @explicit
   */
  readonly configMap?: ConfigMapNodeConfigSource;
}

/** No longer supported: a config map with a kubelet's configuration. */
export interface ConfigMapNodeConfigSource {
  /**
   * Its namespace.
   * @proto 1
   */
  readonly namespace: string;
  /**
   * Its name.
   * @proto 2
   */
  readonly name: string;
  /**
   * Its uid; only in the status.
   * @proto 3
   */
  readonly uid?: string;
  /**
   * Its version; only in the status.
   * @proto 4
   */
  readonly resourceVersion?: string;
  /**
   * The key that has the configuration.
   * @proto 5
   */
  readonly kubeletConfigKey: string;
}

/** How a node is doing. */
export interface NodeStatus {
  /**
   * What the node has of each resource.
   * @proto 1
   */
  readonly capacity?: ResourceList;
  /**
   * What pods may use of each resource; what the system needs is taken off.
   * @proto 2
   */
  readonly allocatable?: ResourceList;
  /**
   * No longer set.
   * @proto 3
   */
  readonly phase?: NodePhase;
  /**
   * The latest findings about this object, one per type.
   * @proto 4 @listType map type @patch merge type
   */
  readonly conditions?: readonly NodeCondition[];
  /**
   * How to reach the node.
   * @proto 5 @listType map type @patch merge type
   */
  readonly addresses?: readonly NodeAddress[];
  /**
   * Ports of programs that run on the node.
   * @proto 6 @always
   */
  readonly daemonEndpoints?: NodeDaemonEndpoints;
  /**
   * Versions and identities of what runs on the node.
   * @proto 7 @always
   */
  readonly nodeInfo?: NodeSystemInfo;
  /**
   * Images that are on the node, the largest first.
   * @proto 8 @listType atomic
   */
  readonly images?: readonly ContainerImage[];
  /**
   * Volumes that are attached and mounted.
   * @proto 9 @listType atomic
   */
  readonly volumesInUse?: readonly UniqueVolumeName[];
  /**
   * Volumes that are attached.
   * @proto 10 @listType atomic
   */
  readonly volumesAttached?: readonly AttachedVolume[];
  /**
   * No longer supported: which configuration the kubelet uses.
   * @proto 11 @explicit
   */
  readonly config?: NodeConfigStatus;
  /**
   * The handlers of the container runtime.
   * @proto 12 @listType atomic
   */
  readonly runtimeHandlers?: readonly NodeRuntimeHandler[];
  /**
   * What the container runtime can do.
   * @proto 13 @explicit @gate SupplementalGroupsPolicy
   */
  readonly features?: NodeFeatures;
  /**
   * Features that the kubelet declares, for scheduling.
   * @proto 14 @listType atomic @gate NodeDeclaredFeatures
   */
  readonly declaredFeatures?: readonly string[];
}

/**
 * No longer used.
 * @enum
 */
export type NodePhase = 'Pending' | 'Running' | 'Terminated';

/** A finding about a node, such as whether it is ready. */
export interface NodeCondition {
  /**
   * What the condition is about: `Ready`, `MemoryPressure`, `DiskPressure`, `PIDPressure`,
   * `NetworkUnavailable`.
   * @proto 1
   */
  readonly type: NodeConditionType;
  /**
   * `True`, `False` or `Unknown`.
   * @proto 2
   */
  readonly status: ConditionStatus;
  /**
   * When it was last reported.
   * @proto 3 @always
   */
  readonly lastHeartbeatTime?: Time;
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
 * What a node's condition is about. Known values: `Ready`, `MemoryPressure`, `DiskPressure`,
 * `PIDPressure`, `NetworkUnavailable`.
 */
export type NodeConditionType = string;

/** A way to reach a node. */
export interface NodeAddress {
  /**
   * `Hostname`, `InternalIP`, `ExternalIP`, `InternalDNS` or `ExternalDNS`.
   * @proto 1
   */
  readonly type: NodeAddressType;
  /**
   * The address or name.
   * @proto 2
   */
  readonly address: string;
}

/**
 * The kind of a node's address. Known values: `Hostname`, `InternalIP`, `ExternalIP`,
 * `InternalDNS`, `ExternalDNS`.
 */
export type NodeAddressType = string;

/** Ports of programs that run on a node. */
export interface NodeDaemonEndpoints {
  /**
   * The kubelet's.
   * @proto 1 @always
   */
  readonly kubeletEndpoint?: DaemonEndpoint;
}

/** A port of a program. */
export interface DaemonEndpoint {
  /**
   * The port.
   * @proto 1
   */
  readonly Port: Int32;
}

/** Versions and identities of what runs on a node. */
export interface NodeSystemInfo {
  /**
   * The machine's id, from `/etc/machine-id`.
   * @proto 1
   */
  readonly machineID: string;
  /**
   * The machine's id, from its firmware.
   * @proto 2
   */
  readonly systemUUID: string;
  /**
   * Changes with every start of the machine.
   * @proto 3
   */
  readonly bootID: string;
  /**
   * The kernel's version.
   * @proto 4
   */
  readonly kernelVersion: string;
  /**
   * The operating system, as it calls itself.
   * @proto 5
   */
  readonly osImage: string;
  /**
   * The container runtime and its version, such as `containerd://2.0.0`.
   * @proto 6
   */
  readonly containerRuntimeVersion: string;
  /**
   * The kubelet's version.
   * @proto 7
   */
  readonly kubeletVersion: string;
  /**
   * No longer set reliably: the version of kube-proxy.
   * @proto 8
   */
  readonly kubeProxyVersion: string;
  /**
   * `linux` or `windows`.
   * @proto 9
   */
  readonly operatingSystem: string;
  /**
   * The processor's architecture, such as `amd64`.
   * @proto 10
   */
  readonly architecture: string;
  /**
   * About swap space.
   * @proto 11 @explicit
   */
  readonly swap?: NodeSwapStatus;
}

/** About swap space. */
export interface NodeSwapStatus {
  /**
   * How much there is, in bytes.
   * @proto 1 @explicit
   */
  readonly capacity?: Int64;
}

/** An image that is on a node. */
export interface ContainerImage {
  /**
   * The names it is known by.
   * @proto 1 @optional @listType atomic
   */
  readonly names: readonly string[];
  /**
   * Its size in bytes.
   * @proto 2
   */
  readonly sizeBytes?: Int64;
}

/** Identifies a volume on a node. */
export type UniqueVolumeName = string;

/** A volume that is attached to a node. */
export interface AttachedVolume {
  /**
   * The volume.
   * @proto 1
   */
  readonly name: UniqueVolumeName;
  /**
   * Where its device is.
   * @proto 2
   */
  readonly devicePath: string;
}

/** No longer supported: which configuration a kubelet uses. */
export interface NodeConfigStatus {
  /**
   * The one it will try next.
   * @proto 1 @explicit
   */
  readonly assigned?: NodeConfigSource;
  /**
   * The one in use.
   * @proto 2 @explicit
   */
  readonly active?: NodeConfigSource;
  /**
   * The one it falls back to.
   * @proto 3 @explicit
   */
  readonly lastKnownGood?: NodeConfigSource;
  /**
   * What is wrong with the assigned one.
   * @proto 4
   */
  readonly error?: string;
}

/** A handler of the container runtime. */
export interface NodeRuntimeHandler {
  /**
   * Its name; empty for the default one.
   * @proto 1 @optional
   */
  readonly name: string;
  /**
   * What it can do.
   * @proto 2 @explicit
   */
  readonly features?: NodeRuntimeHandlerFeatures;
}

/** What a handler of the container runtime can do. */
export interface NodeRuntimeHandlerFeatures {
  /**
   * Whether it can make mounts within a read-only volume read-only.
   * @proto 1 @explicit
   */
  readonly recursiveReadOnlyMounts?: boolean;
  /**
   * Whether it can run pods in user namespaces.
   * @proto 2 @explicit
   */
  readonly userNamespaces?: boolean;
}

/** What the container runtime can do, whatever the handler. */
export interface NodeFeatures {
  /**
   * Whether it honours the policy for supplemental groups.
   * @proto 1 @explicit
   */
  readonly supplementalGroupsPolicy?: boolean;
}

/**
 * Options of a request that is passed on to a node's kubelet.
 * @kind
 */
export interface NodeProxyOptions {
  /** The kind of this object, in CamelCase. Clients may leave it out where the URL says it. */
  readonly kind?: string;
  /** The group and version that this object is written in, such as `v1` or `apps/v1`. */
  readonly apiVersion?: string;
  /**
   * The path to ask the kubelet for.
   * @proto 1
   */
  readonly path?: string;
}
