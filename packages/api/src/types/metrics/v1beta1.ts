/**
 * Resource use of nodes and pods, as kubectl top shows it.
 * @group metrics.k8s.io v1beta1
 */
import type { ResourceList } from '../core/v1/resources.ts';
import type { ListMeta, ObjectMeta } from '../meta/v1/object.ts';
import type { Duration, Time } from '../scalars.ts';

/**
 * What a node used lately.
 * @kind
 */
export interface NodeMetrics {
  /** The kind of this object, in CamelCase. Clients may leave it out where the URL says it. */
  readonly kind?: string;
  /** The group and version that this object is written in, such as `v1` or `apps/v1`. */
  readonly apiVersion?: string;
  /**
   * Name, namespace, labels, annotations and the rest of what every object carries.
   * @proto 1 @optional
   */
  readonly metadata: ObjectMeta;
  /**
   * When the time it is about ended.
   * @proto 2
   */
  readonly timestamp: Time;
  /**
   * How long that time was.
   * @proto 3
   */
  readonly window: Duration;
  /**
   * How much of each resource.
   * @proto 4
   */
  readonly usage: ResourceList;
}

/**
 * A list of node metricses.
 * @kind
 */
export interface NodeMetricsList {
  /** The kind of this object, in CamelCase. Clients may leave it out where the URL says it. */
  readonly kind?: string;
  /** The group and version that this object is written in, such as `v1` or `apps/v1`. */
  readonly apiVersion?: string;
  /**
   * The version of the list, and where it goes on.
   * @proto 1 @optional
   */
  readonly metadata: ListMeta;
  /**
   * The node metricses.
   * @proto 2
   */
  readonly items: readonly NodeMetrics[];
}

/**
 * What a pod used lately.
 * @kind
 */
export interface PodMetrics {
  /** The kind of this object, in CamelCase. Clients may leave it out where the URL says it. */
  readonly kind?: string;
  /** The group and version that this object is written in, such as `v1` or `apps/v1`. */
  readonly apiVersion?: string;
  /**
   * Name, namespace, labels, annotations and the rest of what every object carries.
   * @proto 1 @optional
   */
  readonly metadata: ObjectMeta;
  /**
   * When the time it is about ended.
   * @proto 2
   */
  readonly timestamp: Time;
  /**
   * How long that time was.
   * @proto 3
   */
  readonly window: Duration;
  /**
   * What each container used.
   * @proto 4 @listType atomic
   */
  readonly containers: readonly ContainerMetrics[];
}

/**
 * A list of pod metricses.
 * @kind
 */
export interface PodMetricsList {
  /** The kind of this object, in CamelCase. Clients may leave it out where the URL says it. */
  readonly kind?: string;
  /** The group and version that this object is written in, such as `v1` or `apps/v1`. */
  readonly apiVersion?: string;
  /**
   * The version of the list, and where it goes on.
   * @proto 1 @optional
   */
  readonly metadata: ListMeta;
  /**
   * The pod metricses.
   * @proto 2
   */
  readonly items: readonly PodMetrics[];
}

/** What a container used lately. */
export interface ContainerMetrics {
  /**
   * The container.
   * @proto 1
   */
  readonly name: string;
  /**
   * How much of each resource.
   * @proto 2
   */
  readonly usage: ResourceList;
}
