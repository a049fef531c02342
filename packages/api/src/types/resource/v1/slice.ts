/**
 * Resource slices: the devices that a driver offers.
 * @group resource.k8s.io v1
 */
import type { NodeSelector } from '../../core/v1/scheduling.ts';
import type { ListMeta, ObjectMeta } from '../../meta/v1/object.ts';
import type { Int64, Quantity, StringMap, Time } from '../../scalars.ts';

/** @kind */
export interface ResourceSlice {
  readonly kind?: string;
  readonly apiVersion?: string;
  /** @proto 1 @optional */
  readonly metadata: ObjectMeta;
  /** @proto 2 */
  readonly spec: ResourceSliceSpec;
}

/** @kind */
export interface ResourceSliceList {
  readonly kind?: string;
  readonly apiVersion?: string;
  /** @proto 1 @optional */
  readonly metadata: ListMeta;
  /** @proto 2 */
  readonly items: readonly ResourceSlice[];
}

export interface ResourceSliceSpec {
  /** @proto 1 */
  readonly driver: string;
  /** @proto 2 */
  readonly pool: ResourcePool;
  /** @proto 3 @explicit */
  readonly nodeName?: string;
  /** @proto 4 @explicit */
  readonly nodeSelector?: NodeSelector;
  /** @proto 5 @explicit */
  readonly allNodes?: boolean;
  /** @proto 6 @listType atomic */
  readonly devices?: readonly Device[];
  /** @proto 7 @explicit @gate DRAPartitionableDevices */
  readonly perDeviceNodeSelection?: boolean;
  /** @proto 8 @listType atomic @gate DRAPartitionableDevices */
  readonly sharedCounters?: readonly CounterSet[];
}

export interface ResourcePool {
  /** @proto 1 */
  readonly name: string;
  /** @proto 2 */
  readonly generation: Int64;
  /** @proto 3 */
  readonly resourceSliceCount: Int64;
}

export interface Device {
  /** @proto 1 */
  readonly name: string;
  /** @proto 2 */
  readonly attributes?: StringMap<DeviceAttribute>;
  /** @proto 3 */
  readonly capacity?: StringMap<DeviceCapacity>;
  /** @proto 4 @listType atomic @gate DRAPartitionableDevices */
  readonly consumesCounters?: readonly DeviceCounterConsumption[];
  /** @proto 5 @explicit @gate DRAPartitionableDevices */
  readonly nodeName?: string;
  /** @proto 6 @explicit @gate DRAPartitionableDevices */
  readonly nodeSelector?: NodeSelector;
  /** @proto 7 @explicit @gate DRAPartitionableDevices */
  readonly allNodes?: boolean;
  /** @proto 8 @listType atomic @gate DRADeviceTaints */
  readonly taints?: readonly DeviceTaint[];
  /** @proto 9 @explicit @gate DRADeviceBindingConditions,DRAResourceClaimDeviceStatus */
  readonly bindsToNode?: boolean;
  /** @proto 10 @listType atomic @gate DRADeviceBindingConditions,DRAResourceClaimDeviceStatus */
  readonly bindingConditions?: readonly string[];
  /** @proto 11 @listType atomic @gate DRADeviceBindingConditions,DRAResourceClaimDeviceStatus */
  readonly bindingFailureConditions?: readonly string[];
  /** @proto 12 @explicit @gate DRAConsumableCapacity */
  readonly allowMultipleAllocations?: boolean;
  /** @proto 13 @gate DRANodeAllocatableResources */
  readonly nodeAllocatableResourceMappings?: StringMap<NodeAllocatableResourceMapping>;
}

export interface DeviceAttribute {
  /** @proto 2 @explicit */
  readonly int?: Int64;
  /** @proto 3 @explicit */
  readonly bool?: boolean;
  /** @proto 4 @explicit */
  readonly string?: string;
  /** @proto 5 @explicit */
  readonly version?: string;
  /** @proto 6 @listType atomic @gate DRAListTypeAttributes */
  readonly ints?: readonly Int64[];
  /** @proto 7 @listType atomic @gate DRAListTypeAttributes */
  readonly bools?: readonly boolean[];
  /** @proto 8 @listType atomic @gate DRAListTypeAttributes */
  readonly strings?: readonly string[];
  /** @proto 9 @listType atomic @gate DRAListTypeAttributes */
  readonly versions?: readonly string[];
}

export interface DeviceCapacity {
  /** @proto 1 */
  readonly value: Quantity;
  /** @proto 2 @explicit @gate DRAConsumableCapacity */
  readonly requestPolicy?: CapacityRequestPolicy;
}

export interface CapacityRequestPolicy {
  /** @proto 1 @nullable @optional */
  readonly default: Quantity;
  /** @proto 3 @listType atomic */
  readonly validValues?: readonly Quantity[];
  /** @proto 4 @explicit */
  readonly validRange?: CapacityRequestPolicyRange;
}

export interface CapacityRequestPolicyRange {
  /** @proto 1 @explicit @required */
  readonly min?: Quantity;
  /** @proto 2 @explicit */
  readonly max?: Quantity;
  /** @proto 3 @explicit */
  readonly step?: Quantity;
}

export interface DeviceCounterConsumption {
  /** @proto 1 */
  readonly counterSet: string;
  /** @proto 2 @required */
  readonly counters?: StringMap<Counter>;
}

export interface Counter {
  /** @proto 1 */
  readonly value: Quantity;
}

export interface DeviceTaint {
  /** @proto 1 */
  readonly key: string;
  /** @proto 2 */
  readonly value?: string;
  /** @proto 3 */
  readonly effect: DeviceTaintEffect;
  /** @proto 4 @explicit */
  readonly timeAdded?: Time;
}

/** @enum */
export type DeviceTaintEffect = 'None' | 'NoSchedule' | 'NoExecute';

export interface NodeAllocatableResourceMapping {
  /** @proto 1 @explicit */
  readonly capacityKey?: QualifiedName;
  /** @proto 2 @explicit */
  readonly allocationMultiplier?: Quantity;
}

export type QualifiedName = string;

export interface CounterSet {
  /** @proto 1 */
  readonly name: string;
  /** @proto 2 @required */
  readonly counters?: StringMap<Counter>;
}

export type FullyQualifiedName = string;
