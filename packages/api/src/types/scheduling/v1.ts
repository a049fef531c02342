/**
 * Priority classes: which pods go first, and whom they may displace.
 * @group scheduling.k8s.io v1
 */
import type { PreemptionPolicy } from '../core/v1/pod.ts';
import type { ListMeta, ObjectMeta } from '../meta/v1/object.ts';
import type { Int32 } from '../scalars.ts';

/** @kind */
export interface PriorityClass {
  readonly kind?: string;
  readonly apiVersion?: string;
  /** @proto 1 @optional */
  readonly metadata: ObjectMeta;
  /** @proto 2 @optional */
  readonly value: Int32;
  /** @proto 3 */
  readonly globalDefault?: boolean;
  /** @proto 4 */
  readonly description?: string;
  /** @proto 5 @explicit */
  readonly preemptionPolicy?: PreemptionPolicy;
}

/** @kind */
export interface PriorityClassList {
  readonly kind?: string;
  readonly apiVersion?: string;
  /** @proto 1 @optional */
  readonly metadata: ListMeta;
  /** @proto 2 */
  readonly items: readonly PriorityClass[];
}
