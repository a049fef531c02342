/**
 * Device classes: named selections of devices, and their configuration.
 * @group resource.k8s.io v1
 */
import type { ListMeta, ObjectMeta } from '../../meta/v1/object.ts';
import type { RawExtension } from '../../scalars.ts';

/**
 * A named selection of devices, with settings.
 * @kind
 */
export interface DeviceClass {
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
  readonly spec: DeviceClassSpec;
}

/**
 * A list of device classes.
 * @kind
 */
export interface DeviceClassList {
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
   * The device classes.
   * @proto 2
   */
  readonly items: readonly DeviceClass[];
}

/** Which devices, with which settings. */
export interface DeviceClassSpec {
  /**
   * Conditions that each device must fulfil.
   * @proto 1 @listType atomic
   */
  readonly selectors?: readonly DeviceSelector[];
  /**
   * Settings for the drivers.
   * @proto 2 @listType atomic
   */
  readonly config?: readonly DeviceClassConfiguration[];
  /**
   * An extended resource that devices of this class provide.
   * @proto 4 @explicit @gate DRAExtendedResource
   */
  readonly extendedResourceName?: string;
}

/** A condition that a device must fulfil. */
export interface DeviceSelector {
  /**
   * The condition, in CEL.
   * @proto 1 @explicit
   */
  readonly cel?: CELDeviceSelector;
}

/** A condition in CEL. */
export interface CELDeviceSelector {
  /**
   * The expression; `device` has `driver`, `attributes` and `capacity`. It must give a boolean.
   * @proto 1
   */
  readonly expression: string;
}

/**
 * Settings for a driver.
 * @inline DeviceConfiguration 1 first
 */
export interface DeviceClassConfiguration extends DeviceConfiguration {}

/** Settings for a driver. */
export interface DeviceConfiguration {
  /**
   * Settings that only the driver understands.
   * @proto 1 @explicit
   */
  readonly opaque?: OpaqueDeviceConfiguration;
}

/** Settings that only a driver understands. */
export interface OpaqueDeviceConfiguration {
  /**
   * The driver.
   * @proto 1
   */
  readonly driver: string;
  /**
   * The settings.
   * @proto 2
   */
  readonly parameters: RawExtension;
}
