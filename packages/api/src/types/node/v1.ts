/**
 * Runtime classes: which container runtime handler runs a pod.
 * @group node.k8s.io v1
 */
import type { ResourceList } from '../core/v1/resources.ts';
import type { Toleration } from '../core/v1/scheduling.ts';
import type { ListMeta, ObjectMeta } from '../meta/v1/object.ts';
import type { StringMap } from '../scalars.ts';

/**
 * A way to run pods that the container runtime of nodes offers.
 * @kind
 */
export interface RuntimeClass {
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
   * The handler of the container runtime. It cannot be changed.
   * @proto 2
   */
  readonly handler: string;
  /**
   * What running a pod costs beyond its containers.
   * @proto 3 @explicit
   */
  readonly overhead?: Overhead;
  /**
   * Which nodes offer it; by default all.
   * @proto 4 @explicit
   */
  readonly scheduling?: Scheduling;
}

/**
 * A list of runtime classes.
 * @kind
 */
export interface RuntimeClassList {
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
   * The runtime classes.
   * @proto 2
   */
  readonly items: readonly RuntimeClass[];
}

/** What running a pod costs beyond its containers. */
export interface Overhead {
  /**
   * How much of each resource.
   * @proto 1
   */
  readonly podFixed?: ResourceList;
}

/** Which nodes offer a runtime class. */
export interface Scheduling {
  /**
   * Labels that they have; added to those of the pod.
   * @proto 1 @mapType atomic
   */
  readonly nodeSelector?: StringMap<string>;
  /**
   * Taints of theirs to put up with; added to those of the pod.
   * @proto 2 @listType atomic
   */
  readonly tolerations?: readonly Toleration[];
}
