/**
 * Aggregated discovery: everything a server has in one document.
 * @group apidiscovery.k8s.io v2
 */
import type { GroupVersionKind } from '../meta/v1/identifiers.ts';
import type { ListMeta, ObjectMeta } from '../meta/v1/object.ts';

/** @kind */
export interface APIGroupDiscovery {
  readonly kind?: string;
  readonly apiVersion?: string;
  /** @proto 1 @optional */
  readonly metadata: ObjectMeta;
  /** @proto 2 @listType map version */
  readonly versions?: readonly APIVersionDiscovery[];
}

/** @kind */
export interface APIGroupDiscoveryList {
  readonly kind?: string;
  readonly apiVersion?: string;
  /** @proto 1 @optional */
  readonly metadata: ListMeta;
  /** @proto 2 */
  readonly items: readonly APIGroupDiscovery[];
}

export interface APIVersionDiscovery {
  /** @proto 1 */
  readonly version: string;
  /** @proto 2 @listType map resource */
  readonly resources?: readonly APIResourceDiscovery[];
  /** @proto 3 */
  readonly freshness?: DiscoveryFreshness;
}

export interface APIResourceDiscovery {
  /** @proto 1 */
  readonly resource: string;
  /** @proto 2 @explicit */
  readonly responseKind?: GroupVersionKind;
  /** @proto 3 */
  readonly scope: ResourceScope;
  /** @proto 4 */
  readonly singularResource: string;
  /** @proto 5 @listType set */
  readonly verbs: readonly string[];
  /** @proto 6 @listType set */
  readonly shortNames?: readonly string[];
  /** @proto 7 @listType set */
  readonly categories?: readonly string[];
  /** @proto 8 @listType map subresource */
  readonly subresources?: readonly APISubresourceDiscovery[];
}

/** Known values: `Cluster`, `Namespaced`. */
export type ResourceScope = string;

export interface APISubresourceDiscovery {
  /** @proto 1 */
  readonly subresource: string;
  /** @proto 2 @explicit */
  readonly responseKind?: GroupVersionKind;
  /** @proto 3 @listType map group version kind */
  readonly acceptedTypes?: readonly GroupVersionKind[];
  /** @proto 4 @listType set */
  readonly verbs: readonly string[];
}

/** Known values: `Current`, `Stale`. */
export type DiscoveryFreshness = string;
