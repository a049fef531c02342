/**
 * Resource use of nodes and pods, as kubectl top shows it.
 * @group metrics.k8s.io v1beta1
 */
import type { ResourceList } from '../core/v1/resources.ts';
import type { ListMeta, ObjectMeta } from '../meta/v1/object.ts';
import type { Duration, Time } from '../scalars.ts';

/** @kind */
export interface NodeMetrics {
  readonly kind?: string;
  readonly apiVersion?: string;
  /** @proto 1 @optional */
  readonly metadata: ObjectMeta;
  /** @proto 2 */
  readonly timestamp: Time;
  /** @proto 3 */
  readonly window: Duration;
  /** @proto 4 */
  readonly usage: ResourceList;
}

/** @kind */
export interface NodeMetricsList {
  readonly kind?: string;
  readonly apiVersion?: string;
  /** @proto 1 @optional */
  readonly metadata: ListMeta;
  /** @proto 2 */
  readonly items: readonly NodeMetrics[];
}

/** @kind */
export interface PodMetrics {
  readonly kind?: string;
  readonly apiVersion?: string;
  /** @proto 1 @optional */
  readonly metadata: ObjectMeta;
  /** @proto 2 */
  readonly timestamp: Time;
  /** @proto 3 */
  readonly window: Duration;
  /** @proto 4 @listType atomic */
  readonly containers: readonly ContainerMetrics[];
}

/** @kind */
export interface PodMetricsList {
  readonly kind?: string;
  readonly apiVersion?: string;
  /** @proto 1 @optional */
  readonly metadata: ListMeta;
  /** @proto 2 */
  readonly items: readonly PodMetrics[];
}

export interface ContainerMetrics {
  /** @proto 1 */
  readonly name: string;
  /** @proto 2 */
  readonly usage: ResourceList;
}
