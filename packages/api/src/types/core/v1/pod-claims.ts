/**
 * Claims for devices that pods use, and what came of them.
 * @group core v1
 */
import type { Quantity, StringMap } from '../../scalars.ts';

/** A claim for devices that a pod uses. Exactly one of the two references is set. */
export interface PodResourceClaim {
  /**
   * The name by which containers refer to it; unique in the pod.
   * @proto 1
   */
  readonly name: string;
  /**
   * A claim in the pod's namespace.
   * @proto 3 @explicit
   */
  readonly resourceClaimName?: string;
  /**
   * A template in the pod's namespace, from which a claim is made that lives as long as the pod.
   * @proto 4 @explicit
   */
  readonly resourceClaimTemplateName?: string;
}

/** The claim that a claim template of a pod led to. */
export interface PodResourceClaimStatus {
  /**
   * The name of the entry in `spec.resourceClaims`.
   * @proto 1
   */
  readonly name: string;
  /**
   * The claim. Missing when none was needed.
   * @proto 2 @explicit
   */
  readonly resourceClaimName?: string;
}

/** How extended resources of a pod are provided by a claim. */
export interface PodExtendedResourceClaimStatus {
  /**
   * Which request of the claim stands for which extended resource of which container.
   * @proto 1 @listType atomic
   */
  readonly requestMappings: readonly ContainerExtendedResourceRequest[];
  /**
   * The claim.
   * @proto 2
   */
  readonly resourceClaimName: string;
}

/** An extended resource of a container, and the request that provides it. */
export interface ContainerExtendedResourceRequest {
  /**
   * The container.
   * @proto 1
   */
  readonly containerName: string;
  /**
   * The extended resource.
   * @proto 2
   */
  readonly resourceName: string;
  /**
   * The request in the claim.
   * @proto 3
   */
  readonly requestName: string;
}

/** Node resources that a claim gives to a pod. */
export interface NodeAllocatableResourceClaimStatus {
  /**
   * The claim.
   * @proto 1
   */
  readonly resourceClaimName: string;
  /**
   * The containers that use it.
   * @proto 2 @listType set
   */
  readonly containers?: readonly string[];
  /**
   * How much of which resource.
   * @proto 3
   */
  readonly resources: StringMap<Quantity>;
}
