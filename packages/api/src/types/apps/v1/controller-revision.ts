/**
 * Controller revisions: snapshots of what a workload looked like.
 * @group apps v1
 */
import type { ListMeta, ObjectMeta } from '../../meta/v1/object.ts';
import type { Int64, RawExtension } from '../../scalars.ts';

/**
 * A snapshot of a workload's template, kept by its controller for going back. It never changes.
 * @kind
 */
export interface ControllerRevision {
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
   * The snapshot.
   * @proto 2 @always
   */
  readonly data?: RawExtension;
  /**
   * Its number; higher is newer.
   * @proto 3
   */
  readonly revision: Int64;
}

/**
 * A list of controller revisions.
 * @kind
 */
export interface ControllerRevisionList {
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
   * The controller revisions.
   * @proto 2
   */
  readonly items: readonly ControllerRevision[];
}
