/** How far a rolling update may go at once. Pure. */
import type { Deployment } from '@navarch/api/types/apps/v1/deployment';
import { scaledValue } from '@navarch/api/int-or-string';

export interface RolloutLimits {
  readonly replicas: number;
  /** Pods above `replicas` at any time. */
  readonly maxSurge: number;
  /** Pods below `replicas` at any time. */
  readonly maxUnavailable: number;
}

export function rolloutLimits({ spec }: Deployment): RolloutLimits {
  const replicas = spec.replicas ?? 1;
  const rolling = spec.strategy?.type !== 'Recreate';
  if (!rolling) return { replicas, maxSurge: 0, maxUnavailable: 0 };
  const maxSurge = scaledValue(spec.strategy?.rollingUpdate?.maxSurge ?? '25%', replicas, 'up');
  const maxUnavailable = scaledValue(
    spec.strategy?.rollingUpdate?.maxUnavailable ?? '25%',
    replicas,
    'down',
  );
  // Both zero would never move; validation forbids it, but percentages can round to it.
  const atLeastOne = maxSurge === 0 && maxUnavailable === 0 ? 1 : maxUnavailable;
  return { replicas, maxSurge, maxUnavailable: Math.min(atLeastOne, replicas) };
}
