/** The annotations that carry what version 1 of autoscalers cannot say. */
import type { MetricSpec as OldSpec } from '@navarch/api/types/autoscaling/v1';
import type { StringMap } from '@navarch/api/types/scalars';

const prefix = 'autoscaling.alpha.kubernetes.io/';

export const carried = {
  metrics: `${prefix}metrics`,
  currentMetrics: `${prefix}current-metrics`,
  conditions: `${prefix}conditions`,
  behavior: `${prefix}behavior`,
} as const;

/** All metrics but the processor. */
export function otherMetrics(annotations: StringMap<string> | undefined): readonly OldSpec[] {
  return readAnnotation<readonly OldSpec[]>(annotations, 'metrics') ?? [];
}

/** An annotation that cannot be read says nothing. */
export function readAnnotation<T>(
  annotations: StringMap<string> | undefined,
  name: keyof typeof carried,
): T | undefined {
  const text = annotations?.[carried[name]];
  if (text === undefined) return undefined;
  try {
    return JSON.parse(text) ?? undefined;
  } catch {
    return undefined;
  }
}
