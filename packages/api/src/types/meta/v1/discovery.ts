/**
 * Discovery documents: which groups, versions and resources a server has.
 * @group meta.k8s.io v1
 */

/** @kind unversioned */
export interface APIVersions {
  readonly kind?: string;
  readonly apiVersion?: string;
  /** @proto 1 @listType atomic */
  readonly versions: readonly string[];
  /** @proto 2 @listType atomic */
  readonly serverAddressByClientCIDRs: readonly ServerAddressByClientCIDR[];
}

export interface ServerAddressByClientCIDR {
  /** @proto 1 */
  readonly clientCIDR: string;
  /** @proto 2 */
  readonly serverAddress: string;
}

/** @kind unversioned */
export interface APIGroup {
  readonly kind?: string;
  readonly apiVersion?: string;
  /** @proto 1 */
  readonly name: string;
  /** @proto 2 @listType atomic */
  readonly versions: readonly GroupVersionForDiscovery[];
  /** @proto 3 @always */
  readonly preferredVersion?: GroupVersionForDiscovery;
  /** @proto 4 @listType atomic */
  readonly serverAddressByClientCIDRs?: readonly ServerAddressByClientCIDR[];
}

/** @kind unversioned */
export interface APIGroupList {
  readonly kind?: string;
  readonly apiVersion?: string;
  /** @proto 1 @listType atomic */
  readonly groups: readonly APIGroup[];
}

export interface GroupVersionForDiscovery {
  /** @proto 1 */
  readonly groupVersion: string;
  /** @proto 2 */
  readonly version: string;
}

/** @kind unversioned */
export interface APIResourceList {
  readonly kind?: string;
  readonly apiVersion?: string;
  /** @proto 1 */
  readonly groupVersion: string;
  /** @proto 2 @listType atomic */
  readonly resources: readonly APIResource[];
}

export interface APIResource {
  /** @proto 1 */
  readonly name: string;
  /** @proto 6 */
  readonly singularName: string;
  /** @proto 2 */
  readonly namespaced: boolean;
  /** @proto 8 */
  readonly group?: string;
  /** @proto 9 */
  readonly version?: string;
  /** @proto 3 */
  readonly kind: string;
  /** @proto 4 */
  readonly verbs: Verbs;
  /** @proto 5 @listType atomic */
  readonly shortNames?: readonly string[];
  /** @proto 7 @listType atomic */
  readonly categories?: readonly string[];
  /** @proto 10 */
  readonly storageVersionHash?: string;
}

/** @message */
export type Verbs = readonly string[];

export interface RootPaths {
  /** @proto 1 @listType atomic */
  readonly paths: readonly string[];
}
