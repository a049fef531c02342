/** Conditions of definitions. */
import type {
  CustomResourceDefinition,
  CustomResourceDefinitionCondition,
} from '@navarch/api/types/apiextensions/v1/custom-resource-definition';

export type Condition = CustomResourceDefinitionCondition;

export function conditionOf(
  { status }: CustomResourceDefinition,
  type: Condition['type'],
): Condition | undefined {
  return (status?.conditions ?? []).find((condition) => condition.type === type);
}

export function isTrue(crd: CustomResourceDefinition, type: Condition['type']): boolean {
  return conditionOf(crd, type)?.status === 'True';
}

/** The conditions with this one, at its place or as the last. Its time is `now` if its status is new. */
export function withCondition(
  conditions: readonly Condition[],
  condition: Condition,
  now: string,
): readonly Condition[] {
  const at = conditions.findIndex(({ type }) => type === condition.type);
  const old = conditions[at];
  const { type, status, reason, message } = condition;
  const since = old?.status === status ? (old.lastTransitionTime ?? now) : now;
  const next: Condition = {
    type,
    status,
    lastTransitionTime: since,
    ...(reason !== undefined && { reason }),
    ...(message !== undefined && { message }),
  };
  return old ? conditions.with(at, next) : [...conditions, next];
}

/** The same array when there is none. */
export function withoutCondition(
  conditions: readonly Condition[],
  type: Condition['type'],
): readonly Condition[] {
  const others = conditions.filter((condition) => condition.type !== type);
  return others.length === conditions.length ? conditions : others;
}
