/**
 * Group, version, kind and resource names, alone and combined.
 * @group meta.k8s.io v1
 */

export interface GroupKind {
  /** @proto 1 */
  readonly group: string;
  /** @proto 2 */
  readonly kind: string;
}

export interface GroupResource {
  /** @proto 1 */
  readonly group: string;
  /** @proto 2 */
  readonly resource: string;
}

export interface GroupVersion {
  /** @proto 1 */
  readonly group: string;
  /** @proto 2 */
  readonly version: string;
}

export interface GroupVersionKind {
  /** @proto 1 */
  readonly group: string;
  /** @proto 2 */
  readonly version: string;
  /** @proto 3 */
  readonly kind: string;
}

export interface GroupVersionResource {
  /** @proto 1 */
  readonly group: string;
  /** @proto 2 */
  readonly version: string;
  /** @proto 3 */
  readonly resource: string;
}
