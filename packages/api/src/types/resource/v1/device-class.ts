/**
 * Device classes: named selections of devices, and their configuration.
 * @group resource.k8s.io v1
 */
import type { ListMeta, ObjectMeta } from '../../meta/v1/object.ts';
import type { RawExtension } from '../../scalars.ts';

/** @kind */
export interface DeviceClass {
  readonly kind?: string;
  readonly apiVersion?: string;
  /** @proto 1 @optional */
  readonly metadata: ObjectMeta;
  /** @proto 2 */
  readonly spec: DeviceClassSpec;
}

/** @kind */
export interface DeviceClassList {
  readonly kind?: string;
  readonly apiVersion?: string;
  /** @proto 1 @optional */
  readonly metadata: ListMeta;
  /** @proto 2 */
  readonly items: readonly DeviceClass[];
}

export interface DeviceClassSpec {
  /** @proto 1 @listType atomic */
  readonly selectors?: readonly DeviceSelector[];
  /** @proto 2 @listType atomic */
  readonly config?: readonly DeviceClassConfiguration[];
  /** @proto 4 @explicit @gate DRAExtendedResource */
  readonly extendedResourceName?: string;
}

export interface DeviceSelector {
  /** @proto 1 @explicit */
  readonly cel?: CELDeviceSelector;
}

export interface CELDeviceSelector {
  /** @proto 1 */
  readonly expression: string;
}

/** @inline DeviceConfiguration 1 first */
export interface DeviceClassConfiguration extends DeviceConfiguration {}

export interface DeviceConfiguration {
  /** @proto 1 @explicit */
  readonly opaque?: OpaqueDeviceConfiguration;
}

export interface OpaqueDeviceConfiguration {
  /** @proto 1 */
  readonly driver: string;
  /** @proto 2 */
  readonly parameters: RawExtension;
}
