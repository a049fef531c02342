/**
 * Names of pods and how pods resolve names.
 * @group core v1
 */

/**
 * How a pod resolves names.
 * @enum
 */
export type DNSPolicy = 'ClusterFirstWithHostNet' | 'ClusterFirst' | 'Default' | 'None';

/** A line of a hosts file: names of one address. */
export interface HostAlias {
  /**
   * The address.
   * @proto 1
   */
  readonly ip: string;
  /**
   * The names.
   * @proto 2 @listType atomic
   */
  readonly hostnames?: readonly string[];
}

/** DNS settings of a pod. */
export interface PodDNSConfig {
  /**
   * Addresses of DNS servers, used first.
   * @proto 1 @listType atomic
   */
  readonly nameservers?: readonly string[];
  /**
   * Domains to search for short names, used first.
   * @proto 2 @listType atomic
   */
  readonly searches?: readonly string[];
  /**
   * Resolver options; they replace equal ones.
   * @proto 3 @listType atomic
   */
  readonly options?: readonly PodDNSConfigOption[];
}

/** A resolver option. */
export interface PodDNSConfigOption {
  /**
   * Its name, such as `ndots`.
   * @proto 1
   */
  readonly name?: string;
  /**
   * Its value, where it has one.
   * @proto 2 @explicit
   */
  readonly value?: string;
}

/** An address of a node. */
export interface HostIP {
  /**
   * The address.
   * @proto 1
   */
  readonly ip: string;
}

/** An address of a pod. */
export interface PodIP {
  /**
   * The address.
   * @proto 1
   */
  readonly ip: string;
}
