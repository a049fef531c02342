/**
 * Amounts of compute resources that containers ask for.
 * @group core v1
 */
import type { Quantity, StringMap } from '../../scalars.ts';

export interface ResourceRequirements {
  /** @proto 1 */
  readonly limits?: ResourceList;
  /** @proto 2 */
  readonly requests?: ResourceList;
  /** @proto 3 @listType map name @gate DynamicResourceAllocation */
  readonly claims?: readonly ResourceClaim[];
}

export type ResourceList = StringMap<Quantity>;

export interface ResourceClaim {
  /** @proto 1 */
  readonly name: string;
  /** @proto 2 */
  readonly request?: string;
}

/**
 * Known values: `cpu`, `memory`, `storage`, `ephemeral-storage`, `pods`, `services`,
 * `replicationcontrollers`, `resourcequotas`, `secrets`, `configmaps`, `persistentvolumeclaims`,
 * `services.nodeports`, `services.loadbalancers`, `requests.cpu`, `requests.memory`,
 * `requests.storage`, `requests.ephemeral-storage`, `limits.cpu`, `limits.memory`,
 * `limits.ephemeral-storage`.
 */
export type ResourceName = string;
