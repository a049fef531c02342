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
  return readList(annotations, 'metrics') as readonly OldSpec[];
}

export function otherStatuses(annotations: StringMap<string> | undefined): readonly OldStatus[] {
  return readList(annotations, 'currentMetrics') as readonly OldStatus[];
}

export function conditionsOf(
  annotations: StringMap<string> | undefined,
): readonly HorizontalPodAutoscalerCondition[] {
  return readList(annotations, 'conditions') as readonly HorizontalPodAutoscalerCondition[];
}

/** An annotation that cannot be read says nothing; what can be read was written by this server. */
function readList(annotations: StringMap<string> | undefined, name: Carried): readonly unknown[] {
  const text = annotations?.[carried[name]];
  if (text === undefined) return [];
  try {
    const list: unknown = JSON.parse(text);
    return Array.isArray(list) ? list : [];
  } catch {
    return [];
  }
}
