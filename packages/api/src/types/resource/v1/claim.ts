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

/** @kind */
export interface ResourceClaim {
  readonly kind?: string;
  readonly apiVersion?: string;
  /** @proto 1 @optional */
  readonly metadata: ObjectMeta;
  /** @proto 2 */
  readonly spec: ResourceClaimSpec;
  /** @proto 3 @always */
  readonly status?: ResourceClaimStatus;
}

/** @kind */
export interface ResourceClaimList {
  readonly kind?: string;
  readonly apiVersion?: string;
  /** @proto 1 @optional */
  readonly metadata: ListMeta;
  /** @proto 2 */
  readonly items: readonly ResourceClaim[];
}

export interface ResourceClaimSpec {
  /** @proto 1 @optional */
  readonly devices: DeviceClaim;
}

export interface DeviceClaim {
  /** @proto 1 @optional @listType atomic */
  readonly requests: readonly DeviceRequest[];
  /** @proto 2 @listType atomic */
  readonly constraints?: readonly DeviceConstraint[];
  /** @proto 3 @listType atomic */
  readonly config?: readonly DeviceClaimConfiguration[];
}

export interface DeviceRequest {
  /** @proto 1 */
  readonly name: string;
  /** @proto 2 @explicit */
  readonly exactly?: ExactDeviceRequest;
  /** @proto 3 @listType atomic @gate DRAPrioritizedList */
  readonly firstAvailable?: readonly DeviceSubRequest[];
}

export interface ExactDeviceRequest {
  /** @proto 1 */
  readonly deviceClassName: string;
  /** @proto 2 @listType atomic */
  readonly selectors?: readonly DeviceSelector[];
  /** @proto 3 */
  readonly allocationMode?: DeviceAllocationMode;
  /** @proto 4 */
  readonly count?: Int64;
  /** @proto 5 @explicit @gate DRAAdminAccess */
  readonly adminAccess?: boolean;
  /** @proto 6 @listType atomic @gate DRADeviceTaints */
  readonly tolerations?: readonly DeviceToleration[];
  /** @proto 7 @explicit @gate DRAConsumableCapacity */
  readonly capacity?: CapacityRequirements;
}

/** @enum */
export type DeviceAllocationMode = 'ExactCount' | 'All';

export interface DeviceToleration {
  /** @proto 1 */
  readonly key?: string;
  /** @proto 2 @default "Equal" */
  readonly operator?: DeviceTolerationOperator;
  /** @proto 3 */
  readonly value?: string;
  /** @proto 4 */
  readonly effect?: DeviceTaintEffect;
  /** @proto 5 @explicit */
  readonly tolerationSeconds?: Int64;
}

/** @enum */
export type DeviceTolerationOperator = 'Exists' | 'Equal';

export interface CapacityRequirements {
  /** @proto 1 */
  readonly requests?: StringMap<Quantity>;
}

export interface DeviceSubRequest {
  /** @proto 1 */
  readonly name: string;
  /** @proto 2 */
  readonly deviceClassName: string;
  /** @proto 3 @listType atomic */
  readonly selectors?: readonly DeviceSelector[];
  /** @proto 4 */
  readonly allocationMode?: DeviceAllocationMode;
  /** @proto 5 */
  readonly count?: Int64;
  /** @proto 6 @listType atomic @gate DRADeviceTaints */
  readonly tolerations?: readonly DeviceToleration[];
  /** @proto 7 @explicit @gate DRAConsumableCapacity */
  readonly capacity?: CapacityRequirements;
}

export interface DeviceConstraint {
  /** @proto 1 @listType atomic */
  readonly requests?: readonly string[];
  /** @proto 2 @explicit */
  readonly matchAttribute?: FullyQualifiedName;
  /** @proto 3 @explicit @gate DRAConsumableCapacity */
  readonly distinctAttribute?: FullyQualifiedName;
}

/** @inline DeviceConfiguration 2 after requests */
export interface DeviceClaimConfiguration extends DeviceConfiguration {
  /** @proto 1 @listType atomic */
  readonly requests?: readonly string[];
}

export interface ResourceClaimStatus {
  /** @proto 1 @explicit */
  readonly allocation?: AllocationResult;
  /** @proto 2 @listType map uid @patch merge uid */
  readonly reservedFor?: readonly ResourceClaimConsumerReference[];
  /** @proto 4 @listType map driver device pool shareID @gate DRAResourceClaimDeviceStatus */
  readonly devices?: readonly AllocatedDeviceStatus[];
}

export interface AllocationResult {
  /** @proto 1 @always */
  readonly devices?: DeviceAllocationResult;
  /** @proto 3 @explicit */
  readonly nodeSelector?: NodeSelector;
  /** @proto 5 @explicit @gate DRADeviceBindingConditions,DRAResourceClaimDeviceStatus */
  readonly allocationTimestamp?: Time;
}

export interface DeviceAllocationResult {
  /** @proto 1 @listType atomic */
  readonly results?: readonly DeviceRequestAllocationResult[];
  /** @proto 2 @listType atomic */
  readonly config?: readonly DeviceAllocationConfiguration[];
}

export interface DeviceRequestAllocationResult {
  /** @proto 1 */
  readonly request: string;
  /** @proto 2 */
  readonly driver: string;
  /** @proto 3 */
  readonly pool: string;
  /** @proto 4 */
  readonly device: string;
  /** @proto 5 @explicit @gate DRAAdminAccess */
  readonly adminAccess?: boolean;
  /** @proto 6 @listType atomic @gate DRADeviceTaints */
  readonly tolerations?: readonly DeviceToleration[];
  /** @proto 7 @listType atomic @gate DRADeviceBindingConditions,DRAResourceClaimDeviceStatus */
  readonly bindingConditions?: readonly string[];
  /** @proto 8 @listType atomic @gate DRADeviceBindingConditions,DRAResourceClaimDeviceStatus */
  readonly bindingFailureConditions?: readonly string[];
  /** @proto 9 @explicit @gate DRAConsumableCapacity */
  readonly shareID?: string;
  /** @proto 10 @gate DRAConsumableCapacity */
  readonly consumedCapacity?: StringMap<Quantity>;
}

/** @inline DeviceConfiguration 3 after requests */
export interface DeviceAllocationConfiguration extends DeviceConfiguration {
  /** @proto 1 */
  readonly source: AllocationConfigSource;
  /** @proto 2 @listType atomic */
  readonly requests?: readonly string[];
}

/** @enum */
export type AllocationConfigSource = 'FromClass' | 'FromClaim';

export interface ResourceClaimConsumerReference {
  /** @proto 1 */
  readonly apiGroup?: string;
  /** @proto 3 */
  readonly resource: string;
  /** @proto 4 */
  readonly name: string;
  /** @proto 5 */
  readonly uid: string;
}

export interface AllocatedDeviceStatus {
  /** @proto 1 */
  readonly driver: string;
  /** @proto 2 */
  readonly pool: string;
  /** @proto 3 */
  readonly device: string;
  /** @proto 7 @explicit @gate DRAConsumableCapacity */
  readonly shareID?: string;
  /** @proto 4 @optional @listType map type */
  readonly conditions: readonly Condition[];
  /** @proto 5 @explicit */
  readonly data?: RawExtension;
  /** @proto 6 @explicit */
  readonly networkData?: NetworkDeviceData;
}

export interface NetworkDeviceData {
  /** @proto 1 */
  readonly interfaceName?: string;
  /** @proto 2 @listType atomic */
  readonly ips?: readonly string[];
  /** @proto 3 */
  readonly hardwareAddress?: string;
}

/** @kind */
export interface ResourceClaimTemplate {
  readonly kind?: string;
  readonly apiVersion?: string;
  /** @proto 1 @optional */
  readonly metadata: ObjectMeta;
  /** @proto 2 */
  readonly spec: ResourceClaimTemplateSpec;
}

/** @kind */
export interface ResourceClaimTemplateList {
  readonly kind?: string;
  readonly apiVersion?: string;
  /** @proto 1 @optional */
  readonly metadata: ListMeta;
  /** @proto 2 */
  readonly items: readonly ResourceClaimTemplate[];
}

export interface ResourceClaimTemplateSpec {
  /** @proto 1 @optional */
  readonly metadata: ObjectMeta;
  /** @proto 2 */
  readonly spec: ResourceClaimSpec;
}
