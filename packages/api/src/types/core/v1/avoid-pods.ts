/**
 * An annotation of nodes that asks to keep certain pods away. Out of use.
 * @group core v1
 */
import type { OwnerReference } from '../../meta/v1/object.ts';
import type { Time } from '../../scalars.ts';

/** Describes pods that were made by the same owner. */
export interface PodSignature {
  /**
   * The owner.
   * @proto 1 @explicit
   */
  readonly podController?: OwnerReference;
}

/** Pods that a node would rather not get, kept in an annotation of the node. */
export interface AvoidPods {
  /**
   * The pods, by owner.
   * @proto 1 @listType atomic
   */
  readonly preferAvoidPods?: readonly PreferAvoidPodsEntry[];
}

/** Pods of one owner that a node would rather not get. */
export interface PreferAvoidPodsEntry {
  /**
   * Which pods.
   * @proto 1
   */
  readonly podSignature: PodSignature;
  /**
   * When the entry was made.
   * @proto 2 @always
   */
  readonly evictionTime?: Time;
  /**
   * Why, as one word for programs.
   * @proto 3
   */
  readonly reason?: string;
  /**
   * Why, as text for people.
   * @proto 4
   */
  readonly message?: string;
}
