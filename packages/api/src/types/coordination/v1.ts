/**
 * Leases: who leads, and who is alive.
 * @group coordination.k8s.io v1
 */
import type { ListMeta, ObjectMeta } from '../meta/v1/object.ts';
import type { Int32, MicroTime } from '../scalars.ts';

/** @kind */
export interface Lease {
  readonly kind?: string;
  readonly apiVersion?: string;
  /** @proto 1 @optional */
  readonly metadata: ObjectMeta;
  /** @proto 2 @optional */
  readonly spec: LeaseSpec;
}

/** @kind */
export interface LeaseList {
  readonly kind?: string;
  readonly apiVersion?: string;
  /** @proto 1 @optional */
  readonly metadata: ListMeta;
  /** @proto 2 */
  readonly items: readonly Lease[];
}

export interface LeaseSpec {
  /** @proto 1 @explicit */
  readonly holderIdentity?: string;
  /** @proto 2 @explicit */
  readonly leaseDurationSeconds?: Int32;
  /** @proto 3 @explicit */
  readonly acquireTime?: MicroTime;
  /** @proto 4 @explicit */
  readonly renewTime?: MicroTime;
  /** @proto 5 @explicit */
  readonly leaseTransitions?: Int32;
  /** @proto 6 @explicit @gate CoordinatedLeaderElection */
  readonly strategy?: CoordinatedLeaseStrategy;
  /** @proto 7 @explicit @gate CoordinatedLeaderElection */
  readonly preferredHolder?: string;
}

/** Known values: `OldestEmulationVersion`. */
export type CoordinatedLeaseStrategy = string;
