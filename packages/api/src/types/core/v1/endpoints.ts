/**
 * Endpoints: the older, single-object form of endpoint slices.
 * @group core v1
 */
import type { ListMeta, ObjectMeta } from '../../meta/v1/object.ts';
import type { Int32 } from '../../scalars.ts';
import type { Protocol } from './container.ts';
import type { ObjectReference } from './reference.ts';

/**
 * The addresses behind a service, in one object. Endpoint slices replace it.
 * @kind
 */
export interface Endpoints {
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
   * Groups of addresses that have the same ports.
   * @proto 2 @listType atomic
   */
  readonly subsets?: readonly EndpointSubset[];
}

/**
 * A list of endpoints.
 * @kind
 */
export interface EndpointsList {
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
   * The endpoints.
   * @proto 2
   */
  readonly items: readonly Endpoints[];
}

/** Addresses that all have the same ports. */
export interface EndpointSubset {
  /**
   * Addresses that are ready.
   * @proto 1 @listType atomic
   */
  readonly addresses?: readonly EndpointAddress[];
  /**
   * Addresses that are not ready.
   * @proto 2 @listType atomic
   */
  readonly notReadyAddresses?: readonly EndpointAddress[];
  /**
   * The ports of each of the addresses.
   * @proto 3 @listType atomic
   */
  readonly ports?: readonly EndpointPort[];
}

/**
 * An address behind a service.
 * @structType atomic
 */
export interface EndpointAddress {
  /**
   * The address. Not a loopback, link-local or multicast one.
   * @proto 1
   */
  readonly ip: string;
  /**
   * The host name of this endpoint.
   * @proto 3
   */
  readonly hostname?: string;
  /**
   * The node that it is on.
   * @proto 4 @explicit
   */
  readonly nodeName?: string;
  /**
   * The object, mostly a pod, that the address belongs to.
   * @proto 2 @explicit
   */
  readonly targetRef?: ObjectReference;
}

/**
 * A port behind a service.
 * @structType atomic
 */
export interface EndpointPort {
  /**
   * The name of the service's port. Needed when there are several.
   * @proto 1
   */
  readonly name?: string;
  /**
   * The port.
   * @proto 2
   */
  readonly port: Int32;
  /**
   * `TCP` (the default), `UDP` or `SCTP`.
   * @proto 3
   */
  readonly protocol?: Protocol;
  /**
   * The protocol spoken on the port, as a hint, such as `http` or `kubernetes.io/h2c`.
   * @proto 4 @explicit
   */
  readonly appProtocol?: string;
}
