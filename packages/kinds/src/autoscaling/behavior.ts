/** A behaviour in its annotation, which has the member names of upstream's Go types and writes everything. */
import type {
  HorizontalPodAutoscalerBehavior,
  HPAScalingRules,
} from '@navarch/api/types/autoscaling/v2';
import { listOf } from '../nil.ts';

interface WrittenRules {
  readonly StabilizationWindowSeconds?: number | null;
  readonly SelectPolicy?: string | null;
  readonly Policies?:
    | readonly { readonly Type: string; readonly Value: number; readonly PeriodSeconds: number }[]
    | null;
  readonly Tolerance?: string | null;
}

interface WrittenBehavior {
  readonly ScaleUp?: WrittenRules | null;
  readonly ScaleDown?: WrittenRules | null;
}

export function behaviorText({ scaleUp, scaleDown }: HorizontalPodAutoscalerBehavior): string {
  const written: WrittenBehavior = {
    ScaleUp: scaleUp ? writtenRules(scaleUp) : null,
    ScaleDown: scaleDown ? writtenRules(scaleDown) : null,
  };
  return JSON.stringify(written);
}

function writtenRules(rules: HPAScalingRules): WrittenRules {
  return {
    StabilizationWindowSeconds: rules.stabilizationWindowSeconds ?? null,
    SelectPolicy: rules.selectPolicy ?? null,
    Policies:
      rules.policies?.map(({ type, value, periodSeconds }) => ({
        Type: type,
        Value: value,
        PeriodSeconds: periodSeconds,
      })) ?? null,
    Tolerance: rules.tolerance ?? null,
  };
}

/** Undefined when there is no such annotation, or it cannot be read. */
export function behaviorFromText(
  text: string | undefined,
): HorizontalPodAutoscalerBehavior | undefined {
  if (text === undefined) return undefined;
  let written: WrittenBehavior;
  try {
    written = JSON.parse(text);
  } catch {
    return undefined;
  }
  const { ScaleUp: up, ScaleDown: down } = written;
  return { ...(up && { scaleUp: readRules(up) }), ...(down && { scaleDown: readRules(down) }) };
}

function readRules(written: WrittenRules): HPAScalingRules {
  const { StabilizationWindowSeconds: window, SelectPolicy: selectPolicy, Tolerance } = written;
  const policies = listOf(written.Policies).map(({ Type, Value, PeriodSeconds }) => ({
    type: Type,
    value: Value,
    periodSeconds: PeriodSeconds,
  }));
  return {
    ...(typeof window === 'number' && { stabilizationWindowSeconds: window }),
    ...(selectPolicy && { selectPolicy }),
    ...(policies.length > 0 && { policies }),
    ...(Tolerance && { tolerance: Tolerance }),
  };
}
