/**
 * Runtime classes: which container runtime handler runs a pod.
 * @group node.k8s.io v1
 */
import type { ResourceList } from '../core/v1/resources.ts';
import type { Toleration } from '../core/v1/scheduling.ts';
import type { ListMeta, ObjectMeta } from '../meta/v1/object.ts';
import type { StringMap } from '../scalars.ts';

/** @kind */
export interface RuntimeClass {
  readonly kind?: string;
  readonly apiVersion?: string;
  /** @proto 1 @optional */
  readonly metadata: ObjectMeta;
  /** @proto 2 */
  readonly handler: string;
  /** @proto 3 @explicit */
  readonly overhead?: Overhead;
  /** @proto 4 @explicit */
  readonly scheduling?: Scheduling;
}

/** @kind */
export interface RuntimeClassList {
  readonly kind?: string;
  readonly apiVersion?: string;
  /** @proto 1 @optional */
  readonly metadata: ListMeta;
  /** @proto 2 */
  readonly items: readonly RuntimeClass[];
}

export interface Overhead {
  /** @proto 1 */
  readonly podFixed?: ResourceList;
}

export interface Scheduling {
  /** @proto 1 @mapType atomic */
  readonly nodeSelector?: StringMap<string>;
  /** @proto 2 @listType atomic */
  readonly tolerations?: readonly Toleration[];
}
