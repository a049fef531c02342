/** How long to wait before trying again: doubling, with jitter so that clients of a restarted server do not come back together. */
import { limits } from '@navarch/runtime/limits';
import type { Random } from '@navarch/runtime/random';

/** `attempt` 1 is the first failure. Between the step and twice the step. */
export function backoffMs(attempt: number, random: Random): number {
  const steps = Math.max(attempt - 1, 0);
  const stepMs = Math.min(limits.clientBackoffMinMs * 2 ** steps, limits.clientBackoffMaxMs);
  return stepMs * (1 + random.next());
}
