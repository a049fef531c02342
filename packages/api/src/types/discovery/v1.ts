/**
 * Endpoint slices: the addresses behind a service, in pieces.
 * @group discovery.k8s.io v1
 */
import type { Protocol } from '../core/v1/container.ts';
import type { ObjectReference } from '../core/v1/reference.ts';
import type { ListMeta, ObjectMeta } from '../meta/v1/object.ts';
import type { Int32, StringMap } from '../scalars.ts';

/** @kind */
export interface EndpointSlice {
  readonly kind?: string;
  readonly apiVersion?: string;
  /** @proto 1 @optional */
  readonly metadata: ObjectMeta;
  /** @proto 4 */
  readonly addressType: AddressType;
  /** @proto 2 @optional @listType atomic */
  readonly endpoints: readonly Endpoint[];
  /** @proto 3 @optional @listType atomic */
  readonly ports: readonly EndpointPort[];
}

/** @kind */
export interface EndpointSliceList {
  readonly kind?: string;
  readonly apiVersion?: string;
  /** @proto 1 @optional */
  readonly metadata: ListMeta;
  /** @proto 2 */
  readonly items: readonly EndpointSlice[];
}

/** @enum */
export type AddressType = 'IPv4' | 'IPv6' | 'FQDN';

export interface Endpoint {
  /** @proto 1 @listType set */
  readonly addresses: readonly string[];
  /** @proto 2 @always */
  readonly conditions?: EndpointConditions;
  /** @proto 3 @explicit */
  readonly hostname?: string;
  /** @proto 4 @explicit */
  readonly targetRef?: ObjectReference;
  /** @proto 5 */
  readonly deprecatedTopology?: StringMap<string>;
  /** @proto 6 @explicit */
  readonly nodeName?: string;
  /** @proto 7 @explicit */
  readonly zone?: string;
  /** @proto 8 @explicit */
  readonly hints?: EndpointHints;
}

export interface EndpointConditions {
  /** @proto 1 @explicit */
  readonly ready?: boolean;
  /** @proto 2 @explicit */
  readonly serving?: boolean;
  /** @proto 3 @explicit */
  readonly terminating?: boolean;
}

export interface EndpointHints {
  /** @proto 1 @listType atomic */
  readonly forZones?: readonly ForZone[];
  /** @proto 2 @listType atomic */
  readonly forNodes?: readonly ForNode[];
}

export interface ForZone {
  /** @proto 1 */
  readonly name: string;
}

export interface ForNode {
  /** @proto 1 */
  readonly name: string;
}

/** @structType atomic */
export interface EndpointPort {
  /** @proto 1 @explicit */
  readonly name?: string;
  /** @proto 2 @explicit */
  readonly protocol?: Protocol;
  /** @proto 3 @explicit */
  readonly port?: Int32;
  /** @proto 4 @explicit */
  readonly appProtocol?: string;
}
