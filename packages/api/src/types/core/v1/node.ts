/**
 * Nodes: the machines that pods run on.
 * @group core v1
 */
import type { ListMeta, ObjectMeta } from '../../meta/v1/object.ts';
import type { Int32, Int64, Time } from '../../scalars.ts';
import type { ConditionStatus } from './cluster.ts';
import type { ResourceList } from './resources.ts';
import type { Taint } from './scheduling.ts';

/** @kind */
export interface Node {
  readonly kind?: string;
  readonly apiVersion?: string;
  /** @proto 1 @optional */
  readonly metadata: ObjectMeta;
  /** @proto 2 @optional */
  readonly spec: NodeSpec;
  /** @proto 3 @always */
  readonly status?: NodeStatus;
}

/** @kind */
export interface NodeList {
  readonly kind?: string;
  readonly apiVersion?: string;
  /** @proto 1 @optional */
  readonly metadata: ListMeta;
  /** @proto 2 */
  readonly items: readonly Node[];
}

export interface NodeSpec {
  /** @proto 1 */
  readonly podCIDR?: string;
  /** @proto 7 @listType set @patch merge */
  readonly podCIDRs?: readonly string[];
  /** @proto 3 */
  readonly providerID?: string;
  /** @proto 4 */
  readonly unschedulable?: boolean;
  /** @proto 5 @listType atomic */
  readonly taints?: readonly Taint[];
  /** @proto 6 @explicit */
  readonly configSource?: NodeConfigSource;
  /** @proto 2 */
  readonly externalID?: string;
}

export interface NodeConfigSource {
  /** @proto 2 @explicit */
  readonly configMap?: ConfigMapNodeConfigSource;
}

export interface ConfigMapNodeConfigSource {
  /** @proto 1 */
  readonly namespace: string;
  /** @proto 2 */
  readonly name: string;
  /** @proto 3 */
  readonly uid?: string;
  /** @proto 4 */
  readonly resourceVersion?: string;
  /** @proto 5 */
  readonly kubeletConfigKey: string;
}

export interface NodeStatus {
  /** @proto 1 */
  readonly capacity?: ResourceList;
  /** @proto 2 */
  readonly allocatable?: ResourceList;
  /** @proto 3 */
  readonly phase?: NodePhase;
  /** @proto 4 @listType map type @patch merge type */
  readonly conditions?: readonly NodeCondition[];
  /** @proto 5 @listType map type @patch merge type */
  readonly addresses?: readonly NodeAddress[];
  /** @proto 6 @always */
  readonly daemonEndpoints?: NodeDaemonEndpoints;
  /** @proto 7 @always */
  readonly nodeInfo?: NodeSystemInfo;
  /** @proto 8 @listType atomic */
  readonly images?: readonly ContainerImage[];
  /** @proto 9 @listType atomic */
  readonly volumesInUse?: readonly UniqueVolumeName[];
  /** @proto 10 @listType atomic */
  readonly volumesAttached?: readonly AttachedVolume[];
  /** @proto 11 @explicit */
  readonly config?: NodeConfigStatus;
  /** @proto 12 @listType atomic */
  readonly runtimeHandlers?: readonly NodeRuntimeHandler[];
  /** @proto 13 @explicit @gate SupplementalGroupsPolicy */
  readonly features?: NodeFeatures;
  /** @proto 14 @listType atomic @gate NodeDeclaredFeatures */
  readonly declaredFeatures?: readonly string[];
}

/** @enum */
export type NodePhase = 'Pending' | 'Running' | 'Terminated';

export interface NodeCondition {
  /** @proto 1 */
  readonly type: NodeConditionType;
  /** @proto 2 */
  readonly status: ConditionStatus;
  /** @proto 3 @always */
  readonly lastHeartbeatTime?: Time;
  /** @proto 4 @always */
  readonly lastTransitionTime?: Time;
  /** @proto 5 */
  readonly reason?: string;
  /** @proto 6 */
  readonly message?: string;
}

/**
 * Known values: `Ready`, `MemoryPressure`, `DiskPressure`, `PIDPressure`, `NetworkUnavailable`.
 */
export type NodeConditionType = string;

export interface NodeAddress {
  /** @proto 1 */
  readonly type: NodeAddressType;
  /** @proto 2 */
  readonly address: string;
}

/** Known values: `Hostname`, `InternalIP`, `ExternalIP`, `InternalDNS`, `ExternalDNS`. */
export type NodeAddressType = string;

export interface NodeDaemonEndpoints {
  /** @proto 1 @always */
  readonly kubeletEndpoint?: DaemonEndpoint;
}

export interface DaemonEndpoint {
  /** @proto 1 */
  readonly Port: Int32;
}

export interface NodeSystemInfo {
  /** @proto 1 */
  readonly machineID: string;
  /** @proto 2 */
  readonly systemUUID: string;
  /** @proto 3 */
  readonly bootID: string;
  /** @proto 4 */
  readonly kernelVersion: string;
  /** @proto 5 */
  readonly osImage: string;
  /** @proto 6 */
  readonly containerRuntimeVersion: string;
  /** @proto 7 */
  readonly kubeletVersion: string;
  /** @proto 8 */
  readonly kubeProxyVersion: string;
  /** @proto 9 */
  readonly operatingSystem: string;
  /** @proto 10 */
  readonly architecture: string;
  /** @proto 11 @explicit */
  readonly swap?: NodeSwapStatus;
}

export interface NodeSwapStatus {
  /** @proto 1 @explicit */
  readonly capacity?: Int64;
}

export interface ContainerImage {
  /** @proto 1 @optional @listType atomic */
  readonly names: readonly string[];
  /** @proto 2 */
  readonly sizeBytes?: Int64;
}

export type UniqueVolumeName = string;

export interface AttachedVolume {
  /** @proto 1 */
  readonly name: UniqueVolumeName;
  /** @proto 2 */
  readonly devicePath: string;
}

export interface NodeConfigStatus {
  /** @proto 1 @explicit */
  readonly assigned?: NodeConfigSource;
  /** @proto 2 @explicit */
  readonly active?: NodeConfigSource;
  /** @proto 3 @explicit */
  readonly lastKnownGood?: NodeConfigSource;
  /** @proto 4 */
  readonly error?: string;
}

export interface NodeRuntimeHandler {
  /** @proto 1 @optional */
  readonly name: string;
  /** @proto 2 @explicit */
  readonly features?: NodeRuntimeHandlerFeatures;
}

export interface NodeRuntimeHandlerFeatures {
  /** @proto 1 @explicit */
  readonly recursiveReadOnlyMounts?: boolean;
  /** @proto 2 @explicit */
  readonly userNamespaces?: boolean;
}

export interface NodeFeatures {
  /** @proto 1 @explicit */
  readonly supplementalGroupsPolicy?: boolean;
}

/** @kind */
export interface NodeProxyOptions {
  readonly kind?: string;
  readonly apiVersion?: string;
  /** @proto 1 */
  readonly path?: string;
}
