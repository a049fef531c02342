/**
 * The common shape of a condition in a status.
 * @group meta.k8s.io v1
 */
import type { Int64, Time } from '../../scalars.ts';

/** One finding about an object: whether something is the case, since when and why. */
export interface Condition {
  /**
   * What the condition is about, in CamelCase or as `domain/Name`.
   * @proto 1
   */
  readonly type: string;
  /**
   * `True`, `False` or `Unknown`.
   * @proto 2
   */
  readonly status: ConditionStatus;
  /**
   * The `metadata.generation` that this status is about. While it is lower than the current one,
   * the status is about an older spec.
   * @proto 3
   */
  readonly observedGeneration?: Int64;
  /**
   * When the status of this condition last changed.
   * @proto 4
   */
  readonly lastTransitionTime: Time;
  /**
   * Why, as one word in CamelCase for programs.
   * @proto 5
   */
  readonly reason: string;
  /**
   * Why, as text for people.
   * @proto 6
   */
  readonly message: string;
}

/** Whether a condition holds. Known values: `True`, `False`, `Unknown`. */
export type ConditionStatus = string;
