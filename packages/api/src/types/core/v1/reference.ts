/**
 * Ways in which one object names another.
 * @group core v1
 */

/** @structType atomic */
export interface ObjectReference {
  /** @proto 1 */
  readonly kind?: string;
  /** @proto 2 */
  readonly namespace?: string;
  /** @proto 3 */
  readonly name?: string;
  /** @proto 4 */
  readonly uid?: string;
  /** @proto 5 */
  readonly apiVersion?: string;
  /** @proto 6 */
  readonly resourceVersion?: string;
  /** @proto 7 */
  readonly fieldPath?: string;
}

/** @kind */
export interface SerializedReference {
  readonly kind?: string;
  readonly apiVersion?: string;
  /** @proto 1 @always */
  readonly reference?: ObjectReference;
}

/** @structType atomic */
export interface LocalObjectReference {
  /** @proto 1 @default "" */
  readonly name?: string;
}

/** @structType atomic */
export interface SecretReference {
  /** @proto 1 */
  readonly name?: string;
  /** @proto 2 */
  readonly namespace?: string;
}

/** @structType atomic */
export interface TypedLocalObjectReference {
  /** @proto 1 @nullable @optional */
  readonly apiGroup: string;
  /** @proto 2 */
  readonly kind: string;
  /** @proto 3 */
  readonly name: string;
}

export interface TypedObjectReference {
  /** @proto 1 @nullable @optional */
  readonly apiGroup: string;
  /** @proto 2 */
  readonly kind: string;
  /** @proto 3 */
  readonly name: string;
  /** @proto 4 @explicit @gate CrossNamespaceVolumeDataSource */
  readonly namespace?: string;
}
