/**
 * Resource slices: the devices that a driver offers.
 * @group resource.k8s.io v1
 */
import type { NodeSelector } from '../../core/v1/scheduling.ts';
import type { ListMeta, ObjectMeta } from '../../meta/v1/object.ts';
import type { Int64, Quantity, StringMap, Time } from '../../scalars.ts';

/**
 * Some of the devices that a driver offers.
 * @kind
 */
export interface ResourceSlice {
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
  readonly spec: ResourceSliceSpec;
}

/**
 * A list of resource slices.
 * @kind
 */
export interface ResourceSliceList {
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
   * The resource slices.
   * @proto 2
   */
  readonly items: readonly ResourceSlice[];
}

/** Devices, and where they can be used. One of the ways to say where is set. */
export interface ResourceSliceSpec {
  /**
   * The driver.
   * @proto 1
   */
  readonly driver: string;
  /**
   * The pool that the slice is part of.
   * @proto 2
   */
  readonly pool: ResourcePool;
  /**
   * The only node on which they can be used.
   * @proto 3 @explicit
   */
  readonly nodeName?: string;
  /**
   * The nodes on which they can be used.
   * @proto 4 @explicit
   */
  readonly nodeSelector?: NodeSelector;
  /**
   * True when they can be used on all nodes.
   * @proto 5 @explicit
   */
  readonly allNodes?: boolean;
  /**
   * The devices, at most 128.
   * @proto 6 @listType atomic
   */
  readonly devices?: readonly Device[];
  /**
   * True when each device says where it can be used.
   * @proto 7 @explicit @gate DRAPartitionableDevices
   */
  readonly perDeviceNodeSelection?: boolean;
  /**
   * Amounts that several devices share.
   * @proto 8 @listType atomic @gate DRAPartitionableDevices
   */
  readonly sharedCounters?: readonly CounterSet[];
}

/** A pool of devices, in one or more slices. */
export interface ResourcePool {
  /**
   * Its name.
   * @proto 1
   */
  readonly name: string;
  /**
   * Grows with every change. Only slices of the highest count.
   * @proto 2
   */
  readonly generation: Int64;
  /**
   * How many slices the pool has. It is complete once that many are there.
   * @proto 3
   */
  readonly resourceSliceCount: Int64;
}

/** A device. */
export interface Device {
  /**
   * Its name, unique in the pool.
   * @proto 1
   */
  readonly name: string;
  /**
   * Facts about it, by name.
   * @proto 2
   */
  readonly attributes?: StringMap<DeviceAttribute>;
  /**
   * Its capacities, by name.
   * @proto 3
   */
  readonly capacity?: StringMap<DeviceCapacity>;
  /**
   * What it takes of amounts that several devices share.
   * @proto 4 @listType atomic @gate DRAPartitionableDevices
   */
  readonly consumesCounters?: readonly DeviceCounterConsumption[];
  /**
   * The only node on which it can be used.
   * @proto 5 @explicit @gate DRAPartitionableDevices
   */
  readonly nodeName?: string;
  /**
   * The nodes on which it can be used.
   * @proto 6 @explicit @gate DRAPartitionableDevices
   */
  readonly nodeSelector?: NodeSelector;
  /**
   * True when it can be used on all nodes.
   * @proto 7 @explicit @gate DRAPartitionableDevices
   */
  readonly allNodes?: boolean;
  /**
   * Taints that keep away claims which do not tolerate them.
   * @proto 8 @listType atomic @gate DRADeviceTaints
   */
  readonly taints?: readonly DeviceTaint[];
  /**
   * Whether using it binds the claim to the node that is chosen.
   * @proto 9 @explicit @gate DRADeviceBindingConditions,DRAResourceClaimDeviceStatus
   */
  readonly bindsToNode?: boolean;
  /**
   * Conditions that must be true before the pod is bound.
   * @proto 10 @listType atomic @gate DRADeviceBindingConditions,DRAResourceClaimDeviceStatus
   */
  readonly bindingConditions?: readonly string[];
  /**
   * Conditions any of which means that the pod must be scheduled anew.
   * @proto 11 @listType atomic @gate DRADeviceBindingConditions,DRAResourceClaimDeviceStatus
   */
  readonly bindingFailureConditions?: readonly string[];
  /**
   * Whether several claims can share it.
   * @proto 12 @explicit @gate DRAConsumableCapacity
   */
  readonly allowMultipleAllocations?: boolean;
  /**
   * Ordinary node resources, such as CPU and memory, that it takes.
   * @proto 13 @gate DRANodeAllocatableResources
   */
  readonly nodeAllocatableResourceMappings?: StringMap<NodeAllocatableResourceMapping>;
}

/** A fact about a device. One of them is set. */
export interface DeviceAttribute {
  /**
   * A whole number.
   * @proto 2 @explicit
   */
  readonly int?: Int64;
  /**
   * True or false.
   * @proto 3 @explicit
   */
  readonly bool?: boolean;
  /**
   * A text.
   * @proto 4 @explicit
   */
  readonly string?: string;
  /**
   * A semantic version.
   * @proto 5 @explicit
   */
  readonly version?: string;
  /**
   * Several whole numbers.
   * @proto 6 @listType atomic @gate DRAListTypeAttributes
   */
  readonly ints?: readonly Int64[];
  /**
   * Several of true or false.
   * @proto 7 @listType atomic @gate DRAListTypeAttributes
   */
  readonly bools?: readonly boolean[];
  /**
   * Several texts.
   * @proto 8 @listType atomic @gate DRAListTypeAttributes
   */
  readonly strings?: readonly string[];
  /**
   * Several semantic versions.
   * @proto 9 @listType atomic @gate DRAListTypeAttributes
   */
  readonly versions?: readonly string[];
}

/** A capacity of a device. */
export interface DeviceCapacity {
  /**
   * How much there is.
   * @proto 1
   */
  readonly value: Quantity;
  /**
   * How it can be shared out.
   * @proto 2 @explicit @gate DRAConsumableCapacity
   */
  readonly requestPolicy?: CapacityRequestPolicy;
}

/** How a capacity can be shared out. */
export interface CapacityRequestPolicy {
  /**
   * How much those get that do not ask.
   * @proto 1 @nullable @optional
   */
  readonly default: Quantity;
  /**
   * The only amounts that can be had.
   * @proto 3 @listType atomic
   */
  readonly validValues?: readonly Quantity[];
  /**
   * The range of amounts that can be had.
   * @proto 4 @explicit
   */
  readonly validRange?: CapacityRequestPolicyRange;
}

/** A range of amounts. */
export interface CapacityRequestPolicyRange {
  /**
   * The least.
   * @proto 1 @explicit @required
   */
  readonly min?: Quantity;
  /**
   * The most.
   * @proto 2 @explicit
   */
  readonly max?: Quantity;
  /**
   * The distance between them.
   * @proto 3 @explicit
   */
  readonly step?: Quantity;
}

/** What a device takes of amounts that several share. */
export interface DeviceCounterConsumption {
  /**
   * The set of amounts.
   * @proto 1
   */
  readonly counterSet: string;
  /**
   * How much it takes of each.
   * @proto 2 @required
   */
  readonly counters?: StringMap<Counter>;
}

/** An amount. */
export interface Counter {
  /**
   * How much.
   * @proto 1
   */
  readonly value: Quantity;
}

/** Keeps claims away from a device, unless they tolerate it. */
export interface DeviceTaint {
  /**
   * Its key.
   * @proto 1
   */
  readonly key: string;
  /**
   * Its value.
   * @proto 2
   */
  readonly value?: string;
  /**
   * `NoSchedule` keeps new pods away, `NoExecute` evicts running ones too, `None` does nothing.
   * @proto 3
   */
  readonly effect: DeviceTaintEffect;
  /**
   * When it was added.
   * @proto 4 @explicit
   */
  readonly timeAdded?: Time;
}

/**
 * What a taint of a device does.
 * @enum
 */
export type DeviceTaintEffect = 'None' | 'NoSchedule' | 'NoExecute';

/** How much of a node resource a device takes. */
export interface NodeAllocatableResourceMapping {
  /**
   * The capacity of the device whose share counts; by default each device counts as one.
   * @proto 1 @explicit
   */
  readonly capacityKey?: QualifiedName;
  /**
   * How much of the resource goes with one unit.
   * @proto 2 @explicit
   */
  readonly allocationMultiplier?: Quantity;
}

/** A name with or without a domain; without, the driver's is meant. */
export type QualifiedName = string;

/** Amounts that several devices share. */
export interface CounterSet {
  /**
   * Its name, unique in the pool.
   * @proto 1
   */
  readonly name: string;
  /**
   * The amounts, by name.
   * @proto 2 @required
   */
  readonly counters?: StringMap<Counter>;
}

/** A name with a domain. */
export type FullyQualifiedName = string;
