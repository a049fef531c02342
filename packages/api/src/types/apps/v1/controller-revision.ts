/**
 * Controller revisions: snapshots of what a workload looked like.
 * @group apps v1
 */
import type { ListMeta, ObjectMeta } from '../../meta/v1/object.ts';
import type { Int64, RawExtension } from '../../scalars.ts';

/** @kind */
export interface ControllerRevision {
  readonly kind?: string;
  readonly apiVersion?: string;
  /** @proto 1 @optional */
  readonly metadata: ObjectMeta;
  /** @proto 2 @always */
  readonly data?: RawExtension;
  /** @proto 3 */
  readonly revision: Int64;
}

/** @kind */
export interface ControllerRevisionList {
  readonly kind?: string;
  readonly apiVersion?: string;
  /** @proto 1 @optional */
  readonly metadata: ListMeta;
  /** @proto 2 */
  readonly items: readonly ControllerRevision[];
}
