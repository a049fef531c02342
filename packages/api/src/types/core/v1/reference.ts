/**
 * Ways in which one object names another.
 * @group core v1
 */

/**
 * Names an object, or a part of it.
 * @structType atomic
 */
export interface ObjectReference {
  /**
   * Its kind.
   * @proto 1
   */
  readonly kind?: string;
  /**
   * Its namespace.
   * @proto 2
   */
  readonly namespace?: string;
  /**
   * Its name.
   * @proto 3
   */
  readonly name?: string;
  /**
   * Its uid.
   * @proto 4
   */
  readonly uid?: string;
  /**
   * Its group and version.
   * @proto 5
   */
  readonly apiVersion?: string;
  /**
   * A certain version of it.
   * @proto 6
   */
  readonly resourceVersion?: string;
  /**
   * A part of it, such as `spec.containers{web}`.
   * @proto 7
   */
  readonly fieldPath?: string;
}

/**
 * A reference on its own, as text in an annotation.
 * @kind
 */
export interface SerializedReference {
  /** The kind of this object, in CamelCase. Clients may leave it out where the URL says it. */
  readonly kind?: string;
  /** The group and version that this object is written in, such as `v1` or `apps/v1`. */
  readonly apiVersion?: string;
  /**
   * The reference.
   * @proto 1 @always
   */
  readonly reference?: ObjectReference;
}

/**
 * Names an object in the same namespace; what kind it is, the place of use says.
 * @structType atomic
 */
export interface LocalObjectReference {
  /**
   * Its name.
   * @proto 1 @default ""
   */
  readonly name?: string;
}

/**
 * Names a secret.
 * @structType atomic
 */
export interface SecretReference {
  /**
   * Its name.
   * @proto 1
   */
  readonly name?: string;
  /**
   * Its namespace.
   * @proto 2
   */
  readonly namespace?: string;
}

/**
 * Names an object in the same namespace.
 * @structType atomic
 */
export interface TypedLocalObjectReference {
  /**
   * Its API group. Missing for the core group.
   * @proto 1 @nullable @optional
   */
  readonly apiGroup: string;
  /**
   * Its kind.
   * @proto 2
   */
  readonly kind: string;
  /**
   * Its name.
   * @proto 3
   */
  readonly name: string;
}

/** Names an object that may be in another namespace. */
export interface TypedObjectReference {
  /**
   * Its API group. Missing for the core group.
   * @proto 1 @nullable @optional
   */
  readonly apiGroup: string;
  /**
   * Its kind.
   * @proto 2
   */
  readonly kind: string;
  /**
   * Its name.
   * @proto 3
   */
  readonly name: string;
  /**
   * Its namespace. In another than one's own, a grant there must allow it.
   * @proto 4 @explicit @gate CrossNamespaceVolumeDataSource
   */
  readonly namespace?: string;
}
