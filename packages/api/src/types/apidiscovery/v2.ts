/**
 * Aggregated discovery: everything a server has in one document.
 * @group apidiscovery.k8s.io v2
 */
import type { GroupVersionKind } from '../meta/v1/identifiers.ts';
import type { ListMeta, ObjectMeta } from '../meta/v1/object.ts';

/**
 * An API group with all its versions and resources.
 * @kind
 */
export interface APIGroupDiscovery {
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
   * The versions, the preferred one first.
   * @proto 2 @listType map version
   */
  readonly versions?: readonly APIVersionDiscovery[];
}

/**
 * All API groups of a server.
 * @kind
 */
export interface APIGroupDiscoveryList {
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
   * The API group discoveries.
   * @proto 2
   */
  readonly items: readonly APIGroupDiscovery[];
}

/** A version of an API group with its resources. */
export interface APIVersionDiscovery {
  /**
   * The version's name.
   * @proto 1
   */
  readonly version: string;
  /**
   * The resources.
   * @proto 2 @listType map resource
   */
  readonly resources?: readonly APIResourceDiscovery[];
  /**
   * `Current`, or `Stale` when the server that answers for it could not be asked just now.
   * @proto 3
   */
  readonly freshness?: DiscoveryFreshness;
}

/** A resource and what can be done with it. */
export interface APIResourceDiscovery {
  /**
   * The plural name.
   * @proto 1
   */
  readonly resource: string;
  /**
   * The kind of its objects.
   * @proto 2 @explicit
   */
  readonly responseKind?: GroupVersionKind;
  /**
   * `Namespaced` or `Cluster`.
   * @proto 3
   */
  readonly scope: ResourceScope;
  /**
   * The singular name.
   * @proto 4
   */
  readonly singularResource: string;
  /**
   * What can be done with it.
   * @proto 5 @listType set
   */
  readonly verbs: readonly string[];
  /**
   * Short names for command lines.
   * @proto 6 @listType set
   */
  readonly shortNames?: readonly string[];
  /**
   * Groups of resources that it belongs to, such as `all`.
   * @proto 7 @listType set
   */
  readonly categories?: readonly string[];
  /**
   * The subresources.
   * @proto 8 @listType map subresource
   */
  readonly subresources?: readonly APISubresourceDiscovery[];
}

/** Whether objects are in namespaces. Known values: `Cluster`, `Namespaced`. */
export type ResourceScope = string;

/** A subresource and what can be done with it. */
export interface APISubresourceDiscovery {
  /**
   * Its name.
   * @proto 1
   */
  readonly subresource: string;
  /**
   * The kind of what it answers with.
   * @proto 2 @explicit
   */
  readonly responseKind?: GroupVersionKind;
  /**
   * The kinds that it accepts.
   * @proto 3 @listType map group version kind
   */
  readonly acceptedTypes?: readonly GroupVersionKind[];
  /**
   * What can be done with it.
   * @proto 4 @listType set
   */
  readonly verbs: readonly string[];
}

/** Whether discovery is up to date. Known values: `Current`, `Stale`. */
export type DiscoveryFreshness = string;
