/**
 * Endpoints: the older, single-object form of endpoint slices.
 * @group core v1
 */
import type { ListMeta, ObjectMeta } from '../../meta/v1/object.ts';
import type { Int32 } from '../../scalars.ts';
import type { Protocol } from './container.ts';
import type { ObjectReference } from './reference.ts';

/** @kind */
export interface Endpoints {
  readonly kind?: string;
  readonly apiVersion?: string;
  /** @proto 1 @optional */
  readonly metadata: ObjectMeta;
  /** @proto 2 @listType atomic */
  readonly subsets?: readonly EndpointSubset[];
}

/** @kind */
export interface EndpointsList {
  readonly kind?: string;
  readonly apiVersion?: string;
  /** @proto 1 @optional */
  readonly metadata: ListMeta;
  /** @proto 2 */
  readonly items: readonly Endpoints[];
}

export interface EndpointSubset {
  /** @proto 1 @listType atomic */
  readonly addresses?: readonly EndpointAddress[];
  /** @proto 2 @listType atomic */
  readonly notReadyAddresses?: readonly EndpointAddress[];
  /** @proto 3 @listType atomic */
  readonly ports?: readonly EndpointPort[];
}

/** @structType atomic */
export interface EndpointAddress {
  /** @proto 1 */
  readonly ip: string;
  /** @proto 3 */
  readonly hostname?: string;
  /** @proto 4 @explicit */
  readonly nodeName?: string;
  /** @proto 2 @explicit */
  readonly targetRef?: ObjectReference;
}

/** @structType atomic */
export interface EndpointPort {
  /** @proto 1 */
  readonly name?: string;
  /** @proto 2 */
  readonly port: Int32;
  /** @proto 3 */
  readonly protocol?: Protocol;
  /** @proto 4 @explicit */
  readonly appProtocol?: string;
}
