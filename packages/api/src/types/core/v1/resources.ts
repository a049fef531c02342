/**
 * Amounts of compute resources that containers ask for.
 * @group core v1
 */
import type { Quantity, StringMap } from '../../scalars.ts';

/** Compute resources that are needed, and may be used at most. */
export interface ResourceRequirements {
  /**
   * What may be used at most.
   * @proto 1
   */
  readonly limits?: ResourceList;
  /**
   * What is needed at least; the scheduler counts these. Defaults to the limits.
   * @proto 2
   */
  readonly requests?: ResourceList;
  /**
   * Claims for devices that the container uses, of those in `spec.resourceClaims`. Only for
   * containers.
   * @proto 3 @listType map name @gate DynamicResourceAllocation
   */
  readonly claims?: readonly ResourceClaim[];
}

/** Amounts by resource name. */
export type ResourceList = StringMap<Quantity>;

/** A claim for devices that a container uses. */
export interface ResourceClaim {
  /**
   * The entry in the pod's `spec.resourceClaims`.
   * @proto 1
   */
  readonly name: string;
  /**
   * One request of the claim; by default all.
   * @proto 2
   */
  readonly request?: string;
}

/**
 * The name of a resource: `cpu`, `memory`, `ephemeral-storage`, `hugepages-SIZE`, or with a domain
 * for others. Known values: `cpu`, `memory`, `storage`, `ephemeral-storage`, `pods`, `services`,
 * `replicationcontrollers`, `resourcequotas`, `secrets`, `configmaps`, `persistentvolumeclaims`,
 * `services.nodeports`, `services.loadbalancers`, `requests.cpu`, `requests.memory`,
 * `requests.storage`, `requests.ephemeral-storage`, `limits.cpu`, `limits.memory`,
 * `limits.ephemeral-storage`.
 */
export type ResourceName = string;
