/**
 * Namespaces: the scope of names, quotas and policies.
 * @group core v1
 */
import type { ListMeta, ObjectMeta } from '../../meta/v1/object.ts';
import type { Time } from '../../scalars.ts';
import type { ConditionStatus } from './cluster.ts';

/** @kind */
export interface Namespace {
  readonly kind?: string;
  readonly apiVersion?: string;
  /** @proto 1 @optional */
  readonly metadata: ObjectMeta;
  /** @proto 2 @optional */
  readonly spec: NamespaceSpec;
  /** @proto 3 @always */
  readonly status?: NamespaceStatus;
}

/** @kind */
export interface NamespaceList {
  readonly kind?: string;
  readonly apiVersion?: string;
  /** @proto 1 @optional */
  readonly metadata: ListMeta;
  /** @proto 2 */
  readonly items: readonly Namespace[];
}

export interface NamespaceSpec {
  /** @proto 1 @listType atomic */
  readonly finalizers?: readonly FinalizerName[];
}

/** Known values: `kubernetes`. */
export type FinalizerName = string;

export interface NamespaceStatus {
  /** @proto 1 */
  readonly phase?: NamespacePhase;
  /** @proto 2 @listType map type @patch merge type */
  readonly conditions?: readonly NamespaceCondition[];
}

/** @enum */
export type NamespacePhase = 'Active' | 'Terminating';

export interface NamespaceCondition {
  /** @proto 1 */
  readonly type: NamespaceConditionType;
  /** @proto 2 */
  readonly status: ConditionStatus;
  /** @proto 4 @always */
  readonly lastTransitionTime?: Time;
  /** @proto 5 */
  readonly reason?: string;
  /** @proto 6 */
  readonly message?: string;
}

/**
 * Known values: `NamespaceDeletionDiscoveryFailure`, `NamespaceDeletionContentFailure`,
 * `NamespaceDeletionGroupVersionParsingFailure`, `NamespaceContentRemaining`,
 * `NamespaceFinalizersRemaining`.
 */
export type NamespaceConditionType = string;
