/**
 * Resource claims: requests for devices, and what was allocated to them.
 * @group resource.k8s.io v1
 */
import type { NodeSelector } from '../../core/v1/scheduling.ts';
import type { Condition } from '../../meta/v1/condition.ts';
import type { ListMeta, ObjectMeta } from '../../meta/v1/object.ts';
import type { Int64, Quantity, RawExtension, StringMap, Time } from '../../scalars.ts';
import type { DeviceConfiguration, DeviceSelector } from './device-class.ts';
import type { DeviceTaintEffect, FullyQualifiedName } from './slice.ts';

/**
 * A claim for devices, such as accelerators. Pods that use it wait until they are allocated.
 * @kind
 */
export interface ResourceClaim {
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
   * @proto 2
   */
  readonly spec: ResourceClaimSpec;
  /**
   * What is the case, as last seen. Set by the system, not by users.
   * @proto 3 @always
   */
  readonly status?: ResourceClaimStatus;
}

/**
 * A list of resource claims.
 * @kind
 */
export interface ResourceClaimList {
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
   * The resource claims.
   * @proto 2
   */
  readonly items: readonly ResourceClaim[];
}

/** What devices are claimed. It cannot be changed. */
export interface ResourceClaimSpec {
  /**
   * The devices.
   * @proto 1 @optional
   */
  readonly devices: DeviceClaim;
}

/** Which devices are claimed. */
export interface DeviceClaim {
  /**
   * The requests. All must be met. At most 32.
   * @proto 1 @optional @listType atomic
   */
  readonly requests: readonly DeviceRequest[];
  /**
   * What devices of several requests must have in common.
   * @proto 2 @listType atomic
   */
  readonly constraints?: readonly DeviceConstraint[];
  /**
   * Settings for the drivers.
   * @proto 3 @listType atomic
   */
  readonly config?: readonly DeviceClaimConfiguration[];
}

/** A request for devices of one kind. One of the two forms is set. */
export interface DeviceRequest {
  /**
   * Its name, unique in the claim.
   * @proto 1
   */
  readonly name: string;
  /**
   * What is wanted, exactly.
   * @proto 2 @explicit
   */
  readonly exactly?: ExactDeviceRequest;
  /**
   * What is wanted, in order of preference. At most 8.
   * @proto 3 @listType atomic @gate DRAPrioritizedList
   */
  readonly firstAvailable?: readonly DeviceSubRequest[];
}

/** What devices are wanted. */
export interface ExactDeviceRequest {
  /**
   * The device class.
   * @proto 1
   */
  readonly deviceClassName: string;
  /**
   * Conditions that each device must fulfil.
   * @proto 2 @listType atomic
   */
  readonly selectors?: readonly DeviceSelector[];
  /**
   * `ExactCount` (the default) takes `count` devices, `All` takes all that fit in a pool.
   * @proto 3
   */
  readonly allocationMode?: DeviceAllocationMode;
  /**
   * How many devices, for `ExactCount`. Defaults to 1.
   * @proto 4
   */
  readonly count?: Int64;
  /**
   * Access for looking after devices, even ones in use. Needs a namespace that allows it.
   * @proto 5 @explicit @gate DRAAdminAccess
   */
  readonly adminAccess?: boolean;
  /**
   * Taints of devices to put up with.
   * @proto 6 @listType atomic @gate DRADeviceTaints
   */
  readonly tolerations?: readonly DeviceToleration[];
  /**
   * How much of a device that can be shared.
   * @proto 7 @explicit @gate DRAConsumableCapacity
   */
  readonly capacity?: CapacityRequirements;
}

/**
 * How many devices are taken.
 * @enum
 */
export type DeviceAllocationMode = 'ExactCount' | 'All';

/** A kind of taint of devices to put up with. */
export interface DeviceToleration {
  /**
   * The taint's key. Empty, with `Exists`, for all.
   * @proto 1
   */
  readonly key?: string;
  /**
   * `Equal` (the default) compares with `value`, `Exists` takes any value.
   * @proto 2 @default "Equal"
   */
  readonly operator?: DeviceTolerationOperator;
  /**
   * The taint's value.
   * @proto 3
   */
  readonly value?: string;
  /**
   * The taint's effect; empty for all.
   * @proto 4
   */
  readonly effect?: DeviceTaintEffect;
  /**
   * For `NoExecute`: seconds until the pod is evicted after all. Missing for never.
   * @proto 5 @explicit
   */
  readonly tolerationSeconds?: Int64;
}

/**
 * How a taint is compared.
 * @enum
 */
export type DeviceTolerationOperator = 'Exists' | 'Equal';

/** How much of a device's capacities is wanted. */
export interface CapacityRequirements {
  /**
   * How much of each.
   * @proto 1
   */
  readonly requests?: StringMap<Quantity>;
}

/** One of several possibilities of what devices are wanted. */
export interface DeviceSubRequest {
  /**
   * Its name, unique in its list.
   * @proto 1
   */
  readonly name: string;
  /**
   * The device class.
   * @proto 2
   */
  readonly deviceClassName: string;
  /**
   * Conditions that each device must fulfil.
   * @proto 3 @listType atomic
   */
  readonly selectors?: readonly DeviceSelector[];
  /**
   * `ExactCount` (the default) takes `count` devices, `All` takes all that fit in a pool.
   * @proto 4
   */
  readonly allocationMode?: DeviceAllocationMode;
  /**
   * How many devices, for `ExactCount`. Defaults to 1.
   * @proto 5
   */
  readonly count?: Int64;
  /**
   * Taints of devices to put up with.
   * @proto 6 @listType atomic @gate DRADeviceTaints
   */
  readonly tolerations?: readonly DeviceToleration[];
  /**
   * How much of a device that can be shared.
   * @proto 7 @explicit @gate DRAConsumableCapacity
   */
  readonly capacity?: CapacityRequirements;
}

/** Something that devices must have in common. */
export interface DeviceConstraint {
  /**
   * The requests it is about; empty for all.
   * @proto 1 @listType atomic
   */
  readonly requests?: readonly string[];
  /**
   * An attribute that must be equal in all of them.
   * @proto 2 @explicit
   */
  readonly matchAttribute?: FullyQualifiedName;
  /**
   * An attribute that must differ in all of them.
   * @proto 3 @explicit @gate DRAConsumableCapacity
   */
  readonly distinctAttribute?: FullyQualifiedName;
}

/**
 * Settings for a driver.
 * @inline DeviceConfiguration 2 after requests
 */
export interface DeviceClaimConfiguration extends DeviceConfiguration {
  /**
   * The requests they are for; empty for all.
   * @proto 1 @listType atomic
   */
  readonly requests?: readonly string[];
}

/** What was allocated to a claim. */
export interface ResourceClaimStatus {
  /**
   * The devices. Missing while nothing is allocated.
   * @proto 1 @explicit
   */
  readonly allocation?: AllocationResult;
  /**
   * Who may use the claim now. While there are any, it is not given back. At most 256.
   * @proto 2 @listType map uid @patch merge uid
   */
  readonly reservedFor?: readonly ResourceClaimConsumerReference[];
  /**
   * What the drivers say about the devices.
   * @proto 4 @listType map driver device pool shareID @gate DRAResourceClaimDeviceStatus
   */
  readonly devices?: readonly AllocatedDeviceStatus[];
}

/** What was allocated. */
export interface AllocationResult {
  /**
   * The devices.
   * @proto 1 @always
   */
  readonly devices?: DeviceAllocationResult;
  /**
   * The nodes on which they can be used; missing for all.
   * @proto 3 @explicit
   */
  readonly nodeSelector?: NodeSelector;
  /**
   * When they were allocated.
   * @proto 5 @explicit @gate DRADeviceBindingConditions,DRAResourceClaimDeviceStatus
   */
  readonly allocationTimestamp?: Time;
}

/** The devices that were allocated. */
export interface DeviceAllocationResult {
  /**
   * The devices, each with its request.
   * @proto 1 @listType atomic
   */
  readonly results?: readonly DeviceRequestAllocationResult[];
  /**
   * Settings for the drivers, from classes and from the claim.
   * @proto 2 @listType atomic
   */
  readonly config?: readonly DeviceAllocationConfiguration[];
}

/** A device that was allocated. */
export interface DeviceRequestAllocationResult {
  /**
   * The request, or `REQUEST/SUBREQUEST`.
   * @proto 1
   */
  readonly request: string;
  /**
   * The driver.
   * @proto 2
   */
  readonly driver: string;
  /**
   * The pool that the device is in.
   * @proto 3
   */
  readonly pool: string;
  /**
   * The device, by its name in the pool.
   * @proto 4
   */
  readonly device: string;
  /**
   * Whether it was allocated for looking after it.
   * @proto 5 @explicit @gate DRAAdminAccess
   */
  readonly adminAccess?: boolean;
  /**
   * Taints of devices to put up with.
   * @proto 6 @listType atomic @gate DRADeviceTaints
   */
  readonly tolerations?: readonly DeviceToleration[];
  /**
   * Conditions that must be true before the pod is bound.
   * @proto 7 @listType atomic @gate DRADeviceBindingConditions,DRAResourceClaimDeviceStatus
   */
  readonly bindingConditions?: readonly string[];
  /**
   * Conditions any of which means that the pod must be scheduled anew.
   * @proto 8 @listType atomic @gate DRADeviceBindingConditions,DRAResourceClaimDeviceStatus
   */
  readonly bindingFailureConditions?: readonly string[];
  /**
   * Identifies the share, for devices that can be shared.
   * @proto 9 @explicit @gate DRAConsumableCapacity
   */
  readonly shareID?: string;
  /**
   * How much of each capacity it takes.
   * @proto 10 @gate DRAConsumableCapacity
   */
  readonly consumedCapacity?: StringMap<Quantity>;
}

/**
 * Settings for a driver, and where they come from.
 * @inline DeviceConfiguration 3 after requests
 */
export interface DeviceAllocationConfiguration extends DeviceConfiguration {
  /**
   * `FromClass` or `FromClaim`.
   * @proto 1
   */
  readonly source: AllocationConfigSource;
  /**
   * The requests they are for; empty for all.
   * @proto 2 @listType atomic
   */
  readonly requests?: readonly string[];
}

/**
 * Where settings come from.
 * @enum
 */
export type AllocationConfigSource = 'FromClass' | 'FromClaim';

/** Names one who uses a claim. */
export interface ResourceClaimConsumerReference {
  /**
   * Its API group; empty for the core group.
   * @proto 1
   */
  readonly apiGroup?: string;
  /**
   * Its resource, such as `pods`.
   * @proto 3
   */
  readonly resource: string;
  /**
   * Its name.
   * @proto 4
   */
  readonly name: string;
  /**
   * Its uid.
   * @proto 5
   */
  readonly uid: string;
}

/** What a driver says about a device that was allocated. */
export interface AllocatedDeviceStatus {
  /**
   * The driver.
   * @proto 1
   */
  readonly driver: string;
  /**
   * The pool that the device is in.
   * @proto 2
   */
  readonly pool: string;
  /**
   * The device, by its name in the pool.
   * @proto 3
   */
  readonly device: string;
  /**
   * Identifies the share, for devices that can be shared.
   * @proto 7 @explicit @gate DRAConsumableCapacity
   */
  readonly shareID?: string;
  /**
   * The latest findings about this object, one per type.
   * @proto 4 @optional @listType map type
   */
  readonly conditions: readonly Condition[];
  /**
   * Whatever the driver wants to say.
   * @proto 5 @explicit
   */
  readonly data?: RawExtension;
  /**
   * About a network device.
   * @proto 6 @explicit
   */
  readonly networkData?: NetworkDeviceData;
}

/** About a network device. */
export interface NetworkDeviceData {
  /**
   * The name of the interface.
   * @proto 1
   */
  readonly interfaceName?: string;
  /**
   * Its addresses, with their ranges.
   * @proto 2 @listType atomic
   */
  readonly ips?: readonly string[];
  /**
   * Its hardware address.
   * @proto 3
   */
  readonly hardwareAddress?: string;
}

/**
 * A template from which claims for pods are made.
 * @kind
 */
export interface ResourceClaimTemplate {
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
   * @proto 2
   */
  readonly spec: ResourceClaimTemplateSpec;
}

/**
 * A list of resource claim templates.
 * @kind
 */
export interface ResourceClaimTemplateList {
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
   * The resource claim templates.
   * @proto 2
   */
  readonly items: readonly ResourceClaimTemplate[];
}

/** What claims that are made from it look like. */
export interface ResourceClaimTemplateSpec {
  /**
   * Labels and annotations, for each claim.
   * @proto 1 @optional
   */
  readonly metadata: ObjectMeta;
  /**
   * What each claim asks for.
   * @proto 2
   */
  readonly spec: ResourceClaimSpec;
}
