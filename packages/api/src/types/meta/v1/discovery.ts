/**
 * Discovery documents: which groups, versions and resources a server has.
 * @group meta.k8s.io v1
 */

/**
 * The versions of the core group, as `/api` lists them.
 * @kind unversioned
 */
export interface APIVersions {
  /** The kind of this object, in CamelCase. Clients may leave it out where the URL says it. */
  readonly kind?: string;
  /** The group and version that this object is written in, such as `v1` or `apps/v1`. */
  readonly apiVersion?: string;
  /**
   * The versions, the preferred one first.
   * @proto 1 @listType atomic
   */
  readonly versions: readonly string[];
  /**
   * Which server address a client should use, by the client's own address. The most specific range
   * counts.
   * @proto 2 @listType atomic
   */
  readonly serverAddressByClientCIDRs: readonly ServerAddressByClientCIDR[];
}

/** The server address for clients in one range of addresses. */
export interface ServerAddressByClientCIDR {
  /**
   * The range that the client's address is in.
   * @proto 1
   */
  readonly clientCIDR: string;
  /**
   * The host, or host and port, to use.
   * @proto 2
   */
  readonly serverAddress: string;
}

/**
 * An API group and its versions.
 * @kind unversioned
 */
export interface APIGroup {
  /** The kind of this object, in CamelCase. Clients may leave it out where the URL says it. */
  readonly kind?: string;
  /** The group and version that this object is written in, such as `v1` or `apps/v1`. */
  readonly apiVersion?: string;
  /**
   * The name of the group.
   * @proto 1
   */
  readonly name: string;
  /**
   * The versions that the server has.
   * @proto 2 @listType atomic
   */
  readonly versions: readonly GroupVersionForDiscovery[];
  /**
   * The version that clients should use when they have no reason to use another.
   * @proto 3 @always
   */
  readonly preferredVersion?: GroupVersionForDiscovery;
  /**
   * Which server address a client should use, by the client's own address. The most specific range
   * counts.
   * @proto 4 @listType atomic
   */
  readonly serverAddressByClientCIDRs?: readonly ServerAddressByClientCIDR[];
}

/**
 * The API groups of a server, as `/apis` lists them.
 * @kind unversioned
 */
export interface APIGroupList {
  /** The kind of this object, in CamelCase. Clients may leave it out where the URL says it. */
  readonly kind?: string;
  /** The group and version that this object is written in, such as `v1` or `apps/v1`. */
  readonly apiVersion?: string;
  /**
   * The groups. The core group is not among them.
   * @proto 1 @listType atomic
   */
  readonly groups: readonly APIGroup[];
}

/** A version of a group, written in two ways. */
export interface GroupVersionForDiscovery {
  /**
   * Group and version, such as `apps/v1`.
   * @proto 1
   */
  readonly groupVersion: string;
  /**
   * The version alone, such as `v1`.
   * @proto 2
   */
  readonly version: string;
}

/**
 * The resources of one group version.
 * @kind unversioned
 */
export interface APIResourceList {
  /** The kind of this object, in CamelCase. Clients may leave it out where the URL says it. */
  readonly kind?: string;
  /** The group and version that this object is written in, such as `v1` or `apps/v1`. */
  readonly apiVersion?: string;
  /**
   * The group and version that the resources belong to.
   * @proto 1
   */
  readonly groupVersion: string;
  /**
   * The resources and subresources.
   * @proto 2 @listType atomic
   */
  readonly resources: readonly APIResource[];
}

/** A resource or subresource and what can be done with it. */
export interface APIResource {
  /**
   * The plural name; a subresource is `resource/subresource`.
   * @proto 1
   */
  readonly name: string;
  /**
   * The singular name, for command lines.
   * @proto 6
   */
  readonly singularName: string;
  /**
   * Whether its objects are in namespaces.
   * @proto 2
   */
  readonly namespaced: boolean;
  /**
   * The group of `kind`, where it is not the list's.
   * @proto 8
   */
  readonly group?: string;
  /**
   * The version of `kind`, where it is not the list's.
   * @proto 9
   */
  readonly version?: string;
  /**
   * The kind of its objects.
   * @proto 3
   */
  readonly kind: string;
  /**
   * What can be done with it: `get`, `list`, `watch`, `create` and so on.
   * @proto 4
   */
  readonly verbs: Verbs;
  /**
   * Short names for command lines.
   * @proto 5 @listType atomic
   */
  readonly shortNames?: readonly string[];
  /**
   * Names of groups of resources that it belongs to, such as `all`.
   * @proto 7 @listType atomic
   */
  readonly categories?: readonly string[];
  /**
   * A hash of the version that objects are stored in. Clients may only compare it.
   * @proto 10
   */
  readonly storageVersionHash?: string;
}

/**
 * A list of verbs.
 * @message
 */
export type Verbs = readonly string[];

/** The paths that a server has. */
export interface RootPaths {
  /**
   * The paths, from the root.
   * @proto 1 @listType atomic
   */
  readonly paths: readonly string[];
}
