/**
 * Leases: who leads, and who is alive.
 * @group coordination.k8s.io v1
 */
import type { ListMeta, ObjectMeta } from '../meta/v1/object.ts';
import type { Int32, MicroTime } from '../scalars.ts';

/**
 * Who holds something for a time: the leadership of a component, or being alive as a node.
 * @kind
 */
export interface Lease {
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
   * What is wanted.
   * @proto 2 @optional
   */
  readonly spec: LeaseSpec;
}

/**
 * A list of leases.
 * @kind
 */
export interface LeaseList {
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
   * The leases.
   * @proto 2
   */
  readonly items: readonly Lease[];
}

/** Who holds a lease, and since when. */
export interface LeaseSpec {
  /**
   * Who holds it.
   * @proto 1 @explicit
   */
  readonly holderIdentity?: string;
  /**
   * Seconds after `renewTime` that others must wait before they take it.
   * @proto 2 @explicit
   */
  readonly leaseDurationSeconds?: Int32;
  /**
   * When it was taken.
   * @proto 3 @explicit
   */
  readonly acquireTime?: MicroTime;
  /**
   * When it was last renewed.
   * @proto 4 @explicit
   */
  readonly renewTime?: MicroTime;
  /**
   * How often it changed hands.
   * @proto 5 @explicit
   */
  readonly leaseTransitions?: Int32;
  /**
   * How a coordinated election chooses the leader.
   * @proto 6 @explicit @gate CoordinatedLeaderElection
   */
  readonly strategy?: CoordinatedLeaseStrategy;
  /**
   * Who should take over; the holder then gives way.
   * @proto 7 @explicit @gate CoordinatedLeaderElection
   */
  readonly preferredHolder?: string;
}

/** How a coordinated election chooses the leader. Known values: `OldestEmulationVersion`. */
export type CoordinatedLeaseStrategy = string;
