/** What quotas need to know of one resource: how much of what its objects use. */
import type { GroupResource, KubernetesObject } from '../extension/object.ts';
import { Quantity } from '../quantity.ts';
import type { ScopedResourceSelectorRequirement } from '../types/core/v1/quota.ts';
import type { Amounts } from './amounts.ts';

export interface QuotaEvaluator {
  /** Whether this name in `spec.hard` limits what objects of this resource use. */
  measures(name: string): boolean;
  /** What one object uses, of everything that could be limited. */
  usage(object: KubernetesObject, nowMs: number): Amounts;
  /** Whether a scope takes in the object. No scope does when omitted. */
  inScope?(requirement: ScopedResourceSelectorRequirement, object: KubernetesObject): boolean;
  /** Which of the limited resources the object had to say something about and did not. */
  missing?(object: KubernetesObject, limited: readonly string[]): string | undefined;
  /** Subresources whose updates change what is used; '' for updates of the object. Creating it always counts. */
  readonly updates: readonly string[];
}

export const one: Quantity = Quantity.ofUnits(1);

/** `count/deployments.apps`, `count/pods`. */
export function countName({ group, resource }: GroupResource): string {
  return group === '' ? `count/${resource}` : `count/${resource}.${group}`;
}

/** How many there are, also by the older names of that. */
export function countEvaluator(of: GroupResource, ...aliases: readonly string[]): QuotaEvaluator {
  const names = [countName(of), ...aliases];
  const used: Amounts = new Map(names.map((name) => [name, one] as const));
  return { measures: (name) => names.includes(name), usage: () => used, updates: [] };
}

/** As label selectors match a label of that value; undefined means that there is no such label. */
export function matchesRequirement(
  { operator, values }: ScopedResourceSelectorRequirement,
  value: string | undefined,
): boolean {
  switch (operator) {
    case 'In':
      return value !== undefined && (values ?? []).includes(value);
    case 'NotIn':
      return value === undefined || !(values ?? []).includes(value);
    case 'Exists':
      return value !== undefined;
    case 'DoesNotExist':
      return value === undefined;
    default:
      return false;
  }
}
