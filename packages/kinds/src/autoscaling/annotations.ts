/** The annotations that carry what version 1 of autoscalers cannot say. */
import type {
  MetricSpec as OldSpec,
  MetricStatus as OldStatus,
} from '@navarch/api/types/autoscaling/v1';
import type { HorizontalPodAutoscalerCondition } from '@navarch/api/types/autoscaling/v2';
import type { StringMap } from '@navarch/api/types/scalars';

const prefix = 'autoscaling.alpha.kubernetes.io/';

export const carried = {
  metrics: `${prefix}metrics`,
  currentMetrics: `${prefix}current-metrics`,
  conditions: `${prefix}conditions`,
  behavior: `${prefix}behavior`,
} as const;

type Carried = keyof typeof carried;

/** All metrics but the processor. */
export function otherMetrics(annotations: StringMap<string> | undefined): readonly OldSpec[] {
  return readList<OldSpec>(annotations, 'metrics');
}

export function otherStatuses(annotations: StringMap<string> | undefined): readonly OldStatus[] {
  return readList<OldStatus>(annotations, 'currentMetrics');
}

export function conditionsOf(
  annotations: StringMap<string> | undefined,
): readonly HorizontalPodAutoscalerCondition[] {
  return readList<HorizontalPodAutoscalerCondition>(annotations, 'conditions');
}

/** An annotation that cannot be read says nothing; what can be read was written by this server. */
function readList<T>(annotations: StringMap<string> | undefined, name: Carried): readonly T[] {
  const text = annotations?.[carried[name]];
  if (text === undefined) return [];
  try {
    const list: unknown = JSON.parse(text);
    return Array.isArray(list) ? (list as readonly T[]) : [];
  } catch {
    return [];
  }
}
