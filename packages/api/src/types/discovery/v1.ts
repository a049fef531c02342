/**
 * Endpoint slices: the addresses behind a service, in pieces.
 * @group discovery.k8s.io v1
 */
import type { Protocol } from '../core/v1/container.ts';
import type { ObjectReference } from '../core/v1/reference.ts';
import type { ListMeta, ObjectMeta } from '../meta/v1/object.ts';
import type { Int32, StringMap } from '../scalars.ts';

/**
 * Some of the addresses behind a service.
 * @kind
 */
export interface EndpointSlice {
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
   * What the addresses are. It cannot be changed.
   * @proto 4
   */
  readonly addressType: AddressType;
  /**
   * The endpoints, at most 1000.
   * @proto 2 @optional @listType atomic
   */
  readonly endpoints: readonly Endpoint[];
  /**
   * The ports of each of the endpoints, at most 100.
   * @proto 3 @optional @listType atomic
   */
  readonly ports: readonly EndpointPort[];
}

/**
 * A list of endpoint slices.
 * @kind
 */
export interface EndpointSliceList {
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
   * The endpoint slices.
   * @proto 2
   */
  readonly items: readonly EndpointSlice[];
}

/**
 * What an address is.
 * @enum
 */
export type AddressType = 'IPv4' | 'IPv6' | 'FQDN';

/** One thing behind a service, mostly a pod. */
export interface Endpoint {
  /**
   * Its addresses; only the first is used.
   * @proto 1 @listType set
   */
  readonly addresses: readonly string[];
  /**
   * Whether it can be used.
   * @proto 2 @always
   */
  readonly conditions?: EndpointConditions;
  /**
   * Its host name, unique among the endpoints of the service.
   * @proto 3 @explicit
   */
  readonly hostname?: string;
  /**
   * The object, mostly a pod, that it stands for.
   * @proto 4 @explicit
   */
  readonly targetRef?: ObjectReference;
  /**
   * Labels of its place, as older versions kept them.
   * @proto 5
   */
  readonly deprecatedTopology?: StringMap<string>;
  /**
   * The node that it is on.
   * @proto 6 @explicit
   */
  readonly nodeName?: string;
  /**
   * The zone that it is in.
   * @proto 7 @explicit
   */
  readonly zone?: string;
  /**
   * For whom it is meant.
   * @proto 8 @explicit
   */
  readonly hints?: EndpointHints;
}

/** Whether an endpoint can be used. */
export interface EndpointConditions {
  /**
   * Whether it takes new traffic. Missing counts as true.
   * @proto 1 @explicit
   */
  readonly ready?: boolean;
  /**
   * Whether it works, even while it is ending. Missing counts as `ready`.
   * @proto 2 @explicit
   */
  readonly serving?: boolean;
  /**
   * Whether it is ending. Missing counts as false.
   * @proto 3 @explicit
   */
  readonly terminating?: boolean;
}

/** For whom an endpoint is meant. */
export interface EndpointHints {
  /**
   * For clients in these zones. At most 8.
   * @proto 1 @listType atomic
   */
  readonly forZones?: readonly ForZone[];
  /**
   * For clients on these nodes. At most 8.
   * @proto 2 @listType atomic
   */
  readonly forNodes?: readonly ForNode[];
}

/** A zone. */
export interface ForZone {
  /**
   * Its name.
   * @proto 1
   */
  readonly name: string;
}

/** A node. */
export interface ForNode {
  /**
   * Its name.
   * @proto 1
   */
  readonly name: string;
}

/**
 * A port of endpoints.
 * @structType atomic
 */
export interface EndpointPort {
  /**
   * The name of the service's port.
   * @proto 1 @explicit
   */
  readonly name?: string;
  /**
   * `TCP` (the default), `UDP` or `SCTP`.
   * @proto 2 @explicit
   */
  readonly protocol?: Protocol;
  /**
   * The port. Missing for all.
   * @proto 3 @explicit
   */
  readonly port?: Int32;
  /**
   * The protocol spoken on the port, as a hint, such as `http` or `kubernetes.io/h2c`.
   * @proto 4 @explicit
   */
  readonly appProtocol?: string;
}
