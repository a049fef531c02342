/**
 * Namespaces: the scope of names, quotas and policies.
 * @group core v1
 */
import type { ListMeta, ObjectMeta } from '../../meta/v1/object.ts';
import type { Time } from '../../scalars.ts';
import type { ConditionStatus } from './cluster.ts';

/**
 * A scope for names, quotas, policies and permissions.
 * @kind
 */
export interface Namespace {
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
  readonly spec: NamespaceSpec;
  /**
   * What is the case, as last seen. Set by the system, not by users.
   * @proto 3 @always
   */
  readonly status?: NamespaceStatus;
}

/**
 * A list of namespaces.
 * @kind
 */
export interface NamespaceList {
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
   * The namespaces.
   * @proto 2
   */
  readonly items: readonly Namespace[];
}

/** How a namespace is to be. */
export interface NamespaceSpec {
  /**
   * Names of those who must empty the namespace before it can go. Removed through the `finalize`
   * subresource.
   * @proto 1 @listType atomic
   */
  readonly finalizers?: readonly FinalizerName[];
}

/** The name of one who must act before an object can go. Known values: `kubernetes`. */
export type FinalizerName = string;

/** How a namespace is. */
export interface NamespaceStatus {
  /**
   * `Active`, or `Terminating` while it is being emptied.
   * @proto 1
   */
  readonly phase?: NamespacePhase;
  /**
   * The latest findings about this object, one per type.
   * @proto 2 @listType map type @patch merge type
   */
  readonly conditions?: readonly NamespaceCondition[];
}

/**
 * Whether a namespace is in use or on its way out.
 * @enum
 */
export type NamespacePhase = 'Active' | 'Terminating';

/** A finding about a namespace; most are about why its deletion takes time. */
export interface NamespaceCondition {
  /**
   * What the condition is about.
   * @proto 1
   */
  readonly type: NamespaceConditionType;
  /**
   * `True`, `False` or `Unknown`.
   * @proto 2
   */
  readonly status: ConditionStatus;
  /**
   * When the status of this condition last changed.
   * @proto 4 @always
   */
  readonly lastTransitionTime?: Time;
  /**
   * Why, as one word for programs.
   * @proto 5
   */
  readonly reason?: string;
  /**
   * Why, as text for people.
   * @proto 6
   */
  readonly message?: string;
}

/**
 * What a namespace's condition is about. Known values: `NamespaceDeletionDiscoveryFailure`,
 * `NamespaceDeletionContentFailure`, `NamespaceDeletionGroupVersionParsingFailure`,
 * `NamespaceContentRemaining`, `NamespaceFinalizersRemaining`.
 */
export type NamespaceConditionType = string;
