/**
 * Group, version, kind and resource names, alone and combined.
 * @group meta.k8s.io v1
 */

/** A kind in a group, whatever its version. */
export interface GroupKind {
  /**
   * The API group; empty for the core group.
   * @proto 1
   */
  readonly group: string;
  /**
   * The kind, in CamelCase.
   * @proto 2
   */
  readonly kind: string;
}

/** A resource in a group, whatever its version. */
export interface GroupResource {
  /**
   * The API group; empty for the core group.
   * @proto 1
   */
  readonly group: string;
  /**
   * The resource's plural name.
   * @proto 2
   */
  readonly resource: string;
}

/** A version of a group. */
export interface GroupVersion {
  /**
   * The API group; empty for the core group.
   * @proto 1
   */
  readonly group: string;
  /**
   * The version, such as `v1`.
   * @proto 2
   */
  readonly version: string;
}

/** A kind in a version of a group. */
export interface GroupVersionKind {
  /**
   * The API group; empty for the core group.
   * @proto 1
   */
  readonly group: string;
  /**
   * The version, such as `v1`.
   * @proto 2
   */
  readonly version: string;
  /**
   * The kind, in CamelCase.
   * @proto 3
   */
  readonly kind: string;
}

/** A resource in a version of a group. */
export interface GroupVersionResource {
  /**
   * The API group; empty for the core group.
   * @proto 1
   */
  readonly group: string;
  /**
   * The version, such as `v1`.
   * @proto 2
   */
  readonly version: string;
  /**
   * The resource's plural name.
   * @proto 3
   */
  readonly resource: string;
}
