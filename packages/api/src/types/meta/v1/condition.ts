/**
 * The common shape of a condition in a status.
 * @group meta.k8s.io v1
 */
import type { Int64, Time } from '../../scalars.ts';

export interface Condition {
  /** @proto 1 */
  readonly type: string;
  /** @proto 2 */
  readonly status: ConditionStatus;
  /** @proto 3 */
  readonly observedGeneration?: Int64;
  /** @proto 4 */
  readonly lastTransitionTime: Time;
  /** @proto 5 */
  readonly reason: string;
  /** @proto 6 */
  readonly message: string;
}

/** Known values: `True`, `False`, `Unknown`. */
export type ConditionStatus = string;
